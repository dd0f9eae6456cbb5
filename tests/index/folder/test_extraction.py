"""A file that harms its reader harms another process, and no file is extracted twice."""

import os
import signal
from pathlib import Path

import pytest

import index.folder.extraction
from index.errors import ArticleError
from index.folder.extraction import Extractor
from tests.index.folder.formats.test_epub import book
from tests.index.folder.formats.test_html import PAGE


@pytest.fixture
def extractor(tmp_path: Path) -> Extractor:
    return Extractor(tmp_path / "texts")


def stop(extractor: Extractor, number: signal.Signals) -> None:
    """Send a signal to the process that reads files."""
    assert extractor._process is not None
    os.kill(extractor._process._process.pid, number)


def test_a_text_file_is_decoded_here_and_not_kept(extractor: Extractor, tmp_path: Path) -> None:
    assert extractor.extract("a.md", b"Boats.").text == "Boats."
    assert extractor._process is None
    assert not (tmp_path / "texts").exists()


def test_outcomes_are_kept_until_they_are_not_wanted_any_more(
    extractor: Extractor, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = extractor.extract("a.epub", book())
    with pytest.raises(ArticleError):
        extractor.extract("a.pdf", b"nothing")
    extractor.close()
    monkeypatch.setattr(index.folder.extraction, "_ReaderProcess", None)
    assert extractor.extract("b.epub", book()) == first
    with pytest.raises(ArticleError, match=r"^b\.pdf: is damaged"):
        extractor.extract("b.pdf", b"nothing")
    extractor.forget_all_but({extractor.digest("a.epub", book())})
    assert extractor.extract("a.epub", book()) == first
    with pytest.raises(TypeError):
        extractor.extract("b.pdf", b"nothing")


def test_the_same_bytes_under_another_kind_are_another_file(extractor: Extractor) -> None:
    assert extractor.digest("a.md", PAGE.encode()) != extractor.digest("a.html", PAGE.encode())
    assert extractor.digest("a.md", b"x") == extractor.digest("b.txt", b"x")


def test_a_reader_that_crashes_or_hangs_costs_one_file(
    extractor: Extractor, monkeypatch: pytest.MonkeyPatch
) -> None:
    extractor.extract("a.epub", book())
    stop(extractor, signal.SIGKILL)  # and not because of the file that comes next
    assert "lighthouse" in extractor.extract("b.html", PAGE.encode()).text
    monkeypatch.setattr(index.folder.extraction, "_TRIES", 1)
    stop(extractor, signal.SIGKILL)
    with pytest.raises(ArticleError, match=r"^c\.html: ends the program that reads it"):
        extractor.extract("c.html", PAGE.encode() + b" ")
    assert "lighthouse" in extractor.extract("c.html", PAGE.encode() + b" ").text
    stop(extractor, signal.SIGSTOP)
    monkeypatch.setattr(index.folder.extraction, "_PATIENCE_S", 0.5)
    with pytest.raises(ArticleError, match=r"^d\.html: takes longer than 0\.5 s to read"):
        extractor.extract("d.html", PAGE.encode() + b"  ")
    monkeypatch.setattr(index.folder.extraction, "_PATIENCE_S", 60)
    assert "lighthouse" in extractor.extract("e.html", PAGE.encode() + b"   ").text
    extractor.close()


def test_a_folder_that_cannot_be_written_only_costs_time(tmp_path: Path) -> None:
    (tmp_path / "texts").write_text("a file")
    extractor = Extractor(tmp_path / "texts")
    assert "lighthouse" in extractor.extract("a.html", PAGE.encode()).text
    extractor.close()
