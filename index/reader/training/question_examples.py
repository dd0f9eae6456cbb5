"""What the reader learns from: questions with passages that answer them, or nearly do."""

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from index.language.names import names
from index.language.sentences import Span
from index.reader.training.near_misses import near_miss
from index.reader.training.neighbours import Neighbours
from index.reader.training.windows import LONGEST, sentence_spans, window
from index.training.question_sets import (
    QuestionSet,
    QuestionSetError,
    SetPassage,
    SetQuestion,
    question_name,
)

_LEFT = 50  # characters that a passage must have left when its answers are removed

# How often each kind of example is drawn, out of 100.
_MIXTURE = {
    "answer": 45,  # the passage answers
    "answer, no span": 6,  # it answers, but the position of the answer is not known
    "neighbour": 14,  # another passage of the set that is near in meaning
    "rest": 12,  # the passage without the sentences that answer
    "altered": 9,  # another name or figure is asked about
    "near-miss": 5,  # something else is asked about a name in the passage
    "judged": 9,  # people judged that the passage does not answer
}
_TRIES = 20  # of a kind, because what is picked may allow no such example
_CASUAL = 0.15  # share of questions typed without capitals and question mark
# Sets differ in size and care: SQuAD-it is large, of one language, and translated by machine.
_SPANNED_SETS = {"xquad": 65, "squad_it": 35}
_NUMBER = re.compile(r"\d[\d.,]*\d|\d+")


@dataclass(frozen=True, slots=True)
class QuestionExample:
    """A question, a passage, and where in it the answer stands."""

    kind: str
    question: str
    passage: str
    spans: tuple[Span, ...]  # of the short answer; empty: there is none, or it is not known where
    is_answerable: bool
    sentences: tuple[Span, ...] = ()  # empty: it is not known which of them answer
    right: tuple[Span, ...] = ()  # sentences that answer, or parts of them


@dataclass(frozen=True, slots=True)
class _Answered:
    """A question and a passage that answers it, in any language."""

    question: SetQuestion
    passage: SetPassage
    answers: tuple[str, ...]  # in the language of the passage
    spans: Sequence[Span]  # of the answers in the passage; at least one


