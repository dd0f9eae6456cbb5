"""A question that leans on the conversation is made to stand alone, and no other is touched."""

import json
from pathlib import Path

import pytest

from app.question.cues import LANGUAGES, cues
from app.question.followup import stand_alone
from app.question.followup.defining import asks_what_a_name_is
from app.question.question import Turn
from tests.files import PROJECT

GOLD = PROJECT / "tests" / "quality" / "gold.jsonl"
REFUSED = "The articles do not say."
QUOTED = "The articles say:\n\n“Lo ha rivelato Matt Garman, CEO di AWS.” (in Italian) [1]"


def understood(question: str, *before: str) -> str:
    return stand_alone(question, [Turn(earlier, REFUSED) for earlier in before]).text


@pytest.mark.parametrize(
    ("before", "question", "expected"),
    [
        # A pronoun.
        ("What is Project Rainier?", "How many does it use?", "How many does Project Rainier use?"),
        ("¿De quién es Mellanox?", "¿En qué año la compró?", "¿En qué año la compró? (Mellanox)"),
        ("Chi ha fatto Claude?", "Quali aziende lo usano?", "Quali aziende lo usano? (Claude)"),
        ("Mellanox是谁的？", "它值多少钱？", "Mellanox值多少钱？"),
        # A subject that was dropped.
        ("Cos'è Project Rainier?", "E quanti chip usa?", "E quanti chip usa? (Project Rainier)"),
        ("¿Qué es Project Rainier?", "¿Dónde está?", "¿Dónde está? (Project Rainier)"),
        ("Trainium4支持什么？", "什么时候发布？", "Trainium4：什么时候发布？"),
        # A name that takes the place of another.
        ("How fast is Trainium3?", "And for Trainium2?", "How fast is Trainium2?"),
        ("Quanto consuma Trainium 3?", "E Trainium 2?", "Quanto consuma Trainium 2?"),
        ("¿Qué chip desarrolla Meta?", "¿y Google?", "¿Qué chip desarrolla Google?"),
        ("Trainium3有多快？", "那Trainium2呢？", "Trainium2有多快？"),
        ("Does Trainium3 beat Nvidia?", "And Trainium2?", "Does Trainium2 beat Nvidia?"),
        # A place beside a name, which it must not replace.
        ("A chi serve Trainium?", "E in Italia?", "A chi serve Trainium in Italia?"),
        # Something else about the same.
        ("How fast is Trainium3?", "And memory?", "And memory? (Trainium3)"),
        ("Trainium3有多快？", "那能效呢？", "Trainium3：能效呢？"),
        # A bare question word leans on the whole question.
        ("Is Mellanox part of Nvidia?", "Since when?", "Is Mellanox part of Nvidia? Since when?"),
        # Another language than before.
        ("Project Rainier是什么？", "E dove si trova?", "E dove si trova? (Project Rainier)"),
        ("¿Qué chip tiene Google?", "And Meta?", "¿Qué chip tiene Meta?"),
        # Nothing is named: the words of the question before must do.
        ("what is project rainier?", "Where is it?", "what is project rainier? Where is it?"),
    ],
)  # fmt: skip
def test_a_follow_up_gets_what_it_leans_on(before: str, question: str, expected: str) -> None:
    found = stand_alone(question, [Turn(before, REFUSED)])
    assert (found.text, found.is_changed) == (expected, True)


@pytest.mark.parametrize(
    "question",
    [
        "And what does CUDA stand for?",
        "What is inference?",
        "Does Amazon sell its chips?",
        "How long does it take to train Claude?",
        "What are people saying when it comes to chips?",
        "Who is Matt Garman?",
        "thank you",
        "Chi ha creato Claude?",
        "Quanto costa l'inferenza?",
        "Quali chip usano le aziende italiane?",
        "grazie",
        "¿Qué significa ASIC?",
        "¿Cuánto cuesta la memoria?",
        "¿Quién compró la empresa?",
        "谁创造了Claude？",
        "什么是推理？",
        "谢谢",
        "Was kostet das?",  # a language without cues
    ],
)
def test_a_new_topic_is_not_dragged_back(question: str) -> None:
    found = stand_alone(question, [Turn("What is Project Rainier?", REFUSED)])
    assert (found.text, found.is_changed) == (question, False)


def test_without_a_history_nothing_is_changed() -> None:
    assert not stand_alone("How many does it use?").is_changed
    assert not stand_alone("E quanti ne usa?", []).is_changed


def test_questions_that_stand_alone_are_left_alone() -> None:
    rows = [json.loads(line)["q"] for line in GOLD.read_text(encoding="utf-8").splitlines()]
    changed = [
        question
        for question, other in zip(rows, rows[1:] + rows[:1], strict=True)
        if stand_alone(question, [Turn(other, REFUSED)]).is_changed
    ]
    assert len(changed) <= 1


def test_a_chain_of_follow_ups_keeps_its_topic() -> None:
    chain = ["What is Trainium4?", "Which Nvidia technology will it support?"]
    assert understood("And when will it come out?", *chain) == "And when will Trainium4 come out?"


def test_the_latest_topic_is_meant() -> None:
    before = ["What is Project Rainier?", "Who created Claude?"]
    assert understood("And when was it released?", *before) == "And when was Claude released?"


def test_a_person_is_looked_for_in_the_answer() -> None:
    found = stand_alone("What did he say?", [Turn("Who runs AWS?", QUOTED)])
    assert found.text == "What did he say? (Matt Garman, AWS)"


def test_names_come_from_the_answer_where_the_question_has_none() -> None:
    history = [Turn("who runs the cloud division?", QUOTED)]
    assert stand_alone("Where is it?", history).text == "Where is it? (Matt Garman, AWS)"


@pytest.mark.parametrize(
    ("question", "language"),
    [("And Meta?", "en"), ("E Meta?", "it"), ("¿Y ChatGPT?", "es"), ("那Meta呢？", "zh")],
)
def test_the_language_of_a_short_follow_up_is_told(question: str, language: str) -> None:
    assert stand_alone(question, [Turn("Google?", REFUSED)]).language == language


@pytest.mark.parametrize("before", ["", "???", "🙂", "\ud800", "a" * 3000])
@pytest.mark.parametrize("question", ["it", "And?", "E", "呢", "它", "Why?", "🙂 it"])
def test_no_history_makes_it_fail(question: str, before: str) -> None:
    assert stand_alone(question, [Turn(before, before)] * 9).text.strip()


def test_cues_are_in_small_letters_and_of_the_shipped_languages() -> None:
    assert set(LANGUAGES) == {file.stem for file in Path(PROJECT, "app", "phrases").glob("*.json")}
    for language in LANGUAGES:
        known = cues(language).known
        assert known == {word.lower() for word in known}


@pytest.mark.parametrize(
    ("question", "is_it"),
    [
        ("Who exactly is Matt Garman?", True),
        ("Chi è Andy Jassy?", True),
        ("¿Qué es Annapurna Labs?", True),
        ("Matt Garman是谁？", True),
        ("Who is the CEO of AWS?", False),
        ("Who founded Anthropic?", False),
        ("Where is Anthropic?", False),
        ("谁创立了Anthropic？", False),
        ("What is it?", False),
    ],
)
def test_asking_what_a_name_is_is_told_from_asking_about_it(question: str, is_it: bool) -> None:
    assert asks_what_a_name_is(question) == is_it
