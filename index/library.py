"""The built index on disk: keep it in step with the folder, and find passages in it."""

import contextlib
import os
import re
import shutil
import sqlite3
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from filelock import FileLock, Timeout

from index.articles import ArticleInfo, read_again
from index.chunking import Chunk
from index.embedding import Encoder, Vectors
from index.errors import (
    DamagedIndexError,
    EncoderMismatchError,
    IndexBusyError,
    IndexUnavailableError,
)
from index.extraction import Extractor
from index.formats.extracted import Extracted
from index.lexical import LexicalIndex
from index.search import EVERYTHING, Passage, Scope, find
from index.store import FORM, Record, State, Store, named_damage, named_errors
from index.sync import Progress, SyncReport, Writer, compare, in_step
from index.verification import verify

T = TypeVar("T")

_POINTER = "current"  # a file that names the build in use
_BUILD = "build-"
_NAME = re.compile(rf"{_BUILD}\d+")
_LOCK = "write.lock"
_VECTORS = "chroma"
_WORDS = "words.sqlite"
_TEXTS = "texts"  # what was extracted from files that are not text, for all builds
_CREATED = "created"  # a file that is there once a build says what it is; readers never make one

# A generation is odd from before the first write of a sync until after its last, so that other
# processes notice the writes of one that was killed, too.
_FIRST_WRITING = 1

_TRIES = 5  # of a search, while another process goes on changing what it looks at
_SAMPLE = 256  # vectors a language: enough for their mean and deviation


@dataclass(frozen=True)
class _Build:
    """An open build of the index, and what was read from it after its last change."""

    name: str
    store: Store
    lexical: LexicalIndex
    state: State
    records: Mapping[str, Record]
    articles: Mapping[str, ArticleInfo]
    visible: frozenset[str]  # the ids of the chunks that count
    backgrounds: Mapping[str, Vectors]  # a sample of the vectors of each language

    def close(self) -> None:
        self.store.close()
        self.lexical.close()


