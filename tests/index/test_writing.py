"""Articles are written in groups, and no more of them than has changed."""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from chromadb.errors import InvalidArgumentError

from index.chunking import Chunk, split
from index.encoder.embedding import Vectors
from index.errors import IndexBusyError, Problem
from index.folder.article import Article
from index.store.article_record import ArticleRecord
from index.store.store import Store
from index.writing import ChunkedArticle, Writer, in_groups
from tests.encoders import BagOfWords, PickyEncoder
from tests.files import ARTICLES, HARBOUR, article_of

PARSED = [article_of(name, text.encode()) for name, text in ARTICLES.items()]
GROUP = [ChunkedArticle(article, split(article)) for article in PARSED]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.embedded(tmp_path / "chroma")
    yield opened
    opened.close()


def fail(problem: Problem) -> None:
    raise AssertionError(problem)


class Written:
    """A writer over an index that has `records`, and what it has shown to readers."""

    def __init__(self, store: Store, bag: BagOfWords, *, has_turn: bool = True) -> None:
        self.shown: list[set[str]] = []
        self.refused: list[Problem] = []
        self._has_turn = has_turn
        self.writer = Writer(
            store,
            store.records(),
            encoder=bag,
            check_turn=self._check_turn,
            show=self._show,
            refuse=self.refused.append,
        )

    def _check_turn(self) -> None:
        if not self._has_turn:
            raise IndexBusyError

    def _show(self, records: Mapping[str, ArticleRecord]) -> None:
        self.shown.append(set(records))


def test_a_group_is_as_large_as_it_need_be_and_no_article_is_lost() -> None:
    long = article_of("long.md", ("A boat sails to Skagen. " * 30 + "\n\n").encode() * 100)
    articles = [*PARSED, long, *PARSED]
    groups = list(in_groups(articles, fail))
    assert [each.article for group in groups for each in group] == articles
    assert [len(group) for group in groups] == [len(PARSED) + 1, len(PARSED)]
    assert list(in_groups([], fail)) == []


def test_groups_are_gathered_only_as_they_are_wanted() -> None:
    taken = []

    def articles() -> Iterator[object]:
        for number in range(300):
            taken.append(number)
            yield article_of(f"{number}.md", b"A boat.")

    next(in_groups(articles(), fail))  # type: ignore[arg-type]
    assert len(taken) == 128


def test_articles_are_written_with_chunks_in_context_and_shown(
    store: Store, bag: BagOfWords
) -> None:
    written = Written(store, bag)
    texts = {chunk.in_context for each in GROUP for chunk in each.chunks}
    assert written.writer.write(GROUP) == len(texts)
    assert sorted(bag.embedded) == sorted(texts)
    written.writer.finish()
    chunks = {chunk for each in GROUP for chunk in each.chunks}
    assert set(store.all_chunks()) == chunks
    for chunk in chunks:
        vector = store.vectors_of([chunk.in_context])[chunk.in_context]
        assert float(vector @ bag.encode_question(chunk.in_context)) > 0.999
    assert store.records().keys() == ARTICLES.keys()
    assert written.shown[-1] == set(ARTICLES)


def test_of_a_changed_article_only_new_chunks_are_written_and_old_ones_swept(
    store: Store, bag: BagOfWords
) -> None:
    Written(store, bag).writer.write(GROUP)
    embedded = len(bag.embedded)
    changed = article_of("harbour.md", HARBOUR.replace("46 metres", "47 metres").encode())
    written = Written(store, bag)
    written.writer.write([ChunkedArticle(changed, split(changed))])
    (text,) = bag.embedded[embedded:]
    assert "47 metres" in text
    assert any("46 metres" in chunk.text for chunk in store.all_chunks()), "readers may need it"
    written.writer.finish()
    written.writer.sweep()
    assert {c for c in store.all_chunks() if c.source == "harbour.md"} == set(split(changed))


def test_a_removed_article_is_swept(store: Store, bag: BagOfWords) -> None:
    written = Written(store, bag)
    written.writer.write(GROUP)
    written.writer.remove({"harbour.md"})
    written.writer.finish()
    assert written.shown[-1] == {"es/faro.md", "gang.txt"}
    written.writer.sweep()
    assert {chunk.source for chunk in store.all_chunks()} == {"es/faro.md", "gang.txt"}
    assert "harbour.md" not in store.records()


def test_what_an_interrupted_sync_left_behind_is_swept(store: Store, bag: BagOfWords) -> None:
    written = Written(store, bag)
    written.writer.write(GROUP)
    left = article_of("left.md", b"A whale was seen.")
    chunks = split(left)
    store.put_chunks(chunks, bag.encode_passages([chunk.in_context for chunk in chunks]))
    written.writer.sweep()
    assert set(store.all_chunks()) == {chunk for each in GROUP for chunk in each.chunks}


