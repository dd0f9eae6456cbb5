"""The built index: keep it in step with the folder, and find passages in it."""

import contextlib
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import TypeVar

from index.chunking import Chunk
from index.comparison import Comparison
from index.encoder.embedding import Encoder, Vectors
from index.errors import (
    DamagedIndexError,
    EncoderMismatchError,
    IndexUnavailableError,
)
from index.folder.article import Article, ArticleInfo, Reread
from index.folder.corpus import Corpus
from index.search import EVERYTHING, Passage, Scope, find
from index.store.builds import Place, next_build
from index.store.lexical import LexicalIndex
from index.store.on_disk import OnDisk
from index.store.on_server import OnServer
from index.store.store import FORM, Record, State, Store
from index.sync import Progress, SyncReport, report_on, write_all
from index.verification import Verification, verify
from index.writing import Writer

T = TypeVar("T")

# A generation is odd from before the first write of a sync until after its last, so that other
# processes notice the writes of one that was killed, too.
_FIRST_WRITING = 1

_PAUSE_S = 0.1
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

    def is_shown(self, now: State | None) -> bool:
        """Whether what was read of the build still holds, where its state is this `now`.

        While another process writes it does: nothing is removed until a sync says that it is done.
        """
        has_begun = replace(self.state, generation=self.state.generation + 1)
        is_done = self.state.generation % 2 == 0
        return now == self.state or (is_done and now == has_begun)


