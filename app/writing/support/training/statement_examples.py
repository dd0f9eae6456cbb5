"""True and altered statements about passages, from paragraphs that exist in four languages.

A translation of a paragraph supports each of its sentences. It does not once the sentence has
another figure or name or an added claim, or once the translation has lost that sentence.
"""

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from index.language.figures import figures
from index.language.names import names
from index.language.sentences import Span, sentences
from index.training.question_sets import Part, QuestionSet, SetPassage, parts

StatementKind = Literal[
    "true", "wrong figure", "swapped name", "added claim", "from elsewhere", "sentence removed"
]
ALTERED: tuple[StatementKind, ...] = (
    "wrong figure",
    "swapped name",
    "added claim",
    "from elsewhere",
    "sentence removed",
)

SETS = ("xquad", "belebele")  # the sets with translated paragraphs

_LENGTHS = {"zh": (12, 90)}  # characters of a sentence
_OTHER_LENGTHS = (30, 260)
_JOINED = {"en": (", and ", " and "), "it": (", e ", " e "), "es": (", y ", " y "), "zh": ("，",)}
# Chinese has no capitals, so its only known names are answers of the set.
_LONGEST_NAME = 30
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class StatementExample:
    """A statement and a passage, which supports it only if the kind is "true"."""

    kind: StatementKind
    text: str
    language: str  # ISO 639-1
    passage: SetPassage


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """A paragraph in all its languages; each field is by language."""

    passages: Mapping[str, SetPassage]
    sentences: Mapping[str, Sequence[Span]]
    names: Mapping[str, Sequence[str]]

    def sentence(self, language: str, index: int) -> str:
        """Return the text of a sentence."""
        start, end = self.sentences[language][index]
        return self.passages[language].text[start:end]


class StatementExamples:
    """Draws examples from the paragraphs with the given keys, without end."""

    def __init__(self, sets: Sequence[QuestionSet], keys: set[str], seed: int) -> None:
        self._draw = random.Random(seed)
        self._paragraphs = [p for one in sets if one.name in SETS for p in _paragraphs(one, keys)]

    def __iter__(self) -> Iterator[StatementExample]:
        """Yield true and altered examples in equal numbers, and so for each alteration."""
        while True:
            for kind in ALTERED:
                yield self.of_kind("true")
                yield self.of_kind(kind)

    def of_kind(self, kind: StatementKind) -> StatementExample:
        """Return an example of a kind."""
        while True:
            example = self._try(kind)
            if example is not None:
                return example

    def others(self, example: StatementExample, count: int) -> list[SetPassage]:
        """Return passages of other paragraphs, in any language."""
        keys = {example.passage.key}
        found: list[SetPassage] = []
        while len(found) < count:
            passage = self._any_of(self._draw.choice(self._paragraphs).passages)
            if passage.key not in keys and example.text not in passage.text:
                keys.add(passage.key)
                found.append(passage)
        return found

    def _try(self, kind: StatementKind) -> StatementExample | None:
        """Draw paragraphs and sentences; return None if they allow no example of the kind."""
        paragraph, elsewhere = self._draw.sample(self._paragraphs, 2)
        language = self._draw.choice(sorted(paragraph.passages))
        passage = self._any_of(paragraph.passages)
        index = self._sentence_index(paragraph, language)
        other = self._sentence_index(elsewhere, language)
        if index is None or other is None:
            return None
        own, foreign = paragraph.sentence(language, index), elsewhere.sentence(language, other)
        text: str | None = own
        if kind == "wrong figure":
            text = self._other_figure(own, language)
        elif kind == "swapped name":
            text = self._other_name(own, paragraph, elsewhere, language)
        elif kind == "added claim":
            joined = self._draw.choice(_JOINED[language])
            text = own.rstrip(".。!！") + joined + foreign[0].lower() + foreign[1:]
        elif kind == "from elsewhere":
            text = foreign
        elif kind == "sentence removed":
            removed = _without(paragraph, index, passage.language, stated_in=language)
            if removed is None:
                return None
            passage = removed
        return StatementExample(kind, text, language, passage) if text else None

    def _any_of(self, passages: Mapping[str, SetPassage]) -> SetPassage:
        return passages[self._draw.choice(sorted(passages))]

    def _sentence_index(self, paragraph: _Paragraph, language: str) -> int | None:
        """Return the index of a sentence that is neither very short nor very long."""
        shortest, longest = _LENGTHS.get(language, _OTHER_LENGTHS)
        spans = paragraph.sentences.get(language, ())
        indices = [i for i, (start, end) in enumerate(spans) if shortest <= end - start <= longest]
        return self._draw.choice(indices) if indices else None

    def _other_figure(self, text: str, language: str) -> str | None:
        """Return a sentence with one of its figures changed; None if it has no figure."""
        spans = [
            match.span()
            for figure in figures(text, language)
            for match in _DIGITS.finditer(text, figure.start, figure.end)
        ]
        if not spans:
            return None
        start, end = self._draw.choice(spans)
        number = int(text[start:end])
        near = number + self._draw.choice((-1, 1)) * self._draw.randrange(1, 30)
        others = [n for n in (near, number * 2, number * 10) if n > 0 and n != number]
        return text[:start] + str(self._draw.choice(others)) + text[end:] if others else None

    def _other_name(
        self, text: str, paragraph: _Paragraph, elsewhere: _Paragraph, language: str
    ) -> str | None:
        """Return a sentence with one of its names changed to one of either paragraph."""
        own = [name for name in paragraph.names.get(language, ()) if name in text]
        source = self._draw.choice((paragraph, elsewhere))
        others = [name for name in source.names.get(language, ()) if name not in text]
        if not own or not others:
            return None
        return text.replace(self._draw.choice(own), self._draw.choice(others), 1)


