"""One process at a time has the turn to write on a server, and a turn ends by itself."""

import threading
import time
from collections.abc import Iterator

import pytest

from index.errors import IndexBusyError
from index.store import server_turn
from index.store.database import ServerDatabase
from index.store.server_turn import ServerTurn
from tests.chroma_server import ChromaServer

pytestmark = pytest.mark.parametrize("server", ["server"], indirect=True)


@pytest.fixture
def database(server: ChromaServer) -> Iterator[ServerDatabase]:
    opened = ServerDatabase(server.url)
    yield opened
    opened.close()


def take(database: ServerDatabase) -> ServerTurn:
    return ServerTurn(database, server="here", prefix="turn-")


def test_a_turn_is_taken_by_one_and_given_back(database: ServerDatabase) -> None:
    turn = take(database)
    turn.check()
    with turn.kept(), pytest.raises(IndexBusyError, match="Another process is writing"):
        take(database)
    with pytest.raises(IndexBusyError):
        turn.check()
    take(database).check()


def test_a_turn_that_is_not_renewed_ends(
    database: ServerDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server_turn, "_LEASE_S", 0.5)
    turn = take(database)  # and its process dies
    with pytest.raises(IndexBusyError):
        take(database)
    time.sleep(0.6)
    with pytest.raises(IndexBusyError):
        turn.check()
    take(database).check()
    with pytest.raises(IndexBusyError):
        turn.check()


def test_a_turn_that_is_kept_is_renewed(
    database: ServerDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server_turn, "_LEASE_S", 1)
    monkeypatch.setattr(server_turn, "_RENEWED_S", 0.2)
    with take(database).kept() as turn:
        time.sleep(1.5)
        turn.check()
        with pytest.raises(IndexBusyError):
            take(database)


def test_of_many_processes_that_want_the_turn_one_gets_it(server: ChromaServer) -> None:
    took: list[bool] = []
    databases = [ServerDatabase(server.url) for _ in range(8)]
    begin = threading.Barrier(len(databases))

    def compete(database: ServerDatabase) -> None:
        begin.wait()
        try:
            take(database)
            took.append(True)
        except IndexBusyError:
            took.append(False)

    threads = [threading.Thread(target=compete, args=[database]) for database in databases]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(took) == [False] * 7 + [True]
    for database in databases:
        database.close()
