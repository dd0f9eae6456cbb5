"""What the reader learns from: questions with passages that answer them, or nearly do."""

import random
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from index.language.names import names
from index.language.scripts import weight
from index.language.sentences import Span, blocks, sentences
from index.reader.training.near_misses import near_miss
from index.reader.training.question_sets import (
    QuestionSet,
    QuestionSetError,
    SetPassage,
    SetQuestion,
    question_name,
)

# A passage is read in windows like the chunks it will see, of this many Latin letters.
_SHORTEST, _LONGEST = 150, 620
_LEFT = 50  # characters without the answer from which a passage is still one

# How often each kind of example is drawn, out of 100.
_MIXTURE = {
    "answer": 45,  # the passage answers
    "answer, no span": 6,  # it answers, and where is not known
    "neighbour": 14,  # another passage of the set that is near in meaning
    "rest": 12,  # the passage without the sentences that answer
    "altered": 9,  # another name or figure is asked about
    "near-miss": 5,  # something else is asked about a name in the passage
    "judged": 9,  # people judged that the passage does not answer
}
_TRIES = 20  # a kind is drawn again when what was picked allows no such example
_CASUAL = 0.15  # questions typed without capitals and question mark
# Sets differ in size and care: SQuAD-it is large, of one language, and translated by machine.
_SPANNED_SETS = {"xquad": 65, "squad_it": 35}
_NUMBER = re.compile(r"\d[\d.,]*\d|\d+")


@dataclass(frozen=True, slots=True)
class QuestionExample:
    """A question, a passage, and where in it the answer stands, at each of its places."""

    kind: str
    question: str
    passage: str
    spans: tuple[Span, ...]  # empty: there is none, or it is not known
    is_answerable: bool


Neighbours = Mapping[str, Sequence[str]]
"""By a question's id, the ids of passages of its set near to it that do not answer it."""


