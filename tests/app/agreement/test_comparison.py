"""Sentences of different sources are compared only where they speak of the same thing."""

import pytest

from app.agreement import Findings, compare
from app.question.question import Question
from tests.app.agreement.sentences import compared, sentence

HAS = "Velora has 300 employees and"
FASTER = "How much faster is Trainium3 than Trainium2?"


def test_sources_that_say_the_same_agree_across_languages() -> None:
    found = compared(
        "How many chips does Project Rainier use?",
        ("it", "Project Rainier impiega mezzo milione di chip Trainium2."),
        ("zh", "Project Rainier使用了50万颗Trainium2芯片。"),
    )
    assert [shared.positions for shared in found.agreements] == [(0, 1)]
    assert not found.variations
    assert not found.conflicts


def test_a_rounded_or_hedged_figure_is_a_variation() -> None:
    found = compared(
        FASTER,
        ("en", "Trainium3 is up to 4.4 times faster than Trainium2."),
        ("es", "Trainium3 es cuatro veces más rápido que Trainium2."),
    )
    (variation,) = found.variations
    assert [(v.value, v.positions) for v in variation.values] == [
        ("up to 4.4 times", (0,)),
        ("cuatro veces", (1,)),
    ]
    assert not found.conflicts


def test_values_that_cannot_both_be_true_conflict_and_each_names_its_places() -> None:
    found = compared(
        FASTER,
        ("en", "Trainium3 is four times faster than Trainium2."),
        ("it", "Trainium3 è sei volte più veloce di Trainium2."),
        ("es", "Trainium3 es cuatro veces más rápido que Trainium2."),
    )
    (conflict,) = found.conflicts
    assert [value.positions for value in conflict.values] == [(0, 2), (1,)]
    assert [shared.positions for shared in found.agreements] == [(0, 2)]


@pytest.mark.parametrize(
    "other",
    [
        "Trainium2 was seven times faster than the first Trainium.",
        "Trainium4 will be seven times faster than Trainium3.",
        "Google's TPU is seven times faster than Trainium2.",
        "Trainium3 has seven times more memory than Trainium2.",
        "Trainium3 could be seven times faster than Trainium2.",
        "Trainium3 was not seven times faster than Trainium2.",
        "In 2023 Trainium3 was seven times faster than Trainium2.",
    ],
)
def test_what_is_said_of_another_thing_never_conflicts(other: str) -> None:
    found = compared(
        FASTER, ("en", "Trainium3 is four times faster than Trainium2."), ("en", other)
    )
    assert found == Findings()


def test_a_source_is_not_compared_with_itself() -> None:
    texts = ("Velora was founded in 1971.", "Velora was founded in 1981.")
    evidence = [sentence("one.md", "en", text) for text in texts]
    assert compare(Question("When was Velora founded?", "en"), evidence) == Findings()


def test_namesakes_do_not_conflict() -> None:
    found = compared(
        "When was Adam Renner born?",
        ("en", "Adam Renner, a sculptor from Graz, was born in 1921."),
        ("it", "Adam Renner, il calciatore, è nato nel 1988."),
    )
    assert found == Findings()


def test_figures_that_were_not_asked_for_are_not_compared() -> None:
    found = compared(
        "Who founded Velora?",
        ("en", "Velora was founded in 1971 by Ada Moss."),
        ("en", "Velora was founded in 1981 by Ada Moss."),
    )
    assert not found.conflicts


@pytest.mark.parametrize(
    ("answers", "agreed", "opposed"),
    [
        (("300", "300"), [(0, 1)], []),
        (("12 stores", "14 stores"), [], ["12 stores", "14 stores"]),
        (("300", "14 stores"), [], []),
    ],
)
def test_of_several_figures_in_a_sentence_the_marked_answer_is_compared(
    answers: tuple[str, str], agreed: list[tuple[int, int]], opposed: list[str]
) -> None:
    evidence = [
        sentence("a.md", "en", f"{HAS} 12 stores.", start=100, answer=answers[0]),
        sentence("b.md", "en", f"{HAS} 14 stores.", start=100, answer=answers[1]),
    ]
    found = compare(Question("How large is Velora?", "en"), evidence)
    assert [shared.positions for shared in found.agreements] == agreed
    assert [v.value for conflict in found.conflicts for v in conflict.values] == opposed
    assert not found.variations


def test_nothing_is_found_in_no_evidence() -> None:
    assert compare(Question("Why?", "en"), []) == Findings()


@pytest.mark.parametrize(
    ("question", "one", "other"),
    [
        (
            "How many people work at Velora?",
            "Velora has 300 employees and nearly 12 stores.",
            "Velora has 300 employees and 11 stores.",
        ),
        (
            "¿Cuánto cuesta Velora?",
            "Velora cuesta 40 euros y pesa casi 3 kg.",
            "Velora cuesta 40 euros y pesa 2,9 kg.",
        ),
        (
            "Chi ha fondato Velora?",
            "Velora, che ha quasi 300 dipendenti, fu fondata da Ada Moss.",
            "Velora, che ha 290 dipendenti, fu fondata da Ada Moss.",
        ),
        (
            "What is Velora?",
            "Velora is a company with nearly 300 employees.",
            "Velora is a company with 290 employees.",
        ),
        (
            "Velora有多少员工？",
            "Velora有300名员工，成本下降约40%。",
            "Velora有300名员工，成本下降42%。",
        ),
    ],
    ids=["en", "es", "it", "no figure asked for", "zh"],
)
def test_a_variation_of_what_was_not_asked_for_is_not_shown(
    question: str, one: str, other: str
) -> None:
    language = {"¿": "es", "C": "it"}.get(question[0], "zh" if "员" in question else "en")
    assert not compared(question, (language, one), (language, other)).variations


@pytest.mark.parametrize(
    ("question", "one", "other"),
    [
        (
            "How many stores does Velora have?",
            "Velora has 300 employees and nearly 12 stores.",
            "Velora has 300 employees and 11 stores.",
        ),
        (
            "Quanti dipendenti ha Velora?",
            "Velora ha quasi 300 dipendenti.",
            "Velora ha 290 dipendenti.",
        ),
        (
            "Is Trainium3 faster than Trainium2?",
            "Trainium3 is up to 4.4 times faster than Trainium2.",
            "Trainium3 is four times faster than Trainium2.",
        ),
    ],
    ids=["en", "it", "its aspect is asked about"],
)
def test_a_variation_of_what_was_asked_for_is_shown(question: str, one: str, other: str) -> None:
    language = "it" if question.startswith("Quanti") else "en"
    assert compared(question, (language, one), (language, other)).variations


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Velora hat 500.000 Nutzer in Europa."),
        ("pt", "A Velora tem 500.000 users na Europa."),
        ("fr", "Velora a 500 000 users en Europe."),
        ("und", "Velora: 500.000 users"),
    ],
)
def test_separators_of_another_language_make_no_contradiction(language: str, text: str) -> None:
    found = compared(
        "How many users does Velora have?",
        ("en", "Velora has 500,000 users in Europe."),
        (language, text),
    )
    assert not found.conflicts
    assert not found.variations
