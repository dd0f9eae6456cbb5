"""A snapshot holds while another process writes, and no build is read that does not fit."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest

from index.chunking import Chunk
from index.errors import DamagedIndexError, EncoderMismatchError, IndexUnavailableError
from index.store.article_record import ArticleRecord
from index.store.build_state import FORM, BuildState
from index.store.snapshot import Snapshot, read_snapshot, sample_vectors
from index.store.store import Store
from tests.files import HARBOUR, article_of

INFO = article_of("harbour.md", HARBOUR.encode()).info()
RECORD = ArticleRecord(INFO, ("0a", "1b"))


@dataclass(frozen=True)
class Opened:
    """A store that is open."""

    store: Store

    def finish(self, state: BuildState) -> None: ...

    def close(self) -> None:
        self.store.close()


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Opened]:
    build = Opened(Store.embedded(tmp_path / "chroma"))
    build.store.set_state(BuildState("bag", 2, FORM))
    build.store.put_records([RECORD], np.ones((1, 4), np.float32))
    yield build
    build.close()


def read(opened: Opened, encoder: str = "bag") -> Snapshot:
    return read_snapshot("build-1", opened, encoder=encoder, index="here")


def test_a_snapshot_has_the_records_and_what_follows_from_them(opened: Opened) -> None:
    snapshot = read(opened)
    assert snapshot.state == BuildState("bag", 2, FORM)
    assert snapshot.records == {"harbour.md": RECORD}
    assert snapshot.articles == {"harbour.md": INFO}
    assert snapshot.visible == {"0a", "1b"}
    emptied = snapshot.with_records({})
    assert (emptied.articles, emptied.visible) == ({}, frozenset())
    assert emptied.store is snapshot.store


@pytest.mark.parametrize(
    ("generation", "now", "is_valid"),
    [
        (2, 2, True),
        (2, 3, True),  # a sync is writing, and has removed nothing yet
        (2, 4, False),
        (2, 5, False),  # it was killed, and the next one is writing
        (3, 3, True),
        (3, 4, False),
        (3, 5, False),
        (0, 1, True),
    ],
)
def test_a_snapshot_is_valid_until_a_sync_was_finished(
    opened: Opened, generation: int, now: int, is_valid: bool
) -> None:
    state = BuildState("bag", generation, FORM)
    snapshot = replace(read(opened), state=state)
    assert snapshot.is_valid(replace(state, generation=now)) == is_valid
    assert not snapshot.is_valid(replace(state, generation=now, encoder="other"))
    assert not snapshot.is_valid(None)


def test_a_build_that_does_not_fit_is_not_read(opened: Opened) -> None:
    with pytest.raises(EncoderMismatchError, match=r"EMBEDDING_MODEL bag, and now other is set"):
        read(opened, "other")
    opened.store.set_state(BuildState("bag", 2, FORM + 1))
    with pytest.raises(IndexUnavailableError, match="a newer version of this program"):
        read(opened)


def test_a_build_without_a_state_is_damaged(tmp_path: Path) -> None:
    empty = Opened(Store.embedded(tmp_path / "empty"))
    with pytest.raises(DamagedIndexError, match="The index in here is damaged"):
        read(empty)
    empty.close()


def test_a_sample_has_some_vectors_of_each_language_that_has_chunks(opened: Opened) -> None:
    for language, count in (("en", 600), ("es", 2)):
        chunks = [Chunk(f"{n:032x}", "a.md", n, n + 1, str(n), language) for n in range(count)]
        vectors = np.random.default_rng(0).normal(size=(count, 4)).astype(np.float32)
        opened.store.put_chunks(chunks, vectors)
    opened.store.put_chunks([Chunk("0", "a.md", 0, 1, "a", "it")], np.ones((1, 4), np.float32))
    opened.store.remove_chunks("it", ["0"])
    shapes = {language: v.shape for language, v in sample_vectors(opened.store).items()}
    assert shapes == {"en": (256, 4), "es": (2, 4)}