class QuestionExamples:
    """Draws examples from question sets without end; the same ones for the same seed."""

    def __init__(
        self, sets: Sequence[QuestionSet], wanted: set[str], neighbours: Neighbours, seed: int
    ) -> None:
        """Draw from the questions with ids in `wanted` alone.

        Raises:
            QuestionSetError: none of them has an answer that stands in its passage.
        """
        self._random = random.Random(seed)
        self._neighbours = neighbours
        self._passages = {p.id: p for of in sets for p in of.passages.values()}
        self._by_key: dict[tuple[str, str], SetPassage] = {
            (p.key, p.language): p for p in self._passages.values()
        }
        questions = [q for of in sets for q in of.questions if q.id in wanted]
        # The answers in each language of the question with this id.
        self._answers: dict[str, dict[str, tuple[str, ...]]] = {}
        for question in questions:
            by_language = self._answers.setdefault(question_name(question), {})
            by_language[question.language] = question.answers
        self._spanned = {
            of.name: found
            for of in sets
            if (found := [q for q in of.questions if q.id in wanted and self._has_span(q)])
        }
        self._unspanned = [
            q for q in questions if q.is_answerable and not self._has_span(q) and _places(q)
        ]
        self._with_neighbours = [q for q in questions if neighbours.get(q.id)]
        self._judged = [q for q in questions if not q.is_answerable and q.candidates]
        if not self._spanned:
            raise QuestionSetError(
                "No answer of these questions stands in its passage word for word, as the reader "
                "has to learn; add a set such as XQuAD."
            )
        self._mentions: dict[tuple[str, bool], list[str]] = {}
        for question in questions:
            for mention in mentions(question.text):
                kind = (question.language, mention[0].isdigit())
                self._mentions.setdefault(kind, []).append(mention)

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
        if self._random.random() > _CASUAL:
            return example
        return replace(example, question=example.question.lower().strip("¿?？ "))

    def _has_span(self, question: SetQuestion) -> bool:
        return any(
            answer in self._passages[gold].text
            for gold in question.gold
            for answer in self._said(question, self._passages[gold].language)
        )

    def _said(self, question: SetQuestion, language: str) -> tuple[str, ...]:
        """Return the answers as passages in `language` give them."""
        by_language = self._answers.get(question_name(question), {})
        return by_language.get(language, ())

    def _pick(self) -> tuple[SetQuestion, SetPassage, list[Span], tuple[str, ...]] | None:
        """Pick a question, a passage that answers it in any language, and where."""
        names = sorted(self._spanned)
        weights = [_SPANNED_SETS.get(name, 1) for name in names]
        (name,) = self._random.choices(names, weights)
        question = self._random.choice(self._spanned[name])
        passage = self._passages[self._random.choice(sorted(question.gold))]
        answers = self._said(question, passage.language)
        places = _find(passage.text, answers)
        return (question, passage, places, answers) if places else None

    def _answer(self) -> QuestionExample | None:
        picked = self._pick()
        if picked is None:
            return None
        question, passage, places, _ = picked
        start, end = self._window(passage, self._random.choice(places))
        spans = [(a - start, b - start) for a, b in places if start <= a and b <= end]
        if not spans:
            return None
        text = passage.text[start:end]
        return QuestionExample("answer", question.text, text, tuple(spans), is_answerable=True)

    def _answer_somewhere(self) -> QuestionExample | None:
        question = self._random.choice(self._unspanned)
        passage = self._passages[self._random.choice(sorted(_places(question)))]
        if len(passage.text) > 2 * _LONGEST:
            return None
        return QuestionExample(
            "answer, no span", question.text, passage.text, (), is_answerable=True
        )

    def _neighbour(self) -> QuestionExample | None:
        question = self._random.choice(self._with_neighbours)
        near = self._neighbours[question.id]
        passage = self._passages[self._random.choice(near)]
        if _find(passage.text, self._said(question, passage.language)):
            return None
        return self._unanswered("neighbour", question.text, passage)

    def _rest(self) -> QuestionExample | None:
        picked = self._pick()
        if picked is None:
            return None
        question, passage, places, answers = picked
        start, end = self._window(passage, self._random.choice(places))
        kept = [
            passage.text[a:b]
            for a, b in _sentences(passage)
            if start <= a and b <= end and not any(x < b and y > a for x, y in places)
        ]
        text = (" " if passage.language != "zh" else "").join(kept)
        if len(text) < _LEFT or _find(text, answers):
            return None
        return QuestionExample("rest", question.text, text, (), is_answerable=False)

    def _altered(self) -> QuestionExample | None:
        picked = self._pick()
        if picked is None:
            return None
        question, passage, places, _ = picked
        mentioned = mentions(question.text)
        if not mentioned:
            return None
        old = self._random.choice(mentioned)
        new = self._random.choice(self._mentions[question.language, old[0].isdigit()])
        if new in passage.text or new in question.text or old in new:
            return None
        start, end = self._window(passage, self._random.choice(places))
        return QuestionExample(
            "altered",
            question.text.replace(old, new),
            passage.text[start:end],
            (),
            is_answerable=False,
        )

    def _near_miss(self) -> QuestionExample | None:
        picked = self._pick()
        if picked is None:
            return None
        _, passage, places, _ = picked
        # What is mentioned and what is not is known from the English words for it.
        english = self._by_key.get((passage.key, "en"))
        if english is None:
            return None
        named = [m for m in mentions(english.text) if not m[0].isdigit() and len(m) > 3]
        question = near_miss(english.text, named, self._random)
        if question is None:
            return None
        start, end = self._window(passage, self._random.choice(places))
        return QuestionExample(
            "near-miss", question, passage.text[start:end], (), is_answerable=False
        )

    def _judged_one(self) -> QuestionExample | None:
        question = self._random.choice(self._judged)
        passage = self._passages[self._random.choice(question.candidates)]
        return self._unanswered("judged", question.text, passage)

    def _unanswered(self, kind: str, question: str, passage: SetPassage) -> QuestionExample | None:
        spans = _sentences(passage)
        if not spans:
            return None
        start, end = self._window(passage, self._random.choice(spans))
        return QuestionExample(kind, question, passage.text[start:end], (), is_answerable=False)

    def _window(self, passage: SetPassage, around: Span) -> Span:
        """Return whole sentences around a span, as many as a chunk may have."""
        spans = _sentences(passage)
        inside = [i for i, (a, b) in enumerate(spans) if a < around[1] and b > around[0]]
        if not inside:
            return around
        first, last = inside[0], inside[-1]
        size = self._random.randint(_SHORTEST, _LONGEST)
        while first > 0 or last < len(spans) - 1:
            before = first > 0 and (last == len(spans) - 1 or self._random.random() < 0.5)
            wider = (first - 1, last) if before else (first, last + 1)
            start, end = spans[wider[0]][0], spans[wider[1]][1]
            if weight(passage.text[start:end]) > size:
                break
            first, last = wider
        return spans[first][0], spans[last][1]


def _places(question: SetQuestion) -> frozenset[str]:
    """Return the passages that are known to answer a question."""
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


def _find(text: str, answers: Sequence[str]) -> list[Span]:
    """Return each place of the longest answers; a shorter one within is not another.

    Of answers of one length in the order given, so that the seed alone decides what is drawn.
    """
    found: list[Span] = []
    for answer in sorted(dict.fromkeys(answers), key=len, reverse=True):
        for match in re.finditer(rf"(?<!\w){re.escape(answer)}(?!\w)" if answer.isascii()
                                 else re.escape(answer), text):  # fmt: skip
            if not any(a <= match.start() and match.end() <= b for a, b in found):
                found.append(match.span())
    return found


def _sentences(passage: SetPassage) -> list[Span]:
    return [
        span
        for block, _ in blocks(passage.text)
        for span in sentences(passage.text, block, passage.language)
    ]
