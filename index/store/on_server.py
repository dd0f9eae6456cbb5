"""The builds of an index on a Chroma server, for several machines.

Each process indexes the words for itself, from the texts on the server.
"""

import contextlib
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from index.store.article_record import ArticleRecord
from index.store.build_state import BuildState
from index.store.builds import BUILD, DamagedWords
from index.store.database import ServerDatabase, map_errors
from index.store.lexical import LexicalIndex
from index.store.server_turn import ServerTurn
from index.store.snapshot import Snapshot, read_snapshot
from index.store.store import Store

_PREFIX = "corpus-chat."  # of all our collections; others are left alone
_POINTER = f"{_PREFIX}current"
_TURN = f"{_PREFIX}turn-"
_FETCHED = 2000  # chunks at a time


class BuildsOnServer:
    """The builds on a server, each with collections of its own."""

    def __init__(self, url: str, token: str | None = None) -> None:
        self.name = url
        self._database = ServerDatabase(url, token)
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._words: dict[str, LexicalIndex] = {}

    def current(self) -> str | None:
        """Return the name of the build in use; None if there is none."""
        pointer = self._database.metadata(_POINTER)
        build = None if pointer is None else str(pointer["build"])
        return build if build is not None and self._store(build).state() is not None else None

    def create(self, build: str, state: BuildState) -> None:
        """Create a build that is empty but for its state."""
        self._store(build).set_state(state)

    def open(self, build: str, encoder: str) -> Snapshot:
        """Open a build that was made with this encoder, and read what it contains.

        Raises:
            DamagedIndexError: it has no state any more.
            EncoderMismatchError: it was made with another encoder.
            IndexUnavailableError: a newer version of this program wrote it.
        """
        opened = _ServerBuild(self._store(build), self._words_of(build))
        snapshot = read_snapshot(build, opened, encoder=encoder, index=self.name)
        _gather_words(snapshot.store, snapshot.lexical, snapshot.records)
        return snapshot

    def use(self, build: str) -> None:
        """Make this build the one in use."""
        self._database.put_metadata(_POINTER, {"build": build})

    def discard_all_but(self, build: str | None) -> None:
        """Remove builds that were replaced, or never finished."""
        kept = f"{_PREFIX}{build}."
        for name in self._database.names():
            if name.startswith(_PREFIX + BUILD) and not name.startswith(kept):
                self._database.remove(name)
        for old in self._words.keys() - {build}:
            self._words.pop(old).close()

    @contextlib.contextmanager
    def writing(self) -> Iterator[ServerTurn]:
        """Take the turn to write, renew it while it lasts, and give it back.

        Raises:
            IndexBusyError: another process has it.
            IndexUnavailableError: the server cannot be reached.
        """
        with self.mapped_errors():
            self._database.create_database()
            turn = ServerTurn(self._database, server=self.name, prefix=_TURN)
        with turn.kept():
            yield turn

    def damaged_words(self, build: str) -> DamagedWords | None:
        """Return None: each process gathers the words anew."""
        return None

    def is_damaged(self, build: str) -> bool:
        """Return False: the server looks after its files."""
        return False

    def mapped_errors(self) -> contextlib.AbstractContextManager[None]:
        """Turn errors on the way to the server into an IndexUnavailableError of one line."""
        return map_errors(
            f"The Chroma server at {self.name} cannot be used",
            "see that it runs, that CHROMA_URL is its address, and CHROMA_TOKEN what it asks for",
        )

    def close(self) -> None:
        """Release the connection to the server, and the words."""
        for words in self._words.values():
            words.close()
        self._words.clear()
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None
        self._database.close()

    def _store(self, build: str) -> Store:
        return Store(self._database, prefix=f"{_PREFIX}{build}.")

    def _words_of(self, build: str) -> LexicalIndex:
        if build not in self._words:
            self._folder = self._folder or tempfile.TemporaryDirectory(prefix="corpus-chat-")
            self._words[build] = LexicalIndex(Path(self._folder.name) / f"{build}.sqlite")
        return self._words[build]


@dataclass(frozen=True, slots=True)
class _ServerBuild:
    """The store of one build on the server, and its index of words on this machine."""

    store: Store
    lexical: LexicalIndex

    def finish(self, state: BuildState) -> None:
        """Do nothing: the server looks after its files."""

    def close(self) -> None:
        """Keep both open, because the words took long to gather."""


def _gather_words(
    store: Store, lexical: LexicalIndex, records: Mapping[str, ArticleRecord]
) -> None:
    """Fetch the words of chunks that this process does not know yet, and forget the others."""
    held = lexical.ids()
    lexical.remove(held.difference(i for record in records.values() for i in record.chunk_ids))
    missing = defaultdict[str, list[str]](list)
    for record in records.values():
        missing[record.info.language] += [i for i in record.chunk_ids if i not in held]
    for language, ids in missing.items():
        for start in range(0, len(ids), _FETCHED):
            lexical.put(store.chunks(language, ids[start : start + _FETCHED]))
