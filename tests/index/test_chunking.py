"""Chunks are the article's own words, in order and complete, each below what it stands under."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.settings import Settings
from index.chunking import CHUNK_SIZE, Chunk, quotable_spans, split
from index.errors import ArticleError
from index.folder.article import Article
from index.structure import Block
from tests.files import ARTICLES, article_of, corpus_in

CORPUS = corpus_in(Settings().corpus_dir)

# What may be left out between two chunks: white space and markers, but no words.
_BETWEEN = re.compile(r"(?:\W|^\s*(?:\d{1,3}[.)]))*", re.MULTILINE)

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


def paragraph(words: str) -> str:
    """Return a paragraph that fills more than half a chunk, so that the next one begins another."""
    return f"{words}. " + "It sails on. " * 30


SECTIONS = "\n\n".join(
    f"{heading}\n\n{paragraph(f'The first on {heading}')}\n\n{paragraph(f'More on {heading}')}"
    for heading in ("# Harbour", "## Lighthouse", "### Keeper ###", "## Boats", "# Far away")
)


def contexts(text: str, title: str = "A title") -> dict[str, str]:
    """Return the context of each chunk of an article, by the first line of the chunk."""
    article = article_of("new.md", f"---\ntitle: {title}\n---\n{text}".encode())
    return {chunk.text.split("\n")[0].split(".")[0]: chunk.context for chunk in split(article)}


def test_a_chunk_stands_below_the_title_and_its_headings() -> None:
    found = contexts(f"{paragraph('An introduction')}\n\n{SECTIONS}")
    assert found["An introduction"] == "A title"
    assert {words: context for words, context in found.items() if words.startswith("More on")} == {
        "More on # Harbour": "A title\nHarbour",
        "More on ## Lighthouse": "A title\nHarbour\nLighthouse",
        "More on ### Keeper ###": "A title\nHarbour\nLighthouse\nKeeper",
        "More on ## Boats": "A title\nHarbour\nBoats",
        "More on # Far away": "A title\nFar away",
    }


def test_a_chunk_that_begins_with_a_heading_stands_below_those_above() -> None:
    found = contexts(
        "# Harbour\n\nTwelve.\n\n## Lighthouse\n\nIt is tall.\n\n### Keeper\n\nOttesen."
    )
    assert found == {
        "# Harbour": "A title",
        "## Lighthouse": "A title\nHarbour",
        "### Keeper": "A title\nHarbour\nLighthouse",
    }


def test_a_chunk_that_begins_with_a_heading_is_not_below_the_section_before() -> None:
    found = contexts(SECTIONS)
    assert found["## Boats"] == "A title\nHarbour"
    assert found["# Far away"] == "A title"


def test_a_heading_that_is_the_title_is_not_repeated() -> None:
    assert set(contexts("# A title\n\n## A title\n\nTwelve.").values()) == {"A title"}
    long = contexts(f"# A title\n\n{paragraph('Twelve boats')}\n\n{paragraph('Nine')}")
    assert long["Nine"] == "A title"


def test_a_context_is_cut_at_200_characters() -> None:
    title, heading = "A title " * 15, "A heading " * 15
    text = f"# {heading}\n\n{paragraph('Twelve boats')}\n\n{paragraph('Nine')}"
    whole = f"{title.strip()}\n{heading.strip()}"
    assert len(whole) > 200
    assert contexts(text, title)["Nine"] == whole[:200]


HEAD = "| Code | Meaning |"
ROWS = [f"| E{n} | The pump has no pressure, for the {n}th time, and hums |" for n in range(30)]
TABLE = "\n".join([HEAD, "|---|---|", *ROWS])
STEPS = "\n".join(
    f"{n}. Turn the wheel slowly, {n} times, until you hear it." for n in range(1, 30)
)


def test_a_row_is_never_cut_from_its_head() -> None:
    chunks = split(article_of("new.md", f"---\ntitle: T\n---\n# Codes\n\n{TABLE}".encode()))
    assert len(chunks) > 2
    assert all(HEAD in chunk.in_context for chunk in chunks)
    assert [chunk.context for chunk in chunks[1:]] == [f"T\nCodes\n{HEAD}"] * (len(chunks) - 1)
    rows = [chunk.text[slice(*span)] for chunk in chunks for span in quotable_spans(chunk)]
    assert rows == ROWS


def test_an_item_is_never_cut_from_what_introduces_its_list() -> None:
    text = f"{paragraph('It is heavy')}\n\nTo open it:\n\n{STEPS}\n\nDone.".encode()
    chunks = split(article_of("new.md", text))
    steps = [chunk for chunk in chunks if "Turn the wheel" in chunk.text]
    assert len(steps) > 2
    assert all("To open it:" in chunk.in_context for chunk in steps)
    assert chunks[0].text.endswith("on."), "what introduces a list begins the chunk of its items"


def test_a_nested_item_stands_below_the_items_around_it() -> None:
    nested = "\n".join(f"  - {paragraph(f'Part {n}')}" for n in range(3))
    found = contexts(f"You need:\n\n- Wood, cut:\n{nested}\n- Nails")
    assert found["Part 2"] == "A title\nYou need:\nWood, cut:"


def test_an_id_changes_with_source_position_context_and_text() -> None:
    blocks = (Block("item", 7, 12, 1, whole=(5, 12)),)
    chunk = Chunk("", "a.md", 7, 12, "Boats", "en", "A title", blocks).with_id()
    assert chunk.with_id() == chunk
    assert chunk == replace(chunk, id="another").with_id()
    others = [
        replace(chunk, source="b.md"),
        replace(chunk, start=8),
        replace(chunk, context="Another title"),
        replace(chunk, context=""),
        replace(chunk, text="Ships"),
        replace(chunk, blocks=()),
    ]
    assert len({chunk.id, *(other.with_id().id for other in others)}) == 7


def test_the_ids_of_an_article_change_with_its_title() -> None:
    one, other = (
        split(article_of("new.md", f"---\ntitle: {title}\n---\n{SECTIONS}".encode()))
        for title in ("One", "Two")
    )
    assert [chunk.text for chunk in one] == [chunk.text for chunk in other]
    assert not {chunk.id for chunk in one} & {chunk.id for chunk in other}


@given(articles())
def test_the_text_begins_below_the_context(article: Article) -> None:
    for chunk in split(article):
        assert chunk.in_context[chunk.text_start :] == chunk.text
        assert chunk.in_context[: chunk.text_start] == f"{chunk.context}\n"
        assert chunk.context.startswith(article.title[:200])
        assert len(chunk.context) <= 401


def test_without_a_context_there_is_the_text_alone() -> None:
    chunk = Chunk("", "a.md", 7, 12, "Boats", "en")
    assert (chunk.in_context, chunk.text_start) == ("Boats", 0)


@pytest.mark.parametrize(
    ("text", "language", "stated"),
    [
        ("# It is red.\n\nTwo left. Why? Nobody knows.", "en", ["Two left.", "Nobody knows."]),
        ("¿Por qué? Nadie lo sabe.", "es", ["Nadie lo sabe."]),
        ("为什么？没人知道。", "zh", ["没人知道。"]),
        ("- One boat.\n- Nine nets\n- Whales?", "en", ["One boat.", "Nine nets"]),
        ("## Is it? It is.", "en", []),
        ("**Is it?** It is.", "en", ["It is."]),
        ("- One. Two.\n- Three.", "en", ["One. Two.", "Three."]),
        (f"- {'One boat. ' * 40}", "en", ["One boat."] * 40),
        (f"{HEAD}\n|---|---|\n| E1 | Why? |", "en", ["| E1 | Why? |"]),
        ("```sh\nls  # all?\n\n  cd\n```", "en", ["ls  # all?", "cd"]),
        ("", "en", []),
    ],
)
def test_what_can_be_quoted_states_something(text: str, language: str, stated: list[str]) -> None:
    chunk = Chunk("", "a.md", 0, len(text), text, language, context="Below. This.")
    assert [text[slice(*span)] for span in quotable_spans(chunk)] == stated
