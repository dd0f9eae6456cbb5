"""The index of a folder: keep it in step with the files, and find passages in it."""

import contextlib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from index.chunking import Chunk
from index.copying import copy_build
from index.encoder.embedding import Encoder
from index.errors import DamagedIndexError, IndexUnavailableError
from index.folder.article import ArticleInfo, Reread
from index.folder.corpus import Corpus
from index.folder.sources import find_source
from index.search import EVERYTHING, Passage, Scope, find
from index.store.build_state import BuildState
from index.store.builds import Builds, next_build
from index.store.current_build import CurrentBuild
from index.store.in_folder import BuildsInFolder
from index.store.on_server import BuildsOnServer
from index.store.snapshot import Snapshot
from index.sync import ShowProgress, Sync, SyncReport
from index.verification import Verification, verify


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

        `token` is sent to that server.
        """
        self.corpus = corpus
        self._encoder = encoder
        self._builds: Builds
        self._builds = BuildsOnServer(server, token) if server else BuildsInFolder(directory)
        self._current = CurrentBuild(self._builds, encoder)
        self._was_checked = False  # whether the files of the index can be read

    def sync(
        self, *, rebuild: bool = False, progress: ShowProgress = lambda done, total: None
    ) -> SyncReport:
        """Bring the index in step with the folder; with `rebuild`, from nothing.

        Raises:
            CorpusError: the folder is missing, unreadable or without articles.
            EncoderMismatchError: the index was built with another encoder.
            IndexBusyError: another process is writing.
            IndexUnavailableError: the index is damaged, or its folder cannot be written.
        """
        builds = self._builds
        with builds.writing() as turn, builds.mapped_errors(), contextlib.closing(self.corpus):
            sync = Sync(self.corpus, self._encoder, self._current, turn)
            if rebuild:
                self.corpus.forget_all_but(())
            current = self._ensure_build()
            damage = None
            if not (rebuild or self._was_checked):  # files go bad while nobody has them open
                damage = self._damage(current)
                self._was_checked = True
            if rebuild or damage:
                report = self._rebuild(sync, current, progress)
            else:
                report = sync.run(self._current.snapshot(to_write=True), progress)
            return replace(report, mended=damage)

    def find(self, question: str, limit: int, *, scope: Scope = EVERYTHING) -> list[Passage]:
        """Return up to `limit` passages in `scope` that fit `question`, best first.

        Raises:
            EncoderMismatchError: the index was built with another encoder.
            IndexUnavailableError: there is no index, or it is damaged.
        """
        return self._current.read(
            lambda build: find(question, limit, build=build, encoder=self._encoder, scope=scope)
        )

    def read(self, info: ArticleInfo) -> Reread:
        """Return the text of an indexed article's file, and whether it is still what was indexed.

        Raises:
            FileNotFoundError: the file is gone.
            ArticleError: it cannot be read any more.
        """
        return self.corpus.read_again(info)

    def copy_to(
        self, other: "Library", *, progress: ShowProgress = lambda done, total: None
    ) -> int:
        """Write what is indexed here into another library, in place of what it has.

        Nothing is embedded. `progress` is called with chunks. Returns how many chunks were copied.

        Raises:
            IndexUnavailableError: one of the two cannot be used.
        """
        builds = other._builds
        with (
            self._builds.writing(),
            self._current.reading() as build,
            builds.writing() as turn,
            builds.mapped_errors(),
        ):
            copy_build(build, builds, turn=turn, progress=progress)
            return len(build.visible)

    def verify(self) -> Verification:
        """Compare the index with the folder, and with itself.

        Raises:
            CorpusError: the folder is missing, unreadable or without articles.
            IndexUnavailableError: there is no index, or it is damaged.
        """
        with self._current.reading() as build, contextlib.closing(self.corpus):
            return verify(self.corpus, build)

    def chunks_of(self, source: str) -> list[Chunk]:
        """Return the chunks of an article in their order; none if it is not indexed."""

        def read(build: Snapshot) -> list[Chunk]:
            record = build.records.get(source)
            if record is None:
                return []
            return build.store.chunks(record.info.language, record.chunk_ids)

        return sorted(self._current.read(read), key=lambda chunk: chunk.start)

    def articles(self) -> Mapping[str, ArticleInfo]:
        """Return what is known of each indexed article, by source."""
        with self._current.reading() as build:
            return build.articles

    def article(self, source: str) -> ArticleInfo | None:
        """Return what is known of one article, whose name may be in NFC or in NFD."""
        articles = self.articles()
        name = find_source(source, articles)
        return None if name is None else articles[name]

    def count(self) -> int:
        """Return how many chunks are indexed."""
        with self._current.reading() as build:
            return len(build.visible)

    @property
    def is_built(self) -> bool:
        """Whether a build was ever finished, even if it is out of date by now."""
        with self._builds.mapped_errors():
            if self._builds.current() is None:
                return False
        with self._current.reading() as build:
            return build.state.is_built

    def close(self) -> None:
        """Release the files; the next call opens them again."""
        self.corpus.close()
        with self._current.lock:
            self._current.close()
            self._builds.close()

    def _ensure_build(self) -> str:
        """Return the name of the build in use; an empty one is created if there is none."""
        current = self._builds.current()
        self._builds.discard_all_but(current)
        if current is None:
            current = next_build(None)
            self._builds.create(current, BuildState.new(self._encoder.name))
            self._builds.use(current)
        return current

    def _rebuild(self, sync: Sync, current: str, progress: ShowProgress) -> SyncReport:
        """Fill a new build, and use it in place of the `current` one."""
        name = next_build(current)
        self._builds.create(name, BuildState.new(self._encoder.name))
        snapshot = self._builds.open(name, self._encoder.name)
        try:
            report = sync.run(snapshot, progress)
        finally:
            snapshot.opened.close()
        sync.turn.check()
        self._builds.use(name)
        return report

    def _damage(self, current: str) -> str | None:
        """Return what is wrong with the files of the build in use, if anything."""
        try:
            store = self._current.snapshot().store
            if all(store.finds_something(language, 1) for language in store.languages()):
                return None
            # Without its files of vectors, Chroma finds nothing and raises no error.
            return f"The index in {self._builds.name} has lost its vectors."
        except DamagedIndexError as error:
            self._current.close()
            fact = str(error).partition(";")[0]
            if self._builds.is_damaged(current):
                return f"{fact}."
            raise IndexUnavailableError(
                f"{fact}, as this process finds, and another finds it sound; start this one again"
            ) from error
