"""A sentence that may answer a question."""

from dataclasses import dataclass

from app.evidence.calibration import NO_SIGNALS, Signals
from index.language.sentences import Span
from index.search import Passage


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence of a passage, and how well it answers: between 0 and 1.

    `start` and `end` count in the article's text, and `article.text[start:end] == text`.
    """

    passage: Passage
    start: int
    end: int
    text: str
    score: float
    answer: Span | None = None  # where in the article the reader sees the answer in this sentence
    signals: Signals = NO_SIGNALS

    @property
    def source(self) -> str:
        """The path of the article below the corpus folder."""
        return self.passage.chunk.source
