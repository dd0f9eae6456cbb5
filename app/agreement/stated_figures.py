"""The figures of a sentence, each with what it is a figure of."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from app.agreement.name_keys import name_keys, numbers
from app.agreement.subject import Subject, subject_of
from app.evidence.evidence import Evidence
from index.language.figures import Figure, figures
from index.language.sentences import Span

_SEPARATOR = re.compile(r"[,;:，；：。、]\s?|\s(?:and|e|y|ed|while|mentre|mientras)\s")


@dataclass(frozen=True, slots=True)
class StatedFigure:
    """A figure that a sentence states."""

    position: int  # of the sentence in the evidence
    source: str
    language: str
    text: str  # the figure in the sentence's words
    figure: Figure
    dates: tuple[Figure, ...]  # the other dates of the sentence
    subject: Subject
    is_answer: bool  # whether the reader marked it as the answer
    is_sole: bool  # whether it is the only one of its kind that may be the answer
    answers: float  # the reader's logit that the sentence answers
    names: frozenset[str]  # in its passage, with the title and the headings above
    numbers: frozenset[str]  # in the same, in digits


def stated_figures(position: int, evidence: Evidence) -> Iterator[StatedFigure]:
    """Yield the figures of a sentence, or only those that the reader marked as the answer.

    A list as a whole tells of many things, and so of none.
    """
    if evidence.is_list:
        return
    text, chunk, answer = evidence.text, evidence.passage.chunk, evidence.answer
    found = figures(text, chunk.language)
    marked = [f for f in found if answer is None or _overlaps(f, answer, evidence.start)]
    if answer is not None:  # a date beside another figure in an answer says when that holds
        marked = [f for f in marked if f.kind != "date"] or marked
    kinds = Counter(figure.kind for figure in marked)
    names_around, numbers_around = name_keys(chunk.in_context), numbers(chunk.in_context)
    for i, figure in enumerate(found):
        if figure not in marked:
            continue
        begin = _begin(text, found[i - 1].end, figure.start) if i else 0
        is_last = i + 1 == len(found)
        end = len(text) if is_last else _end(text, figure.end, found[i + 1].start)
        yield StatedFigure(
            position,
            chunk.source,
            chunk.language,
            text[figure.start : figure.end],
            figure,
            tuple(other for other in found if other.kind == "date" and other is not figure),
            subject_of(text, figure, (begin, end)),
            is_answer=answer is not None,
            is_sole=kinds[figure.kind] == 1,
            answers=evidence.signals.answers,
            names=names_around,
            numbers=numbers_around,
        )


def _overlaps(figure: Figure, answer: Span, origin: int) -> bool:
    """Whether a figure and an answer overlap; the sentence begins at `origin` in the article."""
    return figure.start < answer[1] - origin and answer[0] - origin < figure.end


def _begin(text: str, start: int, end: int) -> int:
    """Return where, between two figures, the part that belongs to the second begins."""
    cut = _SEPARATOR.search(text, start, end)
    return cut.end() if cut else start


def _end(text: str, start: int, end: int) -> int:
    """Return where, between two figures, the part that belongs to the first ends."""
    cut = _SEPARATOR.search(text, start, end)
    return cut.start() if cut else end
