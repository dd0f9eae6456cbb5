"""The articles of the folder and of its index, in one list."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from index.errors import CorpusChatError, Problem
from index.folder.article import ArticleInfo
from index.library import Library

ArticleState = Literal["indexed", "waiting", "removed", "failed"]


@dataclass(frozen=True, slots=True)
class ListedArticle:
    """An article that is in the folder, in the index, or in both."""

    source: str
    info: ArticleInfo | None  # None: it is not in the index
    bytes: int | None  # of the file; None: the file is gone
    state: ArticleState  # "waiting": not yet in the index; "removed": no longer in the folder
    problem: str | None  # why it failed, or which part of it could not be read


def list_articles(library: Library, problems: Iterable[Problem]) -> list[ListedArticle]:
    """Return all articles in order of name; `problems` are those of the last sync.

    Raises:
        CorpusError: there is no such folder, or it cannot be read.
    """
    try:
        indexed = dict(library.articles()) if library.is_built else {}
    except CorpusChatError:  # the index is being built, or cannot be used
        indexed = {}
    corpus = library.corpus
    sources = (source for source in corpus.sources() if isinstance(source, str))
    sizes = {source: _size(corpus.path / source) for source in sources}
    reasons = {problem.source: problem.reason for problem in problems}

    def state(source: str) -> ArticleState:
        if source in indexed:
            return "indexed" if source in sizes else "removed"
        return "failed" if source in reasons else "waiting"

    return [
        ListedArticle(
            source, indexed.get(source), sizes.get(source), state(source), reasons.get(source)
        )
        for source in sorted(sizes.keys() | indexed.keys() | reasons.keys())
    ]


def _size(path: Path) -> int | None:
    try:
        return path.stat().st_size
    except OSError:
        return None
