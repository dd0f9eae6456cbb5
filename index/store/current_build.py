"""The build in use, kept open for readers."""

import contextlib
import threading
import time
from collections.abc import Callable, Iterator
from typing import TypeVar

from index.encoder.embedding import Encoder
from index.errors import DamagedIndexError, IndexUnavailableError, UnsettledIndexError
from index.store.builds import Builds
from index.store.snapshot import Snapshot

T = TypeVar("T")

_PAUSE_S = 0.1
_TRIES = 5  # of reading, while another process keeps changing what is read


class CurrentBuild:
    """The build in use, opened when it is first read, and again after it was changed elsewhere.

    Threads may share it.
    """

    def __init__(self, builds: Builds, encoder: Encoder) -> None:
        self._builds = builds
        self._encoder = encoder
        self._snapshot: Snapshot | None = None
        # Held while searching and while opening, not while writing, so that readers go on.
        self.lock = threading.RLock()

    def snapshot(self, *, to_write: bool = False) -> Snapshot:
        """Return the build as the last sync left it, or with `to_write` exactly as it is now.

        Raises:
            IndexUnavailableError: there is no index, or it cannot be opened.
        """
        with self.lock:
            name = self._builds.current()
            if name is None:
                raise IndexUnavailableError(
                    f"There is no index in {self._builds.name}; build it: python -m app index"
                )
            known = self._snapshot
            if known is not None and known.name == name:
                state = known.store.state()
                if state == known.state or (not to_write and known.is_valid(state)):
                    return known
            # An open Chroma goes on searching the vectors that it has read, so open it anew.
            self.close()
            self._snapshot = self._open(name)
            return self._snapshot

    @contextlib.contextmanager
    def reading(self) -> Iterator[Snapshot]:
        """Keep the build as it is in this process while the context lasts.

        Raises:
            IndexUnavailableError: there is no index, or it cannot be read.
        """
        with self.lock, self._builds.mapped_errors():
            yield self.snapshot()

    def read(self, read: Callable[[Snapshot], T]) -> T:
        """Return what `read` makes of the build; it is called again if the build has changed.

        Another process writes the state before it removes what was replaced. While it writes,
        Chroma may also fail at what is half written.

        Raises:
            IndexUnavailableError: there is no index, or it cannot be read.
        """
        for _ in range(_TRIES):
            try:
                with self.reading() as snapshot:
                    result = read(snapshot)
                    if snapshot.is_valid(snapshot.store.state()):
                        return result
            except UnsettledIndexError:
                self.close()
                time.sleep(_PAUSE_S)
        with self.reading() as snapshot:
            return read(snapshot)

    def amend(self, written: Snapshot, change: Callable[[Snapshot], Snapshot]) -> None:
        """Change what readers see of the build, if it is the one that was `written`.

        They share its store, and so need not open it anew.
        """
        with self.lock:
            if self._snapshot is not None and self._snapshot.store is written.store:
                self._snapshot = change(self._snapshot)

    def close(self) -> None:
        """Release the files; the next reader opens them again."""
        with self.lock:
            if self._snapshot is not None:
                self._snapshot.opened.close()
                self._snapshot = None

    def _open(self, name: str) -> Snapshot:
        """Open a build; while another process writes it, Chroma may miss what is half written."""
        for _ in range(_TRIES):
            with contextlib.suppress(DamagedIndexError):
                return self._builds.open(name, self._encoder.name)
            time.sleep(_PAUSE_S)
        return self._builds.open(name, self._encoder.name)
