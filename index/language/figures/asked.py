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
"""What a question expects; "other" if it asks who, where or why."""

# After "how many", where the measured thing is named; to the end of a word.
_REACH = re.compile(r"(?=[\u4e00-\u9fff])[^,;:?.，。？]{0,5}|[^,;:?.，。？]{0,24}(?![A-Za-zÀ-ÿ])")
# Classes of people: "300 people work there" says how many employees there are.
_PERSON = "person"
_PEOPLE = frozenset({_PERSON, "customer", "employee", "user", "dead", "injured", "student"})
_MANY = re.compile(r"\b(?:how many|quant[ie]|cuánt[oa]s)\b|(?:多少|几)[个名家颗枚台条位座项]", re.I)


@dataclass(frozen=True, slots=True)
class AskedFigure:
    """What a figure must be to answer a question."""

    kinds: frozenset[str]  # of a figure; empty: any but a date
    thing: str = ""  # the class of the counted thing; "" where any may be meant

    def is_among(self, figures: Iterable[Figure]) -> bool:
        """Whether one of the figures answers the question."""
        return any(self._is(figure) for figure in figures)

    def _is(self, figure: Figure) -> bool:
        if figure.kind == "number":  # of any unit, in a language whose words we do not know
            return self.kinds != {"date"}
        is_kind = figure.kind in self.kinds if self.kinds else figure.kind != "date"
        return is_kind and (not self.thing or may_be(self.thing, figure.unit))


def may_be(asked: str, counted: str) -> bool:
    """Whether what is counted may be what is asked for."""
    return asked == counted or (_PERSON in (asked, counted) and {asked, counted} <= _PEOPLE)


def answer_type(question: str) -> AnswerType | None:
    """Return the type of answer that a question expects; None where it might be any."""
    types: tuple[AnswerType, ...] = ("other", "duration", "date", "amount")
    return next((type_ for type_ in types if _patterns("type")[type_].search(question)), None)


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
        # Since when something is so says how long it has been so.
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
    found = [
        (match.start(), AskedFigure(frozenset({kind})))
        for pattern, kind in unit_words()
        if (match := pattern.search(question, *reach.span()))
    ]
    found += [
        (match.start(), AskedFigure(frozenset({"count"}), noun))
        for noun, pattern in nouns()
        if (match := pattern.search(question, *reach.span()))
    ]
    return min(found, key=lambda pair: pair[0])[1] if found else None


@cache
def _patterns(table: str) -> dict[str, re.Pattern[str]]:
    return {name: re.compile(p, re.I) for name, p in tables()["asked"][table].items()}