class Library:
    """An index. Any number of processes may read it; one at a time may write.

    A whole rebuild goes into a build of its own, to which a pointer is then switched, so that a
    reader has the old build or the new one. Threads may share a library.
    """

    def __init__(
        self,
        corpus: Corpus,
        directory: Path,
        encoder: Encoder,
        *,
        server: str | None = None,
        token: str | None = None,
    ) -> None:
        """Index `corpus` in `directory`, or on the Chroma server at the URL `server`.

        `token` is what to tell that server, if it asks for one.
        """
        self.corpus = corpus
        self._place: Place = OnServer(server, token) if server else OnDisk(directory)
        self._encoder = encoder
        self._open: _Build | None = None
        self._was_checked = False  # whether what is on disk can be read
        # Held while searching and while opening, not while writing: readers go on.
        self._reading = threading.RLock()

    def sync(
        self, *, rebuild: bool = False, progress: Progress = lambda done, total: None
    ) -> SyncReport:
        """Bring the index in step with the folder; with `rebuild`, from nothing.

        Raises:
            CorpusError: the folder is missing, unreadable or without articles.
            EncoderMismatchError: the index was built with another encoder.
            IndexBusyError: another process is writing.
            IndexUnavailableError: the index is damaged, or its folder cannot be written.
        """
        place = self._place
        with place.writing(), place.named_errors(), contextlib.closing(self.corpus):
            if rebuild:
                self.corpus.forget_all_but(())
            current = place.current()
            place.discard_all_but(current)
            if current is None or not place.is_created(current):
                # There is nothing to replace; and what is killed half way goes on from there.
                current = current or next_build(None)
                place.create(current, State(self._encoder.name, 0, FORM))
                place.point_to(current)
            damage = mended = None
            if not (rebuild or self._was_checked):  # files go bad while nobody has them open
                mended = self._mend_words(current)
                damage = self._damage(current)
                self._was_checked = True
            if rebuild or damage:
                name = next_build(current)
                place.create(name, State(self._encoder.name, 0, FORM))
                build = self._load(name)
                try:
                    report = self._fill(build, progress)
                finally:
                    place.close_build(build.store, build.lexical)
                place.check_turn()
                place.point_to(name)
                return replace(report, mended=damage)
            build = self._fresh(to_write=True)
            return replace(self._fill(build, progress), mended=mended)

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

    def read(self, info: ArticleInfo) -> Reread:
        """Return the text of an indexed article's file, and whether it is still what was indexed.

        Raises:
            FileNotFoundError: the file is gone.
            ArticleError: it cannot be read any more.
        """
        return self.corpus.read_again(info)

    def copy_to(self, other: "Library", *, progress: Progress = lambda done, total: None) -> int:
        """Write what is indexed here into another library, in place of what it has.

        Nothing is embedded. Returns how many chunks were copied.

        Raises:
            IndexUnavailableError: one of the two cannot be used.
        """
        place = other._place
        with (
            self._place.writing(),
            self._searching() as build,
            place.writing(),
            place.named_errors(),
        ):
            current = place.current()
            place.discard_all_but(current)
            name = next_build(current)
            place.create(name, replace(build.state, generation=0))
            target, lexical = place.open(name)
            try:
                for done in build.store.copy_to(target, build.records):
                    progress(done, len(build.visible))
                lexical.put(target.all_chunks())
                written = replace(build.state, generation=_FIRST_WRITING + 1)
                target.set_state(written)
                place.finish(name, written.generation)
            finally:
                place.close_build(target, lexical)
            place.check_turn()
            place.point_to(name)
        return len(build.visible)

    def verify(self) -> Verification:
        """Compare the index with the folder, and with itself.

        Raises:
            CorpusError: the folder is missing, unreadable or without articles.
            IndexUnavailableError: there is no index, or it is damaged.
        """
        with self._searching() as build, contextlib.closing(self.corpus):
            return verify(self.corpus, build.records, build.store, build.lexical)

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
        with self._place.named_errors():
            if self._place.current() is None:
                return False
        with self._searching() as build:
            return build.state.generation > _FIRST_WRITING

    def close(self) -> None:
        """Let go of the files; the next call opens them again."""
        self.corpus.close()
        with self._reading:
            self._close_build()
            self._place.close()

    def _close_build(self) -> None:
        with self._reading:
            if self._open is not None:
                self._place.close_build(self._open.store, self._open.lexical)
                self._open = None

    @contextlib.contextmanager
    def _searching(self) -> Iterator[_Build]:
        with self._reading, self._place.named_errors():
            yield self._fresh()

    def _read_from(self, read: Callable[[_Build], T]) -> T:
        """Return what `read` makes of the build; once more where it was changed meanwhile.

        Another process removes what it replaced only after it has said so in the state. While it
        writes, Chroma may also fail at what is half there.
        """
        for _ in range(_TRIES):
            try:
                with self._searching() as build:
                    result = read(build)
                    if build.is_shown(build.store.state()):
                        return result
            except IndexUnavailableError:
                if not self._place.is_written_elsewhere():
                    raise
                self._close_build()
                time.sleep(_PAUSE_S)
        with self._searching() as build:
            return read(build)

    def _fill(self, build: _Build, progress: Progress) -> SyncReport:
        is_older = build.state.form < FORM
        is_whole = build.store.count() == build.lexical.count() == len(build.visible)
        records = build.records if is_whole else _whole(build)
        comparison = Comparison(self.corpus, records, is_anew=is_older)
        has_changes, articles = _peek(comparison.articles())
        was_killed = build.state.generation % 2
        if has_changes or comparison.removed or was_killed or is_older or not is_whole:
            report = self._write(build, records, articles, comparison, progress)
        else:
            report = report_on(comparison)
        self.corpus.forget_all_but(comparison.digests)
        return report

    def _write(
        self,
        build: _Build,
        records: Mapping[str, Record],
        articles: Iterator[Article],
        comparison: Comparison,
        progress: Progress,
    ) -> SyncReport:
        def show(records: Mapping[str, Record]) -> None:
            # Readers in this process share the store, and see at once what it holds.
            with self._reading:
                if self._open is not None and self._open.store is build.store:
                    self._open = _with_records(self._open, records)

        writer = Writer(
            build.store,
            build.lexical,
            records,
            encoder=self._encoder,
            check_turn=self._place.check_turn,
            show=show,
        )
        generation = build.state.generation + 1 + build.state.generation % 2
        if build.state.generation == _FIRST_WRITING:  # it is still the first that is not finished
            generation = _FIRST_WRITING
        writing = replace(build.state, generation=generation)
        with self._reading:
            build.store.set_state(writing)
            if self._open is not None and self._open.store is build.store:
                self._open = replace(self._open, state=writing)
        report = write_all(articles, comparison, writer, progress)
        with self._reading:
            # Before anything is removed: from here readers everywhere look at the new records.
            written = replace(writing, generation=writing.generation + 1, form=FORM)
            build.store.set_state(written)
            writer.sweep()
            if self._open is not None and self._open.store is build.store:
                # It need not be opened anew; to look at the vectors again is enough.
                self._open = replace(
                    self._open, state=written, backgrounds=_backgrounds(build.store)
                )
        self._place.finish(build.name, written.generation)
        return report

    def _fresh(self, *, to_write: bool = False) -> _Build:
        """Return the build in use: as the last sync left it, or `to_write` exactly as it is."""
        with self._reading:
            name = self._place.current()
            if name is None or not self._place.is_created(name):
                raise IndexUnavailableError(
                    f"There is no index in {self._place.name}; build it: python -m app index"
                )
            if self._open is not None and self._open.name == name:
                now = self._open.store.state()
                if now == self._open.state or (not to_write and self._open.is_shown(now)):
                    return self._open
            # An open Chroma goes on searching the vectors it has read: open it anew.
            self._close_build()
            self._open = self._load_patiently(name)
            return self._open

    def _load_patiently(self, name: str) -> _Build:
        """Open a build; while another process writes it, Chroma may miss what is half there."""
        for _ in range(_TRIES):
            with contextlib.suppress(DamagedIndexError):
                return self._load(name)
            time.sleep(_PAUSE_S)
        return self._load(name)

    def _mend_words(self, current: str) -> str | None:
        """Remove an index of words that cannot be read; return what was wrong with it."""
        damage = self._place.damage_of_words(current)
        if damage is not None:
            with self._reading:
                self._close_build()
                self._place.remove_words(current)
        return damage

    def _damage(self, current: str) -> str | None:
        """Return what is wrong with the files of the build in use, if anything."""
        try:
            build = self._fresh()
            if all(build.store.finds_something(each, 1) for each in build.store.languages()):
                return None
            # Without its files of vectors Chroma finds nothing, and says nothing.
            return f"The index in {self._place.name} has lost its vectors."
        except DamagedIndexError as error:
            self._close_build()
            fact = str(error).partition(";")[0]
            if self._place.is_damaged(current):
                return f"{fact}."
            raise IndexUnavailableError(
                f"{fact}, as this process finds, and another finds it sound; start this one again"
            ) from error

    def _load(self, name: str) -> _Build:
        store, lexical = self._place.open(name)
        try:
            with self._place.named_damage():
                return self._read_build(name, store, lexical)
        except BaseException:
            self._place.close_build(store, lexical)
            raise

    def _read_build(self, name: str, store: Store, lexical: LexicalIndex) -> _Build:
        state = store.state()
        if state is None:
            raise ValueError("it does not say how it was made")
        if state.encoder != self._encoder.name:
            raise EncoderMismatchError(
                f"The index in {self._place.name} was built with EMBEDDING_MODEL {state.encoder}, "
                f"and now {self._encoder.name} is set; set it back, "
                "or build the index again: python -m app index --rebuild"
            )
        if state.form > FORM:
            raise IndexUnavailableError(
                f"The index in {self._place.name} was written by a newer version of this program; "
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
            backgrounds=_backgrounds(store),
        )
        build = _with_records(build, store.records())
        self._place.gather_words(store, lexical, build.records)
        return build


def _peek(items: Iterator[T]) -> tuple[bool, Iterator[T]]:
    """Return whether there is an item, and all of them; only the first is taken before."""
    for first in items:
        return True, chain([first], items)
    return False, items


def _backgrounds(store: Store) -> dict[str, Vectors]:
    """Return a sample of the vectors of each language that has some."""
    samples = {language: store.sample(language, _SAMPLE) for language in store.languages()}
    return {language: sample for language, sample in samples.items() if len(sample)}


def _whole(build: _Build) -> dict[str, Record]:
    """Return the records without those of which chunks were lost: they are written again."""
    held = set(build.store.chunk_ids())
    return {
        source: record
        for source, record in build.records.items()
        if held.issuperset((i, record.info.language) for i in record.chunk_ids)
    }


def _with_records(build: _Build, records: Mapping[str, Record]) -> _Build:
    return replace(
        build,
        records=dict(records),
        articles={source: record.info for source, record in records.items()},
        visible=frozenset(i for record in records.values() for i in record.chunk_ids),
    )
