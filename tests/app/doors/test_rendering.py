"""An answer as lines for a terminal."""

import dataclasses

from app.answer import Piece
from app.assistant import Assistant
from app.doors.rendering import to_lines
from tests.app.test_answer import ASKED
from tests.files import HARBOUR


def test_lines_name_the_place_that_each_mark_cites(assistant: Assistant) -> None:
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
