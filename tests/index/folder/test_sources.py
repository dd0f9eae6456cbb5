"""The files of a folder that are articles are listed, and those that look like one are named."""

import os
from pathlib import Path

import pytest

from index.errors import ArticleError, CorpusError
from index.folder.sources import find_source, list_sources, real_path
from tests.files import write


def test_files_of_all_kinds_are_listed_but_not_the_readme_or_hidden_ones(tmp_path: Path) -> None:
    articles = ["a.md", "b.TXT", "c.pdf", "d.HTML", "sub/README.md", "sub/deep/ä 港.md"]
    others = ["README.md", "c.png", "md", ".hidden.md", ".git/d.md", "sub/.e/f.md", "~$c.docx"]
    for name in [*articles, *others]:
        write(tmp_path, name, "Text")
    (tmp_path / "folder.md").mkdir()
    assert list(list_sources(tmp_path)) == articles


def test_the_parts_of_a_saved_page_are_no_articles(tmp_path: Path) -> None:
    parts = ["News.html", "Neu.htm", "Café.html", "gone", "sub/a.html"]
    folders = ["News_files", "Neu-Dateien", "Cafe\u0301_fichiers", "Gone_files", "sub/a_files"]
    for page, folder in zip(parts, folders, strict=True):
        write(tmp_path, page, "Text")
        write(tmp_path, f"{folder}/saved_resource.html", "Advertisement")
        write(tmp_path, f"{folder}/deep/frame.html", "Advertisement")
        write(tmp_path, f"{folder}/style.css", "a {}")
    others = ["News/a.md", "News_2024/a.md", "Old_files/a.md", "_files/a.md"]
    for name in others:
        write(tmp_path, name, "Text")
    articles = {name for name in [*parts, *others] if name != "gone"}
    assert set(list_sources(tmp_path)) == articles


def test_a_link_is_listed_unless_it_leads_out_of_the_folder(tmp_path: Path) -> None:
    folder = write(tmp_path / "corpus", "a.md", "Text").parent
    (folder / "b.md").symlink_to("a.md")
    (folder / "c.md").symlink_to(write(tmp_path, "secret.md", "Text"))
    (folder / "d").symlink_to(tmp_path)
    *listed, link, folder_link = list_sources(folder)
    assert listed == ["a.md", "b.md"]
    for error, source in ((link, "c.md"), (folder_link, "d")):
        assert isinstance(error, ArticleError)
        assert str(error) == f"{source}: is a link that leads out of {folder}."


def test_a_name_that_cannot_be_shown_comes_as_an_error(tmp_path: Path) -> None:
    write(tmp_path, "two\nlines.md", "Text")
    (error,) = list_sources(tmp_path)
    assert isinstance(error, ArticleError)
    assert error.problem.source == "two\nlines.md"


def test_a_byte_of_a_name_that_is_no_text_is_written_out(tmp_path: Path) -> None:
    write(tmp_path, os.fsdecode(b"sub\xff/a\xfe.md"), "Text")
    (error,) = list_sources(tmp_path)
    assert isinstance(error, ArticleError)
    assert error.problem.source == r"sub\udcff/a\udcfe.md"


def test_a_link_to_a_folder_in_here_is_read_once_and_never_in_circles(tmp_path: Path) -> None:
    write(tmp_path, "boats/a.md", "Text")
    (tmp_path / "ships").symlink_to(tmp_path / "boats")
    (tmp_path / "boats" / "around").symlink_to(tmp_path)
    assert list(list_sources(tmp_path)) == ["boats/a.md"]
    (tmp_path.parent / "door").symlink_to(tmp_path)
    assert list(list_sources(tmp_path.parent / "door")) == ["boats/a.md"]


@pytest.mark.parametrize(
    ("asked", "found"), [("caf\u00e9.md", 0), ("cafe\u0301.md", 0), ("c.md", None)]
)
def test_a_name_is_found_in_whichever_form_it_is_asked_for(asked: str, found: int | None) -> None:
    for own in ("caf\u00e9.md", "cafe\u0301.md"):
        assert find_source(asked, [own, "d.md"]) == (own if found == 0 else None)
    assert find_source(asked, ["cafe\u0301.md", "caf\u00e9.md", "c.md"]) == asked


def test_a_folder_that_is_a_file_or_missing_or_a_circle_is_refused(tmp_path: Path) -> None:
    write(tmp_path, "file", "Text")
    (tmp_path / "circle").symlink_to(tmp_path / "circle")
    for name, reason in (
        ("file", "is a file"),
        ("missing", "There is no folder"),
        ("circle", "cannot be read"),
    ):
        with pytest.raises(CorpusError, match=reason):
            next(list_sources(tmp_path / name))


def test_the_real_path_of_a_link_in_a_circle_raises_no_error(tmp_path: Path) -> None:
    (tmp_path / "one").symlink_to(tmp_path / "other")
    (tmp_path / "other").symlink_to(tmp_path / "one")
    assert real_path(tmp_path / "one").parent == Path(os.path.realpath(tmp_path))
