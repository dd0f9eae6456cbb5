"""How two figures of different sources relate to each other."""

from typing import Literal

from app.agreement.answers import both_answer, tell_the_same
from app.agreement.focus import Focus
from app.agreement.same_thing import same_measure, same_thing, surely_same_thing
from app.agreement.stated_figures import StatedFigure
from index.language.figures import Figure

Relation = Literal["same", "variation", "conflict"]

_NEAR = 1.5  # the larger of two varying values is at most so many times the other


def relate(focus: Focus, a: StatedFigure, b: StatedFigure) -> Relation | None:
    """Return how two figures of different sources relate; None if they cannot be compared."""
    if a.source == b.source:
        return None
    if tell_the_same(focus, a, b):
        return "same"
    are_answers = both_answer(focus, a, b)
    if not are_answers and not (same_measure(a, b) and same_thing(focus, a, b)):
        return None
    if is_same_value(a.figure, b.figure):
        return "same"
    if a.figure.may_equal(b.figure):
        unlike = (a.subject.moods ^ b.subject.moods) - {"plan"}
        return "variation" if _is_near(a.figure, b.figure) and not unlike else None
    is_sure = surely_same_thing(focus, a, b, are_answers=are_answers)
    return "conflict" if is_sure else None


def is_same_value(a: Figure, b: Figure) -> bool:
    """Whether two figures give one value, and hedge it in the same direction."""
    return _direction(a) == _direction(b) and a.equals(b)


def _direction(figure: Figure) -> str | None:
    return {"least": "above", "below": "most"}.get(figure.hedge or "", figure.hedge)


def _is_near(a: Figure, b: Figure) -> bool:
    if a.kind == "date":
        return a.has_year or b.has_year
    if "between" in (a.hedge, b.hedge):
        return True
    if a.value is None or b.value is None:
        return a.hedge == b.hedge or a.kind == "money"
    low, high = sorted((a.value, b.value))
    return low > 0 and high / low <= _NEAR
