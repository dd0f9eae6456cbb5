"""A near miss asks about a name what its passage does not state."""

import random

from index.reader.training.near_misses import near_miss

HARBOUR = "The harbour of Skagen closed in 1987. Its keeper liked whales."


def asked(english: str, *names: str) -> set[str | None]:
    draw = random.Random(1)
    return {near_miss(english, names, draw) for _ in range(300)}


def test_it_asks_in_each_language_what_the_passage_does_not_state() -> None:
    questions = asked(HARBOUR, "Skagen")
    assert {
        "How many employees does Skagen have?",
        "Quanti dipendenti ha Skagen?",
        "¿Cuántos empleados tiene Skagen?",
        "Skagen有多少名员工？",
    } <= questions


def test_it_asks_nothing_that_the_passage_may_state() -> None:
    for english in ("They employ nine.", "Nine PEOPLE work there."):
        assert not any("employees" in (question or "") for question in asked(english, "Skagen"))


def test_it_asks_about_every_name() -> None:
    questions = asked(HARBOUR, "Skagen", "Ottesen")
    assert "How many employees does Skagen have?" in questions
    assert "How many employees does Ottesen have?" in questions


def test_there_is_none_without_a_name_or_a_topic() -> None:
    assert asked(HARBOUR) == {None}
    everything = "employ cost found chief headquarter weigh revenue customer wife watt patent rival"
    assert asked(everything, "Skagen") == {None}
