"""Figures that a reader takes for the answer are compared whatever the words around them."""

from dataclasses import replace

import pytest

from app.agreement import Findings, compare
from app.evidence.evidence import Evidence
from app.question.question import Question
from tests.app.agreement.sentences import sentence

STADIUM = "How much did the new stadium of Lorvik cost?"
BUILT = ("en", "The new stadium of Lorvik cost 48 million euros, said Ina Holm.")


def read(source: str, language: str, text: str, answers: float = 1.0) -> Evidence:
    """Return a sentence with the logit of a reader that it answers."""
    found = sentence(source, language, text)
    return replace(found, signals=replace(found.signals, answers=answers))


def found_in(question: str, *sentences: tuple[str, str], answers: float = 1.0) -> Findings:
    evidence = [read(f"{i}.md", *stated, answers) for i, stated in enumerate(sentences)]
    return compare(Question(question, "en"), evidence)


def test_answers_in_other_words_and_another_language_conflict() -> None:
    spanish = ("es", "El estadio de Lorvik, terminado tarde, ha costado 57 millones de euros.")
    (conflict,) = found_in(STADIUM, BUILT, spanish).conflicts
    assert [v.value for v in conflict.values] == ["48 million euros", "57 millones de euros"]
    assert not found_in(STADIUM, BUILT, spanish, answers=0.0).conflicts


def test_what_is_counted_may_be_named_in_other_words() -> None:
    guests = [
        ("en", "The fair of Aurelle drew 31,000 visitors."),
        ("it", "Alla fiera di Aurelle sono venute 26.500 persone."),
    ]
    assert found_in("How many people came to the fair of Aurelle?", *guests).conflicts


@pytest.mark.parametrize(
    ("question", "one", "other"),
    [
        ("How high is the tower of Arvo?", "The tower of Arvo is 43 metres high.",
         "The tower of Belmo is 51 metres high."),
        ("How high is the tower?", "The tower of Arvo is 43 metres high.",
         "In Belmo the tower is 51 metres high."),
        ("How much does the Kestrel 300 weigh?", "The Kestrel 300 weighs 1.3 kilograms.",
         "The Kestrel 500 weighs 1.9 kilograms."),
        (STADIUM, BUILT[1], "The new stadium of Lorvik could cost 57 million euros."),
        (STADIUM, BUILT[1], "In 2011 the new stadium of Lorvik cost 57 million euros."),
        (STADIUM, BUILT[1], "In Austria the new stadium of Lorvik cost 57 million euros."),
        ("How many employees has Lorvik?", "Lorvik had 300 employees in 2019.",
         "Lorvik has 500 employees now, in 2024."),
        ("When was Adam Renner born?", "Adam Renner, a sculptor, was born in 1921.",
         "Adam Renner, the footballer, was born in 1988."),
        ("How many seats has Lorvik?", "Lorvik has 300 seats.", "Lorvik has 500 employees."),
        ("How much better is Lorvik 3?", "Lorvik 3 is four times faster.",
         "Lorvik 3 has seven times more memory."),
    ],
    ids=["another tower", "no name asked for", "another model", "a maybe", "another year",
         "another place", "two years", "a namesake", "another thing", "another aspect"],
)  # fmt: skip
def test_answers_on_another_thing_never_conflict(question: str, one: str, other: str) -> None:
    assert not found_in(question, ("en", one), ("en", other)).conflicts


@pytest.mark.parametrize(
    ("figure", "is_told"), [("312", True), ("11,400", True), ("30,000", False), ("12", False)]
)
def test_a_figure_with_many_digits_tells_that_sentences_agree(figure: str, is_told: bool) -> None:
    found = found_in(
        "How many infections were there at the hospital?",
        ("en", f"We recorded {figure} infections, counted by hand."),
        ("zh", f"全年{figure}例。"),
        answers=0.0,
    )
    assert bool(found.agreements) is is_told


def test_sentences_that_agree_on_what_is_asked_for_do_not_conflict_by_what_else_they_count() -> (
    None
):
    found = found_in(
        "How many nights did the expert of Ostra listen?",
        ("en", "The expert of Ostra listened for 219 nights in 11 homes, all eleven close by."),
        ("en", "The expert of Ostra listened for 219 nights in 14 homes, all of them close by."),
    )
    assert found.agreements
    assert not found.conflicts
