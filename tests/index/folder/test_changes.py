"""Changes in the folder of articles are noticed, and those of hidden files are not."""

import queue
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.errors import CorpusError
from index.folder.changes import changes
from tests.files import write

_STARTED_S = 0.5  # until the folder is watched
_NOTICED_S = 5


@pytest.fixture
def noticed(tmp_path: Path) -> Iterator["queue.Queue[None]"]:
    """A queue that gets an item for each change that is noticed in `tmp_path`."""
    found: queue.Queue[None] = queue.Queue()
    stop = threading.Event()

    def watch() -> None:
        for change in changes(tmp_path, stop):
            found.put(change)

    watching = threading.Thread(target=watch)
    watching.start()
    threading.Event().wait(_STARTED_S)
    yield found
    stop.set()
    watching.join(timeout=10)
    assert not watching.is_alive()


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


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"There is no folder .*missing to follow"):
        next(changes(tmp_path / "missing"))
