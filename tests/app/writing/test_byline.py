"""What a file states of itself is answered with, at the place where it states it."""

import dataclasses
from collections.abc import Callable
from pathlib import Path

import pytest

from app.phrases import LANGUAGES, phrases
from app.question.question import Kind
from app.writing.byline import draft_byline, is_meant, stated
from app.writing.citations import Mark
from index.chunking import split
from index.folder.article import Article
from tests.app.conftest import MakeAssistant
from tests.files import write

HEADER = "---\nauthor: Ines Koll\npublished: 2025-03-04\n---\n"
TEXT = HEADER + "# The heron\n\nA heron lives by the mill. Ines Koll saw it."
ARTICLE = Article(
    source="heron.md",
    title="The heron",
    language="en",
    published="2025-03-04",
    publisher=None,
    author="Ines Koll",
    url=None,
    encoding="utf-8",
    digest="0",
    length=len(TEXT),
    text=TEXT,
    body=len(HEADER),
)
CHUNKS = split(ARTICLE)


def test_an_article_is_meant_if_it_has_the_names_and_states_something() -> None:
    assert is_meant("Who wrote about the Heron?", ARTICLE.info(), CHUNKS)
    assert not is_meant("Who wrote about the Stork?", ARTICLE.info(), CHUNKS)
    silent = dataclasses.replace(ARTICLE.info(), author=None, published=None)
    assert not is_meant("Who wrote it?", silent, CHUNKS)


def test_it_is_quoted_from_where_the_file_states_it() -> None:
    found = stated(ARTICLE.info(), CHUNKS, TEXT)
    assert [each.text for each in found] == ["Ines Koll", "2025-03-04"]
    assert [each.start for each in found] == [TEXT.index("Ines Koll"), TEXT.index("2025-03-04")]


def test_what_the_text_does_not_have_opens_the_article() -> None:
    elsewhere = dataclasses.replace(ARTICLE.info(), author="A. Other", published=None)
    (found,) = stated(elsewhere, CHUNKS, TEXT)
    assert found.text == "A heron lives by the mill."
    assert TEXT[found.start : found.end] == found.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_line_has_its_mark_and_what_answers_comes_after(language: str) -> None:
    told = stated(ARTICLE.info(), CHUNKS, TEXT)
    sentence = stated(dataclasses.replace(ARTICLE.info(), author="?", published=None), CHUNKS, TEXT)
    parts = list(draft_byline(ARTICLE.info(), language, [*told, *sentence], len(told)))
    words = phrases(language)
    assert parts[:5] == [
        words.byline.format(title="The heron"),
        f"\n\n{words.stated['author']}: Ines Koll ",
        Mark(0),
        f"\n\n{words.stated['published']}: 2025-03-04 ",
        Mark(1),
    ]
    assert parts[-1] == Mark(2)
    assert "heron" in str(parts[-2])


def test_what_the_text_does_not_have_gets_no_mark_of_something_else() -> None:
    info = dataclasses.replace(ARTICLE.info(), published="2020-01-01")
    told = stated(info, CHUNKS, TEXT)
    parts = list(draft_byline(info, "en", told, len(told)))
    assert parts[1:] == ["\n\nAuthor: Ines Koll ", Mark(0), "\n\nPublished: 2020-01-01 "]
    nowhere = dataclasses.replace(info, author="A. Other")
    opening = stated(nowhere, CHUNKS, TEXT)
    parts = list(draft_byline(nowhere, "en", opening, len(opening)))
    assert [part for part in parts if isinstance(part, Mark)] == [Mark(0)]
    assert parts.index(Mark(0)) < parts.index("\n\nAuthor: A. Other ")


def test_the_author_is_answered_with_and_then_what_the_articles_say(
    make_assistant: MakeAssistant, corpus: Path, taken_for: Callable[[Kind], None]
) -> None:
    taken_for("byline")
    write(corpus, "heron.md", TEXT)
    answer = make_assistant().ask("A heron lives by what mill?")
    assert [c.quote for c in answer.citations] == [
        "Ines Koll",
        "2025-03-04",
        "A heron lives by the mill.",
    ]
    assert all(TEXT[c.start : c.end] == c.quote for c in answer.citations)


def test_a_file_that_states_nothing_of_itself_is_asked_for_a_fact(
    make_assistant: MakeAssistant, corpus: Path, taken_for: Callable[[Kind], None]
) -> None:
    taken_for("byline")
    write(corpus, "mill.md", "The mill of Zaphod is red.")
    answer = make_assistant().ask("The mill of Zaphod is what?")
    assert [c.quote for c in answer.citations] == ["The mill of Zaphod is red."]
