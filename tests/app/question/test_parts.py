"""Two questions in one are told from one that has a comma or an "and" in it."""

import pytest

from app.question.parts import parts


@pytest.mark.parametrize(
    ("question", "language", "asked"),
    [
        ("What is it and who made it?", "en", ["What is it", "who made it?"]),
        ("How much is it, and until when?", "en", ["How much is it", "until when?"]),
        ("Quanto costa e chi lo fa?", "it", ["Quanto costa", "chi lo fa?"]),
        ("¿Cuánto vale y dónde está?", "es", ["¿Cuánto vale", "dónde está?"]),
        ("¿Cuánto vale? ¿Dónde está?", "es", ["¿Cuánto vale?", "¿Dónde está?"]),
        ("锅炉多少钱，是谁做的？", "zh", ["锅炉多少钱", "是谁做的？"]),
        ("远程办公一周几天？试用期可以吗", "zh", ["远程办公一周几天？", "试用期可以吗"]),
        ("What is it? and who made it", "en", ["What is it?", "and who made it"]),
        ("What is it? Is it red?", "en", ["What is it?", "Is it red?"]),
        ("I am new. What is it? Who made it?", "en", ["I am new. What is it?", "Who made it?"]),
    ],
)
def test_two_questions_are_taken_apart(question: str, language: str, asked: list[str]) -> None:
    assert parts(question, language) == asked


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("What is it? I am new.", "en"),
        ("What do bread and butter cost?", "en"),
        ("If it rains, where do we go?", "en"),
        ("Compare line 10 and line 11", "en"),
        ("Qual è la differenza tra pane e burro?", "it"),
        ("Se piove, dove si va?", "it"),
        ("晚上一躺下就反酸，床头该垫多高？", "zh"),
        ("What? Who? How? Where?", "en"),
        ("When and where is the lesson?", "en"),
        ("On which day, where and with whom is the lesson?", "en"),
        ("Dove e quando si tiene il corso?", "it"),
        ("¿Cuándo, dónde y con quién es la clase?", "es"),
        ("Was kostet es und wer macht es?", "de"),
        ("", "xx"),
    ],
)
def test_one_question_stays_whole(question: str, language: str) -> None:
    assert parts(question, language) == [question]
