"""A Chroma database, in this process or on a server. The one module that knows chromadb."""

import contextlib
import sqlite3
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from index.errors import DamagedIndexError, IndexUnavailableError

if TYPE_CHECKING:
    import httpx
    from chromadb.api import ClientAPI
    from chromadb.api.models.Collection import Collection as Collection

_PATIENCE_S = 30  # for one answer of a server

# Chroma's defaults lose recall as a collection grows: on 100,000 clustered vectors they found 87%
# of the ten nearest, and a wider search (ef_search 800) 99.7%, in 6 ms.
_HNSW: Any = {"space": "cosine", "ef_construction": 200, "max_neighbors": 32, "ef_search": 800}


@contextlib.contextmanager
def named_errors(fact: str, advice: str) -> Iterator[None]:
    """Turn what goes wrong in a database into one line: the fact, the reason, and what to do."""
    import httpx
    from chromadb.errors import ChromaError

    try:
        yield
    except Exception as error:
        # Chroma's client raises a bare one where something in between answers for the server.
        is_known = isinstance(error, ChromaError | sqlite3.Error | OSError | httpx.HTTPError)
        if not is_known and type(error) is not Exception:
            raise
        raise IndexUnavailableError(f"{fact} ({_reason(error)}); {advice}") from error


@contextlib.contextmanager
def named_damage(place: str) -> Iterator[None]:
    """Turn what a damaged file in `place` makes its reader stumble over into one line."""
    from chromadb.errors import ChromaError

    try:
        yield
    except sqlite3.OperationalError:  # it is locked, or may not be opened: no damage
        raise
    except (ChromaError, sqlite3.DatabaseError, LookupError, TypeError, ValueError) as error:
        raise damaged(place, _reason(error)) from error


def damaged(place: str, reason: str) -> DamagedIndexError:
    """Return the error that says that the index in `place` is damaged, and what to do."""
    return DamagedIndexError(
        f"The index in {place} is damaged ({reason}); build it again: python -m app index"
    )


def _reason(error: BaseException) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0]


class Database(ABC):
    """Collections by name: of vectors, or with nothing but metadata, which are records."""

    def __init__(self) -> None:
        self._opened: ClientAPI | None = None

    @property
    def client(self) -> "ClientAPI":
        """The client of the database, opened when it is first asked for."""
        if self._opened is None:
            self._opened = self._open()
        return self._opened

    @abstractmethod
    def _open(self) -> "ClientAPI": ...

    def close(self) -> None:
        """Let go of the database; the next question opens it again."""
        if self._opened is not None:
            opened: Any = self._opened  # it is missing from the interface
            opened.close()
            self._opened = None

    def names(self) -> list[str]:
        """Return the names of all collections."""
        return [collection.name for collection in self.client.list_collections()]

    def collection(self, name: str) -> "Collection":
        """Return a collection of vectors, which is made where there is none."""
        return self.client.get_or_create_collection(
            name, embedding_function=None, configuration={"hnsw": _HNSW}
        )

    def told(self, name: str) -> Mapping[str, Any] | None:
        """Return the metadata of a collection; None where there is none."""
        from chromadb.errors import NotFoundError

        try:
            return self.client.get_collection(name, embedding_function=None).metadata or {}
        except NotFoundError:
            return None

    def tell(self, name: str, facts: dict[str, str | float]) -> None:
        """Have a record say this, and make it where there is none."""
        if not self.make(name, facts):
            self.renew(name, facts)

    def make(self, name: str, facts: dict[str, str | float]) -> bool:
        """Make a record; return whether there was none before."""
        from chromadb.errors import ChromaError

        try:
            self.client.create_collection(name, metadata=facts, embedding_function=None)
        except ChromaError:
            if self.told(name) is None:
                raise
            return False
        return True

    def renew(self, name: str, facts: dict[str, str | float]) -> None:
        """Have a record say this; one that is gone stays so."""
        self.client.get_collection(name, embedding_function=None).modify(metadata=facts)

    def remove(self, name: str) -> None:
        """Remove a collection; one that is not there is passed over."""
        from chromadb.errors import NotFoundError

        with contextlib.suppress(NotFoundError):
            self.client.delete_collection(name)


class FolderDatabase(Database):
    """A database in a folder, opened in this process; one process may write to it at a time."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder

    def _open(self) -> "ClientAPI":
        """Open the database, or create it.

        Raises:
            DamagedIndexError: its files cannot be read.
        """
        import chromadb

        try:
            return chromadb.PersistentClient(str(self._folder))
        except BaseException as error:  # Chroma's core panics, which is no Exception
            if isinstance(error, KeyboardInterrupt):
                raise
            raise damaged(str(self._folder), _reason(error)) from error


class ServerDatabase(Database):
    """A database on a Chroma server."""

    def __init__(self, url: str, token: str | None = None) -> None:
        """Use the server at `url`, whose path may name a database, with a token if it asks one."""
        super().__init__()
        self._url = urlsplit(url)
        self._name = self._url.path.strip("/") or "default_database"
        # Chroma's own services look at the one, what stands before a server at the other.
        self._headers: dict[str, str] = {}
        if token:
            self._headers = {"X-Chroma-Token": token, "Authorization": f"Bearer {token}"}

    def _open(self) -> "ClientAPI":
        """Connect to the server.

        Raises:
            chromadb.errors.NotFoundError: it has no such database.
            ConnectionError, httpx.HTTPError: nothing answers at its address, or nothing useful.
        """
        import chromadb
        from chromadb.errors import NotFoundError

        is_secure = self._url.scheme == "https"
        if not self._is_there():
            raise NotFoundError(f"There is no database {self._name}.")
        try:
            client = chromadb.HttpClient(
                str(self._url.hostname),
                self._url.port or (443 if is_secure else 80),
                ssl=is_secure,
                headers=dict(self._headers),
                database=self._name,
            )
        except ValueError as error:  # so it says that nothing answers
            raise ConnectionError(str(error)) from error
        # Without this it waits for ever.
        client._server._session.timeout = _PATIENCE_S  # type: ignore[attr-defined]
        return client

    def create(self) -> None:
        """Make the database, if it is not there."""
        import httpx

        if not self._is_there():
            answer = self._ask("POST", "", json={"name": self._name})
            if answer.status_code != httpx.codes.CONFLICT:  # somebody else has made it
                answer.raise_for_status()

    def _is_there(self) -> bool:
        import httpx

        answer = self._ask("GET", f"/{self._name}")
        if answer.status_code == httpx.codes.NOT_FOUND:
            return False
        answer.raise_for_status()
        return True

    def _ask(self, method: str, path: str, **content: Any) -> "httpx.Response":
        """Ask the server about its databases; its client knows them only when it is connected."""
        import httpx

        databases = "/api/v2/tenants/default_tenant/databases"
        return httpx.request(
            method,
            f"{self._url.scheme}://{self._url.netloc}{databases}{path}",
            headers=self._headers,
            timeout=_PATIENCE_S,
            **content,
        )

    def close(self) -> None:
        """Let go of the server; the next question opens it again."""
        if self._opened is not None:
            opened: Any = self._opened
            # The client does not close its connections, nor those that it keeps for itself.
            opened._server._session.close()
            opened._admin_client._server._session.close()
        super().close()
