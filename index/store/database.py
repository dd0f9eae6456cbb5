"""A Chroma database, in this process or on a server. The one module that knows chromadb."""

import contextlib
import sqlite3
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from index.errors import DamagedIndexError, IndexUnavailableError, reason

if TYPE_CHECKING:
    import httpx
    from chromadb.api import ClientAPI
    from chromadb.api.models.Collection import Collection as Collection

_PATIENCE_S = 30  # for one answer of a server
_REFUSALS = (400, 413, 422)  # the codes of HTTP for what cannot be taken as it is

# Chroma's defaults lose recall as a collection grows: on 100,000 clustered vectors they found 87%
# of the ten nearest, and a wider search (ef_search 800) 99.7%, in 6 ms.
_HNSW: Any = {"space": "cosine", "ef_construction": 200, "max_neighbors": 32, "ef_search": 800}


@contextlib.contextmanager
def map_errors(fact: str, advice: str) -> Iterator[None]:
    """Turn errors of a database into one line: the fact, the reason, and what to do.

    Raises:
        IndexUnavailableError: the database failed.
    """
    import httpx
    from chromadb.errors import ChromaError

    try:
        yield
    except Exception as error:
        # Chroma's client raises a bare one where something in between answers for the server.
        is_known = isinstance(error, ChromaError | sqlite3.Error | OSError | httpx.HTTPError)
        if not is_known and type(error) is not Exception:
            raise
        raise IndexUnavailableError(f"{fact} ({reason(error)}); {advice}") from error


def may_be_of_the_data(error: Exception) -> bool:
    """Whether an error may come of what a database was given, and not of the database itself."""
    import httpx
    from chromadb.errors import ChromaError

    if isinstance(error, ChromaError):
        return error.code() in _REFUSALS
    # The client raises a bare one where something in between answers for the server.
    return not isinstance(error, sqlite3.Error | OSError | httpx.HTTPError) and (
        type(error) is not Exception
    )


@contextlib.contextmanager
def map_damage(index: str) -> Iterator[None]:
    """Turn the errors that damaged files of an index cause into one line.

    Raises:
        DamagedIndexError: the files cannot be read.
    """
    from chromadb.errors import ChromaError

    try:
        yield
    except sqlite3.OperationalError:  # it is locked, or may not be opened: no damage
        raise
    except (ChromaError, sqlite3.DatabaseError, LookupError, TypeError, ValueError) as error:
        raise damaged(index, reason(error)) from error


def damaged(index: str, what: str) -> DamagedIndexError:
    """Return the error that says that an index is damaged, and what to do."""
    return DamagedIndexError(
        f"The index in {index} is damaged ({what}); build it again: python -m app index"
    )


class Database(ABC):
    """Collections by name; some have vectors, others nothing but metadata."""

    def __init__(self) -> None:
        self._opened: ClientAPI | None = None

    @property
    def client(self) -> "ClientAPI":
        """The client of the database, which is opened at its first use."""
        if self._opened is None:
            self._opened = self._open()
        return self._opened

    @abstractmethod
    def _open(self) -> "ClientAPI": ...

    def close(self) -> None:
        """Release the database; its next use opens it again."""
        if self._opened is not None:
            opened: Any = self._opened  # it is missing from the interface
            opened.close()
            self._opened = None

    def names(self) -> list[str]:
        """Return the names of all collections."""
        return [collection.name for collection in self.client.list_collections()]

    def collection(self, name: str) -> "Collection":
        """Return a collection of vectors; it is created if there is none."""
        return self.client.get_or_create_collection(
            name, embedding_function=None, configuration={"hnsw": _HNSW}
        )

    def metadata(self, name: str) -> Mapping[str, Any] | None:
        """Return the metadata of a collection; None if there is no such collection."""
        from chromadb.errors import NotFoundError

        try:
            return self.client.get_collection(name, embedding_function=None).metadata or {}
        except NotFoundError:
            return None

    def put_metadata(self, name: str, metadata: Mapping[str, str | float]) -> None:
        """Set the metadata of a collection, and create it if there is none."""
        if not self.create(name, metadata):
            self.update(name, metadata)

    def create(self, name: str, metadata: Mapping[str, str | float]) -> bool:
        """Create a collection with this metadata; return whether there was none before."""
        from chromadb.errors import ChromaError

        try:
            self.client.create_collection(name, metadata=dict(metadata), embedding_function=None)
        except ChromaError:
            if self.metadata(name) is None:
                raise
            return False
        return True

    def update(self, name: str, metadata: Mapping[str, str | float]) -> None:
        """Set the metadata of a collection that exists.

        Raises:
            chromadb.errors.NotFoundError: there is no such collection.
        """
        self.client.get_collection(name, embedding_function=None).modify(metadata=dict(metadata))

    def remove(self, name: str) -> None:
        """Remove a collection, if there is one."""
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
            raise damaged(str(self._folder), reason(error)) from error


class ServerDatabase(Database):
    """A database on a Chroma server."""

    def __init__(self, url: str, token: str | None = None) -> None:
        """Use the server at `url`, whose path may name a database; `token` is what it asks for."""
        super().__init__()
        self._url = urlsplit(url)
        self._name = self._url.path.strip("/") or "default_database"
        # Chroma's own services read the first header, a proxy before a server reads the other.
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
        if not self._exists():
            raise NotFoundError(f"There is no database {self._name}.")
        try:
            client = chromadb.HttpClient(
                str(self._url.hostname),
                self._url.port or (443 if is_secure else 80),
                ssl=is_secure,
                headers=dict(self._headers),
                database=self._name,
            )
        except ValueError as error:  # Chroma's way to say that nothing answers
            raise ConnectionError(str(error)) from error
        # Without a timeout, the client waits for ever.
        client._server._session.timeout = _PATIENCE_S  # type: ignore[attr-defined]
        return client

    def create_database(self) -> None:
        """Create the database, if there is none."""
        import httpx

        if not self._exists():
            answer = self._ask("POST", "", json={"name": self._name})
            if answer.status_code != httpx.codes.CONFLICT:  # another process has created it
                answer.raise_for_status()

    def _exists(self) -> bool:
        import httpx

        answer = self._ask("GET", f"/{self._name}")
        if answer.status_code == httpx.codes.NOT_FOUND:
            return False
        answer.raise_for_status()
        return True

    def _ask(self, method: str, path: str, **content: Any) -> "httpx.Response":
        """Ask the server about its databases; a client can do so only once it is connected."""
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
        """Release the connections; the next use opens them again."""
        if self._opened is not None:
            opened: Any = self._opened
            # The client closes neither its connections nor those of its own admin client.
            opened._server._session.close()
            opened._admin_client._server._session.close()
        super().close()