class QuestionExamples:
    """Draws examples from question sets without end; the same ones for the same seed."""

    def __init__(
        self, sets: Sequence[QuestionSet], wanted: set[str], neighbours: Neighbours, seed: int
    ) -> None:
        """Draw only from the questions with ids in `wanted`.

        Raises:
            QuestionSetError: none of them has an answer that is in its passage word for word.
        """
        self._random = random.Random(seed)
        self._neighbours = neighbours
        self._passages = {p.id: p for one in sets for p in one.passages.values()}
        self._by_key = {(p.key, p.language): p for p in self._passages.values()}
        questions = [q for one in sets for q in one.questions if q.id in wanted]
        # The answers to a question, by its name and by language.
        self._answers: dict[str, dict[str, tuple[str, ...]]] = {}
        for question in questions:
            by_language = self._answers.setdefault(question_name(question), {})
            by_language[question.language] = question.answers
        self._spanned = self._with_spans(sets, wanted)
        self._unspanned = [
            q for q in questions if q.is_answerable and not self._has_span(q) and _answering(q)
        ]
        self._with_neighbours = [q for q in questions if neighbours.get(q.id)]
        self._judged = [q for q in questions if not q.is_answerable and q.candidates]
        self._mentions = _mentions_by_language(questions)

    def __iter__(self) -> Iterator[QuestionExample]:
        makers: dict[str, Callable[[], QuestionExample | None]] = {
            "answer": self._answer,
            "rest": self._rest,
            "altered": self._altered,
            "near-miss": self._near_miss,
        }
        if self._unspanned:
            makers["answer, no span"] = self._answer_somewhere
        if self._with_neighbours:
            makers["neighbour"] = self._neighbour
        if self._judged:
            makers["judged"] = self._judged_one
        kinds = [kind for kind in _MIXTURE if kind in makers]
        weights = [_MIXTURE[kind] for kind in kinds]
        while True:
            (kind,) = self._random.choices(kinds, weights)
            drawn = (makers[kind]() for _ in range(_TRIES))
            example = next((example for example in drawn if example is not None), None)
            if example is not None:
                yield self._as_typed(example)

    def _as_typed(self, example: QuestionExample) -> QuestionExample:
        """Return an example, sometimes with its question as people type in a hurry."""
        if self._random.random() > _CASUAL:
            return example
        return replace(example, question=example.question.lower().strip("¿?？ "))

    def _with_spans(
        self, sets: Sequence[QuestionSet], wanted: set[str]
    ) -> dict[str, list[SetQuestion]]:
        """Return the questions whose answers are in their passages, by the name of the set."""
        found = {
            one.name: questions
            for one in sets
            if (questions := [q for q in one.questions if q.id in wanted and self._has_span(q)])
        }
        if not found:
            raise QuestionSetError(
                "No answer of these questions stands in its passage word for word, as the reader "
                "has to learn; add a set such as XQuAD."
            )
        return found

    def _has_span(self, question: SetQuestion) -> bool:
        return any(
            answer in self._passages[gold].text
            for gold in question.gold
            for answer in self._answers_in(self._passages[gold].language, question)
        )

    def _answers_in(self, language: str, question: SetQuestion) -> tuple[str, ...]:
        """Return the answers as passages in a language give them."""
        by_language = self._answers.get(question_name(question), {})
        return by_language.get(language, ())

    def _pick(self) -> _Answered | None:
        """Pick a question and a passage; None if the answers are not in that passage."""
        names = sorted(self._spanned)
        weights = [_SPANNED_SETS.get(name, 1) for name in names]
        (name,) = self._random.choices(names, weights)
        question = self._random.choice(self._spanned[name])
        passage = self._passages[self._random.choice(sorted(question.gold))]
        answers = self._answers_in(passage.language, question)
        spans = find_answers(passage.text, answers)
        return _Answered(question, passage, answers, spans) if spans else None

    def _window(self, passage: SetPassage, spans: Sequence[Span]) -> Span:
        """Return a window of a passage around one of these spans."""
        return window(passage, self._random.choice(spans), self._random)

    def _answer(self) -> QuestionExample | None:
        picked = self._pick()
        if picked is None:
            return None
        start, end = self._window(picked.passage, picked.spans)
        spans = _inside(picked.spans, start, end)
        if not spans:
            return None
        return QuestionExample(
            "answer",
            picked.question.text,
            picked.passage.text[start:end],
            spans,
            is_answerable=True,
            sentences=_inside(sentence_spans(picked.passage), start, end),
            right=spans,
        )

    def _answer_somewhere(self) -> QuestionExample | None:
        question = self._random.choice(self._unspanned)
        passage = self._passages[self._random.choice(sorted(_answering(question)))]
        if len(passage.text) > 2 * LONGEST:
            return None
        return QuestionExample(
            "answer, no span", question.text, passage.text, (), is_answerable=True
        )

    def _neighbour(self) -> QuestionExample | None:
        question = self._random.choice(self._with_neighbours)
        passage = self._passages[self._random.choice(self._neighbours[question.id])]
        if find_answers(passage.text, self._answers_in(passage.language, question)):
            return None
        return self._unanswered("neighbour", question.text, passage, sentence_spans(passage))

    def _rest(self) -> QuestionExample | None:
        picked = self._pick()
        if picked is None:
            return None
        passage = picked.passage
        start, end = self._window(passage, picked.spans)
        kept = [
            passage.text[a:b]
            for a, b in sentence_spans(passage)
            if start <= a and b <= end and not any(x < b and y > a for x, y in picked.spans)
        ]
        text = (" " if passage.language != "zh" else "").join(kept)
        if len(text) < _LEFT or find_answers(text, picked.answers):
            return None
        return QuestionExample(
            "rest", picked.question.text, text, (), is_answerable=False, sentences=((0, len(text)),)
        )

    def _altered(self) -> QuestionExample | None:
        picked = self._pick()
        if picked is None:
            return None
        question, passage = picked.question, picked.passage
        mentioned = mentions(question.text)
        if not mentioned:
            return None
        old = self._random.choice(mentioned)
        new = self._random.choice(self._mentions[question.language, old[0].isdigit()])
        if new in passage.text or new in question.text or old in new:
            return None
        altered = question.text.replace(old, new)
        return self._unanswered("altered", altered, passage, picked.spans)

    def _near_miss(self) -> QuestionExample | None:
        picked = self._pick()
        if picked is None:
            return None
        # What the passage states is recognized by English words.
        english = self._by_key.get((picked.passage.key, "en"))
        if english is None:
            return None
        named = [m for m in mentions(english.text) if not m[0].isdigit() and len(m) > 3]
        question = near_miss(english.text, named, self._random)
        if question is None:
            return None
        return self._unanswered("near-miss", question, picked.passage, picked.spans)

    def _judged_one(self) -> QuestionExample | None:
        question = self._random.choice(self._judged)
        passage = self._passages[self._random.choice(question.candidates)]
        return self._unanswered("judged", question.text, passage, sentence_spans(passage))

    def _unanswered(
        self, kind: str, question: str, passage: SetPassage, around: Sequence[Span]
    ) -> QuestionExample | None:
        """Return an unanswerable example with a window around one of the spans, if there is any."""
        if not around:
            return None
        start, end = self._window(passage, around)
        inside = _inside(sentence_spans(passage), start, end)
        return QuestionExample(
            kind, question, passage.text[start:end], (), is_answerable=False, sentences=inside
        )


