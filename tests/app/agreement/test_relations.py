"""Two figures are the same, vary, conflict, or cannot be compared."""

import pytest

from app.agreement.focus import Focus
from app.agreement.relations import is_same_value, relate
from app.agreement.stated_figures import stated_figures
from app.question.question import Question
from index.language.figures import figures
from tests.app.agreement.sentences import sentence


@pytest.mark.parametrize(
    ("other", "relation"),
    [
        ("Velora employs 300 people.", "same"),
        ("Velora has nearly 300 employees.", "variation"),
        ("Velora has 900 employees on its payroll.", "conflict"),
        ("Velora will have 900 employees.", None),
        ("Velora has 900 stores.", None),
        ("Norvik has 900 employees.", None),
    ],
)
def test_figures_relate_by_value_and_by_what_they_are_figures_of(
    other: str, relation: str | None
) -> None:
    focus = Focus(Question("How many employees does Velora have?", "en"))
    (one,) = stated_figures(0, sentence("a.md", "en", "Velora has 300 employees on its payroll."))
    (two,) = stated_figures(1, sentence("b.md", "en", other))
    assert relate(focus, one, two) == relation
    assert relate(focus, two, one) == relation


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("at least 40 euros", "more than 40 euros", True),
        ("up to 40 euros", "at least 40 euros", False),
        ("40 euros", "about 40 euros", False),
        ("40 euros", "€40", True),
    ],
)
def test_values_are_the_same_if_they_are_hedged_in_one_direction(
    one: str, other: str, same: bool
) -> None:
    (a,), (b,) = figures(one, "en"), figures(other, "en")
    assert is_same_value(a, b) is same
