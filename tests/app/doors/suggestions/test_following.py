"""Questions to ask next follow from an answer, and lead to something new."""

from dataclasses import replace
from pathlib import Path

import pytest

from app.answer import Answer
from app.assistant import Assistant
from app.doors.suggestions.following import suggest
from index.search import EVERYTHING, Scope
from tests.app.test_assistant import ASKED
from tests.files import write

SUMMARY = "Summarise the article “The quay”"
LONG, KEPT = "How long is the quay of Lovund?", "Who keeps the quay of Lovund?"
QUAY = f"""\
---
title: The quay
language: en
---
# The quay

## {LONG}

The quay of Lovund is 90 metres long.

## {KEPT}

Ottesen keeps the quay of Lovund.

## What does the quay cost?

| Nobody | knows |
|--------|-------|
| of     | that  |
"""
FAIR = """\
---
title: The fair
language: en
---
The fair of Molde is held in June. What is known about Karen Zaphod is that she runs it.
Senja is small. It is known that Senja is about the best fair. We saw Zaphod there, and Ruth Molina.
"""


@pytest.fixture(autouse=True)
def articles(corpus: Path) -> None:
    write(corpus, "quay.md", QUAY)
    write(corpus, "fair.md", FAIR)


def suggestions(
    assistant: Assistant, *questions: str, scope: Scope = EVERYTHING
) -> tuple[Answer, list[str]]:
    """Return the answer to the last question of a conversation, and what is suggested after it."""
    answers = [assistant.ask(question, scope=scope) for question in questions]
    return answers[-1], suggest(assistant, answers[-1], scope, answers[:-1])


def test_the_last_question_asks_for_a_summary_of_the_best_article(assistant: Assistant) -> None:
    *_, last = suggestions(assistant, ASKED)[1]
    assert last == "Summarise the article “A quiet harbour”"
    assert assistant.ask(last).answered


def test_what_the_article_asks_next_is_offered_if_it_is_answered(assistant: Assistant) -> None:
    assert suggestions(assistant, LONG)[1] == [KEPT, SUMMARY]


def test_what_was_asked_or_told_before_is_not_offered_again(assistant: Assistant) -> None:
    assert suggestions(assistant, KEPT, LONG)[1] == [SUMMARY]
    assert suggestions(assistant, "so who keeps the quay of Lovund", LONG)[1] == [SUMMARY]
    told = suggestions(assistant, "Ottesen keeps what quay of Lovund?", LONG)[1]
    assert told == [SUMMARY]
    assert SUMMARY not in suggestions(assistant, SUMMARY, LONG)[1]


@pytest.mark.parametrize("asked", [KEPT, "So who keeps the quay of Lovund?"])
def test_a_question_that_was_asked_is_not_offered_even_if_nothing_was_shown(
    assistant: Assistant, asked: str
) -> None:
    answer = replace(assistant.ask(LONG), question=asked, pieces=())
    offered = suggest(assistant, answer, EVERYTHING)
    assert LONG in offered
    assert KEPT not in offered


def test_a_name_is_offered_if_the_evidence_has_it(assistant: Assistant) -> None:
    answer, offered = suggestions(assistant, "When is the fair of Molde held?")
    assert answer.citations[0].quote == "The fair of Molde is held in June."
    assert offered == [
        "What is known about Karen Zaphod?",
        "Summarise the article “The fair”",
    ]


def test_a_name_in_the_question_is_not_offered(assistant: Assistant) -> None:
    offered = suggestions(assistant, "Is the fair of Molde held by KAREN ZAPHOD in June?")[1]
    assert not any("Zaphod" in question for question in offered)


def test_a_section_is_offered_if_it_answers(assistant: Assistant, corpus: Path) -> None:
    text = "# Mills\n\n## Wheels\n\nWhat is said about wheels in mills: much. They turn.\n"
    write(corpus, "mills.md", f"---\nlanguage: en\n---\n{text}\n## Sails\n\nOne sail turns west.\n")
    assert suggestions(assistant, "One sail turns where?")[1] == [
        "What is said about “Wheels” in “Mills”?",
        "Summarise the article “Mills”",
    ]


def test_suggestions_after_a_refusal_are_from_what_came_nearest(assistant: Assistant) -> None:
    answer, offered = suggestions(assistant, "Was the quay painted red by monks or by nuns?")
    assert not answer.answered
    assert offered == [KEPT, SUMMARY]  # as one reads on from there


def test_suggestions_keep_to_the_scope_of_the_question(assistant: Assistant) -> None:
    offered = suggestions(assistant, LONG, scope=Scope.of(None, ["fair.md"]))[1]
    assert offered
    assert not any("quay" in question for question in offered)


def test_an_article_that_was_removed_is_not_offered(assistant: Assistant, corpus: Path) -> None:
    answer = assistant.ask(LONG)
    (corpus / "quay.md").unlink()
    assistant.library.sync()
    assert suggest(assistant, answer, EVERYTHING) == []


def test_what_leans_on_a_conversation_is_not_offered_in_one(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = assistant.ask(LONG)
    monkeypatch.setattr("app.question.heads.QuestionHeads.leans", lambda _, text: "keeps" in text)
    assert suggest(assistant, answer, EVERYTHING) == [SUMMARY]
