"""Conversations, kept in an SQLite file."""

import json
import secrets
import sqlite3
import threading
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal, Self

from app.answer import Answer
from index.errors import CorpusChatError
from index.search import EVERYTHING, Scope

Rating = Literal["good", "bad"]

MAX_TITLE = 80  # characters
MAX_TURN = 1_000_000  # more than anyone asks, and less than the largest integer of SQLite

# The column `place` has the number of a turn in its conversation, from 0.
_SCHEMA = """
CREATE TABLE IF NOT EXISTS conversations (
    id TEXT PRIMARY KEY, title TEXT NOT NULL, changed TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS turns (
    conversation TEXT NOT NULL REFERENCES conversations(id) ON DELETE CASCADE,
    place INTEGER NOT NULL, question TEXT NOT NULL, answer TEXT, rating TEXT,
    comment TEXT NOT NULL DEFAULT '', PRIMARY KEY (conversation, place)
);
"""


class ConversationError(CorpusChatError):
    """The file of conversations cannot be opened, read or written."""


class UnknownConversationError(ConversationError):
    """There is no such conversation, or no such turn in it."""


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """An answer, its scope, and questions to ask next, which are None until they are looked for."""

    answer: Answer
    scope: Scope = EVERYTHING
    suggestions: tuple[str, ...] | None = None

    def to_json(self) -> dict[str, Any]:
        """Return the answer's own object with `scope` (null: all) and any `suggestions`."""
        scope = {
            "languages": _sorted(self.scope.languages),
            "sources": _sorted(self.scope.sources),
        }
        kept = self.answer.to_json() | {"scope": scope}
        if self.suggestions is not None:
            kept["suggestions"] = list(self.suggestions)
        return kept

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """Return the kept answer that `to_json` turned into `data`.

        Raises:
            LookupError, TypeError: `data` is no such object.
        """
        scope = data.get("scope", {})
        suggestions = data.get("suggestions")
        return cls(
            Answer.from_json(data),
            Scope.of(scope.get("languages"), scope.get("sources")),
            None if suggestions is None else tuple(suggestions),
        )


@dataclass(frozen=True, slots=True)
class KeptTurn:
    """A question, its answer (None: it was stopped), and the rating of the answer."""

    question: str
    answer: KeptAnswer | None
    rating: Rating | None
    comment: str

    def to_json(self) -> dict[str, Any]:
        """Return the turn as one object."""
        return {
            "question": self.question,
            "answer": None if self.answer is None else self.answer.to_json(),
            "rating": self.rating,
            "comment": self.comment,
        }


@dataclass(frozen=True, slots=True)
class Summary:
    """A conversation in a list."""

    id: str
    title: str  # its first question, unless it was renamed
    changed: str  # ISO 8601, UTC


@dataclass(frozen=True, slots=True)
class Conversation(Summary):
    """A whole conversation."""

    turns: tuple[KeptTurn, ...]

    def to_json(self) -> dict[str, Any]:
        """Return the conversation as one object."""
        head = {"id": self.id, "title": self.title, "changed": self.changed}
        return head | {"turns": [turn.to_json() for turn in self.turns]}


