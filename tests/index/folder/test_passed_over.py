"""What is not read is named with its reason, and only what is hidden is left out."""

from pathlib import Path

import pytest

from index.errors import CorpusError
from index.folder.passed_over import REASONS, PassedOver, counted, reason_of
from tests.files import corpus_in, library_of, write


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("photo.PNG", "picture"),
        ("talk.mp3", "recording"),
        ("talk.mp4", "recording"),
        ("all.tar.gz", "archive"),
        ("all.zip", "archive"),
        ("old.doc", "older"),
        ("old.xls", "older"),
        ("program.exe", "kind"),
        ("Makefile", "kind"),
    ],
)
def test_each_kind_has_its_reason(name: str, reason: str) -> None:
    assert reason_of(name) == reason


def test_files_folders_and_links_that_are_not_read_are_named(tmp_path: Path) -> None:
    read = ["a.md", "b.markdown", "c.csv", "d.srt", "sub/README.md", "sub/page.html"]
    named = ["README.md", "old.doc", "photo.png", "sub/all.zip", "sub/data"]
    unseen = [".hidden.png", ".git/a.png", "~$a.docx", "~$old.doc", ".~lock.a.odt#", "Thumbs.db"]
    for name in [*read, *named, *unseen, "sub/page_files/frame.html", "sub/page_files/a.png"]:
        write(tmp_path, name, "Text")
    (tmp_path / "same").symlink_to("sub")
    corpus = corpus_in(tmp_path)
    assert [*corpus.sources()] == sorted(read)
    passed_over = corpus.passed_over()
    assert {each.source for each in passed_over} == {*named, "sub/page_files", "same"}
    reasons = {each.source: each.reason for each in passed_over}
    assert (reasons["sub/page_files"], reasons["same"]) == ("part", "link")
    assert counted(passed_over) == "2 folders, 1 .doc, 1 .md, 1 .png, 1 .zip, 1 without a suffix"


def test_a_folder_with_nothing_to_read_says_what_is_in_it(tmp_path: Path) -> None:
    for name in ("a.png", "b.png", "c.doc"):
        write(tmp_path / "corpus", name, "x")
    library = library_of(tmp_path / "corpus", tmp_path / "index")
    with pytest.raises(
        CorpusError, match=r"There is no article in .*corpus \(only 2 \.png, 1 \.doc\)"
    ):
        library.sync()
    library.close()


def test_a_sync_reports_what_is_not_read(tmp_path: Path) -> None:
    write(tmp_path / "corpus", "a.md", "A whale.")
    write(tmp_path / "corpus", "a.png", "x")
    library = library_of(tmp_path / "corpus", tmp_path / "index")
    for _ in range(2):
        assert library.sync().passed_over == (PassedOver("a.png", "picture"),)
    library.close()


def test_a_name_is_one_line() -> None:
    assert (
        str(PassedOver("two\nlines.png", "picture")) == f"'two\\nlines.png': {REASONS['picture']}"
    )
