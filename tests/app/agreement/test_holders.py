"""Two sources that name two holders of one office contradict each other, and nothing less does."""

import pytest

from tests.app.agreement.sentences import compared

GARMAN = ("en", "AWS CEO Matt Garman told CRN so.")


@pytest.mark.parametrize(
    ("language", "text", "holder"),
    [
        ("es", "Adam Selipsky es el director ejecutivo de AWS.", "Adam Selipsky"),
        ("it", "L'amministratore delegato di AWS, Adam Selipsky, lo ha detto.", "Adam Selipsky"),
        ("zh", "AWS首席执行官Adam Selipsky表示，销量增长。", "Adam Selipsky"),
        ("en", "Adam Selipsky, AWS's chief executive, said sales grew.", "Adam Selipsky"),
        ("en", "Łukasz Żak, AWS's chief executive, said sales grew.", "Łukasz Żak"),
    ],
)
def test_two_holders_of_an_office_for_one_conflict(language: str, text: str, holder: str) -> None:
    (conflict,) = compared("Who is the CEO of AWS?", GARMAN, (language, text)).conflicts
    assert [(v.value, v.positions) for v in conflict.values] == [
        ("Matt Garman", (0,)),
        (holder, (1,)),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Amazon CEO Andy Jassy said AWS grew.",  # of another company
        "The former AWS CEO Adam Selipsky left.",
        "In 2021 AWS CEO Adam Selipsky took over.",
        "Adam Selipsky will be CEO of AWS.",
        "Garman, AWS's chief executive, said sales grew.",
        "M. Garman, AWS's chief executive, said sales grew.",
        "On Tuesday, the CEO of AWS said sales grew.",
        "However, AWS's CEO said sales grew.",
        "Back in Milan, the CEO of AWS spoke.",
        "Oggi, il CEO di AWS ha parlato.",
        "L'ex amministratore delegato di AWS, Adam Selipsky, ha parlato.",
        "El exdirector ejecutivo de AWS, Adam Selipsky, habló.",
        "前AWS首席执行官Adam Selipsky表示，销量增长。",
        "The interim CEO of AWS, Adam Selipsky, spoke.",
        "The deputy chief executive of AWS, Adam Selipsky, spoke.",
        "Matthew Garmann is the CEO of AWS.",  # spelled otherwise
        "AWS CFO Brian Olsavsky said sales grew.",
        "The CEO of AWS said sales grew.",
    ],
)
def test_another_office_or_time_or_the_same_name_does_not(text: str) -> None:
    assert not compared("Who is the CEO of AWS?", GARMAN, ("en", text)).conflicts


def test_the_vice_president_is_another() -> None:
    assert not compared(
        "Who is the president of Novalux?",
        ("en", "The president of Novalux, Ingrid Solheim, spoke."),
        ("en", "The vice president of Novalux, Peter Hahn, spoke."),
        ("es", "El vicepresidente de Novalux, Tomás Rey, habló."),
        ("es", "El expresidente de Novalux, Juan Rey, habló."),
    ).conflicts


def test_two_who_share_a_first_name_are_two() -> None:
    assert compared(
        "Who is the mayor of Arvika?",
        ("en", "Peter Holm is the mayor of Arvika."),
        ("it", "Peter Hahn è il sindaco di Arvika."),
    ).conflicts


@pytest.mark.parametrize(
    "question", ["What did the CEO of AWS announce?", "When did the CEO of AWS speak?"]
)
def test_holders_are_looked_for_only_where_the_question_asks_who(question: str) -> None:
    other = ("es", "Adam Selipsky es el director ejecutivo de AWS.")
    assert not compared(question, GARMAN, other).conflicts
