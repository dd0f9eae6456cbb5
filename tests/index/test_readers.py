"""During a sync, readers see an article as it was or as it is, and never half of it."""

import subprocess
import sys
import threading
from pathlib import Path

import pytest
from chromadb.errors import InternalError

from index.errors import IndexUnavailableError
from index.library import Library
from index.store.store import Store
from tests.chroma_server import ChromaServer
from tests.conftest import OpenLibrary, on_both
from tests.files import PROJECT, library_of, write

pytestmark = on_both

VERSIONS = ("red", "green")
ROUNDS = 6

# Rewrites an article again and again, and syncs after each.
_WRITER = """
import sys
from pathlib import Path
from tests.index.test_readers import rewrite
rewrite(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3] or None)
"""


def version(colour: str) -> str:
    """Return a version of the article with many chunks, each of which states the version."""
    return "\n\n".join(
        f"# Boat {n}\n\nBoat {n} is {colour}. " + "It sails. " * 40 for n in range(40)
    )


def rewrite(corpus: Path, index_dir: Path, server: str | None) -> None:
    library = library_of(corpus, index_dir, server=server)
    for number in range(ROUNDS):
        write(corpus, "boats.md", version(VERSIONS[number % 2]))
        library.sync()
    library.close()


def seen(library: Library) -> list[str]:
    """Return the version of each chunk of the article that a reader finds."""
    texts = [chunk.text for chunk in library.chunks_of("boats.md")]
    return [next(colour for colour in VERSIONS if f"is {colour}" in text) for text in texts]


def watch(library: Library, is_over: threading.Event) -> set[tuple[str, ...]]:
    whole = set()
    while not is_over.is_set():
        whole.add(tuple(seen(library)))
        colours = {
            colour
            for passage in library.find("Which boat is red, which boat is green?", 12)
            for colour in VERSIONS
            if f"is {colour}" in passage.chunk.text
        }
        assert len(colours) <= 1, "passages of two versions"
    return whole


def test_threads_see_one_version_or_the_other(corpus: Path, library: Library) -> None:
    write(corpus, "boats.md", version("red"))
    library.sync()
    is_over = threading.Event()

    def write_on() -> None:
        for number in range(ROUNDS):
            write(corpus, "boats.md", version(VERSIONS[number % 2]))
            library.sync()
        is_over.set()

    writer = threading.Thread(target=write_on)
    writer.start()
    whole = watch(library, is_over)
    writer.join()
    assert whole <= {(colour,) * 40 for colour in VERSIONS}


def test_a_search_that_fails_does_not_disturb_the_sync_beside_it(
    corpus: Path, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(corpus, "boats.md", version("red"))
    library.sync()
    write(corpus, "boats.md", version("green"))

    def fail(*_: object, **__: object) -> None:
        raise InternalError("Error finding id")

    def search(done: int, total: int) -> None:
        with monkeypatch.context() as patched, pytest.raises(IndexUnavailableError):
            patched.setattr(Store, "nearest", fail)
            library.find("Which boat is green?", 3)

    library.sync(progress=search)
    assert seen(library) == ["green"] * 40


def test_processes_see_one_version_or_the_other(
    corpus: Path, index_dir: Path, open_library: OpenLibrary, server: ChromaServer | None
) -> None:
    write(corpus, "boats.md", version("red"))
    library = open_library()
    library.sync()
    is_over = threading.Event()
    process = subprocess.Popen(
        [sys.executable, "-c", _WRITER, str(corpus), str(index_dir), server.url if server else ""],
        cwd=PROJECT,
    )

    def wait() -> None:
        process.wait()
        is_over.set()

    waiting = threading.Thread(target=wait)
    waiting.start()
    whole = watch(library, is_over)
    waiting.join()
    assert process.returncode == 0
    assert whole == {(colour,) * 40 for colour in VERSIONS}
