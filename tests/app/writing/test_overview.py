"""Questions about the folder are answered from its list of articles."""

import dataclasses

from app.phrases import phrases
from app.question.question import Question
from app.writing.overview import overview
from index.folder.article import ArticleInfo
from tests.app.conftest import MakeAssistant

ARTICLE = ArticleInfo(
    source="a.md",
    title="A quiet harbour",
    language="en",
    published="2025-12-03",
    publisher=None,
    author=None,
    url=None,
    encoding="utf-8",
    digest="0",
    length=10,
)
OLDER = dataclasses.replace(ARTICLE, source="b.md", title="An older one", published="2024-01-01")
UNDATED = dataclasses.replace(ARTICLE, source="c.md", title="Undated", published=None)


def test_the_list_is_introduced_in_the_questions_language() -> None:
    text = overview(Question("ciao", "it", "folder"), [ARTICLE, UNDATED])
    heading, first, second = text.split("\n\n")
    assert heading == phrases("it").about
    assert "A quiet harbour" in first
    assert "2025-12-03" in first
    assert "None" not in second


def test_the_newest_come_first_and_the_undated_not_at_all() -> None:
    text = overview(Question("What is new?", "en", "newest"), [OLDER, UNDATED, ARTICLE])
    assert [line.split(" (")[0] for line in text.split("\n\n")[1:]] == [
        "A quiet harbour",
        "An older one",
    ]


def test_without_a_dated_article_nothing_is_newest() -> None:
    assert overview(Question("What is new?", "en", "newest"), [UNDATED]) == phrases("en").not_found


def test_a_long_list_is_cut_and_says_so() -> None:
    many = [dataclasses.replace(ARTICLE, source=f"{number:02}.md") for number in range(23)]
    assert overview(Question("hello", "en", "folder"), many).endswith("and 3 more")


def test_an_answer_about_the_folder_cites_nothing(make_assistant: MakeAssistant) -> None:
    answer = make_assistant().ask("hello")
    assert answer.answered
    assert (answer.citations, answer.evidence, answer.passages) == ((), (), ())
    assert "A quiet harbour" in answer.text
