"""A figure concerns a question if it is of the kind, and of the thing, that is asked for."""

import pytest

from app.agreement.focus import Focus
from app.agreement.stated_figures import StatedFigure, stated_figures
from app.question.question import Question
from tests.app.agreement.sentences import sentence


def stated(text: str, answer: str | None = None) -> StatedFigure:
    (figure,) = stated_figures(0, sentence("a.md", "en", text, answer=answer))
    return figure


def focus(question: str) -> Focus:
    return Focus(Question(question, "en"))


def test_names_products_and_aspects_of_a_question_are_known() -> None:
    asked = focus("How much faster is Trainium 3 than Amazon's first chip?")
    assert asked.names == {"trainium3", "amazon"}
    assert asked.products == {"trainium3"}
    assert asked.aspects == {"speed"}


@pytest.mark.parametrize(
    ("question", "text", "concerned"),
    [
        ("When was Velora founded?", "Velora was founded in 1971.", True),
        ("When was Velora founded?", "Velora has 300 employees.", False),
        ("How many employees has Velora?", "Velora was founded in 1971.", False),
        ("Who founded Velora?", "Velora has 300 employees.", False),
        ("What is Velora?", "Velora has 300 employees.", True),
    ],
)
def test_a_figure_may_concern_a_question_by_its_kind(
    question: str, text: str, concerned: bool
) -> None:
    assert focus(question).may_concern(stated(text)) is concerned


@pytest.mark.parametrize(
    ("question", "text", "asked"),
    [
        ("How many employees has Velora?", "Velora has 300 employees.", True),
        ("How many employees has Velora?", "Velora has 12 stores.", False),
        ("How much does it cost?", "It costs 40 euros.", True),
        ("How much faster is it?", "It is 4 times faster.", True),
        ("How much faster is it?", "It uses 4 times less energy.", False),
        ("Is it faster?", "It is 4 times faster.", True),
        ("Is it faster?", "It uses 4 times less energy.", False),
        ("What is Velora?", "Velora has 300 employees.", False),
    ],
)
def test_a_figure_is_asked_for_by_its_unit_and_aspect(
    question: str, text: str, asked: bool
) -> None:
    assert focus(question).asks_for(stated(text)) is asked


def test_the_marked_answer_is_always_what_was_asked_for() -> None:
    marked = stated("Velora has 300 employees.", "300")
    assert focus("Who founded Velora?").may_concern(marked)
    assert focus("Who founded Velora?").asks_for(marked)
