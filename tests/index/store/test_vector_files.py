"""Chroma's files of vectors are judged without opening them here."""

import json
import time
from pathlib import Path

import pytest

from index.store import vector_files
from index.store.vector_files import Checksums, checksums, remember, remembered, were_written_anew
from tests.files import write

FILES = ("data_level0.bin", "index_metadata.pickle", "link_lists.bin")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder as Chroma leaves it: one collection in files, and one that is still too small."""
    for name in FILES:
        write(tmp_path, f"one/{name}", name)
    return write(tmp_path, "small/data_level0.bin", "x").parent.parent


def test_only_files_that_chroma_reads_count(folder: Path) -> None:
    before = checksums(folder)
    assert list(before) == [f"one/{name}" for name in ("index_metadata.pickle", *FILES[::2])]
    write(folder, "one/.DS_Store", "x")
    write(folder, "small/data_level0.bin", "y")
    assert checksums(folder) == before
    write(folder, "one/link_lists.bin", "x")
    assert checksums(folder) != before


@pytest.mark.parametrize(
    ("changed", "is_possible"),
    [(FILES, True), (FILES[1:2], True), (FILES[:1], False), (FILES[2:], False), ((), True)],
)
def test_chroma_writes_the_ids_whatever_else_it_writes(
    folder: Path, changed: tuple[str, ...], is_possible: bool
) -> None:
    before: Checksums = checksums(folder)
    for name in changed:
        write(folder, f"one/{name}", "changed")
    assert were_written_anew(before, checksums(folder)) == is_possible


def test_checksums_are_remembered_for_one_generation(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "vectors.json"
    assert remembered(file, 2) is None
    remember(file, 2, checksums(folder))
    assert remembered(file, 2) == checksums(folder)
    assert remembered(file, 4) is None
    for content in ("", "[]", json.dumps({"generation": 2, "files": 3})):
        file.write_text(content)
        assert remembered(file, 2) is None
    remember(tmp_path / "not" / "there", 2, {})  # does no harm


def test_files_that_are_being_written_are_waited_for(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vector_files, "_STILL_S", 0.2)
    write(folder, "one/link_lists.bin", "x")
    started = time.monotonic()
    vector_files.wait_while_written(folder)
    assert 0.1 < time.monotonic() - started < 5


def test_a_trial_that_cannot_begin_shows_no_damage(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.executable", "/not/there")
    assert vector_files.can_be_searched(folder)
    monkeypatch.setattr("sys.executable", "/bin/false")
    assert vector_files.can_be_searched(folder)
