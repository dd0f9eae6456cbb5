"""An answer as JSON: everything is in it, under the promised names, and it comes back whole."""

import dataclasses
import json
from typing import Any

import pytest

from app.answer import (
    Agreement,
    Answer,
    Conflict,
    ConflictingValue,
    Piece,
    Statement,
)
from app.assistant import Assistant
from index.search import Passage
from tests.files import HARBOUR

ASKED = "A keeper named Ottesen looks after what?"
KEYS = {
    "": ["question", "text", "answered", "language", "model", "probability", "reason", "citations",
         "evidence", "passages", "agreements", "conflicts", "statements", "pieces",
         "understood", "notices", "seconds"],
    "citations": ["number", "source", "title", "language", "url", "published", "encoding", "start",
                  "end", "line_start", "line_end", "page", "paragraph", "place",
                  "quote", "context",
                  "copies"],
    "evidence": ["source", "start", "end", "text", "score"],
    "passages": ["source", "start", "end", "text", "score", "copies"],
}  # fmt: skip


def assert_documented(rendered: dict[str, Any]) -> None:
    """Assert that an object has exactly the keys that are promised, in their order."""
    assert list(rendered) == KEYS[""]
    for name in ("citations", "evidence", "passages"):
        assert all(list(item) == KEYS[name] for item in rendered[name])
    assert "".join(piece["text"] for piece in rendered["pieces"]) == rendered["text"]
    assert all(list(piece) == ["text", "citation", "warning"] for piece in rendered["pieces"])
    assert list(rendered["seconds"]) == ["find", "read", "total"]


def test_json_has_exactly_the_documented_keys(assistant: Assistant) -> None:
    rendered = assistant.ask(ASKED).to_json()
    assert rendered["citations"] and rendered["evidence"] and rendered["passages"]
    assert_documented(rendered)
    assert json.loads(json.dumps(rendered)) == rendered


def test_a_refusal_has_the_same_keys(assistant: Assistant) -> None:
    rendered = assistant.ask("xyzzy").to_json()
    assert_documented(rendered)
    assert (rendered["answered"], rendered["citations"]) == (False, [])
    assert (rendered["reason"], rendered["model"]) == ("weak evidence", None)


def test_what_json_says_of_a_span_holds(assistant: Assistant) -> None:
    rendered = assistant.ask(ASKED).to_json()
    for span in [*rendered["evidence"], *rendered["passages"]]:
        if span["source"] == "harbour.md":
            assert HARBOUR[span["start"] : span["end"]] == span["text"]


def spans(passage: Passage) -> tuple[str, int, int]:
    return passage.chunk.source, passage.chunk.start, passage.chunk.end


@pytest.mark.parametrize("question", [ASKED, "xyzzy", "hello", "Summarise the harbour article"])
def test_json_comes_back_as_the_same_answer(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    again = Answer.from_json(json.loads(json.dumps(answer.to_json())))
    assert again.to_json() == answer.to_json()
    assert again.citations == answer.citations
    assert [spans(p) for p in again.passages] == [spans(p) for p in answer.passages]
    assert [e.source for e in again.evidence] == [e.source for e in answer.evidence]


def test_what_a_model_and_several_sources_add_comes_back_too(assistant: Assistant) -> None:
    answer = assistant.ask(ASKED)
    (citation, *_) = answer.citations
    full = dataclasses.replace(
        answer,
        understood="What does Ottesen look after?",
        pieces=(*answer.pieces, Piece(" (not found)", is_warning=True)),
        model="openai:x",
        agreements=(Agreement("alike", (1, 2)),),
        conflicts=(Conflict("height", (ConflictingValue("46 m", (1,)),)),),
        statements=(Statement(0, 4, True, (citation.number,)),),
        notices=("a notice",),
    )
    again = Answer.from_json(json.loads(json.dumps(full.to_json())))
    assert again.to_json() == full.to_json()
    assert (again.agreements, again.conflicts) == (full.agreements, full.conflicts)
    assert (again.statements, again.pieces) == (full.statements, full.pieces)


@pytest.mark.parametrize("data", [{}, {"text": "She."}])
def test_what_is_no_answer_is_not_read_as_one(data: dict[str, Any]) -> None:
    with pytest.raises(LookupError):
        Answer.from_json(data)