class Conversations:
    """The conversations in a file. Threads and processes may share the file."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._preparing = threading.Lock()
        self._is_prepared = False

    def begin(self) -> str:
        """Create a conversation; return its id. It is listed once a question was asked in it."""
        new = secrets.token_urlsafe(12)
        with self._writing() as database:
            database.execute("INSERT INTO conversations VALUES (?, '', ?)", (new, _now()))
        return new

    def ask(self, conversation: str, question: str, turn: int | None = None) -> int:
        """Keep a question that is being asked; return the number of its turn, from 0.

        A question for an earlier `turn` replaces that turn and all that follow.

        Raises:
            UnknownConversationError: there is no such conversation, or no such turn in it.
        """
        with self._writing() as database:
            title, count = self._title_and_count(database, conversation)
            turn = count if turn is None else turn
            if not 0 <= turn <= count:
                raise UnknownConversationError(f"The conversation has no turn {turn}.")
            database.execute(
                "DELETE FROM turns WHERE conversation = ? AND place >= ?", (conversation, turn)
            )
            database.execute(
                "INSERT INTO turns(conversation, place, question) VALUES (?, ?, ?)",
                (conversation, turn, question),
            )
            database.execute(
                "UPDATE conversations SET title = ?, changed = ? WHERE id = ?",
                (title or " ".join(question.split())[:MAX_TITLE], _now(), conversation),
            )
        return turn

    def answer(self, conversation: str, turn: int, question: str, answer: KeptAnswer) -> None:
        """Keep the answer to `question` in a turn, unless another question replaced it."""
        with self._writing() as database:
            database.execute(
                "UPDATE turns SET answer = ? WHERE conversation = ? AND place = ? AND question = ?",
                (json.dumps(answer.to_json(), ensure_ascii=False), conversation, turn, question),
            )

    def rate(self, conversation: str, turn: int, rating: Rating | None, comment: str) -> None:
        """Keep a rating of an answer, and a comment.

        Raises:
            UnknownConversationError: there is no such answer.
        """
        with self._writing() as database:
            changed = database.execute(
                "UPDATE turns SET rating = ?, comment = ? WHERE conversation = ? AND place = ?"
                " AND answer IS NOT NULL",
                (rating, comment, conversation, turn),
            ).rowcount
        if not changed:
            raise UnknownConversationError("There is no such answer any more.")

    def rename(self, conversation: str, title: str) -> None:
        """Give a conversation another title.

        Raises:
            UnknownConversationError: there is no such conversation.
        """
        with self._writing() as database:
            self._title_and_count(database, conversation)
            database.execute(
                "UPDATE conversations SET title = ? WHERE id = ?",
                (" ".join(title.split())[:MAX_TITLE], conversation),
            )

    def delete(self, conversation: str) -> None:
        """Delete a conversation; do nothing where there is none."""
        with self._writing() as database:
            database.execute("DELETE FROM conversations WHERE id = ?", (conversation,))

    def open(self, conversation: str) -> Conversation:
        """Return a whole conversation.

        Raises:
            UnknownConversationError: there is no such conversation.
        """
        with self._connected() as database:
            row = database.execute(
                "SELECT id, title, changed FROM conversations WHERE id = ?", (conversation,)
            ).fetchone()
            if row is None:
                raise UnknownConversationError("There is no such conversation any more.")
            turns = database.execute(
                "SELECT question, answer, rating, comment FROM turns"
                " WHERE conversation = ? ORDER BY place",
                (conversation,),
            ).fetchall()
        known, title, changed = row
        return Conversation(known, title, changed, tuple(map(_to_turn, turns)))

    def list(self, search: str = "", limit: int = 100) -> list[Summary]:
        """Return the latest conversations whose title, questions or answers contain `search`."""
        with self._connected() as database:
            rows = database.execute(
                "SELECT id, title, changed FROM conversations c WHERE EXISTS ("
                " SELECT 1 FROM turns WHERE conversation = c.id AND ("
                "  instr(lower(c.title), :search) OR instr(lower(question), :search)"
                "  OR instr(lower(json_extract(answer, '$.text')), :search)))"
                " ORDER BY changed DESC, id LIMIT :limit",
                {"search": search.strip().lower(), "limit": limit},
            ).fetchall()
        return [Summary(*row) for row in rows]

    def rated(self) -> Iterator[KeptTurn]:
        """Yield the turns with a rating, oldest conversation first."""
        with self._connected() as database:
            rows = database.execute(
                "SELECT question, answer, rating, comment FROM turns"
                " JOIN conversations ON id = conversation"
                " WHERE rating IS NOT NULL AND answer IS NOT NULL ORDER BY changed, place"
            ).fetchall()
        yield from map(_to_turn, rows)

    def _prepare(self, database: sqlite3.Connection) -> None:
        """Create the tables, once: threads that do so together lock each other out."""
        with self._preparing:
            if not self._is_prepared:
                database.execute("PRAGMA journal_mode = WAL")
                database.executescript(_SCHEMA)
                self._is_prepared = True

    @staticmethod
    def _title_and_count(database: sqlite3.Connection, conversation: str) -> tuple[str, int]:
        """Return the title of a conversation, and how many turns it has."""
        row = database.execute(
            "SELECT title, (SELECT count(*) FROM turns WHERE conversation = id)"
            " FROM conversations WHERE id = ?",
            (conversation,),
        ).fetchone()
        if row is None:
            raise UnknownConversationError("There is no such conversation any more.")
        return str(row[0]), int(row[1])

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self._connected() as database, database:
            database.execute("BEGIN IMMEDIATE")
            yield database

    @contextmanager
    def _connected(self) -> Iterator[sqlite3.Connection]:
        # A new connection each time: it is cheap, and threads share none.
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            with closing(sqlite3.connect(self._file, isolation_level=None)) as database:
                self._prepare(database)
                database.execute("PRAGMA foreign_keys = ON")
                database.create_function("lower", 1, _lower, deterministic=True)
                yield database
        except (sqlite3.Error, OSError) as error:
            raise ConversationError(
                f"Conversations cannot be kept in {self._file} ({error}); "
                "make it writable, or set CONVERSATIONS to another file."
            ) from error


def _to_turn(row: tuple[str, str | None, Rating | None, str]) -> KeptTurn:
    question, answer, rating, comment = row
    try:
        kept = KeptAnswer.from_json(json.loads(answer)) if answer else None
    except (LookupError, TypeError, ValueError):
        kept = None  # an older version kept answers in another form; the question remains
    return KeptTurn(question, kept, rating, comment)


def _sorted(names: frozenset[str] | None) -> list[str] | None:
    return None if names is None else sorted(names)


def _lower(text: str | None) -> str:
    """Return `text` in lower case, in every script; SQLite's own function knows A to Z."""
    return (text or "").lower()


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
