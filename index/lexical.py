"""Search by words: names and figures, which vectors blur. SQLite's full-text index."""

import re
import sqlite3
from collections.abc import Iterable
from pathlib import Path

from index.chunking import Chunk
from index.scripts import bigrams

# Accents are folded, so that "cuanto" finds "cuánto".
_SCHEMA = """
CREATE VIRTUAL TABLE IF NOT EXISTS chunks USING fts5(
    words, id UNINDEXED, language UNINDEXED, tokenize = "unicode61 remove_diacritics 2"
)
"""
_WORD = re.compile(r"\w+")


class LexicalIndex:
    """The words of all chunks, ranked by BM25. Threads and processes may share the file."""

    def __init__(self, path: Path) -> None:
        # Autocommit: each statement stands alone, and a batch says BEGIN itself.
        self._database = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        self._database.execute("PRAGMA journal_mode = WAL")
        self._database.execute(_SCHEMA)

    def put(self, chunks: Iterable[Chunk]) -> None:
        """Add chunks, or replace those that are there."""
        with self._database:
            self._database.execute("BEGIN")
            for chunk in chunks:
                row = (_row(chunk.id), bigrams(chunk.text), chunk.id, chunk.language)
                self._database.execute("DELETE FROM chunks WHERE rowid = ?", row[:1])
                self._database.execute(
                    "INSERT INTO chunks(rowid, words, id, language) VALUES (?, ?, ?, ?)", row
                )

    def remove(self, ids: Iterable[str]) -> None:
        """Forget chunks; ids that are not there are passed over."""
        with self._database:
            self._database.execute("BEGIN")
            self._database.executemany(
                "DELETE FROM chunks WHERE rowid = ?", [(_row(chunk_id),) for chunk_id in ids]
            )

    def count(self) -> int:
        """Return how many chunks are held."""
        (count,) = self._database.execute("SELECT count(*) FROM chunks").fetchone()
        return int(count)

    def search(self, question: str, limit: int) -> list[tuple[str, str]]:
        """Return the id and language of the chunks that share most with `question`, best first."""
        words = dict.fromkeys(_WORD.findall(bigrams(question)))
        if not words:
            return []
        # Quoted, a word is only ever a word: AND, NEAR and * mean nothing.
        query = " OR ".join(f'"{word}"' for word in words)
        return self._database.execute(
            "SELECT id, language FROM chunks WHERE chunks MATCH ? ORDER BY rank LIMIT ?",
            (query, limit),
        ).fetchall()

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()


def _row(chunk_id: str) -> int:
    """Return the row of a chunk: the first 60 bits of its id, which is a hash in hexadecimal."""
    return int(chunk_id[:15], 16)