class Library:
    """The index in `directory`. Any number of processes may read it; one at a time may write.

    A whole rebuild goes into a folder of its own, to which a pointer file is then switched, so
    that a reader has the old build or the new one. Threads may share a library.
    """

    def __init__(self, directory: Path, encoder: Encoder) -> None:
        self._directory = directory
        self._encoder = encoder
        self.extractor = Extractor(directory / _TEXTS)
        self._open: _Build | None = None
        # Held while searching and while opening, not while writing: readers go on.
        self._reading = threading.RLock()

    def sync(
        self,
        corpus: Path,
        *,
        rebuild: bool = False,
        progress: Progress = lambda done, total: None,
    ) -> SyncReport:
        """Bring the index in step with the folder `corpus`; with `rebuild`, from nothing.

        Raises:
            CorpusError: the folder is missing, unreadable or without articles.
            EncoderMismatchError: the index was built with another encoder.
            IndexBusyError: another process is writing.
            IndexUnavailableError: the index is damaged, or its folder cannot be written.
        """
        with (
            self._writing(),
            named_errors(self._directory),
            contextlib.closing(self.extractor),
        ):
            if rebuild:
                self.extractor.forget_all_but(())
            current = self._current()
            self._discard_all_but(current)
            mended = self._mend_words(current)
            damage = None if rebuild else self._damage(current)
            if current is not None and (rebuild or damage):
                build = self._create(_number(current) + 1)
                try:
                    report = self._fill(build, corpus, progress)
                finally:
                    build.close()
                self._point_to(build.name)
                return replace(report, mended=damage)
            if not self._is_created(current):
                # There is nothing to replace; and what is killed half way goes on from there.
                build = self._create(1 if current is None else _number(current))
                build.close()
                self._point_to(build.name)
            return replace(self._fill(self._fresh(), corpus, progress), mended=mended)

    def find(self, question: str, limit: int, *, scope: Scope = EVERYTHING) -> list[Passage]:
        """Return up to `limit` passages in `scope` that fit `question`, best first.

        Raises:
            EncoderMismatchError: the index was built with another encoder.
            IndexUnavailableError: there is no index, or it is damaged.
        """
        return self._read_from(
            lambda build: find(
                question,
                limit,
                scope=scope,
                store=build.store,
                lexical=build.lexical,
                encoder=self._encoder,
                backgrounds=build.backgrounds,
                articles=build.articles,
                visible=build.visible,
            )
        )

    def read(self, corpus: Path, info: ArticleInfo) -> tuple[Extracted, bool]:
        """Return the text of an indexed article's file, and whether it is still what was indexed.

        Raises:
            FileNotFoundError: the file is gone.
            ArticleError: it cannot be read any more.
        """
        return read_again(corpus, info, self.extractor)

    def verify(self, corpus: Path) -> list[str]:
        """Return a line for each difference of the index from the folder, and from itself.

        Raises:
            CorpusError: the folder is missing, unreadable or without articles.
            IndexUnavailableError: there is no index, or it is damaged.
        """
        with self._searching() as build, contextlib.closing(self.extractor):
            return list(verify(corpus, build.records, build.store, build.lexical, self.extractor))

    def chunks_of(self, source: str) -> list[Chunk]:
        """Return the chunks of an article, in its order; none where it is not indexed."""

        def read(build: _Build) -> list[Chunk]:
            record = build.records.get(source)
            if record is None:
                return []
            return build.store.chunks(record.info.language, record.chunk_ids)

        return sorted(self._read_from(read), key=lambda chunk: chunk.start)

    def articles(self) -> Mapping[str, ArticleInfo]:
        """Return what is known of each article that is indexed, by source."""
        with self._searching() as build:
            return build.articles

    def count(self) -> int:
        """Return how many chunks are indexed."""
        with self._searching() as build:
            return len(build.visible)

    @property
    def is_built(self) -> bool:
        """Whether a build was finished, if only one that is out of date by now."""
        if self._current() is None:
            return False
        with self._searching() as build:
            return build.state.generation > _FIRST_WRITING

    def close(self) -> None:
        """Let go of the files; the next call opens them again."""
        self.extractor.close()
        self._close_build()

    def _close_build(self) -> None:
        with self._reading:
            if self._open is not None:
                self._open.close()
                self._open = None

    @contextlib.contextmanager
    def _searching(self) -> Iterator[_Build]:
        with self._reading, named_errors(self._directory):
            yield self._fresh()

    def _read_from(self, read: Callable[[_Build], T]) -> T:
        """Return what `read` makes of the build; once more where it was changed meanwhile.

        Another process removes what it replaced only after it has said so in the state.
        """
        for _ in range(_TRIES):
            with self._searching() as build:
                result = read(build)
                if build.store.state() == build.state:
                    break
        return result

    def _fill(self, build: _Build, corpus: Path, progress: Progress) -> SyncReport:
        is_older = build.state.form < FORM
        found = compare(corpus, build.records, self.extractor, is_anew=is_older)
        self.extractor.forget_all_but(found.digests)
        was_killed = build.state.generation % 2

        def switch(records: Mapping[str, Record]) -> None:
            # Readers in this process share the store, and see at once what it holds.
            with self._reading:
                if self._open is not None and self._open.store is build.store:
                    self._open = _with_records(self._open, records)

        is_whole = build.store.count() == build.lexical.count() == len(build.visible)
        if not (found or was_killed or is_older) and is_whole:
            return in_step(found)
        writer = Writer(build.store, build.lexical, self._encoder, build.records, switch)
        writing = replace(build.state, generation=build.state.generation + 1 + was_killed)
        with self._reading:
            build.store.set_state(writing)
            if self._open is not None and self._open.store is build.store:
                self._open = replace(self._open, state=writing)
        report = writer.write(found, corpus, self.extractor, progress)
        with self._reading:
            # Before anything is removed: from here readers everywhere look at the new records.
            build.store.set_state(replace(writing, generation=writing.generation + 1, form=FORM))
            writer.sweep()
        return report

    @contextlib.contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            self._directory.mkdir(parents=True, exist_ok=True)
            with FileLock(self._directory / _LOCK, timeout=0):
                yield
        except Timeout:
            raise IndexBusyError(
                f"Another process is writing the index in {self._directory}; "
                "try again when it has finished."
            ) from None
        except OSError as error:
            raise IndexUnavailableError(
                f"The index cannot be written to {self._directory} ({error.strerror}); "
                "make that folder writable, or set INDEX_DIR to another."
            ) from error

    def _fresh(self) -> _Build:
        """Return the build in use, as it is after the last write by whichever process."""
        with self._reading:
            name = self._current()
            if name is None or not self._is_created(name):
                raise IndexUnavailableError(
                    f"There is no index in {self._directory}; build it: python -m app index"
                )
            known = self._open
            if known is None or known.name != name or known.store.state() != known.state:
                # An open Chroma goes on searching the vectors it has read: open it anew.
                self._close_build()
                self._open = self._load(name)
            assert self._open is not None
            return self._open

    def _create(self, number: int) -> _Build:
        """Make a build that is empty, and says from the start which encoder it is for."""
        name = f"{_BUILD}{number}"
        store = Store.embedded(self._directory / name / _VECTORS)
        store.set_state(State(self._encoder.name, 0, FORM))
        store.close()
        (self._directory / name / _CREATED).touch()
        return self._load(name)

    def _mend_words(self, current: str | None) -> str | None:
        """Remove an index of words that cannot be read: it is filled again from the store."""
        if not self._is_created(current):
            return None
        file = self._directory / str(current) / _WORDS
        try:
            with contextlib.closing(LexicalIndex(file)) as lexical:
                lexical.count()
        except sqlite3.OperationalError:  # it is locked, or may not be opened: no damage
            return None
        except sqlite3.DatabaseError as error:
            self._close_build()
            for part in file.parent.glob(f"{file.name}*"):
                part.unlink()
            return f"The index of words in {self._directory} is damaged ({error})."
        return None

    def _damage(self, current: str | None) -> str | None:
        """Return what is wrong with the files of the build in use, if anything."""
        if not self._is_created(current):
            return None
        try:
            build = self._fresh()
            if all(build.store.finds_its_own(language) for language in build.store.languages()):
                return None
            # Without its files of vectors Chroma finds nothing, and says nothing.
            return f"The index in {self._directory} has lost its vectors."
        except DamagedIndexError as error:
            self._close_build()
            return str(error).partition(";")[0] + "."

    def _is_created(self, name: str | None) -> bool:
        return name is not None and (self._directory / name / _CREATED).exists()

    def _load(self, name: str) -> _Build:
        folder = self._directory / name
        store = Store.embedded(folder / _VECTORS)
        with contextlib.ExitStack() as opened, named_damage(folder):
            opened.callback(store.close)
            lexical = LexicalIndex(folder / _WORDS)
            opened.callback(lexical.close)
            build = self._read_build(name, store, lexical)
            opened.pop_all()
            return build

    def _read_build(self, name: str, store: Store, lexical: LexicalIndex) -> _Build:
        state = store.state()
        if state is None:
            raise ValueError("it does not say how it was made")
        if state.encoder != self._encoder.name:
            raise EncoderMismatchError(
                f"The index in {self._directory} was built with EMBEDDING_MODEL {state.encoder}, "
                f"and now {self._encoder.name} is set; set it back, "
                "or build the index again: python -m app index --rebuild"
            )
        if state.form > FORM:
            raise IndexUnavailableError(
                f"The index in {self._directory} was written by a newer version of this program; "
                "use that one, or build the index again: python -m app index --rebuild"
            )
        lexical.count()  # a damaged one shows here, and not in the middle of a question
        build = _Build(
            name=name,
            store=store,
            lexical=lexical,
            state=state,
            records={},
            articles={},
            visible=frozenset(),
            backgrounds={
                language: sample
                for language in store.languages()
                if len(sample := store.sample(language, _SAMPLE))
            },
        )
        return _with_records(build, store.records())

    def _current(self) -> str | None:
        try:
            name = (self._directory / _POINTER).read_text(encoding="utf-8", errors="replace")
        except (FileNotFoundError, NotADirectoryError):
            name = ""
        if _NAME.fullmatch(name.strip()):
            return name.strip()
        # A pointer that was lost or damaged meant the older build: a newer one was not finished.
        builds = [f.name for f in self._directory.glob(f"{_BUILD}*") if _NAME.fullmatch(f.name)]
        return min(builds, key=_number, default=None)

    def _point_to(self, name: str) -> None:
        new = self._directory / f"{_POINTER}.new"
        new.write_text(name + "\n", encoding="utf-8")
        os.replace(new, self._directory / _POINTER)

    def _discard_all_but(self, current: str | None) -> None:
        """Remove builds that were replaced before the last one, or never finished."""
        for folder in self._directory.glob(f"{_BUILD}*"):
            if _NAME.fullmatch(folder.name) and folder.name != current:
                shutil.rmtree(folder, ignore_errors=True)


def _with_records(build: _Build, records: Mapping[str, Record]) -> _Build:
    return replace(
        build,
        records=dict(records),
        articles={source: record.info for source, record in records.items()},
        visible=frozenset(i for record in records.values() for i in record.chunk_ids),
    )


def _number(build: str) -> int:
    return int(build.removeprefix(_BUILD))
