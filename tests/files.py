"""Articles for tests, and helpers to write them, to index them and to compare indexes."""

import os
import socket
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from index.chunking import Chunk
from index.encoder.embedding import Encoder, Vectors
from index.folder.article import Article
from index.folder.corpus import Corpus
from index.folder.extraction import Extractor
from index.library import Library
from index.store.article_record import ArticleRecord
from tests.encoders import BagOfWords

PROJECT = Path(__file__).resolve().parent.parent
_NOWHERE = Path(os.devnull)

HARBOUR = """---
title: A quiet harbour
language: en
published: 2025-12-03
publisher: The Gazette
url: https://example.org/harbour
---

# The harbour

The harbour of Skagen closed to freighters in 1987. Twelve fishing boats are left.

## The lighthouse

Its lighthouse is 46 metres tall. A keeper named Ottesen looks after it.
"""
FARO = """---
language: es
---
# El puerto

El puerto de Skagen cerró a los cargueros en 1987. Quedan doce barcos de pesca.
"""
GANG = """---
language: zh
---
# 港口

斯卡恩港于1987年关闭。那里还有十二艘渔船。
"""
ARTICLES = {"harbour.md": HARBOUR, "es/faro.md": FARO, "gang.txt": GANG}


def article_of(source: str, data: bytes) -> Article:
    """Return the article in a file with these bytes."""
    return corpus_in(_NOWHERE).parse(source, data)


def corpus_in(folder: Path, kept: Path = _NOWHERE) -> Corpus:
    """Return the corpus in a folder; extracted texts are kept in `kept`, by default nowhere."""
    return Corpus(folder, Extractor(kept))


def library_of(
    corpus: Path,
    index_dir: Path,
    encoder: Encoder | None = None,
    *,
    server: str | None = None,
    token: str | None = None,
) -> Library:
    """Return a library over the articles in a folder, with a bag of words for an encoder."""
    opened = corpus_in(corpus, index_dir / "texts")
    return Library(opened, index_dir, encoder or BagOfWords(), server=server, token=token)


def write(folder: Path, name: str, content: str | bytes, encoding: str = "utf-8") -> Path:
    """Write a file, with the folders above it, and return its path."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode(encoding) if isinstance(content, str) else content)
    return path


def many(folder: Path, count: int) -> Path:
    """Write `count` articles of a few sentences, no two alike, and return the folder."""
    for number in range(count):
        # With many figures: an approximate search loses its way among texts that are too alike.
        sentences = (
            f"Net {number * n} of {number + n} is for {number * n + n} cod "
            f"or {7 * number + n} eels."
            for n in range(2, 22)
        )
        write(folder, f"{number:03}.md", f"# Boat {number}\n\n{' '.join(sentences)}\n")
    return folder


def free_port() -> int:
    """Return a port of this machine's that nothing listened to a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def python(*arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """Run another Python in the project's folder and wait for it."""
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=PROJECT,
        env={**os.environ, **environ},
        capture_output=True,
        text=True,
        timeout=120,
    )


@dataclass(frozen=True)
class Contents:
    """Everything that an index contains."""

    records: dict[str, ArticleRecord]
    chunks: dict[str, Chunk]
    vectors: dict[str, Vectors]  # by the text of a chunk in its context

    @property
    def named(self) -> set[str]:
        """The ids of the chunks that records name."""
        return {chunk_id for record in self.records.values() for chunk_id in record.chunk_ids}


def contents(library: Library) -> Contents:
    """Return what an index contains, after it was opened anew."""
    library.close()
    with library._current.reading() as build:
        chunks = {chunk.id: chunk for chunk in build.store.all_chunks()}
        vectors = build.store.vectors_of({chunk.in_context for chunk in chunks.values()})
        assert build.store.count() == len(chunks), "a chunk is stored once, in one language"
        return Contents(dict(build.records), chunks, vectors)


def assert_same(one: Contents, other: Contents) -> None:
    """Assert that two indexes are equal, vectors to a cosine of 0.999."""
    assert one.records == other.records
    assert one.chunks == other.chunks
    assert one.named == set(one.chunks)
    assert one.vectors.keys() == other.vectors.keys()
    assert all(
        float(np.dot(one.vectors[text], other.vectors[text])) > 0.999 for text in one.vectors
    )


def undisturbed(corpus: Path, tmp_path: Path) -> Contents:
    """Return the contents of an index of `corpus` that was built without interruption."""
    library = library_of(corpus, tmp_path / "undisturbed")
    library.sync()
    held = contents(library)
    library.close()
    return held
