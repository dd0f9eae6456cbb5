"""An answer as JSON and as lines: everything in it, under the names that are promised."""

import dataclasses
import json
from typing import Any

from app.answer import Piece
from app.assistant import Assistant
from app.doors.rendering import to_lines
from tests.files import HARBOUR

ASKED = "A keeper named Ottesen looks after what?"
KEYS = {
    "": ["question", "text", "answered", "language", "model", "probability", "reason", "citations",
         "evidence", "passages", "agreements", "conflicts", "statements", "pieces",
         "understood", "notices", "seconds"],
    "citations": ["number", "source", "title", "language", "url", "published", "encoding", "start",
                  "end", "line_start", "line_end", "page", "paragraph", "quote", "copies"],
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


def test_lines_say_where_each_mark_leads(assistant: Assistant) -> None:
    lines = to_lines(assistant.ask(ASKED)).splitlines()
    line = next(line for line in lines if line.startswith("[1]"))
    assert line == (
        "[1] harbour.md:15  A quiet harbour (en, 2025-12-03, https://example.org/harbour)"
    )
    source, _, number = line.split()[1].partition(":")
    assert source == "harbour.md"
    assert "Ottesen" in HARBOUR.splitlines()[int(number) - 1]


def test_lines_hold_no_terminal_codes(assistant: Assistant) -> None:
    answer = assistant.ask("xyzzy")
    spoilt = dataclasses.replace(answer, pieces=(Piece("\x1b]0;renamed\x07 a\nb"),))
    assert to_lines(spoilt) == " ]0;renamed  a\nb"


def test_lines_of_a_refusal_are_only_its_text(assistant: Assistant) -> None:
    answer = assistant.ask("xyzzy")
    assert to_lines(answer) == answer.text
