"""Changes in the folder of articles are noticed, and those of hidden files are not."""

import contextlib
import queue
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from index.folder.changes import changes
from index.folder.mounts import Polling
from tests.files import write

_STARTED_S = 0.5  # until the folder is watched
_NOTICED_S = 10
_SETTLED_S = 3  # longer than it takes to look through the folder


@pytest.fixture
def follow() -> Iterator[Callable[..., "queue.Queue[None]"]]:
    """Follows folders; what it returns gets an item for each change that is noticed."""
    stop = threading.Event()
    watching: list[threading.Thread] = []

    def start(folder: Path, polling: Polling = "auto") -> "queue.Queue[None]":
        found: queue.Queue[None] = queue.Queue()

        def watch() -> None:
            for change in changes(folder, stop, polling=polling):
                found.put(change)

        watching.append(threading.Thread(target=watch))
        watching[-1].start()
        threading.Event().wait(_STARTED_S)
        return found

    yield start
    stop.set()
    for each in watching:
        each.join(timeout=10)
        assert not each.is_alive()


@pytest.fixture
def noticed(tmp_path: Path, follow: Callable[..., "queue.Queue[None]"]) -> "queue.Queue[None]":
    """A queue that gets an item for each change that is noticed in `tmp_path`."""
    return follow(tmp_path)


def settle(noticed: "queue.Queue[None]") -> None:
    """Take what is still noticed of changes that were made before."""
    with contextlib.suppress(queue.Empty):
        while True:
            noticed.get(timeout=_SETTLED_S)


def test_files_that_are_added_changed_and_removed_are_noticed(
    tmp_path: Path, noticed: "queue.Queue[None]"
) -> None:
    write(tmp_path, "a.md", "A whale was seen.")
    noticed.get(timeout=_NOTICED_S)
    write(tmp_path, "a.md", "A seal was seen.")
    noticed.get(timeout=_NOTICED_S)
    (tmp_path / "a.md").unlink()
    noticed.get(timeout=_NOTICED_S)


def test_hidden_files_are_not_noticed(tmp_path: Path, noticed: "queue.Queue[None]") -> None:
    write(tmp_path, ".half.part", "A whale")
    write(tmp_path, ".git/a.md", "A whale")
    with pytest.raises(queue.Empty):
        noticed.get(timeout=1.5)
    write(tmp_path, "a.md", "A whale was seen.")
    noticed.get(timeout=_NOTICED_S)


def test_a_folder_that_goes_away_and_comes_back_is_followed(
    tmp_path: Path, follow: Callable[..., "queue.Queue[None]"]
) -> None:
    folder = write(tmp_path / "corpus", "a.md", "A whale was seen.").parent
    noticed = follow(folder)
    folder.rename(tmp_path / "elsewhere")
    noticed.get(timeout=_NOTICED_S)
    (tmp_path / "elsewhere").rename(folder)
    noticed.get(timeout=_NOTICED_S)
    settle(noticed)
    shutil.rmtree(folder)
    noticed.get(timeout=_NOTICED_S)
    write(folder, "a.md", "A whale was seen.")
    noticed.get(timeout=_NOTICED_S)
    settle(noticed)
    write(folder, "a.md", "A seal was seen.")
    noticed.get(timeout=_NOTICED_S)


def test_a_folder_that_is_not_there_yet_is_waited_for(
    tmp_path: Path, follow: Callable[..., "queue.Queue[None]"]
) -> None:
    noticed = follow(tmp_path / "missing")
    write(tmp_path / "missing", "a.md", "A whale was seen.")
    noticed.get(timeout=_NOTICED_S)


def test_a_link_to_the_folder_may_lead_to_another(
    tmp_path: Path, follow: Callable[..., "queue.Queue[None]"]
) -> None:
    for name in ("old", "new"):
        write(tmp_path / name, "a.md", "A whale was seen.")
    (tmp_path / "corpus").symlink_to("old")
    noticed = follow(tmp_path / "corpus")
    (tmp_path / "next").symlink_to("new")
    (tmp_path / "next").rename(tmp_path / "corpus")
    noticed.get(timeout=_NOTICED_S)
    settle(noticed)
    write(tmp_path / "new", "b.md", "A seal was seen.")
    noticed.get(timeout=_NOTICED_S)


def test_a_folder_is_looked_through_where_that_is_set(
    tmp_path: Path, follow: Callable[..., "queue.Queue[None]"]
) -> None:
    noticed = follow(tmp_path, polling="on")
    write(tmp_path, "sub/a.md", "A whale was seen.")
    noticed.get(timeout=_NOTICED_S)
    settle(noticed)
    write(tmp_path, "sub/a.md", "A seal was seen there.")
    noticed.get(timeout=_NOTICED_S)
