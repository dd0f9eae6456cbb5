"""A question that may be offered, and what must hold of what answers it."""

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import zip_longest

from app.answer import Citation
from app.evidence.evidence import Evidence
from app.phrases import Phrases
from app.question.question import Kind
from index.chunking import Chunk
from index.folder.article import ArticleInfo
from index.language.scripts import weight

_LONGEST = 150  # in Latin letters: more do not fit on a button

Part = Chunk | Evidence | Citation
"""What has a place in an article."""


@dataclass(frozen=True, slots=True)
class Place:
    """A part of an article, from `start` to `end` in its text."""

    source: str
    start: int
    end: int

    @classmethod
    def of(cls, part: Part) -> "Place":
        """Return where a chunk, a sentence or a quotation stands."""
        return cls(part.source, part.start, part.end)

    def overlaps(self, other: "Place") -> bool:
        """Whether the two share text."""
        return self.source == other.source and self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Candidate:
    """A question that may be offered."""

    question: str
    kind: Kind = "fact"
    place: Place | None = None  # where the best of the evidence must stand
    name: str | None = None  # what the evidence must have

    @property
    def fits(self) -> bool:
        """Whether the question is short enough to be offered."""
        return weight(self.question) <= _LONGEST


def summaries(articles: Iterable[ArticleInfo], words: Phrases) -> Iterator[Candidate]:
    """Yield questions for a summary of each of these articles."""
    for article in articles:
        question = words.ask_summary.format(title=article.title)
        yield Candidate(question, "summary", Place(article.source, 0, sys.maxsize))


def in_turn(*kinds: Iterator[Candidate]) -> Iterator[Candidate]:
    """Yield one of each kind, another of each, and so on; a kind may be given twice."""
    for each in zip_longest(*kinds):
        yield from filter(None, each)
