"""An index on a Chroma server is shared, and survives a server that comes and goes."""

import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

import index.store.database
import index.store.server_turn
from index.errors import IndexUnavailableError
from index.library import Library
from index.store.database import ServerDatabase
from tests.chroma_proxy import chroma_proxy
from tests.chroma_server import ChromaServer
from tests.files import ARTICLES, library_of, many, write

TURN = "corpus-chat.turn-"


@pytest.fixture
def own_server(tmp_path: Path) -> Iterator[ChromaServer]:
    """A server of the test's own, which it may stop."""
    server = ChromaServer(tmp_path / "chroma")
    server.start()
    yield server
    server.stop()


@pytest.fixture
def shared(
    corpus: Path, tmp_path: Path, own_server: ChromaServer
) -> Iterator[tuple[Library, Library]]:
    """Two libraries on one server, as on two machines."""
    both = tuple(
        library_of(corpus, tmp_path / name, server=own_server.url) for name in ("one", "other")
    )
    yield both[0], both[1]
    for library in both:
        library.close()


def test_one_machine_finds_what_another_wrote(
    corpus: Path, shared: tuple[Library, Library]
) -> None:
    one, other = shared
    assert not other.is_built
    with pytest.raises(IndexUnavailableError, match="There is no index in http://"):
        other.find("lighthouse", 1)
    assert one.sync().new == len(ARTICLES)
    assert other.is_built
    assert other.find("lighthouse", 1)[0].chunk.source == "harbour.md"
    write(corpus, "whale.md", "A whale was seen.")
    (corpus / "harbour.md").unlink()
    assert one.sync().embedded == 1
    assert other.find("whale", 1)[0].chunk.source == "whale.md"
    assert all(passage.chunk.source != "harbour.md" for passage in other.find("lighthouse", 9))
    assert other.sync().embedded == 0
    assert one.verify().differences == other.verify().differences == ()
    assert one.sync(rebuild=True).embedded > 0
    assert other.find("whale", 1)[0].chunk.source == "whale.md"
    assert other.verify().differences == ()


def test_collections_of_others_are_left_alone(
    corpus: Path, own_server: ChromaServer, shared: tuple[Library, Library]
) -> None:
    database = ServerDatabase(own_server.url)
    database.put_metadata("somebody-elses", {"a": 1})
    shared[0].sync()
    shared[0].sync(rebuild=True)
    shared[0].sync()
    assert database.metadata("somebody-elses") == {"a": 1}
    builds = {name.split(".")[1] for name in database.names() if ".build-" in name}
    assert builds == {"build-2"}
    database.close()


def test_a_server_that_is_away_is_named_and_comes_back(
    corpus: Path, own_server: ChromaServer, shared: tuple[Library, Library]
) -> None:
    one, other = shared
    one.sync()
    assert other.find("lighthouse", 1)
    own_server.stop()
    for ask in (lambda: other.find("lighthouse", 1), lambda: one.sync()):
        with pytest.raises(IndexUnavailableError, match="see that it runs") as raised:
            ask()
        assert own_server.url in str(raised.value)
        assert "\n" not in str(raised.value)
    own_server.start()
    assert other.find("lighthouse", 1)[0].chunk.source == "harbour.md"


def test_a_restart_in_the_middle_of_a_build_loses_nothing(
    corpus: Path,
    own_server: ChromaServer,
    shared: tuple[Library, Library],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(index.store.server_turn, "_LEASE_S", 1)
    monkeypatch.setattr(index.store.server_turn, "_RENEWED_S", 0.2)
    many(corpus, 297)
    one, other = shared

    def stop(done: int, total: int) -> None:
        if done > 100:
            own_server.stop()

    with pytest.raises(IndexUnavailableError):
        one.sync(progress=stop)
    own_server.start()
    time.sleep(1.1)  # until the turn has ended
    assert other.sync().new <= 200
    assert other.verify().differences == ()
    assert one.find("boat 250", 1)


def test_a_slow_server_is_waited_for_and_one_that_hangs_is_not(
    corpus: Path, tmp_path: Path, own_server: ChromaServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index.store.database, "_PATIENCE_S", 0.5)
    with (
        chroma_proxy(own_server.url) as proxy,
        closing(library_of(corpus, tmp_path / "one", server=proxy.url)) as library,
    ):
        proxy.delay = 0.05
        assert library.sync().new == len(ARTICLES)
        assert library.find("lighthouse", 1)[0].chunk.source == "harbour.md"
        proxy.delay = 1
        for ask in (lambda: library.find("lighthouse", 1), lambda: library.sync()):
            started = time.monotonic()
            with pytest.raises(IndexUnavailableError, match="timed out"):
                ask()
            assert time.monotonic() - started < 10
        proxy.delay = 0
        assert library.find("lighthouse", 1)[0].chunk.source == "harbour.md"
        assert library.sync().unchanged == len(ARTICLES)


def test_a_token_is_sent_to_a_server_that_asks_for_one(
    corpus: Path, tmp_path: Path, own_server: ChromaServer
) -> None:
    with chroma_proxy(own_server.url) as proxy:
        proxy.token = "secret"
        for token in (None, "wrong"):
            with (
                closing(library_of(corpus, tmp_path, server=proxy.url, token=token)) as library,
                pytest.raises(IndexUnavailableError, match=r"401 Unauthorized.*CHROMA_TOKEN"),
            ):
                library.sync()
        with closing(library_of(corpus, tmp_path, server=proxy.url, token="secret")) as library:
            assert library.sync().new == len(ARTICLES)


def test_a_server_has_several_indexes_in_databases_of_their_own(
    corpus: Path, tmp_path: Path, own_server: ChromaServer
) -> None:
    boats = many(tmp_path / "boats", 3)
    with (
        closing(library_of(corpus, tmp_path, server=f"{own_server.url}/harbours")) as one,
        closing(library_of(boats, tmp_path, server=f"{own_server.url}/boats/")) as other,
        closing(library_of(corpus, tmp_path, server=own_server.url)) as third,
    ):
        assert not one.is_built
        with pytest.raises(IndexUnavailableError, match=r"There is no index in http://.*/harbours"):
            one.find("lighthouse", 1)
        assert one.sync().new == len(ARTICLES)
        assert other.sync().new == 3
        assert not third.is_built
        assert set(one.articles()) == set(ARTICLES)
