"""Which figure a question asks for, and whether a text gives one of its kind."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Literal

from app.figures.figure import Figure
from app.figures.lexicon import tables
from app.figures.things import nouns
from app.figures.units import unit_words

Sort = Literal["none", "duration", "date", "amount"]
"""Of a question: "none" where it asks for who, where or why."""

_REACH = re.compile(r"[^,;:?.，。？]{0,24}")  # after "how many", where the measured thing is named
_MANY = re.compile(r"\b(?:how many|quant[ie]|cuánt[oa]s)\b|多少[个名家颗枚台条位座项]", re.I)


@dataclass(frozen=True, slots=True)
class AskedFigure:
    """What a figure has to be to answer a question."""

    kinds: frozenset[str]  # of a figure; empty: any but a date
    thing: str = ""  # the class of the counted thing; "" where any may be meant

    def is_among(self, figures: Iterable[Figure]) -> bool:
        """Whether one of the figures is such."""
        return any(
            (figure.kind in self.kinds if self.kinds else figure.kind != "date")
            and self.thing in ("", figure.unit)
            for figure in figures
        )


def sort_of_figure(question: str) -> Sort | None:
    """Return what sort of figure a question asks for; None where it might ask for anything."""
    sorts: tuple[Sort, ...] = ("none", "duration", "date", "amount")
    return next((sort for sort in sorts if _patterns("sort")[sort].search(question)), None)


def figure_asked_for(question: str) -> AskedFigure | None:
    """Return what figure answers a question, or None where it may be answered without one.

    >>> figure_asked_for("Quanti gigabyte di memoria ha?")
    AskedFigure(kinds=frozenset({'memory'}), thing='')
    """
    sort = sort_of_figure(question)
    if sort == "none":
        return None
    if sort == "date":
        return AskedFigure(frozenset({"date"}))
    if sort == "duration":
        # Since when something has been so tells for how long.
        return AskedFigure(frozenset({"duration", "date"}))
    if sort == "amount" and (named := _named_after(question)):
        return named
    measured = (kind for kind, p in _patterns("measure").items() if p.search(question))
    if (kind := next(measured, None)) is not None:
        return AskedFigure(frozenset({kind}))
    if sort == "amount":
        return AskedFigure(frozenset({"count"}) if _MANY.search(question) else frozenset())
    return None


def _named_after(question: str) -> AskedFigure | None:
    """Return the unit or the counted thing that is named right after "how many"."""
    amount = _patterns("sort")["amount"].search(question)
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
