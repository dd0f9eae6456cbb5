"""Which figure a question asks for, and whether a text gives one of its kind."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Literal

from index.language.figures.figure import Figure
from index.language.figures.lexicon import tables
from index.language.figures.things import nouns
from index.language.figures.units import unit_words

AnswerType = Literal["other", "duration", "date", "amount"]
"""What a question expects; "other" where it asks for who, where or why."""

# After "how many", where the measured thing is named; to the end of a word.
_REACH = re.compile(r"(?=[\u4e00-\u9fff])[^,;:?.，。？]{0,5}|[^,;:?.，。？]{0,24}(?![A-Za-zÀ-ÿ])")
# Things that are all people: "300 people work there" tells how many employees there are.
_PERSON = "person"
_PEOPLE = frozenset({_PERSON, "customer", "employee", "user", "dead", "injured", "student"})
_MANY = re.compile(r"\b(?:how many|quant[ie]|cuánt[oa]s)\b|(?:多少|几)[个名家颗枚台条位座项]", re.I)


@dataclass(frozen=True, slots=True)
class AskedFigure:
    """What a figure has to be to answer a question."""

    kinds: frozenset[str]  # of a figure; empty: any but a date
    thing: str = ""  # the class of the counted thing; "" where any may be meant

    @property
    def is_specific(self) -> bool:
        """Whether it names a unit or a class of things, so that none but such will do."""
        return bool(self.thing or self.kinds - {"count"})

    def is_among(self, figures: Iterable[Figure]) -> bool:
        """Whether one of the figures is such."""
        return any(
            (figure.kind in self.kinds if self.kinds else figure.kind != "date")
            and (not self.thing or _may_be(self.thing, figure.unit))
            for figure in figures
        )


def _may_be(asked: str, counted: str) -> bool:
    """Whether what is counted may be what is asked for."""
    return asked == counted or (_PERSON in (asked, counted) and {asked, counted} <= _PEOPLE)


def answer_type(question: str) -> AnswerType | None:
    """Return the type of answer that a question expects; None where it might be any."""
    types: tuple[AnswerType, ...] = ("other", "duration", "date", "amount")
    return next((of for of in types if _patterns("type")[of].search(question)), None)


def figure_asked_for(question: str) -> AskedFigure | None:
    """Return what figure answers a question, or None where it may be answered without one.

    >>> figure_asked_for("Quanti gigabyte di memoria ha?")
    AskedFigure(kinds=frozenset({'memory'}), thing='')
    """
    expected = answer_type(question)
    if expected == "other":
        return None
    if expected == "date":
        return AskedFigure(frozenset({"date"}))
    if expected == "duration":
        # Since when something has been so tells for how long.
        return AskedFigure(frozenset({"duration", "date"}))
    is_amount = expected == "amount"
    named = _named_after(question) if is_amount else None
    if named is not None and _MANY.search(question):
        return named
    measured = (kind for kind, p in _patterns("measure").items() if p.search(question))
    if (kind := next(measured, None)) is not None:
        return AskedFigure(frozenset({kind}))
    if named is not None or not is_amount:
        return named
    return AskedFigure(frozenset({"count"}) if _MANY.search(question) else frozenset())


def _named_after(question: str) -> AskedFigure | None:
    """Return the unit or the counted thing that is named right after "how many"."""
    amount = _patterns("type")["amount"].search(question)
    reach = _REACH.match(question, amount.end()) if amount else None
    if reach is None:
        return None
    places = [
        (match.start(), AskedFigure(frozenset({kind})))
        for pattern, kind in unit_words()
        if (match := pattern.search(question, *reach.span()))
    ]
    places += [
        (match.start(), AskedFigure(frozenset({"count"}), noun))
        for noun, pattern in nouns()
        if (match := pattern.search(question, *reach.span()))
    ]
    return min(places, key=lambda place: place[0])[1] if places else None


@cache
def _patterns(table: str) -> dict[str, re.Pattern[str]]:
    return {name: re.compile(p, re.I) for name, p in tables()["asked"][table].items()}
