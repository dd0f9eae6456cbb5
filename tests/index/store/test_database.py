"""A database keeps collections, and its errors become one line that says what to do."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from chromadb.errors import InternalError, NotFoundError

from index.errors import DamagedIndexError, IndexUnavailableError
from index.store.database import (
    Database,
    FolderDatabase,
    ServerDatabase,
    map_damage,
    map_errors,
)
from tests.chroma_server import ChromaServer
from tests.conftest import on_both
from tests.files import write


@pytest.fixture
def database(tmp_path: Path, server: ChromaServer | None) -> Iterator[Database]:
    opened: Database = (
        FolderDatabase(tmp_path / "chroma") if server is None else ServerDatabase(server.url)
    )
    yield opened
    opened.close()


@on_both
def test_only_the_first_to_create_a_collection_succeeds(database: Database) -> None:
    assert database.metadata("turn") is None
    assert database.create("turn", {"until": 1})
    assert not database.create("turn", {"until": 2})
    assert database.metadata("turn") == {"until": 1}


@on_both
def test_metadata_are_replaced_whether_there_were_any_or_not(database: Database) -> None:
    for build in ("build-1", "build-2"):
        database.put_metadata("current", {"build": build})
        assert database.metadata("current") == {"build": build}
    database.update("current", {"build": "build-3"})
    assert database.metadata("current") == {"build": "build-3"}


@on_both
def test_a_collection_that_is_gone_cannot_be_updated_and_need_not_be_removed(
    database: Database,
) -> None:
    database.create("turn", {"until": 1})
    database.remove("turn")
    database.remove("turn")
    assert "turn" not in database.names()
    with pytest.raises(NotFoundError):
        database.update("turn", {"until": 2})
    assert database.metadata("turn") is None


@on_both
def test_a_closed_database_is_opened_again(database: Database) -> None:
    database.create("turn", {"until": 1})
    database.close()
    assert database.metadata("turn") == {"until": 1}


@pytest.mark.parametrize("server", ["server"], indirect=True)
def test_a_database_on_a_server_is_created_once(server: ChromaServer) -> None:
    database = ServerDatabase(f"{server.url}/harbours")
    database.create_database()
    database.create_database()
    assert database.names() == []
    database.close()
    missing = ServerDatabase(f"{server.url}/nothing")
    with pytest.raises(NotFoundError, match="There is no database nothing"):
        missing.names()


def test_a_damaged_database_is_named_with_its_folder(tmp_path: Path) -> None:
    write(tmp_path, "chroma.sqlite3", b"nonsense" * 999)
    with pytest.raises(DamagedIndexError, match=f"The index in {tmp_path} is damaged") as raised:
        FolderDatabase(tmp_path).names()
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    "error",
    [
        InternalError("disk is full\nat a line"),
        sqlite3.OperationalError("disk is full"),
        OSError("disk is full"),
        Exception("disk is full"),
    ],
    ids=["Chroma", "SQLite", "system", "bare"],
)
def test_errors_of_a_database_become_one_line(error: Exception) -> None:
    with (
        pytest.raises(IndexUnavailableError, match=r"^It failed \(disk is full\); make room$"),
        map_errors("It failed", "make room"),
    ):
        raise error


@pytest.mark.parametrize("error", [ValueError("x"), DamagedIndexError("x"), KeyboardInterrupt()])
def test_errors_that_are_not_of_the_database_are_left_alone(error: BaseException) -> None:
    with pytest.raises(type(error)) as raised, map_errors("It failed", "make room"):
        raise error
    assert raised.value is error


@pytest.mark.parametrize(
    "error",
    [InternalError("x"), sqlite3.DatabaseError("x"), KeyError("x"), TypeError(), ValueError("x")],
)
def test_errors_of_damaged_files_are_called_damage(error: Exception) -> None:
    with pytest.raises(DamagedIndexError, match="The index in here is damaged"), map_damage("here"):
        raise error


def test_a_locked_database_is_not_called_damaged() -> None:
    with pytest.raises(sqlite3.OperationalError), map_damage("here"):
        raise sqlite3.OperationalError("database is locked")
