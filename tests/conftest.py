"""What several tests need: folders of articles, encoders, open libraries."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

# Before anything imports huggingface_hub: no test reaches for a network.
os.environ["HF_HUB_OFFLINE"] = "1"
# Chroma waits for the disk at every write, half of the suite's time; memory answers at once.
if os.path.isdir("/dev/shm") and shutil.disk_usage("/dev/shm").free > 1e9:
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", "/dev/shm")

import hypothesis
import pytest

from app.settings import CACHE_DIR
from index.bundled_model import NAME
from index.embedding import Encoder, SentenceTransformerEncoder
from index.library import Library
from tests.encoders import BagOfWords
from tests.files import ARTICLES, write

# How long an example takes depends on what else the machine does, and on what it loads first.
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


@pytest.fixture
def open_library(index_dir: Path, bag: BagOfWords) -> Iterator[OpenLibrary]:
    """Opens libraries on one index directory, and closes them."""
    opened: list[Library] = []

    def make(encoder: Encoder = bag) -> Library:
        opened.append(Library(index_dir, encoder))
        return opened[-1]

    yield make
    for library in opened:
        library.close()


@pytest.fixture
def library(open_library: OpenLibrary) -> Library:
    return open_library()
