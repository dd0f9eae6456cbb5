"""The articles of the folder and of its index, side by side."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from index.errors import CorpusChatError, Problem
from index.folder.article import ArticleInfo
from index.library import Library

State = Literal["indexed", "waiting", "removed", "failed"]


@dataclass(frozen=True, slots=True)
class Listed:
    """An article that is in the folder, in the index, or in both."""

    source: str
    info: ArticleInfo | None  # None: it is not in the index
    bytes: int | None  # of the file; None: it is gone
    state: State  # "waiting": not yet in the index; "removed": not any more in the folder
    problem: str | None  # why it failed, or what could not be read of it


def list_articles(library: Library, problems: Iterable[Problem]) -> list[Listed]:
    """Return all articles in order of name; `problems` are what the last sync met.

    Raises:
        CorpusError: there is no such folder, or it cannot be read.
    """
    try:
        indexed = dict(library.articles()) if library.is_built else {}
    except CorpusChatError:  # it is being made, or is of no use
        indexed = {}
    corpus = library.corpus
    sources = (source for source in corpus.sources() if isinstance(source, str))
    sizes = {source: _size(corpus.path / source) for source in sources}
    told = {problem.source: problem.reason for problem in problems}

    def state(source: str) -> State:
        if source in indexed:
            return "indexed" if source in sizes else "removed"
        return "failed" if source in told else "waiting"

    return [
        Listed(s, indexed.get(s), sizes.get(s), state(s), told.get(s))
        for s in sorted(sizes.keys() | indexed.keys() | told.keys())
    ]


def _size(path: Path) -> int | None:
    try:
        return path.stat().st_size
    except OSError:
        return None
