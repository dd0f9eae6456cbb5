"""Which articles print the same story: the report of an agency in five papers, edited a little.

Two texts are alike by the share of their shingles that they have in common, estimated by MinHash
(Broder, 1997), so that no pair has to be compared that has nothing in common.
"""

import re
import zlib
from collections.abc import Mapping

import numpy as np

_SHINGLE = 9  # characters
_ENOUGH = 100  # shingles, below which a text is too short to be taken for another's copy
_ALIKE = 0.6  # of the shingles of both
_HASHES = 64
_SCHEME = "affine32"  # said, since what is kept must stay comparable
_UNSAID = re.compile(r"[\W_]+")


def signature(text: str) -> bytes:
    """Return what is compared of a text: its MinHash; empty where the text is too short."""
    shingles = _shingles(text)
    if len(shingles) < _ENOUGH:
        return b""
    from datasketch import MinHash  # here: it takes a second, and only builds need it

    # Its own hash is SHA-1, made one by one: half of a build without the embedding.
    made = MinHash(num_perm=_HASHES, scheme=_SCHEME, hashfunc=zlib.crc32)
    made.update_batch([shingle.encode() for shingle in shingles])
    return bytes(made.hashvalues.astype("<u4").tobytes())


def stories(signatures: Mapping[str, bytes]) -> dict[str, str]:
    """Return for each source that is one of several alike the first of them, by name."""
    from datasketch import MinHash, MinHashLSH

    found = MinHashLSH(threshold=_ALIKE, num_perm=_HASHES)
    hashes = {
        source: MinHash(
            num_perm=_HASHES,
            hashfunc=zlib.crc32,
            hashvalues=np.frombuffer(made, "<u4"),
            scheme=_SCHEME,
        )
        for source, made in sorted(signatures.items())
        if made
    }
    first: dict[str, str] = {}  # another of the same story, nearer to its first
    for source, made in hashes.items():
        for other in found.query(made):
            if made.jaccard(hashes[other]) >= _ALIKE:
                one, two = sorted((_first(first, source), _first(first, other)))
                if one != two:
                    first[two] = one
        found.insert(source, made)
    told = {source: _first(first, source) for source in hashes}
    several = {story for source, story in told.items() if story != source}
    return {source: story for source, story in told.items() if story in several}


def are_alike(one: str, other: str) -> bool:
    """Whether two texts are the same but for a few words."""
    shingles, others = _shingles(one), _shingles(other)
    return len(shingles & others) >= _ALIKE * len(shingles | others)


def _shingles(text: str) -> set[str]:
    said = _UNSAID.sub("", text.casefold())
    return {said[i : i + _SHINGLE] for i in range(max(1, len(said) - _SHINGLE + 1))}


def _first(first: Mapping[str, str], source: str) -> str:
    while source in first:
        source = first[source]
    return source
