"""The turn to write on a Chroma server.

The turn is a collection there, since only one process succeeds in creating the next one. It has to
be renewed, so that the turn of a process that died ends by itself.
"""

import contextlib
import threading
import time
from collections.abc import Iterator

from index.errors import IndexBusyError
from index.store.database import ServerDatabase

_LEASE_S = 120  # longer than an answer of the server may take
_RENEWED_S = 10


class ServerTurn:
    """The turn to write, until it is given back or has not been renewed for too long."""

    def __init__(self, database: ServerDatabase, *, server: str, prefix: str) -> None:
        """Take the turn; names of turns begin with `prefix`, and errors name the `server`.

        Raises:
            IndexBusyError: another process has it.
        """
        self._database = database
        self._server = server
        self._prefix = prefix
        self._name = self._take()

    def check(self) -> None:
        """Check that nobody else writes by now: this machine may have slept meanwhile.

        Raises:
            IndexBusyError: the turn has ended.
        """
        if not self._is_running(self._name) or self._latest() != self._name:
            raise self._busy()

    @contextlib.contextmanager
    def kept(self) -> Iterator["ServerTurn"]:
        """Renew the turn while the context lasts, and give it back then."""
        is_over = threading.Event()
        renewing = threading.Thread(target=self._renew, args=[is_over], daemon=True)
        renewing.start()
        try:
            yield self
        finally:
            is_over.set()
            renewing.join()
            with contextlib.suppress(Exception):  # a server that is gone takes the turn with it
                self._database.update(self._name, {"until": 0})

    def _take(self) -> str:
        older = self._turns()
        latest = max(older, key=self._number, default=f"{self._prefix}0")
        name = f"{self._prefix}{self._number(latest) + 1}"
        lease = {"until": time.time() + _LEASE_S}
        if self._is_running(latest) or not self._database.create(name, lease):
            raise self._busy()
        for turn in older:
            self._database.remove(turn)
        # A process that listed the turns before others came and went may have created a turn of a
        # lower number.
        if self._latest() != name:
            self._database.remove(name)
            raise self._busy()
        return name

    def _renew(self, is_over: threading.Event) -> None:
        while not is_over.wait(_RENEWED_S):
            with contextlib.suppress(Exception):  # it is tried again before the turn ends
                self._database.update(self._name, {"until": time.time() + _LEASE_S})

    def _is_running(self, turn: str) -> bool:
        metadata = self._database.metadata(turn)
        return metadata is not None and float(metadata["until"]) > time.time()

    def _latest(self) -> str:
        return max(self._turns(), key=self._number, default="")

    def _turns(self) -> list[str]:
        return [name for name in self._database.names() if name.startswith(self._prefix)]

    def _number(self, turn: str) -> int:
        return int(turn.removeprefix(self._prefix))

    def _busy(self) -> IndexBusyError:
        return IndexBusyError(
            f"Another process is writing the index on {self._server}; "
            "try again when it has finished."
        )
