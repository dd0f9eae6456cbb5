"""The builds of an index on a Chroma server, for several machines."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass

from index.store.build_state import BuildState
from index.store.builds import BUILD
from index.store.database import ServerDatabase, map_errors
from index.store.server_turn import ServerTurn
from index.store.snapshot import Snapshot, read_snapshot
from index.store.store import Store

_PREFIX = "corpus-chat."  # of all our collections; others are left alone
_POINTER = f"{_PREFIX}current"
_TURN = f"{_PREFIX}turn-"


class BuildsOnServer:
    """The builds on a server, each with collections of its own."""

    def __init__(self, url: str, token: str | None = None) -> None:
        self.name = url
        self._database = ServerDatabase(url, token)

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
        opened = _ServerBuild(self._store(build))
        return read_snapshot(build, opened, encoder=encoder, index=self.name)

    def use(self, build: str) -> None:
        """Make this build the one in use."""
        self._database.put_metadata(_POINTER, {"build": build})

    def discard_all_but(self, build: str | None) -> None:
        """Remove builds that were replaced, or never finished."""
        kept = f"{_PREFIX}{build}."
        for name in self._database.names():
            if name.startswith(_PREFIX + BUILD) and not name.startswith(kept):
                self._database.remove(name)

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
        """Release the connection to the server."""
        self._database.close()

    def _store(self, build: str) -> Store:
        return Store(self._database, prefix=f"{_PREFIX}{build}.")


@dataclass(frozen=True, slots=True)
class _ServerBuild:
    """The store of one build on the server."""

    store: Store

    def finish(self, state: BuildState) -> None:
        """Do nothing: the server looks after its files."""

    def close(self) -> None:
        """Do nothing: the connection is that of all builds."""
