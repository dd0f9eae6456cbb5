"""Which articles print the same story, such as an agency's report that each paper edits a little.

How alike two texts are is the share of shingles that they have in common, estimated by MinHash
(Broder, 1997). So pairs that have nothing in common need not be compared.
"""

import re
import zlib
from collections.abc import Mapping

import numpy as np

_SHINGLE = 9  # characters
_ENOUGH = 100  # shingles; a text with fewer is too short to be taken for a copy of another
_ALIKE = 0.6  # of the shingles of both
_HASHES = 64
_SCHEME = "affine32"  # named here, because stored signatures must stay comparable
_NO_WORD = re.compile(r"[\W_]+")


def signature(text: str) -> bytes:
    """Return the MinHash of a text, by which texts are compared; empty if the text is too short."""
    shingles = _shingles(text)
    if len(shingles) < _ENOUGH:
        return b""
    from datasketch import MinHash  # here, because it takes a second and only builds need it

    # datasketch's default is SHA-1 of each shingle, which takes half of a build's time without the
    # embedding.
    minhash = MinHash(num_perm=_HASHES, scheme=_SCHEME, hashfunc=zlib.crc32)
    minhash.update_batch([shingle.encode() for shingle in shingles])
    return bytes(minhash.hashvalues.astype("<u4").tobytes())


def stories(signatures: Mapping[str, bytes]) -> dict[str, str]:
    """Return the story of each source that is like others: the first of their names."""
    from datasketch import MinHash, MinHashLSH

    index = MinHashLSH(threshold=_ALIKE, num_perm=_HASHES)
    hashes = {
        source: MinHash(
            num_perm=_HASHES,
            hashfunc=zlib.crc32,
            hashvalues=np.frombuffer(stored, "<u4"),
            scheme=_SCHEME,
        )
        for source, stored in sorted(signatures.items())
        if stored
    }
    earlier: dict[str, str] = {}  # a source of the same story that is nearer to its first
    for source, minhash in hashes.items():
        for other in index.query(minhash):
            if minhash.jaccard(hashes[other]) >= _ALIKE:
                one, two = sorted((_first(earlier, source), _first(earlier, other)))
                if one != two:
                    earlier[two] = one
        index.insert(source, minhash)
    found = {source: _first(earlier, source) for source in hashes}
    shared = {story for source, story in found.items() if story != source}
    return {source: story for source, story in found.items() if story in shared}


def are_alike(one: str, other: str) -> bool:
    """Whether two texts are the same but for a few words."""
    shingles, others = _shingles(one), _shingles(other)
    return len(shingles & others) >= _ALIKE * len(shingles | others)


def _shingles(text: str) -> set[str]:
    letters = _NO_WORD.sub("", text.casefold())
    return {letters[i : i + _SHINGLE] for i in range(max(1, len(letters) - _SHINGLE + 1))}


def _first(earlier: Mapping[str, str], source: str) -> str:
    while source in earlier:
        source = earlier[source]
    return source
