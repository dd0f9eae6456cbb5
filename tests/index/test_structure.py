"""A text's blocks are found at their exact places, and are known for what they are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.structure import asks, blocks

_LINES = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="`~"), max_size=20),
    st.sampled_from(
        ["# Heading", "Title\n===", "- item", "  - nested", "1. one", "1987. was good", "> quoted"]
    ),
    st.sampled_from(
        ["| a | b |", "|---|---|", "---", "", "    indented", "\t- tab", "<div>", "[a]: b"]
    ),
    st.sampled_from(
        [">" * 40 + " deep", "- " * 30 + "deep", "\u3000\u3000一。", "**Why?**", "It is:"]
    ),
)


@given(st.lists(_LINES, max_size=20).map("\n".join))
def test_blocks_are_bare_in_order_and_hold_every_letter(text: str) -> None:
    end = 0
    kept = ""
    for block in blocks(text):
        assert block.start >= end
        words = text[slice(*block.span)]
        assert words == words.strip() != ""
        assert block.whole is None or block.whole[0] <= block.start < block.end <= block.whole[1]
        assert block.lead is None or block.lead[1] <= block.start
        end = block.end
        kept += words
    assert [c for c in kept if c.isalpha()] == [c for c in text if c.isalpha()]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# Title\nText", [("heading", "# Title"), ("paragraph", "Text")]),
        ("Title\n===\nText", [("heading", "Title"), ("paragraph", "Text")]),
        ("## A # B ##\n\nText", [("heading", "## A # B ##"), ("paragraph", "Text")]),
        ("Title\n---\nText", [("heading", "Title"), ("paragraph", "Text")]),
        ("It was.\n---\nText", [("paragraph", "It was."), ("paragraph", "Text")]),
        ("A: we do\nB: so do we\n---", [("paragraph", "A: we do\nB: so do we")]),
        ("#hashtag", [("paragraph", "#hashtag")]),
        ("One\ntwo\n\nthree", [("paragraph", "One\ntwo"), ("paragraph", "three")]),
        ("- One\n  two\n- three", [("item", "One\n  two"), ("item", "three")]),
        ("1. One\n\n2. two", [("item", "One"), ("item", "two")]),
        ("> One\n> two", [("paragraph", "One\n> two")]),
        ("> - One", [("item", "One")]),
        ("• One\n▪\u3000two", [("item", "One"), ("item", "two")]),
        ("\u3000\u3000一\n\n\u3000\u3000二", [("paragraph", "一"), ("paragraph", "二")]),
        (
            "Run:\n\n    # as root\n    ls",
            [("paragraph", "Run:"), ("paragraph", "# as root\n    ls")],
        ),
        ("   # One", [("heading", "# One")]),
        ("    One\n\n    two", [("paragraph", "One"), ("paragraph", "two")]),
        ("-5 degrees", [("paragraph", "-5 degrees")]),
        ("1987. was good", [("item", "1987. was good")]),
        ("```py\nx = 1\n\ny = 2\n```", [("code", "x = 1\n\ny = 2")]),
        ("```\nnot closed", [("code", "not closed")]),
        ("| a | b |\n|---|---|\n| 1 | |", [("head", "| a | b |"), ("row", "| 1 | |")]),
        ("| a | b |", [("paragraph", "| a | b |")]),
        ("[a]: http://b.c 'd'", [("paragraph", "[a]: http://b.c 'd'")]),
        ("<p>One</p>", [("paragraph", "<p>One</p>")]),
        ("---\n\n***", [("paragraph", "---\n\n***")]),
        ("---\n\nOne", [("paragraph", "One")]),
        (" \n\t\n", []),
    ],
)
def test_blocks(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(block.kind, text[slice(*block.span)]) for block in blocks(text)] == expected


def test_offsets_count_in_the_whole_text() -> None:
    text = "---\ntitle: T\n---\n\n# Title\nText"
    (_, block) = blocks(text, 17)
    assert text[slice(*block.span)] == "Text"


TABLE = "| Code | Meaning |\n|---|---|\n| E1 | Empty |\n| E2 | Hot |"
LIST = "- Wipe it:\n  - after use;\n  - at night.\n- Empty it."


@pytest.mark.parametrize(
    ("text", "words", "lead"),
    [
        (TABLE, "| E2 | Hot |", "| Code | Meaning |"),
        (f"Take:\n\n{LIST}", "Empty it.", "Take:"),
        (f"**Take:**\n{LIST}", "Empty it.", "**Take:**"),
        (f"Take:\n{LIST}", "at night.", "Wipe it:"),
        (f"Nothing to do with it.\n\n{LIST}", "Empty it.", None),
        (f"{LIST}\n\n1. First", "First", None),
        ("**Is it safe?**\n\nIt is.", "It is.", "**Is it safe?**"),
        ("它安全吗？\n\n安全。", "安全。", "它安全吗？"),
        ("It is safe.\n\nIt is.", "It is.", None),
    ],
)
def test_what_a_block_is_read_below(text: str, words: str, lead: str | None) -> None:
    (block,) = (each for each in blocks(text) if text[slice(*each.span)] == words)
    assert (block.lead and text[slice(*block.lead)]) == lead


@pytest.mark.parametrize(
    ("text", "words", "whole"),
    [
        (f"A:\n\n{LIST}\n\nB.", "at night.", LIST),
        (f"{TABLE}\n\nB.", "| E1 | Empty |", TABLE),
        ("```sh\nls\n```", "ls", "ls"),
        ("One.", "One.", None),
    ],
)
def test_what_a_block_is_part_of(text: str, words: str, whole: str | None) -> None:
    (block,) = (each for each in blocks(text) if text[slice(*each.span)] == words)
    assert (block.whole and text[slice(*block.whole)]) == whole


@pytest.mark.parametrize(
    ("words", "is_question"),
    [
        ("Why?", True),
        ("**Why?**", True),
        ("“为什么？”", True),
        ("(Is it?)", True),
        ("It is.", False),
    ],
)
def test_a_question_is_known_by_its_mark(words: str, is_question: bool) -> None:
    assert asks(words) == is_question
