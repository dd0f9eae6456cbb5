"""Figures that answer the question by themselves, each in its own sentence."""

from app.agreement.focus import Focus
from app.agreement.same_thing import nothing_separates
from app.agreement.stated_figures import StatedFigure
from index.language.figures import Figure, is_class, may_be

# The reader's logit that a sentence answers: more likely than not. Without a reader it is 0. Over
# folders that it was chosen on, false contradictions begin below -1.
_ANSWERS = 0.0
_TELLING = 3  # digits that no two things share, of those found for one question


def both_answer(focus: Focus, a: StatedFigure, b: StatedFigure) -> bool:
    """Whether a reader takes both figures for the answer, in passages on what is asked about.

    The question shows that they are of one thing, where it names the thing: both passages must have
    all of its names that one of them has.
    """
    return (
        _is_answer(focus, a)
        and _is_answer(focus, b)
        and _may_measure_the_same(a.figure, b.figure)
        and nothing_separates(focus, a, b)
        and bool(a.names & focus.names)
        and a.names & focus.names == b.names & focus.names
    )


def tell_the_same(focus: Focus, a: StatedFigure, b: StatedFigure) -> bool:
    """Whether two figures that are asked for are equal, and too exact to be so by chance."""
    return (
        _is_telling(a.figure)
        and a.figure.equals(b.figure)
        and a.figure.hedge == b.figure.hedge
        and focus.asks_for(a)
        and focus.asks_for(b)
        and _may_measure_the_same(a.figure, b.figure)
        and nothing_separates(focus, a, b)
    )


def _is_answer(focus: Focus, stated: StatedFigure) -> bool:
    return stated.answers > _ANSWERS and stated.is_sole and focus.may_ask_for(stated)


def _is_telling(figure: Figure) -> bool:
    """Whether a figure has enough digits, besides zeros at either end."""
    if figure.kind == "date" or figure.value is None:
        return False
    digits = f"{figure.value:.6g}".partition("e")[0].replace(".", "")
    return len(digits.strip("0")) >= _TELLING


def _may_measure_the_same(one: Figure, other: Figure) -> bool:
    """Whether two figures can be compared, where both answer one question.

    What is counted may be named in other words: 300 visitors, 300 people.
    """
    if one.kind != other.kind:
        return False
    if one.kind != "count":
        return one.unit == other.unit
    are_classes = is_class(one.unit) and is_class(other.unit)
    return not are_classes or may_be(one.unit, other.unit)
