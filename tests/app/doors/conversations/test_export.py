"""Conversations as Markdown, and good answers as questions with a known outcome."""

import dataclasses
import json
from typing import Any

import pytest

from app.answer import Answer, Citation, Piece
from app.doors.conversations.conversations import Conversation, KeptAnswer, KeptTurn, Rating
from app.doors.conversations.export import to_markdown, to_questions
from index.search import Scope

CITATION = Citation(
    number=1,
    source="harbour.md",
    title="A quiet harbour",
    language="en",
    url="https://example.org/harbour",
    published=None,
    encoding="utf-8",
    start=10,
    end=48,
    line_start=15,
    line_end=15,
    quote="A keeper named Ottesen looks after it.",
)
ANSWER = Answer(
    question="Who looks\nafter it?",
    pieces=(Piece(f"{CITATION.quote} "), Piece("[1]", CITATION)),
    answered=True,
    language="en",
    probability=1.0,
    reason=None,
    evidence=(),
    passages=(),
    notices=("One article could not be read.",),
)
REFUSAL = dataclasses.replace(
    ANSWER, pieces=(Piece("The articles do not say."),), answered=False, notices=()
)


def turn(
    answer: Answer | None,
    rating: Rating | None = "good",
    *,
    comment: str = "",
    scope: Scope | None = None,
) -> KeptTurn:
    kept = None if answer is None else KeptAnswer(answer, scope or Scope())
    return KeptTurn("Who looks\nafter it?", kept, rating, comment)


def exported(kept: KeptTurn) -> list[dict[str, Any]]:
    return [json.loads(line) for line in to_questions([kept])]


def test_markdown_has_each_question_with_its_answer_and_sources() -> None:
    turns = (turn(ANSWER), turn(None), turn(REFUSAL))
    assert to_markdown(Conversation("id", "The keeper", "2025-12-03", turns)) == (
        "# The keeper\n\n"
        "## Who looks after it?\n\n"
        "A keeper named Ottesen looks after it. [1]\n\n"
        "> One article could not be read.\n\n"
        "- [1] A quiet harbour, harbour.md:15, <https://example.org/harbour>\n\n"
        "## Who looks after it?\n\n"
        "## Who looks after it?\n\n"
        "The articles do not say.\n"
    )


def test_a_good_answer_is_a_question_with_its_quotations_and_sources() -> None:
    assert exported(turn(ANSWER, comment="to the point")) == [
        {
            "q": "Who looks\nafter it?",
            "lang": "en",
            "any": [CITATION.quote],
            "src": ["harbour.md"],
            "comment": "to the point",
        }
    ]


def test_a_good_refusal_is_a_question_without_an_answer() -> None:
    assert exported(turn(REFUSAL)) == [
        {"q": "Who looks\nafter it?", "lang": "en", "none": True, "kind": "rated"}
    ]


def test_a_follow_up_is_exported_as_it_was_understood() -> None:
    answer = dataclasses.replace(ANSWER, understood="Who looks after the lighthouse?")
    assert [line["q"] for line in exported(turn(answer))] == ["Who looks after the lighthouse?"]


@pytest.mark.parametrize(
    "kept",
    [
        turn(ANSWER, "bad"),
        turn(ANSWER, None),
        turn(None),
        turn(REFUSAL, scope=Scope.of(["es"])),
        turn(dataclasses.replace(ANSWER, pieces=(Piece("There are three articles."),))),
        turn(dataclasses.replace(ANSWER, language="und")),
    ],
    ids=["bad", "not rated", "stopped", "refused by some articles", "no citation", "no language"],
)
def test_where_no_right_answer_is_known_nothing_is_exported(kept: KeptTurn) -> None:
    assert exported(kept) == []
