"""A library says what is indexed, and can be closed and used again."""

from pathlib import Path

import pytest

from index.errors import IndexUnavailableError
from index.library import Library
from tests.conftest import OpenLibrary, on_both
from tests.encoders import FailingEncoder, InterruptedBuildError
from tests.files import ARTICLES, HARBOUR, write

pytestmark = on_both


def test_before_the_first_sync_there_is_no_index(library: Library) -> None:
    assert not library.is_built
    for use in (library.articles, library.count, library.verify, lambda: library.find("boat", 1)):
        with pytest.raises(IndexUnavailableError, match="There is no index in"):
            use()


def test_an_index_is_built_once_a_sync_was_finished(
    library: Library, open_library: OpenLibrary
) -> None:
    with pytest.raises(InterruptedBuildError):
        open_library(FailingEncoder(0)).sync()
    assert not library.is_built
    library.sync()
    assert library.is_built


def test_articles_and_chunks_are_counted(library: Library) -> None:
    library.sync()
    assert library.articles().keys() == ARTICLES.keys()
    assert library.articles()["harbour.md"].title == "A quiet harbour"
    assert library.count() == sum(len(library.chunks_of(source)) for source in ARTICLES)


def test_the_chunks_of_an_article_come_in_order(library: Library) -> None:
    library.sync()
    chunks = library.chunks_of("harbour.md")
    assert len(chunks) > 1
    assert [HARBOUR[chunk.start : chunk.end] for chunk in chunks] == [c.text for c in chunks]
    assert chunks == sorted(chunks, key=lambda chunk: chunk.start)
    assert library.chunks_of("nothing.md") == []


def test_an_indexed_file_is_read_again(corpus: Path, library: Library) -> None:
    library.sync()
    info = library.articles()["harbour.md"]
    assert library.read(info).extracted.text == HARBOUR
    assert library.read(info).is_as_indexed
    write(corpus, "harbour.md", HARBOUR + "More.")
    assert not library.read(info).is_as_indexed


def test_a_closed_library_can_be_used_again(library: Library) -> None:
    library.sync()
    library.close()
    assert library.find("lighthouse", 1)[0].chunk.source == "harbour.md"
    library.close()
    library.close()
    assert library.sync().unchanged == len(ARTICLES)
