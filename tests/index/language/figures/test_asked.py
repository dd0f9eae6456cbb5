"""What type of answer, and what figure, a question expects."""

import pytest

from index.language.figures import answer_type, figure_asked_for


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Who built it?", "other"),
        ("在哪里？", "other"),
        ("Trainium3在哪一年发布？", "date"),
        ("How long does it take?", "duration"),
        ("这座桥用了几年建成？", "duration"),
        ("When did it open?", "date"),
        ("Since when does it run?", "date"),
        ("Quando ha aperto?", "date"),
        ("Da quando è in funzione?", "date"),
        ("¿Desde cuándo funciona?", "date"),
        ("Che cosa fanno i pescatori quando piove?", None),
        ("When the wind blows, what do the boats do?", None),
        ("Quando soffia il vento, che cosa fanno le barche?", None),
        ("what do people say when it comes to boats", None),
        ("How many boats are there?", "amount"),
        ("Quanta memoria ha?", "amount"),
        ("¿Cuántos barcos hay?", "amount"),
        ("Trainium3是几纳米的芯片？", "amount"),
        ("几内亚的首都是什么？", None),
        ("Per quanto riguarda il chip, che cosa dice?", None),
        ("What is it made of?", None),
    ],
)
def test_the_type_of_answer_is_told_from_the_question(question: str, expected: str | None) -> None:
    assert answer_type(question) == expected


@pytest.mark.parametrize(
    ("question", "kinds", "thing"),
    [
        ("Quanti gigabyte di memoria ha?", {"memory"}, ""),
        ("¿De cuántos nanómetros es?", {"length"}, ""),
        ("功耗是多少千瓦？", {"power"}, ""),
        ("How many employees does it have?", {"count"}, "employee"),
        ("一个应用最多可以动用多少颗芯片？", {"count"}, "chip"),
        ("How many boats once sailed out West?", {"count"}, ""),
        ("Quanto costa un'ora?", {"money"}, ""),
        ("What does an hour of it cost?", {"money"}, ""),
        ("¿Cuánto pagó Nvidia por Mellanox?", {"money"}, ""),
        ("建这座桥花了多少钱？", {"money"}, ""),
        ("Che latenza c'è tra due chip?", {"duration"}, ""),
        ("¿Qué porcentaje se ahorra?", {"percent"}, ""),
        ("How much faster is it?", set(), ""),
        ("¿Cuánto pesa OpenAI, de momento, en lo que gana Amazon?", set(), ""),
        ("How many TPUs does it use?", {"count"}, "tpu"),
        ("有几位王子参加了元帝的宴会？", {"count"}, ""),
    ],
)
def test_the_kind_of_figure_is_told_by_the_words_around_it(
    question: str, kinds: set[str], thing: str
) -> None:
    asked = figure_asked_for(question)
    assert asked is not None
    assert (set(asked.kinds), asked.thing) == (kinds, thing)


@pytest.mark.parametrize(
    "question",
    [
        "¿Qué equipo ganó la Super Bowl 50?",
        "¿Qué empresa manufactura el chip?",
        "¿Qué propaganda usó el partido?",
        "¿Cuál es la gastronomía típica?",
        "Quale azienda ha costruito il ponte?",
        "Quale lingua si parla più spesso?",
        "Quale strumento è più utile?",
        "Quali pagine cita?",
        "What was he charged with?",
        "What did the team earn a reputation for?",
        "What drives the cost of training?",
        "Who paid for the bridge?",
    ],
)
def test_a_question_that_needs_no_figure_asks_for_none(question: str) -> None:
    assert figure_asked_for(question) is None


def test_a_garden_costs_nothing() -> None:
    asked = figure_asked_for("荷兰的花园里有多少棵树？")
    assert asked is not None
    assert "money" not in asked.kinds
