"""Chunks are the article's own words, in order and complete."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.settings import Settings
from index.chunking import CHUNK_SIZE, split
from index.errors import ArticleError
from index.folder.article import Article
from tests.files import ARTICLES, article_of, corpus_in

CORPUS = corpus_in(Settings().corpus_dir)

# What may be left out between two chunks, at most once a line.
_BETWEEN = re.compile(r"(?:\s|^\s*(?:[-*+•]|\d{1,3}[.)]|[>|]+))*", re.MULTILINE)

_LINES = st.one_of(
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=80),
    st.sampled_from(
        ["", " ", "\u3000\u3000港口于1987年关闭。那里有船。", "\t- a list item", "| a | b |"]
    ),
    st.sampled_from(
        ["# Heading", "## Is it? It is.", "> A quotation. Of two.", "2) second", "#", "---"]
    ),
    st.sampled_from(
        ["A sentence. Another! A third?", "word " * 300, "港" * 500, "x" * 1500, "• •"]
    ),
)
HEADER = "---\ntitle: A title\nlanguage: en\n---\n"


@st.composite
def articles(draw: st.DrawFn) -> Article:
    text = "\n".join(draw(st.lists(_LINES, min_size=1, max_size=25)))
    header = draw(st.sampled_from(["", HEADER]))
    try:
        return article_of("new.md", f"{header}{text}".encode())
    except ArticleError:  # the text is empty
        return article_of("new.md", b"text")


def shipped() -> list[Article]:
    sources = [source for source in CORPUS.sources() if isinstance(source, str)]
    return [CORPUS.parse(source, CORPUS.read(source)) for source in sources]


def assert_chunks_cover(article: Article) -> None:
    end = article.body
    for chunk in split(article):
        assert article.text[chunk.start : chunk.end] == chunk.text
        assert chunk.text == chunk.text.strip() != ""
        assert chunk.start >= end, "in order, not overlapping, and never in the header"
        assert _BETWEEN.fullmatch(article.text[end : chunk.start]), "all words are in a chunk"
        end = chunk.end
    assert _BETWEEN.fullmatch(article.text[end:])


@given(articles())
def test_chunks_are_slices_in_order_that_cover_the_body(article: Article) -> None:
    assert_chunks_cover(article)


@given(articles())
def test_ids_are_unique_and_the_same_each_time(article: Article) -> None:
    chunks = split(article)
    assert len({chunk.id for chunk in chunks}) == len(chunks)
    assert split(article) == chunks


@pytest.mark.parametrize("article", shipped(), ids=lambda article: article.source)
def test_the_shipped_articles_are_covered(article: Article) -> None:
    assert_chunks_cover(article)


@pytest.mark.parametrize("text", ARTICLES.values(), ids=ARTICLES)
def test_a_header_is_never_in_a_chunk(text: str) -> None:
    article = article_of("new.md", text.encode())
    assert all("language:" not in chunk.text for chunk in split(article))
    assert "language:" in article.text


def test_a_chunk_ends_at_a_sentence_if_the_next_would_not_fit() -> None:
    sentences = [f"Sentence {n} says that boat {n} has {n} nets." for n in range(60)]
    chunks = split(article_of("new.md", " ".join(sentences).encode()))
    assert all(len(chunk.text) <= CHUNK_SIZE and chunk.text.endswith(".") for chunk in chunks)
    assert " ".join(chunk.text for chunk in chunks) == " ".join(sentences)


def test_a_heading_begins_a_chunk_and_stays_with_its_text() -> None:
    article = article_of("new.md", b"First.\n\n## Heading\n\nSecond.\n\n## Other\nThird.")
    texts = [chunk.text for chunk in split(article)]
    assert texts == ["First.", "## Heading\n\nSecond.", "## Other\nThird."]


def test_chinese_weighs_more_than_latin() -> None:
    chinese = split(article_of("new.md", ("港口关闭了。" * 200).encode()))
    assert all(len(chunk.text) <= CHUNK_SIZE / 2 for chunk in chinese)
