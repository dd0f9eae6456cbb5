"""Builds are numbered, so that a later one is known by its name."""

from pathlib import Path

import pytest

from index.store.builds import DamagedWords, next_build, number_of
from tests.files import write


@pytest.mark.parametrize(
    ("current", "following"), [(None, "build-1"), ("build-1", "build-2"), ("build-9", "build-10")]
)
def test_the_next_build_has_the_next_number(current: str | None, following: str) -> None:
    assert next_build(current) == following
    assert number_of(following) == (number_of(current) if current else 0) + 1


def test_damaged_words_are_removed_with_the_files_beside_them(tmp_path: Path) -> None:
    for name in ("words.sqlite", "words.sqlite-wal", "words.sqlite-shm", "vectors.json"):
        write(tmp_path, name, "x")
    DamagedWords("It is damaged.", tmp_path / "words.sqlite").remove()
    assert [file.name for file in tmp_path.iterdir()] == ["vectors.json"]
