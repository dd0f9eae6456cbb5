"""The sections of an article, and what they ask."""

import pytest

from app.doors.suggestions.sections import Section, questions_about, questions_of, sections
from app.phrases import phrases
from index.chunking import split
from tests.files import article_of


def sections_in(text: str) -> list[Section]:
    return sections(split(article_of("a.md", text.encode())))


def test_a_section_has_the_text_below_its_heading() -> None:
    text = "# Boats\n\nAn opening.\n\n## Nets\n\nOf hemp.\n\n- One\n\n## Sails\n\nOf linen.\n"
    own = sections_in(text)
    assert [section.heading for section in own] == ["Nets", "Sails"]
    first, second = (text[section.place.start : section.place.end].strip() for section in own)
    assert (first, second) == ("Of hemp.\n\n- One", "Of linen.")


def test_a_heading_without_text_or_with_headings_below_it_is_no_section() -> None:
    text = "# Boats\n\n## Nets\n\n## Sails\n\nA word.\n\n### Linen\n\nIt is old.\n\n## Masts\n"
    assert [section.heading for section in sections_in(text)] == ["Linen"]


@pytest.mark.parametrize(
    ("heading", "question"),
    [
        ("## Is it deep?", "Is it deep?"),
        ("## 3. Is it deep? ##", "Is it deep?"),
        ("## 2.1 Is it **deep**?", "Is it deep?"),
        ("## Q: Does `ask` wait?", "Does ask wait?"),
        ("## 问：港口深吗？", "港口深吗？"),
        ("## 从4.6升级要注意什么？", "从4.6升级要注意什么？"),
        ("Is it deep?\n===", "Is it deep?"),
        ("**Is it deep?**", "Is it deep?"),
    ],
)
def test_a_heading_that_asks_is_a_question_as_it_is_read(heading: str, question: str) -> None:
    own = sections_in(f"{heading}\n\nTwelve metres.\n")
    assert [candidate.question for candidate in questions_of(own)] == [question]


@pytest.mark.parametrize(
    "text",
    [
        "## Before you come\n\n- Do you swim?\n- Do you row?\n",
        "The harbour is old. Is it deep? Nobody knows.\n\nBoats come.\n",
        "## [Is it deep?](https://example.org)\n\nTwelve metres.\n",
        "## Is it deep?\n",
    ],
    ids=["a list to tick", "within a paragraph", "a link", "without an answer"],
)
def test_what_has_no_answer_of_its_own_is_no_question(text: str) -> None:
    assert not list(questions_of(sections_in(text)))


def test_a_section_that_asks_nothing_is_asked_about_unless_it_is_the_whole_article() -> None:
    article = article_of("a.md", b"# Boats\n\nOld.\n\n## Nets\n\nHemp.\n\n## Why?\n\nSo.\n")
    own = sections(split(article))
    asked = [candidate.question for candidate in questions_about(own, article, phrases("en"))]
    assert asked == ["What is said about “Nets” in “Boats”?"]
    alone = article_of("a.md", b"# Boats\n\nOld.\n")
    assert not list(questions_about(sections(split(alone)), alone, phrases("en")))
