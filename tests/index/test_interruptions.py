"""A sync that stops anywhere leaves an index that the next one completes."""

import contextlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from index.chunking import Chunk
from index.embedding import Vectors
from index.lexical import LexicalIndex
from index.library import Library
from index.store import Record, Store
from index.sync import Writer, compare
from tests.conftest import OpenLibrary
from tests.encoders import BagOfWords, FailingEncoder, InterruptedBuildError
from tests.files import EXTRACTOR, HARBOUR, assert_same, contents, many, undisturbed, write


@pytest.mark.parametrize("after", [0, 150], ids=["at once", "after a group of articles"])
def test_a_build_that_fails_half_way_is_completed_by_the_next(
    tmp_path: Path, index_dir: Path, open_library: OpenLibrary, after: int
) -> None:
    corpus = many(write(tmp_path / "many", "first.md", "A whale was seen.").parent, 120)
    failing = FailingEncoder(after)
    with pytest.raises(InterruptedBuildError):
        open_library(failing).sync(corpus)
    library = open_library()
    assert not library.is_built
    library.sync(corpus)
    library.close()
    assert_same(contents(index_dir), undisturbed(corpus, tmp_path))


@pytest.mark.parametrize("after", [0, 150], ids=["at once", "after a group of articles"])
@pytest.mark.parametrize("is_indexed", [False, True], ids=["first build", "later sync"])
def test_what_a_failed_sync_embedded_is_not_embedded_again(
    tmp_path: Path, index_dir: Path, open_library: OpenLibrary, after: int, is_indexed: bool
) -> None:
    corpus = write(tmp_path / "many", "first.md", "A whale was seen.").parent
    if is_indexed:
        open_library().sync(corpus)
    many(corpus, 120)
    failing, bag = FailingEncoder(after), BagOfWords()
    with pytest.raises(InterruptedBuildError):
        open_library(failing).sync(corpus)
    library = open_library(bag)
    if is_indexed:
        assert library.find("whale", 1)[0].chunk.source == "first.md"
    library.sync(corpus)
    assert not set(bag.embedded) & set(failing.embedded)
    library.close()
    assert_same(contents(index_dir), undisturbed(corpus, tmp_path))


class Stop:
    """Lets some writes through, and raises before the next."""

    def __init__(self, after: int) -> None:
        self._left = after

    def before_write(self) -> None:
        if not self._left:
            raise InterruptedBuildError
        self._left -= 1


class StoppingStore(Store):
    stop: Stop

    def put_records(self, records: Sequence[Record], vectors: Vectors) -> None:
        self.stop.before_write()
        super().put_records(records, vectors)

    def set_stories(self, stories: Mapping[str, str | None]) -> None:
        self.stop.before_write()
        super().set_stories(stories)

    def remove_records(self, sources: Iterable[str]) -> None:
        self.stop.before_write()
        super().remove_records(sources)

    def put_chunks(self, chunks: Sequence[Chunk], vectors: Vectors) -> None:
        self.stop.before_write()
        super().put_chunks(chunks, vectors)

    def remove_chunks(self, language: str, ids: Iterable[str]) -> None:
        self.stop.before_write()
        super().remove_chunks(language, ids)


class StoppingLexicalIndex(LexicalIndex):
    stop: Stop

    def put(self, chunks: Iterable[Chunk]) -> None:
        self.stop.before_write()
        super().put(chunks)

    def remove(self, ids: Iterable[str]) -> None:
        self.stop.before_write()
        super().remove(ids)


def sync_until(after: int, corpus: Path, build: Path) -> None:
    """Do what a library does in a sync, and stop after so many writes."""
    store = StoppingStore.embedded(build / "chroma")
    lexical = StoppingLexicalIndex(build / "words.sqlite")
    assert isinstance(store, StoppingStore)
    state = store.state()
    assert state is not None
    store.set_state(replace(state, generation=state.generation + 1))
    store.stop = lexical.stop = Stop(after)
    records = store.records()
    writer = Writer(store, lexical, BagOfWords(), records, lambda records: None)
    try:
        found = compare(corpus, records, EXTRACTOR)
        writer.write(found, corpus, EXTRACTOR, lambda done, total: None)
        writer.sweep()
    finally:
        store.close()
        lexical.close()


WRITES = 8  # of the sync below


@pytest.mark.parametrize("after", range(WRITES + 1))
def test_a_sync_may_stop_between_any_two_writes(
    corpus: Path, index_dir: Path, tmp_path: Path, library: Library, after: int
) -> None:
    library.sync(corpus)
    library.close()
    write(corpus, "new.md", "A whale was seen.")
    write(corpus, "harbour.md", HARBOUR.replace("46 metres", "47 metres"))
    (corpus / "gang.txt").unlink()
    is_whole = after == WRITES
    with contextlib.nullcontext() if is_whole else pytest.raises(InterruptedBuildError):
        sync_until(after, corpus, index_dir / "build-1")
    library.sync(corpus)
    library.close()
    assert_same(contents(index_dir), undisturbed(corpus, tmp_path))


@pytest.mark.parametrize("after", range(4))
def test_a_file_that_comes_back_after_a_killed_removal_is_indexed_again(
    corpus: Path, index_dir: Path, tmp_path: Path, library: Library, after: int
) -> None:
    library.sync(corpus)
    library.close()
    text = (corpus / "harbour.md").read_text(encoding="utf-8")
    (corpus / "harbour.md").unlink()
    with pytest.raises(InterruptedBuildError):
        sync_until(after, corpus, index_dir / "build-1")
    write(corpus, "harbour.md", text)
    library.sync(corpus)
    library.close()
    assert_same(contents(index_dir), undisturbed(corpus, tmp_path))