def _inside(spans: Sequence[Span], start: int, end: int) -> tuple[Span, ...]:
    """Return the spans inside a part of a text, as spans of that part."""
    return tuple((a - start, b - start) for a, b in spans if start <= a and b <= end)


def find_answers(text: str, answers: Sequence[str]) -> list[Span]:
    """Return the spans of the answers in a text, except those inside a longer answer.

    Longer answers come first, answers of the same length in the order given. So the seed alone
    decides what is drawn, not the order of a hash.
    """
    found: list[Span] = []
    for answer in sorted(dict.fromkeys(answers), key=len, reverse=True):
        pattern = re.escape(answer)
        if answer.isascii():
            pattern = rf"(?<!\w){pattern}(?!\w)"
        for match in re.finditer(pattern, text):
            if not any(a <= match.start() and match.end() <= b for a, b in found):
                found.append(match.span())
    return found


def _answering(question: SetQuestion) -> frozenset[str]:
    """Return the ids of the passages that are known to answer a question."""
    return question.gold or frozenset(question.candidates if len(question.candidates) == 1 else ())


def mentions(text: str) -> list[str]:
    """Return the names and numbers in a text that another question could be about, in order."""
    found = [name for name in names(text) if name.is_sure]
    numbers = (
        match
        for match in _NUMBER.finditer(text)
        if not any(name.start < match.end() and match.start() < name.end for name in found)
    )
    spans = sorted(
        [(name.start, name.text) for name in found] + [(m.start(), m[0]) for m in numbers]
    )
    return [mention for _, mention in spans]


def _mentions_by_language(questions: Sequence[SetQuestion]) -> dict[tuple[str, bool], list[str]]:
    """Return what the questions mention, by language and by whether it is a number."""
    found: dict[tuple[str, bool], list[str]] = {}
    for question in questions:
        for mention in mentions(question.text):
            key = (question.language, mention[0].isdigit())
            found.setdefault(key, []).append(mention)
    return found
