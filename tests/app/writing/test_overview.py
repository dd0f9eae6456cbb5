"""Questions about the folder are answered from its list of articles."""

import dataclasses
from collections.abc import Callable

import pytest

from app.phrases import LANGUAGES, phrases
from app.question.question import Kind, Question
from app.writing.citations import Mark
from app.writing.overview import draft_topic, openings, say
from index.chunking import Chunk
from index.folder.article import ArticleInfo
from index.search import Passage
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


def said(kind: Kind, *articles: ArticleInfo, language: str = "en") -> str:
    return say(Question("…", language, kind), articles)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["greeting", "thanks", "reply", "who"])
def test_what_is_no_question_gets_a_short_reply(kind: Kind, language: str) -> None:
    reply = said(kind, ARTICLE, language=language)
    assert reply == getattr(phrases(language), kind)
    assert "A quiet harbour" not in reply


def test_the_list_is_introduced_in_the_questions_language() -> None:
    heading, first, second = said("folder", ARTICLE, UNDATED, language="it").split("\n\n")
    assert heading == f"{phrases('it').who} {phrases('it').articles}"
    assert "A quiet harbour" in first
    assert "2025-12-03" in first
    assert "None" not in second


def test_the_newest_come_first_and_the_undated_not_at_all() -> None:
    text = said("newest", OLDER, UNDATED, ARTICLE)
    assert [line.split(" (")[0] for line in text.split("\n\n")[1:]] == [
        "A quiet harbour",
        "An older one",
    ]


def test_without_a_dated_article_nothing_is_newest() -> None:
    assert said("newest", UNDATED) == phrases("en").not_found


def test_a_long_list_is_cut_and_says_so() -> None:
    many = [dataclasses.replace(ARTICLE, source=f"{number:02}.md") for number in range(23)]
    assert said("folder", *many).endswith("and 3 more")


def passage(source: str, text: str, score: float) -> Passage:
    return Passage(Chunk(source, source, 7, 7 + len(text), text, "en"), score)


def test_articles_on_a_topic_are_listed_once_with_a_mark_each() -> None:
    found = openings(
        "harbour",
        [
            passage("a.md", "# Boats\n\nThere are boats. And nets.", 0.7),
            passage("a.md", "More boats.", 0.65),
            passage("b.md", "An old boat.", 0.6),
            passage("c.md", "Whales sing.", 0.3),
            passage("d.md", "# Only a heading", 0.69),
        ],
    )
    assert [(each.source, each.text) for each in found] == [
        ("a.md", "There are boats."),
        ("b.md", "An old boat."),
    ]
    assert found[0].start == 7 + len("# Boats\n\n")
    draft = list(draft_topic("en", found, {"a.md": ARTICLE, "b.md": OLDER}))
    assert [part for part in draft if isinstance(part, Mark)] == [Mark(0), Mark(1)]
    assert draft[0] == phrases("en").topic
    assert "An older one" in str(draft[3])


def test_an_answer_about_the_folder_cites_nothing(
    make_assistant: MakeAssistant, taken_for: Callable[[Kind], None]
) -> None:
    taken_for("folder")
    answer = make_assistant().ask("hello")
    assert answer.answered
    assert (answer.citations, answer.evidence, answer.passages) == ((), (), ())
    assert "A quiet harbour" in answer.text


def test_an_answer_on_a_topic_cites_each_article_that_it_names(
    make_assistant: MakeAssistant, taken_for: Callable[[Kind], None]
) -> None:
    taken_for("topic")
    answer = make_assistant().ask("Which articles mention a lighthouse of 46 metres?")
    assert answer.answered
    assert [citation.source for citation in answer.citations][:1] == ["harbour.md"]
    assert "A quiet harbour" in answer.text
