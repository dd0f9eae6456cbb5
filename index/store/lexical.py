"""Search by words, in SQLite's full-text index, for names and figures, which vectors blur."""

import json
import re
import sqlite3
import unicodedata
from collections.abc import Iterable, Set
from pathlib import Path

from index.chunking import Chunk
from index.language.scripts import bigrams

# Accents are removed, so that "cuanto" finds "cuánto".
_SCHEMA = """
CREATE VIRTUAL TABLE IF NOT EXISTS entries USING fts5(
    words, id UNINDEXED, source UNINDEXED, language UNINDEXED,
    tokenize = "unicode61 remove_diacritics 2"
)
"""
# How many chunks have each word.
_TERMS = "CREATE VIRTUAL TABLE IF NOT EXISTS temp.terms USING fts5vocab(main, entries, row)"
_WORD = re.compile(r"\w+")

# A word that more chunks have tells little about any of them. In a small index, searching for it
# costs nothing.
_FEW, _SHARE = 2000, 0.02


class LexicalIndex:
    """The words of all chunks, ranked by BM25. Threads and processes may share the file."""

    def __init__(self, path: Path) -> None:
        # Autocommit: each statement is a transaction, and a batch says BEGIN itself.
        self._database = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        try:
            self._database.execute("PRAGMA journal_mode = WAL")
            self._database.execute(_SCHEMA)
            self._database.execute(_TERMS)
        except sqlite3.Error:
            self._database.close()
            raise
        self._total: int | None = None  # how many chunks there are, until the next write

    def put(self, chunks: Iterable[Chunk]) -> None:
        """Add chunks, or replace those that are indexed."""
        self._total = None
        with self._database:
            self._database.execute("BEGIN")
            for chunk in chunks:
                row, words = _row(chunk.id), bigrams(chunk.text)
                self._database.execute("DELETE FROM entries WHERE rowid = ?", (row,))
                self._database.execute(
                    "INSERT INTO entries(rowid, words, id, source, language)"
                    " VALUES (?, ?, ?, ?, ?)",
                    (row, words, chunk.id, chunk.source, chunk.language),
                )

    def remove(self, ids: Iterable[str]) -> None:
        """Remove chunks; ids that are not indexed are ignored."""
        self._total = None
        with self._database:
            self._database.execute("BEGIN")
            self._database.executemany(
                "DELETE FROM entries WHERE rowid = ?", [(_row(chunk_id),) for chunk_id in ids]
            )

    def ids(self) -> set[str]:
        """Return the ids of all chunks."""
        return {chunk_id for (chunk_id,) in self._database.execute("SELECT id FROM entries")}

    def holds(self, chunk: Chunk) -> bool:
        """Whether a chunk is indexed with the words that it has."""
        row = self._database.execute(
            "SELECT words FROM entries WHERE rowid = ?", (_row(chunk.id),)
        ).fetchone()
        return row is not None and row[0] == bigrams(chunk.text)

    def check(self) -> None:
        """Read through the whole file.

        Raises:
            sqlite3.DatabaseError: it is damaged.
        """
        (outcome,) = self._database.execute("PRAGMA quick_check(1)").fetchone()
        if outcome != "ok":
            raise sqlite3.DatabaseError(outcome)

    def count(self) -> int:
        """Return how many chunks there are."""
        # From one of the tables that the index consists of, because to count its own rows it reads
        # them all.
        (count,) = self._database.execute("SELECT count(*) FROM entries_docsize").fetchone()
        return int(count)

    def search(
        self,
        question: str,
        limit: int,
        *,
        languages: Set[str] | None = None,
        sources: Set[str] | None = None,
    ) -> list[tuple[str, str]]:
        """Return the id and language of up to `limit` chunks that share words, best first.

        Only chunks in `languages` and of `sources`, if these are given.
        """
        words = dict.fromkeys(_WORD.findall(bigrams(question)))
        if not words:
            return []
        # In quotation marks, AND, NEAR and * are words as well.
        query = " OR ".join(f'"{word}"' for word in self._rare(list(words)))
        allowed = {"language": languages, "source": sources}
        given = {column: values for column, values in allowed.items() if values is not None}
        # As JSON, because a statement takes 32,766 values at most.
        within = "".join(f" AND {column} IN (SELECT value FROM json_each(?))" for column in given)
        return self._database.execute(
            f"SELECT id, language FROM entries WHERE entries MATCH ?{within} ORDER BY rank LIMIT ?",
            (query, *(json.dumps(sorted(values)) for values in given.values()), limit),
        ).fetchall()

    def _rare(self, words: list[str]) -> list[str]:
        """Return the words that few chunks have; ranking all chunks with the others takes long."""
        if self._total is None:
            self._total = self.count()
        if self._total <= _FEW:
            return words
        counts = {word: self._count(word) for word in words}
        rare = [word for word in words if counts[word] <= max(_FEW, _SHARE * self._total)]
        return rare or [min(words, key=counts.__getitem__)]

    def _count(self, word: str) -> int:
        """Return how many chunks have a word."""
        row = self._database.execute(
            "SELECT doc FROM terms WHERE term = ?", (_folded(word),)
        ).fetchone()
        return int(row[0]) if row else 0

    def close(self) -> None:
        """Release the file."""
        self._database.close()


def _folded(word: str) -> str:
    """Return a word as the index has it: in small letters, without accents."""
    letters = unicodedata.normalize("NFKD", word.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def _row(chunk_id: str) -> int:
    """Return the row of a chunk: the first 60 bits of its id, which is a hash in hexadecimal."""
    return int(chunk_id[:15], 16)
