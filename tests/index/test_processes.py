"""Several processes on one index: one writes, any number read, and any of them may be killed."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from chromadb.errors import InternalError

from index.errors import IndexBusyError, IndexUnavailableError
from index.library import Library
from index.store.store import Store
from tests.chroma_server import ChromaServer
from tests.conftest import OpenLibrary, on_both
from tests.files import PROJECT, assert_same, contents, many, undisturbed, write

Start = Callable[[Path], "subprocess.Popen[str]"]

# Builds an index. At the second call of progress, it prints a line and waits for another one.
_WRITER = """
import sys
from pathlib import Path
import index.store.server_turn
from tests.files import library_of

index.store.server_turn._LEASE_S, index.store.server_turn._RENEWED_S = 1, 0.2
calls = []
def wait(done, total):
    calls.append(done)
    if len(calls) == 2:
        print("writing", flush=True)
        sys.stdin.readline()

library = library_of(Path(sys.argv[1]), Path(sys.argv[2]), server=sys.argv[3] or None)
library.sync(progress=wait)
print("done", flush=True)
"""


@pytest.fixture
def start(index_dir: Path, server: ChromaServer | None) -> Iterator[Start]:
    """Starts a process that stops in the middle of a write, and ends it with the test."""
    started: list[subprocess.Popen[str]] = []

    def run(corpus: Path) -> "subprocess.Popen[str]":
        where = [str(corpus), str(index_dir), server.url if server else ""]
        process = subprocess.Popen(
            [sys.executable, "-c", _WRITER, *where],
            cwd=PROJECT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        assert process.stdout is not None
        assert process.stdout.readline() == "writing\n"
        return process

    yield run
    for process in started:
        process.kill()
        process.communicate()


@on_both
def test_while_a_process_writes_others_may_read_but_not_write(
    corpus: Path, library: Library, start: Start
) -> None:
    library.sync()
    assert library.find("whale", 1)[0].chunk.source != "new.md", (
        "opened before the other process writes"
    )
    write(corpus, "new.md", "A whale was seen.")
    writer = start(corpus)
    with pytest.raises(IndexBusyError, match="try again when it has finished"):
        library.sync()
    known = library._current.snapshot()
    assert library.find("lighthouse", 1)[0].chunk.source == "harbour.md"
    assert library._current.snapshot() is known, (
        "nothing is read anew before there is something new"
    )
    assert writer.communicate("go on\n")[0] == "done\n"
    assert "new.md" in library.articles(), "the reader notices"
    assert library.find("whale", 1)[0].chunk.source == "new.md"


@on_both
def test_a_reader_notices_what_another_library_wrote(
    corpus: Path, library: Library, open_library: OpenLibrary
) -> None:
    library.sync()
    reader = open_library()
    assert "new.md" not in reader.articles()
    write(corpus, "new.md", "A whale was seen.")
    library.sync()
    assert "new.md" in reader.articles()
    assert reader.find("whale", 1)[0].chunk.source == "new.md"


def test_a_search_that_fails_while_another_process_writes_is_tried_again(
    corpus: Path,
    library: Library,
    start: Start,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    library.sync()
    failures = 0
    search = Store.nearest

    def fail_at_first(*given: Any, **named: Any) -> Any:
        nonlocal failures
        if failures:
            failures -= 1
            raise InternalError("Error finding id")  # as Chroma does
        return search(*given, **named)

    monkeypatch.setattr(Store, "nearest", fail_at_first)
    failures = 2
    with pytest.raises(IndexUnavailableError, match="Error finding id"):
        library.find("lighthouse", 1)
    write(corpus, "new.md", "A whale was seen.")
    writer = start(corpus)
    failures = 2
    assert library.find("lighthouse", 1)[0].chunk.source == "harbour.md"
    assert writer.communicate("go on\n")[0] == "done\n"


@on_both
@pytest.mark.parametrize("is_indexed", [False, True], ids=["first build", "later sync"])
def test_a_killed_process_leaves_an_index_that_the_next_sync_completes(
    corpus: Path,
    tmp_path: Path,
    open_library: OpenLibrary,
    start: Start,
    server: ChromaServer | None,
    is_indexed: bool,
) -> None:
    if is_indexed:
        library = open_library()
        library.sync()
        library.close()
    writer = start(many(corpus, 120))
    writer.kill()
    assert writer.wait() == -signal.SIGKILL
    if server is not None:
        time.sleep(1.1)  # until its turn has ended
    library = open_library()
    assert library.is_built == is_indexed
    if is_indexed:
        assert library.find("lighthouse", 1)[0].chunk.source == "harbour.md"
    library.sync()
    assert_same(contents(library), undisturbed(corpus, tmp_path))
