"""Whether two figures are of the same thing: likely, or so surely that they can conflict."""

from app.agreement.focus import Focus
from app.agreement.stated_figures import StatedFigure
from app.agreement.stems import overlap
from app.agreement.subject import Subject
from index.language.figures import is_class, may_be

_PARALLEL = 0.6  # share of the shorter sentence's words that are in the other
# Things that happen, rather than properties: two different ones are never in one conflict.
_EVENTS = frozenset(
    ("purchase", "investment", "layoffs", "injuries", "founded", "born", "died",
     "launched", "opened", "closed", "completed")
)  # fmt: skip


def same_measure(a: StatedFigure, b: StatedFigure) -> bool:
    """Whether two figures can be compared as numbers."""
    if a.figure.kind != b.figure.kind:
        return False
    if a.figure.unit == b.figure.unit:
        return True
    units = {a.figure.unit, b.figure.unit}
    if a.figure.kind != "count":
        return a.figure.kind == "money" and "" in units
    if may_be(a.figure.unit, b.figure.unit):
        return bool(a.subject.aspects & b.subject.aspects)
    # Two words that are in no class of things may mean the same in two languages.
    return a.language != b.language and not all(map(is_class, units))


def same_thing(focus: Focus, a: StatedFigure, b: StatedFigure) -> bool:
    """Whether two figures seem to be of the same thing: nothing separates them, something links."""
    x, y = a.subject, b.subject
    if x.product and y.product and x.product != y.product:
        return False
    if focus.products and not {x.product, y.product} <= focus.products | {None}:
        return False
    if x.aspects and y.aspects and not x.aspects & y.aspects:
        return False
    if "down" in x.directions ^ y.directions and "up" in x.directions ^ y.directions:
        return False
    if _periods(x) != _periods(y) and _periods(x) and _periods(y):
        return False
    if not all(date.may_equal(other) for date in a.dates for other in b.dates):
        return False
    if focus.names and not x.names & y.names:
        return False
    return bool(
        x.aspects & y.aspects
        or _is_same_count(a, b)
        or (a.language == b.language and overlap(x.words, y.words) >= _PARALLEL / 2)
        or (a.is_answer and b.is_answer)
    )


def surely_same_thing(focus: Focus, a: StatedFigure, b: StatedFigure) -> bool:
    """Whether two figures of one measure are so surely of one thing that they cannot both be true.

    A false contradiction is worse than a missed one, so a single doubt is enough.
    """
    x, y = a.subject, b.subject
    if x.moods or y.moods or x.scopes != y.scopes:
        return False
    if x.directions and y.directions and not x.directions & y.directions:
        return False
    if x.product != y.product or x.names & focus.names != y.names & focus.names:
        return False
    if (x.leading - y.names | y.leading - x.names) - focus.names:
        return False
    if _has_year(a) != _has_year(b):
        return False
    if x.apposition - y.words or y.apposition - x.words:
        return False
    if "vague" in (a.figure.hedge, b.figure.hedge):
        return False
    if focus.aspects and not focus.aspects & (x.aspects | y.aspects) and x.aspects | y.aspects:
        return False
    if x.all_aspects & _EVENTS != y.all_aspects & _EVENTS:
        return False
    return _is_said_alike(focus, a, b)


def _is_said_alike(focus: Focus, a: StatedFigure, b: StatedFigure) -> bool:
    """Whether the words around two figures are enough alike, in one language or across two."""
    x, y = a.subject, b.subject
    if a.language == b.language == "zh":
        # Names cannot be told from other words, so nearly all words must be the same.
        return len(x.words & y.words) >= _PARALLEL * max(len(x.words), len(y.words), 1)
    if a.language == b.language:
        bar = _PARALLEL / 2 if a.is_answer and b.is_answer else _PARALLEL
        return overlap(x.words, y.words) >= bar
    is_count_asked_for = _is_same_count(a, b) and a.figure.unit in focus.nouns
    return bool(x.aspects & y.aspects) or is_count_asked_for


def _is_same_count(a: StatedFigure, b: StatedFigure) -> bool:
    return a.figure.kind == "count" and a.figure.unit == b.figure.unit != ""


def _periods(subject: Subject) -> frozenset[str]:
    return subject.scopes - {"each", "total"}


def _has_year(stated: StatedFigure) -> bool:
    return any(date.has_year for date in stated.dates)
