"""Bad files in the folder cost one clear line each, and what was indexed before stays."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from index.errors import ArticleError, CorpusError
from index.library import Library
from index.sync import SyncReport
from tests.conftest import OpenLibrary
from tests.files import article_of, write
from tests.index.folder.formats.test_docx import document
from tests.index.folder.formats.test_epub import book


@pytest.fixture
def indexed(corpus: Path, library: Library) -> Library:
    """A library that holds the articles of `corpus`."""
    library.sync()
    return library


def assert_still_indexed(library: Library) -> None:
    assert "harbour.md" in library.articles()
    assert library.find("lighthouse Ottesen", 1)[0].chunk.source == "harbour.md"


def the_problem(report: SyncReport) -> str:
    (problem,) = report.problems
    line = str(problem)
    assert "\n" not in line
    return line


NOT_ARTICLES = [
    pytest.param(b"", "is empty.", id="empty"),
    pytest.param(b" \n\t\n", "is empty.", id="white space"),
    pytest.param(b"---\ntitle: A\n---\n", "is empty.", id="only a header"),
    pytest.param(b"\xef\xbb\xbf", "is empty.", id="only a byte-order mark"),
    pytest.param(b"\0" * 1000, "is not text; save it as UTF-8.", id="zeros"),
    pytest.param(b"\xff\xfea", "is not text; save it as UTF-8.", id="half a character"),
    pytest.param(bytes(range(256)) * 9, "is not text; save it as UTF-8.", id="binary"),
    pytest.param(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "is not text; save it as UTF-8.", id="PNG"),
]


@pytest.mark.parametrize(("content", "problem"), NOT_ARTICLES)
def test_a_file_that_is_no_article_is_refused(content: bytes, problem: str) -> None:
    with pytest.raises(ArticleError) as raised:
        article_of("new.md", content)
    assert str(raised.value) == f"new.md: {problem}"


def test_files_that_are_no_articles_are_named_and_the_rest_is_indexed(
    corpus: Path, indexed: Library
) -> None:
    for number, (content, _) in enumerate(param.values for param in NOT_ARTICLES):
        assert isinstance(content, bytes)
        write(corpus, f"new{number}.md", content)
    write(corpus, "harbour.md", b"\0")  # it was an article
    write(corpus, "whale.md", "A whale was seen.")
    report = indexed.sync()
    assert (report.new, report.changed, report.removed) == (1, 0, 0)
    assert len(report.problems) == len(NOT_ARTICLES) + 1
    assert indexed.find("whale", 1)[0].chunk.source == "whale.md"
    assert_still_indexed(indexed)


@pytest.mark.parametrize("name", ["new.md", "new.html", "new.docx", "new.epub"])
def test_half_a_character_is_stored_nowhere(corpus: Path, indexed: Library, name: str) -> None:
    made = {
        "new.md": b'---\ntitle: "A \\ud800 whale"\n---\nA whale was seen.',
        "new.html": b"<title>A &#xd800; whale</title><p>A whale was seen &#xdfff; here.</p>",
        "new.docx": document(),
        "new.epub": book(),
    }
    write(corpus, name, made[name])
    write(corpus, "other.md", "A seal was seen.")
    report = indexed.sync()
    assert report.new == 2
    for info in indexed.articles().values():
        assert str(info).encode()
    assert_still_indexed(indexed)


def test_a_header_that_never_ends_is_read_as_text(corpus: Path, indexed: Library) -> None:
    write(corpus, "new.md", "---\ntitle: A whale\n\nA whale was seen.\n")
    assert "header has no closing ---" in the_problem(indexed.sync())
    assert indexed.articles()["new.md"].title == "new"


@pytest.mark.parametrize("is_folder", [False, True], ids=["file", "folder"])
def test_a_link_out_of_the_folder_is_not_followed(
    corpus: Path, indexed: Library, tmp_path: Path, is_folder: bool
) -> None:
    secret = write(tmp_path / "elsewhere", "secret.md", "A secret whale.")
    (corpus / "link.md").symlink_to(secret.parent if is_folder else secret)
    assert the_problem(indexed.sync()) == f"link.md: is a link that leads out of {corpus}."
    assert all("secret" not in p.chunk.text for p in indexed.find("secret whale", 9))
    assert_still_indexed(indexed)


def test_a_link_within_the_folder_is_an_article(corpus: Path, indexed: Library) -> None:
    (corpus / "link.md").symlink_to(corpus / "harbour.md")
    assert indexed.sync().problems == ()
    assert "link.md" in indexed.articles()


@pytest.mark.parametrize(
    ("make", "problem"),
    [
        (lambda path: path.symlink_to(path), "cannot be read (Too many levels of symbolic links)."),
        (os.mkfifo, "is not a file."),
        (
            lambda path: os.truncate(write(path.parent, path.name, ""), 20_000_001),
            "files of its kind above 20 MB are not read",
        ),
    ],
    ids=["a link to itself", "a named pipe", "too large"],
)
def test_an_article_that_is_no_readable_file_is_named(
    corpus: Path, indexed: Library, make: Callable[[Path], object], problem: str
) -> None:
    make(corpus / "odd.md")
    line = the_problem(indexed.sync())
    assert line.startswith("odd.md: ")
    assert problem in line
    assert_still_indexed(indexed)


def test_a_name_that_cannot_be_shown_is_named_in_ascii(corpus: Path, indexed: Library) -> None:
    write(corpus, "two\nlines.md", "A whale.")
    assert the_problem(indexed.sync()).startswith(r"'two\nlines.md': ")
    assert_still_indexed(indexed)


def test_files_of_the_same_name_in_two_folders_are_two_articles(
    corpus: Path, indexed: Library
) -> None:
    write(corpus, "a/note.md", "A whale was seen.")
    write(corpus, "b/note.md", "A seal was seen.")
    indexed.sync()
    assert {"a/note.md", "b/note.md"} < set(indexed.articles())
    assert indexed.find("whale", 1)[0].chunk.source == "a/note.md"
    assert indexed.find("seal", 1)[0].chunk.source == "b/note.md"


def test_a_file_that_is_removed_during_a_sync_is_ignored(corpus: Path, indexed: Library) -> None:
    write(corpus, "a.md", "A seal was seen.")
    path = write(corpus, "new.md", "A whale was seen.")
    # Progress is first called after a.md was read, and before new.md is read.
    report = indexed.sync(progress=lambda *_: path.unlink(missing_ok=True))
    assert (report.new, report.problems) == (1, ())
    assert_still_indexed(indexed)


@pytest.mark.parametrize(
    ("spoil", "problem"),
    [
        (lambda new: None, "There is no folder"),
        (lambda new: new.mkdir(), "There is no article in"),
        (lambda new: write(new, "README.md", "About"), "There is no article in"),
        (lambda new: write(new.parent, new.name, "x"), "is a file; name a folder of articles."),
    ],
    ids=["missing", "empty", "only a README", "a file"],
)
def test_a_folder_without_articles_is_refused_and_the_index_stays(
    tmp_path: Path,
    indexed: Library,
    open_library: OpenLibrary,
    spoil: Callable[[Path], object],
    problem: str,
) -> None:
    new = tmp_path / "new"
    spoil(new)
    with pytest.raises(CorpusError) as raised:
        open_library(folder=new).sync()
    assert problem in str(raised.value)
    assert str(new) in str(raised.value)
    assert_still_indexed(indexed)
