"""An index is copied to another folder or server without embedding anything."""

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from index.library import Library
from index.store.store import Store
from tests.chroma_server import ChromaServer
from tests.conftest import on_both
from tests.encoders import BagOfWords
from tests.files import ARTICLES, assert_same, contents, library_of, many

pytestmark = on_both

OpenTarget = Callable[[Path], Library]


@pytest.fixture
def here(corpus: Path, tmp_path: Path) -> Iterator[Library]:
    """A library with an index in a folder."""
    library = library_of(corpus, tmp_path / "here")
    library.sync()
    yield library
    library.close()


@pytest.fixture
def open_target(
    tmp_path: Path, bag: BagOfWords, server: ChromaServer | None
) -> Iterator[OpenTarget]:
    """Opens libraries over the index that is copied to."""
    opened: list[Library] = []

    def open_one(corpus: Path) -> Library:
        url = server.url if server else None
        opened.append(library_of(corpus, tmp_path / "there", bag, server=url))
        return opened[-1]

    yield open_one
    for library in opened:
        library.close()


def test_the_copy_is_the_same_and_nothing_is_embedded(
    corpus: Path, here: Library, open_target: OpenTarget, bag: BagOfWords
) -> None:
    there = open_target(corpus)
    seen: list[tuple[int, int]] = []
    count = here.copy_to(there, progress=lambda done, total: seen.append((done, total)))
    assert count == here.count() == there.count()
    assert seen[-1] == (count, count)
    assert_same(contents(there), contents(here))
    assert there.is_built
    assert there.sync().unchanged == len(ARTICLES)
    assert there.verify().differences == ()
    assert bag.embedded == []
    found = [passage.chunk for passage in here.find("lighthouse", 3)]
    assert [passage.chunk for passage in there.find("lighthouse", 3)] == found


def test_an_index_that_was_there_gives_way(
    corpus: Path, tmp_path: Path, here: Library, open_target: OpenTarget
) -> None:
    other = open_target(many(tmp_path / "boats", 20))
    other.sync()
    reader, there = open_target(corpus), open_target(corpus)
    assert len(reader.articles()) == 20
    here.copy_to(there)
    assert set(reader.articles()) == set(ARTICLES)
    other.close()


def test_chunks_that_no_record_names_are_not_copied(
    corpus: Path, here: Library, open_target: OpenTarget
) -> None:
    chunk = here.chunks_of("harbour.md")[0]
    store = here._current.snapshot().store
    vector = store.vectors_of([chunk.in_context])[chunk.in_context]
    store.put_chunks([replace(chunk, id="f" * 32)], vector[None])
    there = open_target(corpus)
    here.copy_to(there)
    assert there.verify().differences == ()


def test_a_copy_of_an_older_form_is_of_that_form(
    corpus: Path, tmp_path: Path, here: Library, open_target: OpenTarget
) -> None:
    here.close()
    with closing(Store.embedded(tmp_path / "here" / "build-1" / "chroma")) as store:
        state = store.state()
        assert state is not None
        store.set_state(replace(state, form=0))
    there = open_target(corpus)
    here.copy_to(there)
    assert there._current.snapshot().state == replace(state, form=0, generation=2)
