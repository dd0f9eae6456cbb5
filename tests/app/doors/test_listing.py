"""The folder and its index in one list."""

from pathlib import Path

import pytest

from app.doors.listing import list_articles
from index.errors import CorpusError, Problem
from index.library import Library
from tests.conftest import OpenLibrary
from tests.encoders import BagOfWords
from tests.files import write


def states(library: Library, *problems: Problem) -> dict[str, str]:
    return {article.source: article.state for article in list_articles(library, problems)}


def test_an_article_that_is_indexed_has_its_facts_and_its_size(
    library: Library, corpus: Path
) -> None:
    library.sync()
    listed = list_articles(library, [])
    assert [article.source for article in listed] == ["es/faro.md", "gang.txt", "harbour.md"]
    harbour = listed[-1]
    assert harbour.info is not None
    assert (harbour.info.title, harbour.state) == ("A quiet harbour", "indexed")
    assert harbour.bytes == (corpus / "harbour.md").stat().st_size


def test_an_article_may_be_only_in_the_folder_or_only_in_the_index(
    library: Library, corpus: Path
) -> None:
    library.sync()
    write(corpus, "new.md", "Nine boats are painted.")
    (corpus / "es/faro.md").unlink()
    assert states(library)["new.md"] == "waiting"
    assert states(library)["es/faro.md"] == "removed"


def test_a_problem_is_listed_with_its_article(library: Library, corpus: Path) -> None:
    write(corpus, "bad.md", b"\0")
    problems = library.sync().problems
    (bad,) = [article for article in list_articles(library, problems) if article.problem]
    assert (bad.source, bad.state, bad.info) == ("bad.md", "failed", None)
    assert bad.problem == "is not text; save it as UTF-8."


def test_an_article_that_is_read_in_part_is_indexed(library: Library) -> None:
    library.sync()
    assert states(library, Problem("harbour.md", "lacks a page."))["harbour.md"] == "indexed"


def test_without_an_index_that_can_be_used_every_article_waits(
    library: Library, open_library: OpenLibrary
) -> None:
    assert set(states(library).values()) == {"waiting"}
    library.sync()
    library.close()
    assert set(states(open_library(BagOfWords("another"))).values()) == {"waiting"}


def test_a_folder_that_is_gone_is_an_error(library: Library, corpus: Path) -> None:
    corpus.rename(corpus.with_name("moved"))
    with pytest.raises(CorpusError, match="There is no folder"):
        list_articles(library, [])
