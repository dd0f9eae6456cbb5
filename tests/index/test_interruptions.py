"""A sync that stops anywhere leaves an index that the next one completes."""

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from index.folder_comparison import Comparison
from index.library import Library
from index.store.store import Store
from index.sync import write_all
from index.writing import Writer
from tests.conftest import OpenLibrary, on_both
from tests.encoders import BagOfWords, FailingEncoder, InterruptedBuildError
from tests.files import HARBOUR, assert_same, contents, many, undisturbed, write

pytestmark = on_both


@pytest.mark.parametrize("after", [0, 150], ids=["at once", "after a group of articles"])
def test_a_build_that_fails_half_way_is_completed_by_the_next_sync(
    corpus: Path, tmp_path: Path, open_library: OpenLibrary, after: int
) -> None:
    many(corpus, 120)
    failing = FailingEncoder(after)
    with pytest.raises(InterruptedBuildError):
        open_library(failing).sync()
    library = open_library()
    assert not library.is_built
    library.sync()
    assert_same(contents(library), undisturbed(corpus, tmp_path))


@pytest.mark.parametrize("after", [0, 150], ids=["at once", "after a group of articles"])
@pytest.mark.parametrize("is_indexed", [False, True], ids=["first build", "later sync"])
def test_texts_that_a_failed_sync_embedded_are_not_embedded_again(
    corpus: Path, tmp_path: Path, open_library: OpenLibrary, after: int, is_indexed: bool
) -> None:
    if is_indexed:
        open_library().sync()
    many(corpus, 120)
    failing, bag = FailingEncoder(after), BagOfWords()
    with pytest.raises(InterruptedBuildError):
        open_library(failing).sync()
    library = open_library(bag)
    if is_indexed:
        assert library.find("lighthouse", 1)[0].chunk.source == "harbour.md"
    library.sync()
    assert not set(bag.embedded) & set(failing.embedded)
    assert_same(contents(library), undisturbed(corpus, tmp_path))


class Stopping:
    """A store. The first writes succeed, the next one raises."""

    _WRITES = ("put_chunks", "put_records", "remove_chunks", "remove_records", "set_stories")

    def __init__(self, inner: Store, writes: Iterator[int]) -> None:
        self._inner = inner
        self._writes = writes

    def __getattr__(self, name: str) -> Any:
        if name in self._WRITES and next(self._writes, None) is None:
            raise InterruptedBuildError
        return getattr(self._inner, name)


def sync_until(after: int, library: Library) -> None:
    """Do what a sync does, and stop after so many writes."""
    writes = iter(range(after))
    with library._current.reading() as build:
        store: Any = Stopping(build.store, writes)
        build.store.set_state(build.state.begun())
        comparison = Comparison(library.corpus, build.records)
        writer = Writer(
            store,
            build.records,
            encoder=BagOfWords(),
            check_turn=lambda: None,
            show=lambda records: None,
            refuse=comparison.refuse,
        )
        write_all(comparison.articles(), comparison, writer, lambda done, total: None)
        writer.sweep()


WRITES = 6  # of the sync below


@pytest.mark.parametrize("after", range(WRITES + 1))
def test_a_sync_may_stop_between_any_two_writes(
    corpus: Path, tmp_path: Path, library: Library, after: int
) -> None:
    library.sync()
    library.close()
    write(corpus, "new.md", "A whale was seen.")
    write(corpus, "harbour.md", HARBOUR.replace("46 metres", "47 metres"))
    (corpus / "gang.txt").unlink()
    is_whole = after == WRITES
    with contextlib.nullcontext() if is_whole else pytest.raises(InterruptedBuildError):
        sync_until(after, library)
    library.sync()
    assert_same(contents(library), undisturbed(corpus, tmp_path))


@pytest.mark.parametrize("after", range(3))
def test_a_file_that_comes_back_after_a_killed_removal_is_indexed_again(
    corpus: Path, tmp_path: Path, library: Library, after: int
) -> None:
    library.sync()
    library.close()
    text = (corpus / "harbour.md").read_text(encoding="utf-8")
    (corpus / "harbour.md").unlink()
    with pytest.raises(InterruptedBuildError):
        sync_until(after, library)
    write(corpus, "harbour.md", text)
    library.sync()
    assert_same(contents(library), undisturbed(corpus, tmp_path))
