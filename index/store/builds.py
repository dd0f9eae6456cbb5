"""Where the builds of an index are: what a library asks of a folder or of a server."""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from typing import Protocol

from index.store.lexical import LexicalIndex
from index.store.store import Record, State, Store

BUILD = "build-"


class Place(Protocol):
    """Holds the builds of one index, each under a name, and knows which is in use."""

    name: str  # as it is told in errors

    def current(self) -> str | None:
        """Return the name of the build in use; None where there is none."""

    def is_created(self, build: str | None) -> bool:
        """Whether there is a build of this name that says what it is."""

    def create(self, build: str, state: State) -> None:
        """Make a build that is empty but for its state."""

    def open(self, build: str) -> tuple[Store, LexicalIndex]:
        """Return what a build keeps; the words may lack what others wrote.

        Raises:
            DamagedIndexError: its files cannot be read.
        """

    def gather_words(
        self, store: Store, lexical: LexicalIndex, records: Mapping[str, Record]
    ) -> None:
        """See that the words of all chunks are there that the records name."""

    def finish(self, build: str, generation: int) -> None:
        """Take notice that a sync of a build is done, which is now of this generation."""

    def close_build(self, store: Store, lexical: LexicalIndex) -> None:
        """Let go of what was opened."""

    def close(self) -> None:
        """Let go of everything."""

    def point_to(self, build: str) -> None:
        """Take this build into use."""

    def discard_all_but(self, build: str | None) -> None:
        """Remove builds that were replaced, or never finished."""

    def damage_of_words(self, build: str) -> str | None:
        """Return what is wrong with the index of words, if anything."""

    def remove_words(self, build: str) -> None:
        """Remove the index of words, which is then made anew."""

    def writing(self) -> AbstractContextManager[None]:
        """Take the writer's turn, and give it back.

        Raises:
            IndexBusyError: somebody else has it.
            IndexUnavailableError: nothing can be written there.
        """

    def is_damaged(self, build: str) -> bool:
        """Whether a build that cannot be opened here is damaged, rather than this process in want.

        For example of files that it may open; an index is not to be thrown away for that.
        """

    def is_written_elsewhere(self) -> bool:
        """Whether another process is writing such that a search here may fail of it."""

    def check_turn(self) -> None:
        """See that the writer's turn is still ours.

        Raises:
            IndexBusyError: it has ended, and somebody else may have taken it.
        """

    def named_damage(self) -> AbstractContextManager[None]:
        """Turn what a damaged file makes its reader stumble over into a DamagedIndexError."""

    def named_errors(self) -> AbstractContextManager[None]:
        """Turn what goes wrong there into an IndexUnavailableError of one line."""


def next_build(current: str | None) -> str:
    """Return the name of the build after `current`."""
    return f"{BUILD}{number_of(current) + 1 if current else 1}"


def number_of(build: str) -> int:
    """Return the number of a build; a later one has a higher."""
    return int(build.removeprefix(BUILD))
