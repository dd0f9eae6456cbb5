"""A sentence that has nothing but the question in it is told from one that answers."""

import pytest

from app.question.question import Question
from app.writing.model.repeating import only_repeats

TALL = Question("How tall is the lighthouse of Skagen?", "en", answer_type="number")
MANY = Question("¿Cuántos chips usa el proyecto?", "es", answer_type="number")
WHO = Question("谁创造了Claude？", "zh", answer_type="name")
FOLLOWING = Question("How tall is it?", "en", earlier=("What is the lighthouse of Skagen?",))
IS_IT = Question("Ottesen è il guardiano del faro?", "it", answer_type="yesno")
WHICH = Question("Which is taller, the lighthouse or the church?", "en", answer_type="compare")
UNKNOWN = Question("How tall is the lighthouse?", "en")


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        (TALL, "How tall is the lighthouse of Skagen?"),
        (TALL, "**How tall is the lighthouse of Skagen?**"),
        (TALL, "The question is: how tall is the lighthouse of Skagen?"),
        (TALL, "How tall is the lighthouse?"),
        (TALL, "The lighthouse of Skagen is tall."),
        (TALL, "How tall is the lighthouse of Skagen."),
        (MANY, "¿Cuántos chips usa el proyecto?"),
        (MANY, "El proyecto usa chips."),
        (WHO, "谁创造了Claude？"),
        (WHO, "创造了Claude。"),
        (FOLLOWING, "What is the lighthouse of Skagen?"),
        (IS_IT, "Ottesen è il guardiano del faro?"),
        (UNKNOWN, "How tall is the lighthouse?"),
    ],
)
def test_the_question_again_is_a_repetition(question: Question, sentence: str) -> None:
    assert only_repeats(sentence, question)


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        (TALL, "The lighthouse of Skagen is 46 metres tall."),
        (TALL, "46 metres."),
        (TALL, "The lighthouse of Skagen is tall and white."),
        (TALL, "Why is it so tall?"),
        (MANY, "El proyecto usa 500 chips."),
        (WHO, "Anthropic创造了Claude。"),
        (IS_IT, "Ottesen è il guardiano del faro."),
        (WHICH, "The lighthouse is taller."),
        (WHICH, "The church."),
        (UNKNOWN, "The lighthouse is tall."),
    ],
)
def test_what_says_more_or_may_answer_is_none(question: Question, sentence: str) -> None:
    assert not only_repeats(sentence, question)
