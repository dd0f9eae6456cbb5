"""Fixtures that several rooms use: folders of articles, encoders, open libraries."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

# Set before anything imports huggingface_hub: no test uses the network.
os.environ["HF_HUB_OFFLINE"] = "1"
# Chroma waits for the disk at every write, which takes half of the suite's time; memory is fast.
if os.path.isdir("/dev/shm") and shutil.disk_usage("/dev/shm").free > 1e9:
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", "/dev/shm")

import hypothesis
import pytest

from index.encoder.bundled_model import CACHE_DIR, NAME
from index.encoder.embedding import Encoder, SentenceTransformerEncoder
from index.library import Library
from index.store.database import ServerDatabase
from tests.chroma_server import ChromaServer
from tests.encoders import BagOfWords
from tests.files import ARTICLES, library_of, write

# How long an example takes depends on the machine's other work, and on what is loaded first.
hypothesis.settings.register_profile("unhurried", deadline=None)
hypothesis.settings.load_profile("unhurried")

OpenLibrary = Callable[..., Library]


@pytest.fixture(scope="session")
def encoder() -> SentenceTransformerEncoder:
    """The real encoder; tests that use it are marked `real`."""
    return SentenceTransformerEncoder(NAME, cache_dir=CACHE_DIR)


@pytest.fixture
def bag() -> BagOfWords:
    return BagOfWords()


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A folder with an article in each of three languages."""
    folder = tmp_path / "corpus"
    for name, text in ARTICLES.items():
        write(folder, name, text)
    return folder


@pytest.fixture
def index_dir(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture(scope="session")
def chroma_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ChromaServer]:
    """A Chroma server, which keeps its data from test to test."""
    server = ChromaServer(tmp_path_factory.mktemp("chroma"))
    server.start()
    yield server
    server.stop()


@pytest.fixture(autouse=True)  # so that whole modules may be marked
def server(request: pytest.FixtureRequest) -> ChromaServer | None:
    """An empty Chroma server in tests that run on both kinds of index; else None."""
    if getattr(request, "param", "disk") == "disk":
        return None
    started: ChromaServer = request.getfixturevalue("chroma_server")
    database = ServerDatabase(started.url)
    for name in database.names():
        database.remove(name)
    database.close()
    return started


on_both = pytest.mark.parametrize("server", ["disk", "server"], indirect=True)
"""Marks tests that run twice: with an index in a folder, and with one on a Chroma server."""


@pytest.fixture
def open_library(
    corpus: Path, index_dir: Path, bag: BagOfWords, server: ChromaServer | None
) -> Iterator[OpenLibrary]:
    """Opens libraries over one index, and closes them."""
    opened: list[Library] = []

    def open_one(encoder: Encoder = bag, folder: Path = corpus) -> Library:
        url = server.url if server else None
        opened.append(library_of(folder, index_dir, encoder, server=url))
        return opened[-1]

    yield open_one
    for library in opened:
        library.close()


@pytest.fixture
def library(open_library: OpenLibrary) -> Library:
    return open_library()
