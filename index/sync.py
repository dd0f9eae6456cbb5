"""Bring an index in step with the folder: embed what is new, forget what is gone."""

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain
from typing import TypeVar

from index.encoder.embedding import Encoder
from index.errors import CorpusError, Problem
from index.folder.article import Article
from index.folder.corpus import Corpus
from index.folder.passed_over import PassedOver
from index.folder_comparison import Comparison
from index.store.article_record import ArticleRecord
from index.store.build_state import FORM, BuildState
from index.store.builds import WriteTurn
from index.store.current_build import CurrentBuild
from index.store.snapshot import Snapshot, sample_vectors
from index.writing import Writer, in_groups

T = TypeVar("T")

ShowProgress = Callable[[int, int], None]
"""Called with how many files a sync has gone through, and how many there are.

It is called first, with 0, when there is something to write, and last with all files.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncReport:
    """What a sync found and did, in articles."""

    new: int
    changed: int
    moved: int  # to another name or folder
    removed: int
    unchanged: int
    problems: tuple[Problem, ...]  # of files that could not be read, or only in part
    passed_over: tuple[PassedOver, ...]  # of kinds that are not read
    embedded: int  # chunks whose text had no vector yet
    seconds: float  # of writing
    mended: str | None = None  # why the index was built anew, if it was damaged


@dataclass(frozen=True, slots=True)
class Sync:
    """Brings builds in step with the folder, for as long as we have the turn to write."""

    corpus: Corpus
    encoder: Encoder
    current: CurrentBuild  # whose readers in this process see what is written
    turn: WriteTurn

    def run(self, build: Snapshot, progress: ShowProgress) -> SyncReport:
        """Bring one build in step; nothing is written if the build is as the folder is.

        Raises:
            CorpusError: the folder is missing, unreadable or without articles.
            IndexBusyError: the turn to write was lost.
        """
        is_whole = build.store.count() == len(build.visible)
        records = build.records if is_whole else _whole_records(build)
        try:
            return self._run(build, records, progress, is_whole=is_whole)
        except CorpusError as error:
            if not records:
                raise
            raise CorpusError(f"{error} What was indexed of it is kept.") from error

    def _run(
        self,
        build: Snapshot,
        records: Mapping[str, ArticleRecord],
        progress: ShowProgress,
        *,
        is_whole: bool,
    ) -> SyncReport:
        comparison = Comparison(self.corpus, records, is_anew=build.state.is_older)
        has_changes, articles = _peek(comparison.articles())
        if not has_changes:
            comparison.check_removed()
        is_finished = is_whole and not (build.state.is_writing or build.state.is_older)
        if has_changes or comparison.removed or not is_finished:
            report = self._write(build, records, articles, comparison, progress)
        else:
            report = _report(comparison)
        self.corpus.forget_all_but(comparison.digests)
        return report

    def _write(
        self,
        build: Snapshot,
        records: Mapping[str, ArticleRecord],
        articles: Iterator[Article],
        comparison: Comparison,
        progress: ShowProgress,
    ) -> SyncReport:
        """Write what differs; a state before it and one after it let readers know."""
        writer = Writer(
            build.store,
            records,
            encoder=self.encoder,
            check_turn=self.turn.check,
            show=lambda records: self.current.amend(build, lambda b: b.with_records(records)),
            refuse=comparison.refuse,
        )
        writing = build.state.begun()
        self._set_state(build, writing)
        report = write_all(articles, comparison, writer, progress)
        written = replace(writing.finished(), form=FORM)
        with self.current.lock:
            # Before anything is removed, since from here on all readers look at the new records.
            self._set_state(build, written)
            writer.sweep()
            backgrounds = sample_vectors(build.store)
            self.current.amend(build, lambda b: replace(b, backgrounds=backgrounds))
        build.opened.finish(written)
        return report

    def _set_state(self, build: Snapshot, state: BuildState) -> None:
        with self.current.lock:
            build.store.set_state(state)
            self.current.amend(build, lambda b: replace(b, state=state))


def write_all(
    articles: Iterator[Article], comparison: Comparison, writer: Writer, progress: ShowProgress
) -> SyncReport:
    """Write the articles that `comparison` yields, and remove those whose file is gone."""
    started = time.perf_counter()
    embedded = 0
    progress(0, comparison.total)
    for group in in_groups(articles, comparison.refuse):
        embedded += writer.write(group)
        progress(comparison.done, comparison.total)
    progress(comparison.total, comparison.total)
    # Last, because an article that was moved finds its vectors under its old name.
    comparison.check_removed()
    writer.remove(comparison.removed)
    writer.finish()
    return _report(comparison, embedded=embedded, seconds=time.perf_counter() - started)


def _report(comparison: Comparison, *, embedded: int = 0, seconds: float = 0.0) -> SyncReport:
    moved = comparison.moved
    return SyncReport(
        new=len(comparison.added) - moved,
        changed=comparison.changed,
        moved=moved,
        removed=len(comparison.removed) - moved,
        unchanged=comparison.unchanged,
        problems=tuple(comparison.problems),
        passed_over=tuple(comparison.passed_over),
        embedded=embedded,
        seconds=seconds,
    )


def _whole_records(build: Snapshot) -> Mapping[str, ArticleRecord]:
    """Return the records without those that lost chunks, whose articles are written again."""
    held = set(build.store.chunk_ids())
    return {
        source: record
        for source, record in build.records.items()
        if held.issuperset((chunk_id, record.info.language) for chunk_id in record.chunk_ids)
    }


def _peek(items: Iterator[T]) -> tuple[bool, Iterator[T]]:
    """Return whether there is an item, and all of them; only the first is taken before."""
    for first in items:
        return True, chain([first], items)
    return False, items
