"""What can be asked, and what is said of what cannot."""

import pytest

from app.assistant import Assistant
from app.question.question import QuestionError, check_question

ASKED = "A keeper named Ottesen looks after what?"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Which chip is faster?", "en"),
        ("Quale chip è più veloce?", "it"),
        ("¿Qué chip es más rápido?", "es"),
        ("哪个芯片更快？", "zh"),
        ("1987?", "und"),
    ],
)
def test_a_question_has_a_language(text: str, language: str) -> None:
    question = check_question(f" {text}\n")
    assert (question.text, question.language) == (text, language)


@pytest.mark.parametrize(
    ("question", "problem"),
    [
        ("", "The question is empty; type one."),
        (" \n", "The question is empty; type one."),
        ("a" * 100_000, "The question has 100,000 characters and at most 2,000 are read;"),
        ("🚢⚓️🌊", "There is no word in the question '🚢⚓️🌊'; ask in words."),
        ("\ud800", "There is no word in the question '?'; ask in words."),
    ],
    ids=["empty", "white space", "too long", "only emoji", "lone surrogate"],
)
def test_what_is_no_question_costs_one_clear_line(
    assistant: Assistant, question: str, problem: str
) -> None:
    with pytest.raises(QuestionError) as raised:
        assistant.ask(question)
    assert str(raised.value).startswith(problem)
    assert "\n" not in str(raised.value)
    assert assistant.ask(ASKED).answered


def test_a_surrogate_beside_words_is_passed_over(assistant: Assistant) -> None:
    assert assistant.ask(f"{ASKED} \udfff").answered