def keys_of(sets: Sequence[QuestionSet], part: Part) -> set[str]:
    """Return the keys of the paragraphs that the questions of a part are about."""
    part_of = parts(list(sets))
    return {
        one.passages[passage].key
        for one in sets
        for question in one.questions
        if part_of[question.id] == part
        for passage in question.gold
    }


def _paragraphs(question_set: QuestionSet, keys: set[str]) -> Iterator[_Paragraph]:
    """Yield the paragraphs with these keys that exist in several languages."""
    by_key: dict[str, dict[str, SetPassage]] = {}
    for passage in question_set.passages.values():
        if passage.key in keys:
            by_key.setdefault(passage.key, {})[passage.language] = passage
    answers: dict[str, set[str]] = {}
    for question in question_set.questions:
        for gold in question.gold:
            if question_set.passages[gold].language == question.language:
                answers.setdefault(gold, set()).update(filter(_is_name, question.answers))
    for passages in by_key.values():
        if len(passages) > 1:
            yield _Paragraph(
                passages,
                {
                    language: list(sentences(p.text, (0, len(p.text)), language))
                    for language, p in passages.items()
                },
                {
                    language: sorted({*_names(p.text), *answers.get(p.id, ())})
                    for language, p in passages.items()
                },
            )


def _without(
    paragraph: _Paragraph, index: int, language: str, *, stated_in: str
) -> SetPassage | None:
    """Return the passage in a language without the sentence that is stated in another.

    Returns None if the two languages may not divide the paragraph into the same sentences, or if
    too little would be left.
    """
    spans = paragraph.sentences[language]
    passage = paragraph.passages[language]
    if len(spans) != len(paragraph.sentences[stated_in]) or len(spans) < 3:
        return None
    start, end = spans[index]
    text = (passage.text[:start].rstrip() + " " + passage.text[end:].lstrip()).strip()
    return replace(passage, text=text)


def _names(text: str) -> set[str]:
    return {name.text for name in names(text) if name.is_sure}


def _is_name(answer: str) -> bool:
    is_capital = answer[:1].isupper() or "\u4e00" <= answer[:1] <= "\u9fff"
    has_digit = any(character.isdigit() for character in answer)
    return is_capital and not has_digit and len(answer) <= _LONGEST_NAME
