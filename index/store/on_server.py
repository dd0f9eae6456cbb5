"""An index on a Chroma server, for several machines. One process at a time may write.

The words are indexed by each process for itself, from the texts on the server. The writer's turn
is a collection there: to make the next one succeeds for one process only. It has to be renewed, so
that the turn of a process that died ends by itself.
"""

import contextlib
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

from index.errors import IndexBusyError
from index.store.builds import BUILD
from index.store.database import ServerDatabase, named_errors
from index.store.lexical import LexicalIndex
from index.store.store import Record, State, Store

_PREFIX = "corpus-chat."  # of all collections of ours; others are left alone
_POINTER = f"{_PREFIX}current"
_TURN = f"{_PREFIX}turn-"
_LEASE_S = 120  # longer than an answer of the server may take
_RENEWED_S = 10
_FETCHED = 2000  # chunks at a time


class OnServer:
    """The builds on a server, each with collections of its own."""

    def __init__(self, url: str, token: str | None = None) -> None:
        self.name = url
        self._database = ServerDatabase(url, token)
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._words: dict[str, LexicalIndex] = {}
        self._turn = f"{_TURN}0"

    def current(self) -> str | None:
        """Return the name of the build in use; None where there is none."""
        told = self._database.told(_POINTER)
        return None if told is None else str(told["build"])

    def is_created(self, build: str | None) -> bool:
        """Whether there is a build of this name that says what it is."""
        return build is not None and self._store(build).state() is not None

    def create(self, build: str, state: State) -> None:
        """Make a build that is empty but for its state."""
        self._store(build).set_state(state)

    def open(self, build: str) -> tuple[Store, LexicalIndex]:
        """Return what a build keeps; of the words, what this process knows of."""
        if build not in self._words:
            self._folder = self._folder or tempfile.TemporaryDirectory(prefix="corpus-chat-")
            self._words[build] = LexicalIndex(Path(self._folder.name) / f"{build}.sqlite")
        return self._store(build), self._words[build]

    def gather_words(
        self, store: Store, lexical: LexicalIndex, records: Mapping[str, Record]
    ) -> None:
        """Fetch what this process does not know yet, and forget what is gone."""
        held = lexical.ids()
        lexical.remove(held.difference(i for record in records.values() for i in record.chunk_ids))
        missing = defaultdict[str, list[str]](list)
        for record in records.values():
            missing[record.info.language] += [i for i in record.chunk_ids if i not in held]
        for language, ids in missing.items():
            for start in range(0, len(ids), _FETCHED):
                lexical.put(store.chunks(language, ids[start : start + _FETCHED]))

    def finish(self, build: str, generation: int) -> None:
        """Do nothing: the server looks after its files."""

    def close_build(self, store: Store, lexical: LexicalIndex) -> None:
        """Keep both: the words took long to gather."""

    def close(self) -> None:
        """Let go of the server, and of the words."""
        for words in self._words.values():
            words.close()
        self._words.clear()
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None
        self._database.close()

    def point_to(self, build: str) -> None:
        """Take this build into use."""
        self._database.tell(_POINTER, {"build": build})

    def discard_all_but(self, build: str | None) -> None:
        """Remove builds that were replaced before the last one, or never finished."""
        kept = f"{_PREFIX}{build}."
        for name in self._database.names():
            if name.startswith(_PREFIX + BUILD) and not name.startswith(kept):
                self._database.remove(name)
        for old in self._words.keys() - {build}:
            self._words.pop(old).close()

    def damage_of_words(self, build: str) -> str | None:
        """Return None: the words are gathered anew by each process."""
        return None

    def remove_words(self, build: str) -> None:
        """Do nothing: there is nothing that lasts."""

    @contextlib.contextmanager
    def writing(self) -> Iterator[None]:
        """Take the writer's turn, renew it while it lasts, and give it back.

        Raises:
            IndexBusyError: another process has it.
            IndexUnavailableError: the server cannot be reached.
        """
        with self.named_errors():
            self._database.create()
            self._turn = turn = self._take_turn()
        is_over = threading.Event()
        renewing = threading.Thread(target=self._renew, args=[turn, is_over], daemon=True)
        renewing.start()
        try:
            yield
        finally:
            is_over.set()
            renewing.join()
            with contextlib.suppress(Exception):  # a server that is gone takes the turn with it
                self._database.renew(turn, {"until": 0})

    def is_damaged(self, build: str) -> bool:
        """Return False: the server looks after its files."""
        return False

    def is_written_elsewhere(self) -> bool:
        """Return False: a server answers each search whole."""
        return False

    def check_turn(self) -> None:
        """See that nobody else writes by now: this machine may have slept meanwhile.

        Raises:
            IndexBusyError: the turn has ended.
        """
        told = self._database.told(self._turn)
        has_ended = told is None or float(told["until"]) <= time.time()
        if has_ended or max(self._turns(), key=_number, default="") != self._turn:
            raise self._busy()

    def named_damage(self) -> contextlib.AbstractContextManager[None]:
        """Do nothing: what a server answers says nothing of its files."""
        return contextlib.nullcontext()

    def named_errors(self) -> contextlib.AbstractContextManager[None]:
        """Turn what goes wrong on the way to the server into one line that says what to do."""
        return named_errors(
            f"The Chroma server at {self.name} cannot be used",
            "see that it runs, that CHROMA_URL is its address, and CHROMA_TOKEN what it asks for",
        )

    def _store(self, build: str) -> Store:
        return Store(self._database, prefix=f"{_PREFIX}{build}.")

    def _take_turn(self) -> str:
        turns = self._turns()
        latest = max(turns, key=_number, default=f"{_TURN}0")
        told = self._database.told(latest)
        turn = f"{_TURN}{_number(latest) + 1}"
        is_taken = told is not None and float(told["until"]) > time.time()
        if is_taken or not self._database.make(turn, {"until": time.time() + _LEASE_S}):
            raise self._busy()
        for old in turns:
            self._database.remove(old)
        # Who listed the turns before others came and went may have made one of a lower number.
        if max(self._turns(), key=_number, default="") != turn:
            self._database.remove(turn)
            raise self._busy()
        return turn

    def _turns(self) -> list[str]:
        return [name for name in self._database.names() if name.startswith(_TURN)]

    def _busy(self) -> IndexBusyError:
        return IndexBusyError(
            f"Another process is writing the index on {self.name}; try again when it has finished."
        )

    def _renew(self, turn: str, is_over: threading.Event) -> None:
        while not is_over.wait(_RENEWED_S):
            with contextlib.suppress(Exception):  # it is tried again before the turn ends
                self._database.renew(turn, {"until": time.time() + _LEASE_S})


def _number(turn: str) -> int:
    return int(turn.removeprefix(_TURN))
