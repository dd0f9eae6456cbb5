"""Articles are written in groups, and no more of them than has changed."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from index.chunking import split
from index.errors import IndexBusyError
from index.store.article_record import ArticleRecord
from index.store.store import Store
from index.writing import ChunkedArticle, Writer, in_groups
from tests.encoders import BagOfWords
from tests.files import ARTICLES, HARBOUR, article_of

PARSED = [article_of(name, text.encode()) for name, text in ARTICLES.items()]
GROUP = [ChunkedArticle(article, split(article)) for article in PARSED]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.embedded(tmp_path / "chroma")
    yield opened
    opened.close()


class Written:
    """A writer over an index that has `records`, and what it has shown to readers."""

    def __init__(self, store: Store, bag: BagOfWords, *, has_turn: bool = True) -> None:
        self.shown: list[set[str]] = []
        self._has_turn = has_turn
        self.writer = Writer(
            store,
            store.records(),
            encoder=bag,
            check_turn=self._check_turn,
            show=self._show,
        )

    def _check_turn(self) -> None:
        if not self._has_turn:
            raise IndexBusyError

    def _show(self, records: Mapping[str, ArticleRecord]) -> None:
        self.shown.append(set(records))


def test_a_group_is_as_large_as_it_need_be_and_no_article_is_lost() -> None:
    long = article_of("long.md", ("A boat sails to Skagen. " * 30 + "\n\n").encode() * 100)
    articles = [*PARSED, long, *PARSED]
    groups = list(in_groups(articles))
    assert [each.article for group in groups for each in group] == articles
    assert [len(group) for group in groups] == [len(PARSED) + 1, len(PARSED)]
    assert list(in_groups([])) == []


def test_groups_are_gathered_only_as_they_are_wanted() -> None:
    taken = []

    def articles() -> Iterator[object]:
        for number in range(300):
            taken.append(number)
            yield article_of(f"{number}.md", b"A boat.")

    next(in_groups(articles()))  # type: ignore[arg-type]
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


def test_nothing_is_shown_once_the_turn_is_lost(store: Store, bag: BagOfWords) -> None:
    written = Written(store, bag, has_turn=False)
    for use in (lambda: written.writer.write(GROUP), written.writer.finish):
        with pytest.raises(IndexBusyError):
            use()
    assert written.shown == []
