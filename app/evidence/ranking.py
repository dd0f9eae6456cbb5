"""From passages to the sentences in them that answer, best first."""

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

import numpy as np

from app.evidence.calibration import Calibration, Curve, Signals
from app.evidence.evidence import Evidence
from app.evidence.late_interaction import Covered, CoveredChunk, LateInteraction, TokenEncoder
from app.question.demands import Demands
from index.encoder.embedding import has_fast_bfloat16
from index.language.sentences import Span
from index.reader.reader import PassageReading
from index.search import Passage

LIMIT = 10  # sentences that are returned

# Tokens that the reader may read for a question: about a fifth of a second on two cores.
_READ_TOKENS, _READ_TOKENS_SLOWLY = 800, 350
_BESIDES = 30  # tokens of a pair besides those of question and text: marks, title, headings

_LONGEST_ANSWER = 30  # tokens
# How much better than an item what stands above it covers the question, if all of its list is
# asked for: of the items that answered questions over structured folders, by which it was chosen,
# so 26 of 32 where the list was asked for, and none of 14 others.
_ABOVE = -0.03
_SURE = 0.25  # a span with at least this probability in its passage is an answer
_ANSWERS = 0.0  # a span is shown as the answer if its passage has at least this logit: even odds
_LEAST_SHARE = 1e-6  # of the answer's probability; anything less is rounding


class PassageReader(Protocol):
    """What ranking needs of a reader."""

    def read(
        self,
        question: str,
        passages: Sequence[str],
        sentences: Sequence[Sequence[Span]] | None = None,
    ) -> list[PassageReading]:
        """Return what the reader makes of each passage, and of the sentences at these spans."""
        ...


class Ranking:
    """Ranks sentences by how well they cover the question, and by what a reader makes of them.

    Reading takes time, so only the passages are read whose sentences cover the question best.
    """

    def __init__(
        self, encoder: TokenEncoder, reader: PassageReader | None, calibration: Calibration
    ) -> None:
        self._late = LateInteraction(encoder)
        self._reader = reader
        self._calibration = calibration

    def rank(
        self,
        question: str,
        passages: Sequence[Passage],
        *,
        in_full: str | None = None,
        limit: int = LIMIT,
        with_lists: bool = False,
    ) -> list[Evidence]:
        """Return up to `limit` sentences, and lists as a whole if these may answer, best first.

        `in_full` is the question with those that it leans on, for the reader. Late interaction
        takes the question alone: the words of the others would draw it to what answered them. It
        says less of such a question, and so there is another curve for these.
        """
        covered = self._late.cover(
            question, [passage.chunk for passage in passages], with_lists=with_lists
        )
        demands = Demands(question)
        is_follow_up = in_full is not None and in_full != question
        curve = (is_follow_up and self._calibration.following) or self._calibration.sentence
        if self._reader is None:
            ranked = [
                _evidence(curve, passage, sentence, demands)
                for passage, chunk in zip(passages, covered, strict=True)
                for sentence in chunk.sentences
            ]
        else:
            chosen = _promising(question, covered)
            chunks = [passages[i].chunk for i in chosen]
            spans = [[(s.start, s.end) for s in covered[i].sentences] for i in chosen]
            readings = self._reader.read(
                in_full or question,
                [chunk.in_context for chunk in chunks],
                [chunk.spans_in_context(own) for chunk, own in zip(chunks, spans, strict=True)],
            )
            ranked = [
                _evidence(
                    curve,
                    passages[i],
                    sentence,
                    demands,
                    reading.from_character(passages[i].chunk.text_start),
                    float(answers),
                )
                for i, reading in zip(chosen, readings, strict=True)
                for sentence, answers in zip(covered[i].sentences, reading.sentences, strict=True)
            ]
        # What is about another thing of nearly the same name answers only if nothing else does.
        ranked.sort(key=lambda each: (-each.signals.version, -each.score))
        return ranked[:limit]


def _evidence(
    curve: Curve,
    passage: Passage,
    sentence: Covered,
    demands: Demands,
    reading: PassageReading | None = None,
    answers: float = 0.0,
) -> Evidence:
    """Return a sentence as evidence.

    `reading` is that of the chunk's text, and `answers` the logit that the sentence answers.
    """
    text = passage.chunk.text[sentence.start : sentence.end]
    signals = Signals(
        late=sentence.mean,
        least=sentence.least,
        around=sentence.around,
        figure=demands.figure(text, passage.chunk.language),
        version=demands.version(text, passage.chunk.in_context),
        nearness=passage.score,
    )
    answer = None
    if reading is not None:
        share, seen = _share(sentence, reading)
        answer = seen if reading.answerable >= _ANSWERS else None
        signals = replace(signals, share=share, answerable=reading.answerable, answers=answers)
    start = passage.chunk.start
    return Evidence(
        passage,
        start + sentence.start,
        start + sentence.end,
        text,
        curve.probability(signals),
        answer and (start + answer[0], start + answer[1]),
        signals,
        is_named_above=sentence.above >= _ABOVE,
    )


def _promising(question: str, covered: Sequence[CoveredChunk]) -> list[int]:
    """Return the indices of the chunks to read: those that cover best, within the budget."""
    best_first = sorted(
        (i for i, chunk in enumerate(covered) if chunk.sentences),
        key=lambda i: -max(sentence.mean for sentence in covered[i].sentences),
    )
    left = _READ_TOKENS if has_fast_bfloat16() else _READ_TOKENS_SLOWLY
    chosen: list[int] = []
    for i in best_first:
        left -= covered[i].tokens + len(question) // 4 + _BESIDES
        if left < 0 and chosen:
            break
        chosen.append(i)
    return chosen


def _share(sentence: Covered, reading: PassageReading) -> tuple[float, Span | None]:
    """Return the log probability that the sentence has the answer, if the chunk has it.

    The second value is the span of the answer in the chunk, if one is likely enough.
    """
    inside = (reading.offsets[:, 1] > sentence.start) & (reading.offsets[:, 1] <= sentence.end)
    start, end = reading.start[inside], reading.end[inside]
    share = float(start.sum() * end.sum())
    if not inside.any():
        return math.log(_LEAST_SHARE), None
    # The most probable span that ends after it begins and is not longer than answers are.
    spans = np.triu(np.outer(start, end))
    spans -= np.triu(spans, _LONGEST_ANSWER)
    first, last = np.unravel_index(int(spans.argmax()), spans.shape)
    offsets = reading.offsets[inside]
    answer = (max(int(offsets[first, 0]), sentence.start), int(offsets[last, 1]))
    is_sure = spans[first, last] >= _SURE
    return math.log(max(share, _LEAST_SHARE)), answer if is_sure else None
