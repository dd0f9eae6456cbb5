"""The articles that are shipped, and the questions that are measured on them."""

import json

import pytest
import yaml

from app.settings import Settings
from index.folder.article import Article
from index.language.sentences import sentences
from index.structure import blocks
from tests.files import PROJECT, corpus_in

CORPUS = corpus_in(Settings().corpus_dir)
SOURCES = [str(source) for source in CORPUS.sources()]
ARTICLES = [CORPUS.parse(source, CORPUS.read(source)) for source in SOURCES]
GOLD = [
    json.loads(line)
    for line in (PROJECT / "tests/quality/gold.jsonl").read_text(encoding="utf-8").splitlines()
]
articles = pytest.mark.parametrize("article", ARTICLES, ids=SOURCES)


def test_the_readme_is_no_article() -> None:
    assert (CORPUS.path / "README.md").is_file()
    assert "README.md" not in SOURCES


def test_there_are_articles_in_four_languages() -> None:
    assert {article.language for article in ARTICLES} == {"en", "es", "it", "zh"}


@articles
def test_an_article_parses_without_a_problem(article: Article) -> None:
    assert article.problem is None
    assert article.encoding == "utf-8"
    assert article.source.startswith(f"{article.language}-")


@articles
def test_an_article_has_the_five_keys_of_a_header(article: Article) -> None:
    fields = yaml.safe_load(article.text[: article.body].strip().strip("-"))
    assert list(fields) == ["title", "language", "published", "publisher", "url"]


@articles
def test_an_article_is_in_the_readme(article: Article) -> None:
    assert f"`{article.source}`" in (CORPUS.path / "README.md").read_text(encoding="utf-8")


ANSWERABLE = [gold for gold in GOLD if not gold.get("none")]


@pytest.mark.parametrize("gold", ANSWERABLE, ids=[gold["q"] for gold in ANSWERABLE])
def test_the_expected_words_stand_in_a_sentence_of_an_expected_article(
    gold: dict[str, list[str]],
) -> None:
    expected = [a for a in ARTICLES if any(a.source.startswith(name) for name in gold["src"])]
    assert all(any(a.source.startswith(name) for a in expected) for name in gold["src"])
    stated = [
        article.text[slice(*span)]
        for article in expected
        for block in blocks(article.text, article.body)
        for span in sentences(article.text, block.span, article.language)
    ]
    for words in gold["any"]:
        assert any(words in sentence for sentence in stated), words
