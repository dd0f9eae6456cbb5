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


def nothing_separates(focus: Focus, a: StatedFigure, b: StatedFigure) -> bool:
    """Whether two figures may be of the same thing: of one product, direction, period and day."""
    x, y = a.subject, b.subject
    if x.product and y.product and x.product != y.product:
        return False
    if focus.products and not {x.product, y.product} <= focus.products | {None}:
        return False
    if "down" in x.directions ^ y.directions and "up" in x.directions ^ y.directions:
        return False
    if _periods(x) != _periods(y) and _periods(x) and _periods(y):
        return False
    return all(date.may_equal(other) for date in a.dates for other in b.dates)


def same_thing(focus: Focus, a: StatedFigure, b: StatedFigure) -> bool:
    """Whether two figures seem to be of the same thing: nothing separates them, something links."""
    x, y = a.subject, b.subject
    if x.aspects and y.aspects and not x.aspects & y.aspects:
        return False
    if not nothing_separates(focus, a, b) or (focus.names and not x.names & y.names):
        return False
    return bool(
        x.aspects & y.aspects
        or _is_same_count(a, b)
        or (a.language == b.language and overlap(x.words, y.words) >= _PARALLEL / 2)
        or (a.is_answer and b.is_answer)
    )


def surely_same_thing(focus: Focus, a: StatedFigure, b: StatedFigure, *, are_answers: bool) -> bool:
    """Whether two figures of one measure are so surely of one thing that they cannot both be true.

    `are_answers` says whether both answer the question by themselves. A false contradiction is
    worse than a missed one, so a single doubt is enough.
    """
    x, y = a.subject, b.subject
    if x.moods != y.moods or x.moods - focus.moods:
        return False
    if a.figure.kind != "date" and x.scopes != y.scopes:
        return False
    if x.directions and y.directions and not x.directions & y.directions:
        return False
    if x.product != y.product or a.numbers & focus.numbers != b.numbers & focus.numbers:
        return False
    if "vague" in (a.figure.hedge, b.figure.hedge) or _has_year(a) != _has_year(b):
        return False
    return _is_said_of_the_same(focus, a, b) if are_answers else _is_said_alike(focus, a, b)


def _is_said_of_the_same(focus: Focus, a: StatedFigure, b: StatedFigure) -> bool:
    """Whether two answers are of the same: in one place, of one aspect, of no namesake.

    What happens besides is not compared, as a question takes it from one of many sentences: what
    was bought was also opened. Only when something happened, it must be the same that did.
    """
    x, y = a.subject, b.subject
    if (x.located - y.names | y.located - x.names) - focus.names:
        return False
    if x.apposition and y.apposition and not x.apposition & y.apposition:
        return False
    if a.language == b.language and (x.apposition - y.words or y.apposition - x.words):
        return False
    if a.figure.kind == "date":
        return x.all_aspects & _EVENTS == y.all_aspects & _EVENTS
    one, other = x.aspects - _EVENTS, y.aspects - _EVENTS
    return not one or not other or bool(one & other)


def _is_said_alike(focus: Focus, a: StatedFigure, b: StatedFigure) -> bool:
    """Whether two figures are of the same by the names and the words around them."""
    x, y = a.subject, b.subject
    if x.names & focus.names != y.names & focus.names:
        return False
    if (x.leading - y.names | y.leading - x.names) - focus.names:
        return False
    if x.apposition - y.words or y.apposition - x.words:
        return False
    if focus.aspects and not focus.aspects & (x.aspects | y.aspects) and x.aspects | y.aspects:
        return False
    if x.all_aspects & _EVENTS != y.all_aspects & _EVENTS:
        return False
    return _are_words_alike(focus, a, b)


def _are_words_alike(focus: Focus, a: StatedFigure, b: StatedFigure) -> bool:
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
