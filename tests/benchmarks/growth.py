"""Measure how size and times of the index grow with the number of chunks.

    python -m tests.benchmarks.growth [--chunks 1000 10000 100000] [--server] [--json FILE]

The articles have ten chunks each, of words with the frequencies of a language. No encoder is
used: the vector of a text is drawn around one of a thousand centres. So only the index is measured,
and the time of a build is without embedding. Each size has a process and a folder of its own.
"""

import argparse
import hashlib
import itertools
import json
import multiprocessing
import os
import random
import resource
import statistics
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from index.encoder.embedding import Vectors
from index.store.store import Store
from tests.chroma_server import ChromaServer
from tests.files import library_of, write

_DIMENSIONS = 384
_CENTRES = 1000
_CHUNKS = 10  # of an article
_ASKED = 300
_K = 10
_SYLLABLES = [a + b for a in "bdfgklmnprst" for b in ("a", "e", "i", "o", "u")]
# As in a language, the second word is half as frequent as the first, the third a third.
_WORDS = [
    "".join(word) for word in itertools.islice(itertools.product(_SYLLABLES, repeat=3), 20_000)
]
_OFTEN = [1 / rank for rank in range(1, len(_WORDS) + 1)]


class DrawnVectors:
    """Used in place of an encoder: the hash of a text is the seed of its vector."""

    name = "drawn"
    is_language_fair = True

    def __init__(self) -> None:
        draw = np.random.default_rng(0)
        self._centres = draw.normal(size=(_CENTRES, _DIMENSIONS)).astype(np.float32)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Return unit vectors, shape (texts, dimensions)."""
        return np.stack([self._draw(text) for text in texts])

    def encode_question(self, question: str) -> Vectors:
        """Return a unit vector."""
        return self._draw(question)

    def _draw(self, text: str) -> Vectors:
        seed = int.from_bytes(hashlib.sha256(text.encode()).digest()[:8])
        draw = np.random.default_rng(seed)
        noise = draw.standard_normal(_DIMENSIONS, dtype=np.float32)
        vector = self._centres[seed % _CENTRES] + noise
        return np.asarray(vector / np.linalg.norm(vector), np.float32)


def main() -> None:
    """Measure each size and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--chunks", type=int, nargs="+", default=[1000, 10_000, 100_000])
    parser.add_argument("--server", action="store_true", help="on a Chroma server as well")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    context = multiprocessing.get_context("spawn")
    rows = []
    for size, is_server in itertools.product(options.chunks, {False, options.server}):
        with tempfile.TemporaryDirectory() as name, context.Pool(1, maxtasksperchild=1) as pool:
            server = ChromaServer(Path(name) / "index" / "server") if is_server else None
            if server is not None:
                server.start()
            store = Path(name), server and server.url
            built = pool.apply(build, (size, *store))
            rows.append({"on a server": float(is_server)} | built | pool.apply(use, store))
            if server is not None:
                server.stop()
        print(json.dumps(rows[-1]), flush=True)
    if options.json:
        options.json.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")
    for key in rows[0]:
        print(f"{key:30}" + "".join(f"{row[key]:>12,.4g}" for row in rows))


def build(size: int, folder: Path, server: str | None) -> dict[str, float]:
    """Write articles with so many chunks, index them, and change them a little."""
    _write_articles(size, folder / "corpus")
    library = library_of(folder / "corpus", folder / "index", DrawnVectors(), server=server)
    times: dict[str, float] = {}

    def sync(name: str) -> None:
        started = time.perf_counter()
        library.sync()
        times[name] = time.perf_counter() - started

    sync("build, s")
    chunks = library.count()
    sync("second build, s")
    write(folder / "corpus", "new.md", "---\nlanguage: en\n---\nA whale was seen in the harbour.")
    sync("one article more, s")
    (folder / "corpus" / "new.md").unlink()
    sync("one article less, s")
    library.close()
    files = [file for file in (folder / "index").rglob("*") if file.is_file()]
    return {
        "chunks": chunks,
        **times,
        "disk, MB": sum(file.stat().st_size for file in files) / 1e6,
        "memory of the build, MB": _memory(),
    }


def _write_articles(chunks: int, corpus: Path) -> None:
    draw = random.Random(chunks)
    for number in range(chunks // _CHUNKS):
        sections = (
            f"# Part {part} of {number}\n\n"
            + " ".join(draw.choices(_WORDS, _OFTEN, k=70)).capitalize()
            + "."
            for part in range(_CHUNKS)
        )
        text = "---\nlanguage: en\n---\n" + "\n\n".join(sections)
        write(corpus / f"{number % 100:02}", f"{number}.md", text)


def use(folder: Path, server: str | None) -> dict[str, float]:
    """Open an index, search it, and compare its nearest vectors with an exact search."""
    library = library_of(folder / "corpus", folder / "index", DrawnVectors(), server=server)
    started = time.perf_counter()
    library.find("bada", 1)
    opened = time.perf_counter() - started
    draw = random.Random(1)
    questions = [" ".join(draw.choices(_WORDS, _OFTEN, k=8)) for _ in range(_ASKED)]
    seconds = []
    for question in questions:
        started = time.perf_counter()
        library.find(question, 12)
        seconds.append(time.perf_counter() - started)
    figures = {
        "open and find, s": opened,
        "search, median ms": statistics.median(seconds) * 1000,
        "search, 95th percentile ms": statistics.quantiles(seconds, n=20)[-1] * 1000,
        "memory of a reader, MB": _memory(),
        **_compare_with_exact(library._current.snapshot().store, questions),
    }
    library.close()
    return figures


def _compare_with_exact(store: Store, questions: Sequence[str]) -> dict[str, float]:
    """Return the recall and the time of the nearest vectors, and the time of an exact search."""
    encoder = DrawnVectors()
    chunks = list(store.all_chunks())
    vectors = encoder.encode_passages([chunk.in_context for chunk in chunks])
    hits = 0
    seconds = []
    for question in questions:
        vector = encoder.encode_question(question)
        started = time.perf_counter()
        found = {chunk.id for chunk, _ in store.nearest("en", vector, _K)}
        seconds.append(time.perf_counter() - started)
        exact = np.argpartition(-(vectors @ vector), _K)[:_K]
        hits += sum(chunks[i].id in found for i in exact)
    started = time.perf_counter()
    for question in questions[:50]:
        _ = vectors @ encoder.encode_question(question)
    return {
        "vectors alone, median ms": statistics.median(seconds) * 1000,
        f"recall of the {_K} nearest": hits / _K / len(questions),
        "exact in memory, ms": (time.perf_counter() - started) / 50 * 1000,
    }


def _memory() -> float:
    """Return the most memory that this process has held, in MB."""
    unit = 1 if os.uname().sysname == "Darwin" else 1000
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6 * unit


if __name__ == "__main__":
    main()