class BrokenEncoder(BagOfWords):
    """Embeds nothing any more."""

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        raise RuntimeError("out of memory")


def chunked(*texts: str) -> list[ChunkedArticle]:
    parsed = [article_of(f"{number}.md", text.encode()) for number, text in enumerate(texts)]
    return [ChunkedArticle(article, split(article)) for article in parsed]


def with_title(each: ChunkedArticle, title: str) -> ChunkedArticle:
    """Return an article with a title that was not cleaned."""
    return replace(each, article=replace(each.article, title=title))


def test_an_article_that_cannot_be_embedded_costs_itself(store: Store) -> None:
    written = Written(store, PickyEncoder())
    written.writer.write(chunked("A boat.", "An unspeakable boat.", "A whale."))
    assert [str(problem) for problem in written.refused] == [
        "1.md: cannot be indexed (TypeError: that cannot be said); save it anew."
    ]
    assert store.records().keys() == {"0.md", "2.md"}
    written.writer.sweep()
    assert {chunk.source for chunk in store.all_chunks()} == {"0.md", "2.md"}
    written.writer.write(chunked("An unspeakable boat."))
    assert len(written.refused) == 2


def test_an_article_that_cannot_be_stored_costs_itself(store: Store, bag: BagOfWords) -> None:
    first, second, third = chunked("A boat.", "A seal.", "A whale.")
    written = Written(store, bag)
    written.writer.write([first, with_title(second, "half \ud800"), third])
    (problem,) = written.refused
    assert problem.source == "1.md"
    assert "cannot be indexed (TypeError: " in problem.reason
    assert str(problem).encode() and "\n" not in str(problem)
    assert store.records().keys() == {"0.md", "2.md"}
    written.writer.finish()
    written.writer.sweep()
    assert {chunk.source for chunk in store.all_chunks()} == {"0.md", "2.md"}


class PanicException(BaseException):
    """What a library in Rust raises where its code fails."""


class FullStore(Store):
    """Its disk is full."""

    def put_records(self, records: Sequence[ArticleRecord], vectors: Vectors) -> None:
        raise sqlite3.OperationalError("database or disk is full")


class StrictStore(Store):
    """Takes no article of a certain name, as a server does that limits what it is sent."""

    def put_records(self, records: Sequence[ArticleRecord], vectors: Vectors) -> None:
        if any(record.info.source == "1.md" for record in records):
            raise InvalidArgumentError("too large")
        super().put_records(records, vectors)


def test_an_article_that_the_database_refuses_costs_itself(tmp_path: Path, bag: BagOfWords) -> None:
    store = StrictStore.embedded(tmp_path / "strict")
    written = Written(store, bag)
    written.writer.write(chunked("A boat.", "A seal.", "A whale."))
    assert [problem.source for problem in written.refused] == ["1.md"]
    assert store.records().keys() == {"0.md", "2.md"}
    store.close()


def test_what_is_not_the_fault_of_an_article_ends_the_build(
    tmp_path: Path, store: Store, bag: BagOfWords
) -> None:
    full = FullStore.embedded(tmp_path / "full")
    for used, encoder, error in (
        (full, bag, sqlite3.OperationalError),
        (store, BrokenEncoder(), RuntimeError),
    ):
        for texts in (["A boat."], ["A boat.", "A whale."]):
            written = Written(used, encoder)
            with pytest.raises(error):
                written.writer.write(chunked(*texts))
            assert written.refused == []
    full.close()


def test_what_all_articles_are_refused_for_is_not_theirs(store: Store) -> None:
    written = Written(store, PickyEncoder())
    with pytest.raises(TypeError):
        written.writer.write(chunked("An unspeakable boat.", "An unspeakable whale."))


def test_an_article_that_cannot_be_cut_costs_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    def cut(article: Article) -> list[Chunk]:
        if article.source == "gang.txt":
            raise PanicException("byte index 4 is not a char boundary")
        return split(article)

    monkeypatch.setattr("index.writing.split", cut)
    refused: list[Problem] = []
    (group,) = in_groups(PARSED, refused.append)
    assert [each.article.source for each in group] == ["harbour.md", "es/faro.md"]
    (problem,) = refused
    assert str(problem).startswith("gang.txt: cannot be cut into passages (PanicException: ")


def test_nothing_is_shown_once_the_turn_is_lost(store: Store, bag: BagOfWords) -> None:
    written = Written(store, bag, has_turn=False)
    for use in (lambda: written.writer.write(GROUP), written.writer.finish):
        with pytest.raises(IndexBusyError):
            use()
    assert written.shown == []
