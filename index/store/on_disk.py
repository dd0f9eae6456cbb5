"""An index in a folder: Chroma in this process. One process at a time may write."""

import contextlib
import os
import re
import shutil
import sqlite3
from collections.abc import Iterator, Mapping
from pathlib import Path

from filelock import FileLock, Timeout

from index.errors import IndexBusyError, IndexUnavailableError
from index.store import vector_files
from index.store.builds import BUILD, number_of
from index.store.database import damaged, named_damage, named_errors
from index.store.lexical import LexicalIndex
from index.store.store import Record, State, Store

_POINTER = "current"  # a file that names the build in use
_NAME = re.compile(rf"{BUILD}\d+")
_LOCK = "write.lock"
_LOOK_S = 0.05  # for who only looks whether it is held; who wants it waits longer
_WAIT_S = 0.5
_VECTORS = "chroma"
_MEMORY = "vectors.json"  # what the files of vectors were when the last sync was done
_WORDS = "words.sqlite"
_CREATED = "created"  # a file that is there once a build says what it is; readers never make one


class OnDisk:
    """The builds in a folder, and a pointer file to the one in use."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self.name = str(directory)
        self._has_turn = False
        self._altered: set[str] = set()  # builds whose vectors somebody else than Chroma changed
        self._is_searchable: dict[frozenset[tuple[str, str]], bool] = {}  # by checksums

    def current(self) -> str | None:
        """Return the name of the build in use; None where there is none."""
        try:
            name = (self._directory / _POINTER).read_text(encoding="utf-8", errors="replace")
        except (FileNotFoundError, NotADirectoryError):
            name = ""
        if _NAME.fullmatch(name.strip()):
            return name.strip()
        # A pointer that was lost or damaged meant the older build: a newer one was not finished.
        builds = [f.name for f in self._directory.glob(f"{BUILD}*") if _NAME.fullmatch(f.name)]
        return min(builds, key=number_of, default=None)

    def is_created(self, build: str | None) -> bool:
        """Whether there is a build of this name that says what it is."""
        return build is not None and (self._directory / build / _CREATED).exists()

    def create(self, build: str, state: State) -> None:
        """Make a build that is empty but for its state."""
        with contextlib.closing(Store.embedded(self._directory / build / _VECTORS)) as store:
            store.set_state(state)
        (self._directory / build / _CREATED).touch()

    def open(self, build: str) -> tuple[Store, LexicalIndex]:
        """Return what a build keeps.

        Raises:
            DamagedIndexError: its files cannot be read.
        """
        store = Store.embedded(self._directory / build / _VECTORS)
        try:
            with named_damage(self.name):
                self._check_vectors(build, store)
                return store, LexicalIndex(self._directory / build / _WORDS)
        except BaseException:
            store.close()
            raise

    def _check_vectors(self, build: str, store: Store) -> None:
        """See that Chroma will not stumble over its files of vectors.

        Raises:
            DamagedIndexError: it would.
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
        elif known is None and self.is_written_elsewhere():
            vector_files.wait_while_written(folder)
        elif sums != (known or {}):
            # A sync was killed; or Chroma wrote them once more; or they are damaged.
            if known is not None and not vector_files.were_written_anew(known, sums):
                self._altered.add(build)
                raise damaged(self.name, "its vectors are not as they were written")
            tried = frozenset(sums.items())
            if tried not in self._is_searchable:
                self._is_searchable[tried] = vector_files.can_be_searched(folder)
            if not self._is_searchable[tried]:
                raise damaged(self.name, "its vectors cannot be searched")
            if not state.generation % 2:
                vector_files.remember(memory, state.generation, sums)

    def is_damaged(self, build: str) -> bool:
        """Whether another process finds a build damaged as well."""
        folder = self._directory / build / _VECTORS
        return build in self._altered or not vector_files.can_be_read(folder)

    def is_written_elsewhere(self) -> bool:
        """Whether another process has the writer's turn."""
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

    def finish(self, build: str, generation: int) -> None:
        """Remember what the files of a build are that is now of this generation."""
        sums = vector_files.checksums(self._directory / build / _VECTORS)
        vector_files.remember(self._directory / build / _MEMORY, generation, sums)

    def gather_words(
        self, store: Store, lexical: LexicalIndex, records: Mapping[str, Record]
    ) -> None:
        """Do nothing: the writer has written them."""

    def close_build(self, store: Store, lexical: LexicalIndex) -> None:
        """Let go of the files."""
        store.close()
        lexical.close()

    def close(self) -> None:
        """Do nothing: what is open is open as a build."""

    def point_to(self, build: str) -> None:
        """Take this build into use."""
        new = self._directory / f"{_POINTER}.new"
        new.write_text(build + "\n", encoding="utf-8")
        os.replace(new, self._directory / _POINTER)

    def discard_all_but(self, build: str | None) -> None:
        """Remove builds that were replaced before the last one, or never finished."""
        for folder in self._directory.glob(f"{BUILD}*"):
            if _NAME.fullmatch(folder.name) and folder.name != build:
                shutil.rmtree(folder, ignore_errors=True)

    def damage_of_words(self, build: str) -> str | None:
        """Return what is wrong with the index of words, if anything."""
        file = self._directory / build / _WORDS
        try:
            with contextlib.closing(LexicalIndex(file)) as lexical:
                lexical.check()
            return None
        except sqlite3.OperationalError:  # it is locked, or may not be opened: no damage
            return None
        except sqlite3.DatabaseError as error:
            return f"The index of words in {self.name} is damaged ({error})."

    def remove_words(self, build: str) -> None:
        """Remove the index of words, which is then made anew."""
        for part in (self._directory / build).glob(f"{_WORDS}*"):
            part.unlink()

    @contextlib.contextmanager
    def writing(self) -> Iterator[None]:
        """Take the writer's turn, and give it back; the system does where a process dies.

        Raises:
            IndexBusyError: another process has it.
            IndexUnavailableError: the folder cannot be written.
        """
        try:
            self._directory.mkdir(parents=True, exist_ok=True)
            with FileLock(self._directory / _LOCK, timeout=_WAIT_S):
                self._has_turn = True
                try:
                    yield
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

    def check_turn(self) -> None:
        """Do nothing: the system keeps the turn as long as the process lives."""

    def named_damage(self) -> contextlib.AbstractContextManager[None]:
        """Turn what a damaged file makes its reader stumble over into one line."""
        return named_damage(self.name)

    def named_errors(self) -> contextlib.AbstractContextManager[None]:
        """Turn what goes wrong in a database into one line that says what to do."""
        return named_errors(
            f"The index in {self.name} cannot be used",
            "check that its folder can be written and its disk has room, "
            "or build it again: python -m app index --rebuild",
        )
