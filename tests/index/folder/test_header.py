"""A header states its article's title, language, date and address, or is named as broken."""

import pytest

from index.folder.header import Header, read_header

TEXT = "A whale was seen.\n"


def test_all_fields_are_read_and_the_body_follows() -> None:
    fields = "title: A quiet harbour\nlanguage: en\npublished: 2025-12-03\npublisher: The Gazette"
    text = f"---\n{fields}\nauthor: Ada Berg\nurl: https://example.org/a\n---\n{TEXT}"
    header = read_header(text)
    assert header == Header(
        title="A quiet harbour",
        language="en",
        published="2025-12-03",
        publisher="The Gazette",
        author="Ada Berg",
        url="https://example.org/a",
        end=text.index(TEXT),
    )


@pytest.mark.parametrize("text", [TEXT, "", "# A heading\n\n---\n", f"---\n\n{TEXT}"])
def test_a_text_without_a_header_has_none(text: str) -> None:
    assert read_header(text) == Header()


@pytest.mark.parametrize("start", ["---\n---\n", "\ufeff---\n---\n", "---  \n# a comment\n--- \n"])
def test_an_empty_header_ends_where_the_body_begins(start: str) -> None:
    assert read_header(f"{start}{TEXT}") == Header(end=len(start))


def test_a_line_of_dashes_far_below_is_not_the_end_of_a_header() -> None:
    header = read_header(f"---\ntitle: A\n\n{'A whale was seen. ' * 1000}\n---\n")
    assert header == Header(problem="header has no closing ---")


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ("title: A: B", "header is not valid YAML at line 2"),
        ("title: A\nlanguage: [", "header is not valid YAML at line 4"),
        ("title: A\n\tlanguage: en", "header is not valid YAML at line 3"),
        ("[" * 5000, "header is not valid YAML"),
        ("just words", "header has no 'key: value' lines"),
        ("[]", "header has no 'key: value' lines"),
        ("- title: A", "header has no 'key: value' lines"),
        ("title: [A, B]", "title is not a line of text"),
        ("language: English", "language 'English' is not a two-letter code such as en"),
        ("published: 2025-13-45", "published '2025-13-45' is not a date such as 2025-12-03"),
        ("published: yesterday", "published 'yesterday' is not a date such as 2025-12-03"),
        ("url: javascript:alert(1)", "url 'javascript:alert(1)' does not begin with https://"),
    ],
)
def test_a_broken_header_is_named_and_skipped(fields: str, problem: str) -> None:
    text = f"---\n{fields}\n---\n{TEXT}"
    header = read_header(text)
    line = header.problem or ""
    assert "\n" not in line
    assert line.startswith("header")
    assert problem in line
    assert text[header.end :] == TEXT


def test_the_other_fields_of_a_broken_header_are_read() -> None:
    header = read_header(f"---\ntitle: A\nlanguage: English\nurl: ftp://a\n---\n{TEXT}")
    assert (header.title, header.language, header.url) == ("A", None, None)
    assert "language 'English'" in (header.problem or "")
    assert "url 'ftp://a'" in (header.problem or "")
