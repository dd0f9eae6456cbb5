"""What a library needs of the folder or the server that keeps the builds of an index."""

from contextlib import AbstractContextManager
from typing import Protocol

from index.store.build_state import BuildState
from index.store.snapshot import Snapshot

BUILD = "build-"


class WriteTurn(Protocol):
    """The turn to write, which one process has at a time."""

    def check(self) -> None:
        """Check that the turn is still ours.

        Raises:
            IndexBusyError: it has ended, and another process may have taken it.
        """


class Builds(Protocol):
    """The builds of one index, each with a name, and which of them is in use."""

    name: str  # of the index, in errors

    def current(self) -> str | None:
        """Return the name of the build in use; None if there is none."""

    def create(self, build: str, state: BuildState) -> None:
        """Create a build that is empty but for its state."""

    def open(self, build: str, encoder: str) -> Snapshot:
        """Open a build that was made with this encoder, and read what it contains.

        Raises:
            DamagedIndexError: its files cannot be read.
            EncoderMismatchError: it was made with another encoder.
            IndexUnavailableError: a newer version of this program wrote it.
        """

    def use(self, build: str) -> None:
        """Make this build the one in use."""

    def discard_all_but(self, build: str | None) -> None:
        """Remove builds that were replaced, or never finished."""

    def writing(self) -> AbstractContextManager[WriteTurn]:
        """Take the turn to write, and give it back.

        Raises:
            IndexBusyError: another process has it.
            IndexUnavailableError: nothing can be written there.
        """

    def is_damaged(self, build: str) -> bool:
        """Whether another process, too, cannot read a build that cannot be opened here.

        If it can, this process lacks something, such as files that it may open; no index is to be
        thrown away for that.
        """

    def mapped_errors(self) -> AbstractContextManager[None]:
        """WriteTurn errors of the database into an IndexUnavailableError of one line.

        It is an UnsettledIndexError if another process is writing, so that trying again may help.
        """

    def close(self) -> None:
        """Release everything."""


def next_build(current: str | None) -> str:
    """Return the name of the build after `current`."""
    return f"{BUILD}{number_of(current) + 1 if current else 1}"


def number_of(build: str) -> int:
    """Return the number of a build; a later one has a higher number."""
    return int(build.removeprefix(BUILD))
