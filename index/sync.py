"""Bring an index in step with the folder: embed what is new, forget what is gone."""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from index.comparison import Comparison
from index.errors import Problem
from index.folder.article import Article
from index.writing import Writer, in_groups

Progress = Callable[[int, int], None]
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
    embedded: int  # chunks whose text had no vector yet
    seconds: float  # of writing
    mended: str | None = None  # why the index was built anew, if it was damaged


def write_all(
    articles: Iterable[Article], comparison: Comparison, writer: Writer, progress: Progress
) -> SyncReport:
    """Write the articles that `comparison` yields, and remove those of which the file is gone."""
    started = time.perf_counter()
    embedded = 0
    progress(0, comparison.total)
    for group in in_groups(articles):
        embedded += writer.write(group)
        progress(comparison.done, comparison.total)
    progress(comparison.total, comparison.total)
    # Last, because an article that was moved finds its vectors under its old name.
    writer.remove(comparison.removed)
    writer.finish()
    return report_on(comparison, embedded=embedded, seconds=time.perf_counter() - started)


def report_on(comparison: Comparison, *, embedded: int = 0, seconds: float = 0.0) -> SyncReport:
    """Return the report of a sync that has gone through all files."""
    moved = comparison.moved
    return SyncReport(
        new=len(comparison.added) - moved,
        changed=comparison.changed,
        moved=moved,
        removed=len(comparison.removed) - moved,
        unchanged=comparison.unchanged,
        problems=tuple(comparison.problems),
        embedded=embedded,
        seconds=seconds,
    )
