"""A small reader whose results can be worked out by hand, and what to make of them."""

from collections.abc import Sequence

import numpy as np

from app.evidence.calibration import Calibration, Curve
from index.language.sentences import Span
from index.reader.reader import PassageReading
from tests.encoders import words_at

# A sentence that holds half of the question's words is an even chance.
_CURVE = Curve({"late": 20}, intercept=-10)
BY_WORDS = Calibration(encoder="bag-of-words", sentence=_CURVE, answer=_CURVE, threshold=0.5)


class WordReader:
    """Looks for the question's words: the answer begins and ends at any of them.

    A passage or a sentence is sure to answer, a logit of 5, where it holds all of them, and sure
    not to, -5, where it holds none.
    """

    def __init__(self) -> None:
        self.read_passages: list[str] = []

    def read(
        self,
        question: str,
        passages: Sequence[str],
        sentences: Sequence[Sequence[Span]] | None = None,
    ) -> list[PassageReading]:
        self.read_passages += passages
        asked = {word.casefold() for word, _ in words_at(question)}
        spans = sentences if sentences is not None else [()] * len(passages)
        return [
            self._read(asked, passage, own) for passage, own in zip(passages, spans, strict=True)
        ]

    def _read(self, asked: set[str], passage: str, sentences: Sequence[Span]) -> PassageReading:
        words = words_at(passage)
        held = np.array([word.casefold() in asked for word, _ in words], np.float32)
        shares = held / held.sum() if held.any() else np.full_like(held, 1 / max(len(held), 1))
        judged = [_logit(asked, passage[start:end]) for start, end in sentences]
        return PassageReading(
            answerable=_logit(asked, passage),
            sentences=np.array(judged, np.float32),
            start=shares,
            end=shares,
            offsets=np.array([span for _, span in words], np.int32).reshape(-1, 2),
        )


def _logit(asked: set[str], text: str) -> float:
    found = {word.casefold() for word, _ in words_at(text)} & asked
    return 10 * len(found) / max(len(asked), 1) - 5
