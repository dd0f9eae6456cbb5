"""A header states its article's title, language, date and address, or is named as broken."""

from dataclasses import replace

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


@pytest.mark.parametrize(
    "between",
    [
        "\nNotice: no ferry sails from 3 to 12 May.\n",
        "\ntitle: A\n",
        "Notice: no ferry sails from 3 to 12 May.",
        "Mayor: We shall build it in 2028.\nGuild: Then we shall pay a third of it.",
        "Author: I wrote it in 1987, at sea.\nReader: So it is old.",
        "anna: we shall build it in 2028.\nbo: then we shall pay.",
        "# A heading",
        "- one\n- title: two",
        "just words",
        "[]",
        "[" * 5000,
        "Mayor: A: B",
    ],
)
@pytest.mark.parametrize("rule", ["---", "---  "])
def test_what_stands_between_two_rules_is_text(between: str, rule: str) -> None:
    assert read_header(f"{rule}\n{between}\n---\n{TEXT}") == Header()


def test_an_unclosed_rule_is_no_header() -> None:
    assert read_header("---\nNotice: no ferry sails.\n\nMore.\n") == Header()


@pytest.mark.parametrize(
    "fields",
    [
        "layout: post",
        "tags: [a, b]\nTitle: A",
        "Title: A\nAuthor: Ada Berg",
        "status: open\nvessel: Havn",
        "summary: The harbour closed in 1987.\nvessel: Havn",
    ],
)
def test_a_header_may_have_other_fields(fields: str) -> None:
    text = f"---\n{fields}\n---\n{TEXT}"
    assert text[read_header(text).end :] == TEXT


def test_a_header_in_toml_is_read() -> None:
    text = (
        '+++\ntitle = "A: B"\ndate = 2026-10-14T23:30:00-05:00\nlang = "de-AT"\n'
        f'authors = ["Ada Berg", "Bo"]\nurl = "/a"\n[params]\nx = 1\n+++\n{TEXT}'
    )
    assert read_header(text) == Header(
        title="A: B",
        language="de",
        published="2026-10-14",
        author="Ada Berg, Bo",
        end=text.index(TEXT),
    )
    broken = read_header(f"+++\ntitle = A\n+++\n{TEXT}")
    assert broken.problem == "header is not valid TOML at line 2"
    assert broken.end
    assert read_header(f"+++\nPlus and plus.\n+++\n{TEXT}") == Header()


@pytest.mark.parametrize(
    ("fields", "header"),
    [
        ("lang: en-GB", Header(language="en")),
        ("locale: pt_BR", Header(language="pt")),
        ("date: 2026-11-20 09:00:00 +0200", Header(published="2026-11-20")),
        ("date: 2026-11-20T23:30:00-05:00", Header(published="2026-11-20")),
        ("date: 20 November 2026", Header(published="2026-11-20")),
        ("Date: November 20th, 2026", Header(published="2026-11-20")),
        ("date: 20. März 2026", Header(published="2026-03-20")),
        ("lang: es\npubDate: 3 de mayo de 2026", Header(language="es", published="2026-05-03")),
        ("lang: hr\ndate: 20. listopada 2026", Header(language="hr", published="2026-10-20")),
        ("date: 2026年11月20日", Header(published="2026-11-20")),
        ("date: 3.4.2026", Header(published="2026-04-03")),
        ("date: 20/11/2026", Header(published="2026-11-20")),
        ("published:\ndate: 2026-11-20", Header(published="2026-11-20")),
        ("author:\n  - Maud\n  - Bo Ek", Header(author="Maud, Bo Ek")),
        ("authors: [{name: Maud, affiliation: Guild}]", Header(author="Maud")),
        ("author: {name: Maud}", Header(author="Maud")),
        ("title: A\nsource: https://example.org/a", Header(title="A", url="https://example.org/a")),
        ("title: 1984", Header(title="1984")),
    ],
)  # fmt: skip
def test_fields_may_be_written_as_other_programs_do(fields: str, header: Header) -> None:
    text = f"---\n{fields}\n---\n{TEXT}"
    assert read_header(text) == replace(header, end=text.index(TEXT))


def test_a_header_may_end_as_a_yaml_document() -> None:
    text = f"---\ntitle: A\n...\n{TEXT}"
    assert read_header(text) == Header(title="A", end=text.index(TEXT))


@pytest.mark.parametrize("start", ["---\n---\n", "\ufeff---\n---\n", "---  \n--- \n", "+++\n+++\n"])
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
        ("title: " + "[" * 5000, "header is not valid YAML"),
        ("title: [A, B]", "title is not a line of text"),
        ("language: English", "language 'English' is not a two-letter code such as en"),
        ("published: 2025-13-45", "published '2025-13-45' is not a date such as 2025-12-03"),
        ("published: yesterday", "published 'yesterday' is not a date such as 2025-12-03"),
        ("date: 3/4/2025", "date '3/4/2025' is not a date such as 2025-12-03"),
        ("lang: [en, de]", "lang is not a line of text"),
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
