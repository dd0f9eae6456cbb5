"""Comments of a Markdown file are in no block, no chunk and no title."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.chunking import split
from index.comments import comments, without
from index.structure import blocks
from tests.files import article_of


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("A.\n\n<!-- TODO: 12 -->\n\nB.", ["<!-- TODO: 12 -->"]),
        ("A <!-- x --> B", ["<!-- x -->"]),
        ("<!--\nA\n\n# B\n-->\nC", ["<!--\nA\n\n# B\n-->"]),
        ("A %%x y%% B", ["%%x y%%"]),
        ("%%\nA\n\nB\n%%\nC", ["%%\nA\n\nB\n%%"]),
        ("[//]: # (A)\n[x]: <> (B)\n[b]: http://c.d 'e'", ["[//]: # (A)", "[x]: <> (B)"]),
        ("`<!-- x -->` is a comment", []),
        ("```html\n<!-- x -->\n```\n<!-- y -->", ["<!-- y -->"]),
        ("~~~~\n<!-- x -->\n~~~\n%%\ny\n%%\n~~~~", []),
        ("```\nnot closed\n<!-- x -->", []),
        ("A <!-- not closed\n\nB <!-- nor", []),
        ("A <!-- x -->\n`<!--` and <!-- y -->", ["<!-- x -->", "<!-- y -->"]),
        ("<!-- `x -->\n```\n# y\n```", ["<!-- `x -->"]),
        ("<!--\n```\n-->\n<!-- y -->", ["<!--\n```\n-->", "<!-- y -->"]),
        ("It is 100%% sure, 50%% of it", []),
        ("Print %%d and\n\nmore %%s", []),
    ],
)  # fmt: skip
def test_comments(text: str, hidden: list[str]) -> None:
    assert [text[slice(*span)] for span in comments(text)] == hidden


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("One <!-- x --> two.", ["One", "two."]),
        ("One <!-- x -->\ntwo.", ["One", "two."]),
        ("One\n<!-- x -->two.", ["One", "two."]),
        ("One.\n\n<!-- x -->\n\nTwo.", ["One.", "Two."]),
        ("- <!-- x --> One\n- two <!-- y -->", ["One", "two"]),
        ("# One <!-- x -->\n\nTwo", ["# One", "Two"]),
        ("| a |\n|---|\n| 1 | <!-- x -->\n| 2 |", ["| a |", "| 1 |", "| 2 |"]),
    ],
)
def test_no_block_has_the_words_of_a_comment(text: str, seen: list[str]) -> None:
    found = blocks(text, 0, comments(text))
    assert [text[slice(*block.span)] for block in found] == seen


_PIECES = st.one_of(
    st.sampled_from(["<!-- SECRET -->", "%%SECRET%%", "[//]: # (SECRET)", "<!--\nSECRET\n-->"]),
    st.sampled_from(["A sentence. Another!", "word " * 80, "# Heading\n", "- item ", "`code`"]),
    st.sampled_from(["\n", "\n\n", " ", "```\ncode\n```\n"]),
)


@given(st.lists(_PIECES, max_size=20).map("".join))
def test_no_chunk_has_the_words_of_a_comment(text: str) -> None:
    article = article_of("a.md", f"Begin.\n\n{text}".encode())
    hidden = comments(article.text)
    bare = without(article.text, hidden)
    assert len(bare) == len(article.text)
    for chunk in split(article):
        seen = bare[chunk.start : chunk.end]
        # Within a heading or a row a comment stays.
        assert chunk.text.count("SECRET") == seen.count("SECRET") or any(
            line.lstrip().startswith("#") for line in chunk.text.splitlines()
        )


def test_a_comment_in_a_text_that_is_no_markdown_is_text() -> None:
    (chunk,) = split(article_of("a.txt", b"One <!-- x --> two."))
    assert chunk.text == "One <!-- x --> two."
