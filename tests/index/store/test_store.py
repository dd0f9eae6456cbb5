"""What a store must do, in a folder and on a server."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from index.chunking import Chunk, split
from index.store.article_record import ArticleRecord
from index.store.build_state import BuildState
from index.store.database import ServerDatabase
from index.store.store import Store
from tests.chroma_server import ChromaServer
from tests.conftest import on_both
from tests.encoders import BagOfWords
from tests.files import ARTICLES, article_of

PARSED = [article_of(name, text.encode()) for name, text in ARTICLES.items()]
CHUNKS = [chunk for article in PARSED for chunk in split(article)]
RECORDS = [
    ArticleRecord(article.info(), tuple(chunk.id for chunk in split(article)), b"\x01\xff")
    for article in PARSED
]
VECTORS = BagOfWords().encode_passages([chunk.in_context for chunk in CHUNKS])


pytestmark = on_both


@pytest.fixture
def open_store(tmp_path: Path, server: ChromaServer | None) -> Iterator[Callable[[], Store]]:
    """Opens the store again and again."""
    opened: list[Store] = []

    def make() -> Store:
        if opened:
            opened.pop().close()
        if server is None:
            opened.append(Store.embedded(tmp_path / "chroma"))
        else:
            opened.append(Store(ServerDatabase(server.url), prefix="a."))
        return opened[-1]

    yield make
    opened.pop().close()


@pytest.fixture
def store(open_store: Callable[[], Store]) -> Store:
    return open_store()


@pytest.fixture
def filled(store: Store) -> Store:
    store.put_records(RECORDS, np.eye(len(RECORDS), VECTORS.shape[1], dtype=np.float32))
    store.put_chunks(CHUNKS, VECTORS)
    return store


def everything(store: Store) -> set[Chunk]:
    return set(store.all_chunks())


def test_a_new_store_is_empty(store: Store) -> None:
    assert store.state() is None
    assert store.records() == {}
    assert (store.count(), everything(store), store.languages()) == (0, set(), [])


def test_the_state_is_what_was_written_last(store: Store) -> None:
    for state in (BuildState("one", 1), BuildState("other", 2)):
        store.set_state(state)
        assert store.state() == state


def test_chunks_and_records_come_back_as_they_were_put(filled: Store) -> None:
    assert filled.records() == {record.info.source: record for record in RECORDS}
    assert everything(filled) == set(CHUNKS)
    assert filled.count() == len(CHUNKS)
    assert filled.languages() == ["en", "es", "zh"]


def test_everything_is_there_when_the_store_is_opened_again(
    filled: Store, open_store: Callable[[], Store]
) -> None:
    again = open_store()
    assert everything(again) == set(CHUNKS)
    assert again.nearest("en", VECTORS[0], 1)[0][0] == CHUNKS[0]


def test_putting_again_replaces(filled: Store) -> None:
    filled.put_chunks(CHUNKS, VECTORS)
    assert filled.count() == len(CHUNKS)
    changed = replace(RECORDS[0], info=replace(RECORDS[0].info, url=None), chunk_ids=("0",))
    filled.put_records([changed], VECTORS[:1])
    assert filled.records()[changed.info.source] == changed
    filled.set_stories({"harbour.md": "a.md"})
    assert filled.records()["harbour.md"].info.story == "a.md"
    filled.set_stories({"harbour.md": None})
    assert filled.records()["harbour.md"].info.story is None


def test_the_nearest_come_first_with_their_cosines(filled: Store) -> None:
    english = [i for i, chunk in enumerate(CHUNKS) if chunk.language == "en"]
    for i in english:
        found = filled.nearest("en", VECTORS[i], 9)
        assert found[0][0] == CHUNKS[i]
        assert found[0][1] == pytest.approx(1, abs=1e-4)
        assert {chunk for chunk, _ in found} == {CHUNKS[j] for j in english}
        cosines = {CHUNKS[j]: float(VECTORS[j] @ VECTORS[i]) for j in english}
        assert [cosine for _, cosine in found] == sorted((c for _, c in found), reverse=True)
        assert all(cosine == pytest.approx(cosines[chunk], abs=1e-4) for chunk, cosine in found)


def test_the_nearest_can_be_of_some_sources_only(filled: Store) -> None:
    english = {chunk for chunk in CHUNKS if chunk.language == "en"}
    sources = {chunk.source for chunk in english}
    every = {chunk for chunk, _ in filled.nearest("en", VECTORS[0], 9, sources=sources)}
    assert every == english
    many = {f"{number}.md" for number in range(40_000)} | sources
    found = filled.nearest("en", VECTORS[0], 9, sources=many)
    unscoped = filled.nearest("en", VECTORS[0], 9)
    assert [chunk for chunk, _ in found] == [chunk for chunk, _ in unscoped]
    assert [cosine for _, cosine in found] == pytest.approx([c for _, c in unscoped], abs=1e-4)
    assert filled.nearest("en", VECTORS[0], 9, sources={"gone.md"}) == []
    assert filled.nearest("en", VECTORS[0], 9, sources=set()) == []


def test_vectors_are_found_by_the_text_of_a_stored_chunk_in_its_context(filled: Store) -> None:
    text = CHUNKS[0].in_context
    found = filled.vectors_of([text, CHUNKS[0].text, "not there"])
    assert list(found) == [text]
    assert float(found[text] @ VECTORS[0]) > 0.999


def test_removed_chunks_and_records_are_gone_and_the_others_stay(filled: Store) -> None:
    assert set(filled.chunk_ids()) == {(chunk.id, chunk.language) for chunk in CHUNKS}
    filled.remove_chunks("en", [chunk.id for chunk in CHUNKS if chunk.source == "harbour.md"])
    filled.remove_records(["harbour.md"])
    assert everything(filled) == {chunk for chunk in CHUNKS if chunk.source != "harbour.md"}
    assert "harbour.md" not in filled.records()
    assert filled.nearest("en", VECTORS[0], 3) == []


def test_a_store_takes_more_chunks_than_are_written_or_read_at_once(store: Store) -> None:
    chunks = [Chunk(f"{n:032x}", "a.md", n, n + 1, str(n), "en") for n in range(5500)]
    vectors = np.random.default_rng(0).normal(size=(5500, 4)).astype(np.float32)
    store.put_chunks(chunks, vectors)
    assert store.count() == 5500
    assert everything(store) == set(chunks)
    assert len(list(store.chunk_ids())) == 5500
    assert len(store.vectors_of(chunk.in_context for chunk in chunks)) == 5500
