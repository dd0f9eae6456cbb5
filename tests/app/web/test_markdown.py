"""What articles hold is shown, never obeyed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from app.answer import Citation, Piece
from app.web.markdown import escape, to_markdown

_WORDS = st.text(st.sampled_from("ab1 .*_`#>-+[]()<>!&|~\\:/@$\n="), max_size=40)


def _shown(markdown: str) -> tuple[str, set[str]]:
    """Return the text that a reader sees, and the kinds of markup around it."""
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(markdown)
    inline = [child for token in tokens for child in token.children or []]
    text = "".join(" " if child.type == "softbreak" else child.content for child in inline)
    return text, {token.tag for token in [*tokens, *inline] if token.tag} - {"p", "br"}


@given(_WORDS)
def test_escaped_text_is_shown_as_it_is_and_makes_no_markup(text: str) -> None:
    line = " ".join(text.split())
    shown, tags = _shown(escape(line))
    assert shown == line
    assert tags == set()


@pytest.mark.parametrize("text", ["www.example.org", "https://example.org", "a@example.org"])
def test_addresses_do_not_become_links(text: str) -> None:
    # GitHub's Markdown, which the page speaks, links these without any markup.
    assert text not in escape(text)


def test_a_mark_becomes_a_link_that_carries_the_quotation() -> None:
    citation = Citation(
        number=1,
        source="a (b).md",
        title="t",
        language="en",
        url=None,
        published=None,
        encoding="utf-8",
        start=3,
        end=8,
        line_start=1,
        line_end=1,
        quote="a) [b",
    )
    markdown = to_markdown([Piece("*x* "), Piece("[1]", citation)])
    assert markdown == r"\*x\* [\[1\]](#cite?source=a+%28b%29.md&start=3&quote=a%29+%5Bb)"
