"""Questions about the folder are answered from its list of articles."""

import dataclasses

import pytest

from app.phrases import phrases
from app.question.about import About
from index.encoder.embedding import SentenceTransformerEncoder
from index.folder.corpus import ArticleInfo
from tests.app.conftest import MakeAssistant
from tests.encoders import BagOfWords

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


@pytest.fixture
def about() -> About:
    return About(BagOfWords())


@pytest.mark.parametrize(
    ("question", "language"), [("Hello!", "en"), ("ciao", "it"), ("¡Hola!", "es"), ("你好", "zh")]
)
def test_a_greeting_is_returned_in_its_language_with_the_list(
    about: About, question: str, language: str
) -> None:
    reply = about.reply(question, [ARTICLE, UNDATED])
    assert reply is not None
    assert reply.language == language
    heading, first, second = reply.text.split("\n\n")
    assert heading == phrases(language).about
    assert "A quiet harbour" in first
    assert "2025-12-03" in first
    assert "None" not in second


def test_the_newest_come_first_and_the_undated_not_at_all(about: About) -> None:
    reply = about.reply("What is the latest?", [OLDER, UNDATED, ARTICLE])
    assert reply is not None
    assert [line.split(" (")[0] for line in reply.text.split("\n\n")[1:]] == [
        "A quiet harbour",
        "An older one",
    ]


def test_a_long_list_is_cut_and_says_so(about: About) -> None:
    many = [dataclasses.replace(ARTICLE, source=f"{number:02}.md") for number in range(23)]
    reply = about.reply("hello", many)
    assert reply is not None
    assert reply.text.endswith("and 3 more")


def test_a_question_for_the_articles_is_left_to_them(about: About) -> None:
    assert about.reply("How tall is the lighthouse?", [ARTICLE]) is None


def test_an_answer_about_the_folder_cites_nothing(make_assistant: MakeAssistant) -> None:
    answer = make_assistant().ask("hello")
    assert answer.answered
    assert (answer.citations, answer.evidence, answer.passages) == ((), (), ())
    assert "A quiet harbour" in answer.text


@pytest.mark.real
@pytest.mark.parametrize(
    ("question", "is_about"),
    [
        ("hey", True),
        ("Ciao!", True),
        ("show me the articles", True),
        ("你有哪些文章？", True),
        ("¿Qué novedades hay?", True),
        ("What is the latest chip?", False),
        ("Chi è Jassy?", False),
        ("¿Qué es CUDA?", False),
        ("什么是CUDA？", False),
    ],
)
def test_the_real_encoder_tells_them_apart(
    encoder: SentenceTransformerEncoder, question: str, is_about: bool
) -> None:
    assert (About(encoder).reply(question, [ARTICLE]) is not None) == is_about
