"""The builds of an index in a folder, with Chroma in this process."""

import contextlib
import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from index.errors import (
    DamagedIndexError,
    IndexBusyError,
    IndexUnavailableError,
    UnsettledIndexError,
)
from index.store import vector_files
from index.store.build_state import BuildState
from index.store.builds import BUILD, number_of
from index.store.database import damaged, map_damage, map_errors
from index.store.snapshot import Snapshot, read_snapshot
from index.store.store import Store

_POINTER = "current"  # a file that names the build in use
_NAME = re.compile(rf"{BUILD}\d+")
_LOCK = "write.lock"
_LOOK_S = 0.05  # to look whether another process has the lock; to take it, wait longer
_WAIT_S = 0.5
_VECTORS = "chroma"
_MEMORY = "vectors.json"  # checksums of the files of vectors after the last sync
_CREATED = "created"  # a file that is written once a build has its state


class BuildsInFolder:
    """The builds in a folder, and a pointer file to the one in use.

    Any number of processes may read, and one at a time may write.
    """

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self.name = str(directory)
        self._has_turn = False
        self._altered: set[str] = set()  # builds whose vectors were not changed by Chroma
        self._is_searchable: dict[frozenset[tuple[str, str]], bool] = {}  # by checksums

    def current(self) -> str | None:
        """Return the name of the build in use; None if there is none."""
        try:
            name = (self._directory / _POINTER).read_text(encoding="utf-8", errors="replace")
        except (FileNotFoundError, NotADirectoryError):
            name = ""
        if self._is_build(name.strip()):
            return name.strip()
        # A pointer that was lost or damaged named the older build: a newer one was not finished.
        builds = [f.name for f in self._directory.glob(f"{BUILD}*") if self._is_build(f.name)]
        return min(builds, key=number_of, default=None)

    def create(self, build: str, state: BuildState) -> None:
        """Create a build that is empty but for its state."""
        with contextlib.closing(Store.embedded(self._directory / build / _VECTORS)) as store:
            store.set_state(state)
        (self._directory / build / _CREATED).touch()

    def open(self, build: str, encoder: str) -> Snapshot:
        """Open a build that was made with this encoder, and read what it contains.

        Raises:
            DamagedIndexError: its files cannot be read.
            EncoderMismatchError: it was made with another encoder.
            IndexUnavailableError: a newer version of this program wrote it.
        """
        folder = self._directory / build
        with contextlib.ExitStack() as opened, map_damage(self.name):
            store = opened.enter_context(contextlib.closing(Store.embedded(folder / _VECTORS)))
            self._check_vectors(build, store)
            files = _FolderBuild(store, folder)
            snapshot = read_snapshot(build, files, encoder=encoder, index=self.name)
            opened.pop_all()  # it stays open
            return snapshot

    def use(self, build: str) -> None:
        """Make this build the one in use."""
        new = self._directory / f"{_POINTER}.new"
        new.write_text(build + "\n", encoding="utf-8")
        os.replace(new, self._directory / _POINTER)

    def discard_all_but(self, build: str | None) -> None:
        """Remove builds that were replaced, or never finished."""
        for folder in self._directory.glob(f"{BUILD}*"):
            if _NAME.fullmatch(folder.name) and folder.name != build:
                shutil.rmtree(folder, ignore_errors=True)

    @contextlib.contextmanager
    def writing(self) -> Iterator["_FolderTurn"]:
        """Take the turn to write, and give it back; the system does if the process dies.

        Raises:
            IndexBusyError: another process has it.
            IndexUnavailableError: the folder cannot be written.
        """
        try:
            self._directory.mkdir(parents=True, exist_ok=True)
            with FileLock(self._directory / _LOCK, timeout=_WAIT_S):
                self._has_turn = True
                try:
                    yield _FolderTurn()
                finally:
                    self._has_turn = False
        except Timeout:
            raise IndexBusyError(
                f"Another process is writing the index in {self.name}; "
                "try again when it has finished."
            ) from None
        except OSError as error:
            raise IndexUnavailableError(
                f"The index cannot be written to {self.name} ({error.strerror}); "
                "make that folder writable, or set INDEX_DIR to another."
            ) from error

    def is_damaged(self, build: str) -> bool:
        """Whether another process, too, cannot read a build that cannot be opened here."""
        folder = self._directory / build / _VECTORS
        return build in self._altered or not vector_files.can_be_read(folder)

    @contextlib.contextmanager
    def mapped_errors(self) -> Iterator[None]:
        """Turn errors of the database into an IndexUnavailableError of one line.

        It is an UnsettledIndexError if another process is writing, so that trying again may help.
        """
        try:
            with map_errors(
                f"The index in {self.name} cannot be used",
                "check that its folder can be written and its disk has room, "
                "or build it again: python -m app index --rebuild",
            ):
                yield
        except IndexUnavailableError as error:
            may_pass = type(error) in (IndexUnavailableError, DamagedIndexError)
            if may_pass and self._is_written_elsewhere():
                raise UnsettledIndexError(str(error)) from error
            raise

    def close(self) -> None:
        """Do nothing: open files belong to the open build."""

    def _is_build(self, name: str) -> bool:
        """Whether `name` is that of a build that has its state."""
        return bool(_NAME.fullmatch(name)) and (self._directory / name / _CREATED).exists()

    def _check_vectors(self, build: str, store: Store) -> None:
        """Check that Chroma can read its files of vectors.

        Raises:
            DamagedIndexError: it cannot.
        """
        state = store.state()
        if state is None:
            return
        folder = self._directory / build / _VECTORS
        memory = self._directory / build / _MEMORY
        sums = vector_files.checksums(folder)
        known = vector_files.remembered(memory, state.generation)
        if store.state() != state:  # a sync has begun or ended meanwhile
            self._check_vectors(build, store)
        elif known is None and self._is_written_elsewhere():
            vector_files.wait_while_written(folder)
        elif sums != (known or {}):
            # A sync was killed; or Chroma wrote the files once more; or they are damaged.
            if known is not None and not vector_files.were_written_anew(known, sums):
                self._altered.add(build)
                raise damaged(self.name, "its vectors are not as they were written")
            if not self._can_be_searched(folder, sums):
                raise damaged(self.name, "its vectors cannot be searched")
            if not state.is_writing:
                vector_files.remember(memory, state.generation, sums)

    def _can_be_searched(self, folder: Path, sums: vector_files.Checksums) -> bool:
        """Whether a search of the vectors works in another process; each version is tried once."""
        version = frozenset(sums.items())
        if version not in self._is_searchable:
            self._is_searchable[version] = vector_files.can_be_searched(folder)
        return self._is_searchable[version]

    def _is_written_elsewhere(self) -> bool:
        """Whether another process has the turn to write."""
        lock = self._directory / _LOCK
        if self._has_turn or not lock.exists():
            return False
        try:
            with FileLock(lock, timeout=_LOOK_S):
                return False
        except Timeout:
            return True
        except OSError:  # nobody may write here
            return False


class _FolderTurn:
    """The turn to write, which the system keeps for us as long as the process lives."""

    def check(self) -> None:
        """Do nothing: the turn cannot be lost."""


@dataclass(frozen=True, slots=True)
class _FolderBuild:
    """The store in the folder of one build."""

    store: Store
    folder: Path

    def finish(self, state: BuildState) -> None:
        """Remember which files of vectors the sync left that brought the build into `state`."""
        sums = vector_files.checksums(self.folder / _VECTORS)
        vector_files.remember(self.folder / _MEMORY, state.generation, sums)

    def close(self) -> None:
        """Release the files."""
        self.store.close()
