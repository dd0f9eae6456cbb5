"""The build in use stays open for readers until another process has changed it."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from index.errors import IndexUnavailableError, UnsettledIndexError
from index.store.build_state import BuildState
from index.store.current_build import CurrentBuild
from index.store.in_folder import BuildsInFolder
from index.store.snapshot import Snapshot
from index.store.store import Store
from tests.encoders import BagOfWords

STATE = replace(BuildState.new("bag-of-words"), generation=2)


@pytest.fixture
def builds(index_dir: Path) -> BuildsInFolder:
    """Builds of which the first is in use."""
    opened = BuildsInFolder(index_dir)
    opened.create("build-1", STATE)
    opened.use("build-1")
    return opened


@pytest.fixture
def current(builds: BuildsInFolder, bag: BagOfWords) -> Iterator[CurrentBuild]:
    opened = CurrentBuild(builds, bag)
    yield opened
    opened.close()


def set_state(index_dir: Path, state: BuildState) -> None:
    """Write a state, as another process does."""
    with closing(Store.embedded(index_dir / "build-1" / "chroma")) as store:
        store.set_state(state)


def test_without_a_build_there_is_no_index(tmp_path: Path, bag: BagOfWords) -> None:
    nothing = CurrentBuild(BuildsInFolder(tmp_path / "nothing"), bag)
    with pytest.raises(IndexUnavailableError, match=r"There is no index in .*; build it"):
        nothing.snapshot()


def test_a_build_is_opened_once_and_again_when_it_has_changed(
    current: CurrentBuild, index_dir: Path
) -> None:
    known = current.snapshot()
    assert current.snapshot() is known
    set_state(index_dir, STATE.begun())
    assert current.snapshot() is known, "the other process is still writing"
    assert current.snapshot(to_write=True) is not known
    known = current.snapshot()
    set_state(index_dir, STATE.begun().finished())
    assert current.snapshot() is not known
    assert current.snapshot().state == STATE.begun().finished()


def test_another_build_is_opened_when_it_is_used(
    builds: BuildsInFolder, current: CurrentBuild
) -> None:
    assert current.snapshot().name == "build-1"
    builds.create("build-2", STATE)
    assert current.snapshot().name == "build-1"
    builds.use("build-2")
    assert current.snapshot().name == "build-2"


def test_what_changes_while_it_is_read_is_read_again(
    current: CurrentBuild, index_dir: Path
) -> None:
    seen: list[int] = []

    def read(snapshot: Snapshot) -> int:
        seen.append(snapshot.state.generation)
        if len(seen) == 1:
            set_state(index_dir, STATE.begun().finished())
        return seen[-1]

    assert current.read(read) == 4
    assert seen == [2, 4]


def test_a_read_that_fails_is_tried_again_only_while_another_writes(
    current: CurrentBuild, index_dir: Path
) -> None:
    calls: list[Snapshot] = []

    def fail_once(snapshot: Snapshot) -> str:
        calls.append(snapshot)
        if len(calls) == 1:
            raise OSError("half written")
        return "read"

    with pytest.raises(IndexUnavailableError, match="half written") as raised:
        current.read(fail_once)
    assert not isinstance(raised.value, UnsettledIndexError)
    calls.clear()
    with BuildsInFolder(index_dir).writing():
        assert current.read(fail_once) == "read"
    assert calls[0] is not calls[1]


def test_a_read_that_goes_on_failing_is_given_up(current: CurrentBuild, index_dir: Path) -> None:
    def fail(_: Snapshot) -> None:
        raise OSError("half written")

    with (
        BuildsInFolder(index_dir).writing(),
        pytest.raises(UnsettledIndexError, match="half written"),
    ):
        current.read(fail)


def test_only_readers_of_the_written_build_see_it_amended(
    builds: BuildsInFolder, current: CurrentBuild
) -> None:
    known = current.snapshot()
    current.amend(known, lambda build: replace(build, visible=frozenset({"0a"})))
    assert current.snapshot().visible == {"0a"}
    builds.create("build-2", STATE)
    other = builds.open("build-2", STATE.encoder)
    current.amend(other, lambda build: replace(build, visible=frozenset({"1b"})))
    assert current.snapshot().visible == {"0a"}
    other.opened.close()
