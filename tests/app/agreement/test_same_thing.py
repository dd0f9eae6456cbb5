"""Two figures may conflict only if nothing separates what they are figures of."""

import pytest

from app.agreement.focus import Focus
from app.agreement.same_thing import same_measure, same_thing, surely_same_thing
from app.agreement.stated_figures import StatedFigure, stated_figures
from app.question.question import Question
from tests.app.agreement.sentences import sentence

FOCUS = Focus(Question("How many employees does Velora have in Europe?", "en"))


def stated(text: str, source: str = "b.md") -> StatedFigure:
    return list(stated_figures(0, sentence(source, "en", text)))[-1]


OWN = stated("Velora has 300 employees on its European payroll.", "a.md")


@pytest.mark.parametrize(
    ("text", "comparable"),
    [
        ("Velora has 900 employees.", True),
        ("Velora employs 900 people.", True),
        ("Velora has 900 stores.", False),
        ("Velora earns 900 euros.", False),
    ],
)
def test_figures_are_compared_in_one_measure(text: str, comparable: bool) -> None:
    assert same_measure(OWN, stated(text)) is comparable


@pytest.mark.parametrize(
    ("text", "likely", "sure"),
    [
        ("Velora has 900 employees on its European payroll.", True, True),
        ("Velora will have 900 employees on its European payroll.", True, False),
        ("In 2020 Velora had 900 employees on its European payroll.", True, False),
        ("Velora has 900 employees.", True, False),
        ("Norvik has 900 employees on its own payroll.", False, False),
    ],
    ids=["the same", "a plan", "another year", "few words", "another company"],
)
def test_a_single_doubt_is_enough(text: str, likely: bool, sure: bool) -> None:
    other = stated(text)
    assert same_thing(FOCUS, OWN, other) is likely
    assert (likely and surely_same_thing(FOCUS, OWN, other, are_answers=False)) is sure
