"""The builds in a folder: which is in use, which is damaged, and who may write."""

from pathlib import Path

import pytest

from index.errors import (
    DamagedIndexError,
    EncoderMismatchError,
    IndexBusyError,
    IndexUnavailableError,
    UnsettledIndexError,
)
from index.library import Library
from index.store.build_state import BuildState
from index.store.in_folder import BuildsInFolder
from tests.conftest import OpenLibrary
from tests.encoders import BagOfWords
from tests.files import write

STATE = BuildState.new("bag-of-words")


@pytest.fixture
def builds(index_dir: Path) -> BuildsInFolder:
    return BuildsInFolder(index_dir)


@pytest.fixture
def indexed(library: Library) -> Library:
    """A library that has an index in the folder."""
    library.sync()
    return library


def assert_still_indexed(library: Library) -> None:
    assert "harbour.md" in library.articles()
    assert library.find("lighthouse Ottesen", 1)[0].chunk.source == "harbour.md"


def test_the_build_in_use_is_the_one_that_the_pointer_names(
    builds: BuildsInFolder, index_dir: Path
) -> None:
    assert builds.current() is None
    for name in ("build-1", "build-2"):
        builds.create(name, STATE)
    builds.use("build-2")
    assert builds.current() == "build-2"
    (index_dir / "current").write_bytes(b"nonsense")
    assert builds.current() == "build-1", "a newer one was not finished"
    builds.discard_all_but("build-2")
    assert builds.current() == "build-2"


def test_a_build_without_a_state_is_not_in_use(builds: BuildsInFolder, index_dir: Path) -> None:
    write(index_dir / "build-1" / "chroma", "chroma.sqlite3", "half written")
    builds.use("build-1")
    assert builds.current() is None


def test_a_new_build_is_opened_empty(builds: BuildsInFolder) -> None:
    builds.create("build-1", STATE)
    snapshot = builds.open("build-1", STATE.encoder)
    assert (snapshot.name, snapshot.state, snapshot.records) == ("build-1", STATE, {})
    snapshot.opened.close()
    with pytest.raises(EncoderMismatchError):
        builds.open("build-1", "another")


def test_one_writes_at_a_time(builds: BuildsInFolder, index_dir: Path) -> None:
    other = BuildsInFolder(index_dir)
    with builds.writing() as turn:
        turn.check()
        with pytest.raises(IndexBusyError, match="Another process is writing"), other.writing():
            pass
    with other.writing():
        pass


def test_an_error_while_another_writes_may_pass(builds: BuildsInFolder, index_dir: Path) -> None:
    other = BuildsInFolder(index_dir)
    with other.writing():
        for error in (OSError("half written"), DamagedIndexError("half written")):
            with pytest.raises(UnsettledIndexError, match="half written"), builds.mapped_errors():
                raise error
        with pytest.raises(EncoderMismatchError), builds.mapped_errors():
            raise EncoderMismatchError
    for own in (builds, other):
        with (
            own.writing(),
            pytest.raises(IndexUnavailableError, match="check that its folder") as raised,
            own.mapped_errors(),
        ):
            raise OSError("no room")
        assert raised.type is IndexUnavailableError


def test_a_build_is_damaged_if_another_process_cannot_read_it(
    builds: BuildsInFolder, indexed: Library, index_dir: Path
) -> None:
    indexed.close()
    assert not builds.is_damaged("build-1")
    (index_dir / "build-1" / "chroma" / "chroma.sqlite3").write_bytes(b"nonsense" * 999)
    assert builds.is_damaged("build-1")


def test_a_damaged_index_is_named_with_the_command_that_mends_it(
    indexed: Library, index_dir: Path, open_library: OpenLibrary
) -> None:
    indexed.close()
    (index_dir / "build-1" / "chroma" / "chroma.sqlite3").write_bytes(b"nonsense" * 999)
    again = open_library()
    with pytest.raises(IndexUnavailableError, match="python -m app index") as raised:
        again.find("lighthouse", 1)
    assert "\n" not in str(raised.value)
    report = again.sync()
    assert "is damaged" in (report.mended or "")
    assert_still_indexed(again)
    assert again.sync().mended is None


def test_a_lost_pointer_costs_nothing(indexed: Library, index_dir: Path, bag: BagOfWords) -> None:
    indexed.close()
    (index_dir / "current").write_bytes(b"nonsense")
    embedded = len(bag.embedded)
    indexed.sync()
    assert_still_indexed(indexed)
    assert len(bag.embedded) == embedded


def test_a_build_that_was_replaced_is_removed(indexed: Library, index_dir: Path) -> None:
    indexed.sync(rebuild=True)
    indexed.sync()
    assert [folder.name for folder in index_dir.glob("build-*")] == ["build-2"]
    assert_still_indexed(indexed)


def test_other_files_in_the_index_folder_are_left_alone(indexed: Library, index_dir: Path) -> None:
    mine = write(index_dir / "build-tools", "mine.txt", "Keep me.")
    indexed.sync()
    assert mine.exists()


def test_reading_creates_nothing(library: Library, index_dir: Path) -> None:
    index_dir.mkdir()
    (index_dir / "current").write_text("build-1", encoding="utf-8")
    with pytest.raises(IndexUnavailableError, match="no index"):
        library.find("lighthouse", 1)
    assert [file.name for file in index_dir.iterdir()] == ["current"]
