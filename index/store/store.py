"""The articles' records and the chunks with their vectors, in a Chroma database.

One collection has a record for each article, and one collection for each language has the chunks
in that language. So a search in each is fair to small languages, and needs no filter.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import asdict, astuple, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from index.chunking import Chunk
from index.encoder.embedding import Vectors
from index.store.article_record import ArticleRecord, from_database, to_document, to_metadata
from index.store.build_state import BuildState
from index.store.database import Database, FolderDatabase, may_be_of_the_data
from index.structure import Block

if TYPE_CHECKING:
    from index.store.database import Collection

_ARTICLES = "articles"
_CHUNKS = "chunks-"
_BATCH = 1000  # rows a write: Chroma takes 5,461 at most, and readers wait while it writes
_SOURCES = 10_000  # in the filter of a search: Chroma takes 32,766 at most
_PAGE = 5000  # rows a read of everything
_SAMPLED = 16  # parts of a collection that a sample is from

_Item = TypeVar("_Item")


class Store:
    """The articles' records and the chunks with their vectors, in one Chroma database."""

    def __init__(self, database: Database, *, prefix: str = "") -> None:
        """Keep them in collections whose names begin with `prefix`."""
        self._database = database
        self._prefix = prefix
        self._collections: dict[str, Collection] = {}

    @classmethod
    def embedded(cls, folder: Path) -> "Store":
        """Keep them in a database of their own in `folder`, which is opened at the first use."""
        return cls(FolderDatabase(folder))

    def close(self) -> None:
        """Release the database."""
        self._collections.clear()
        self._database.close()

    def may_refuse(self, error: Exception) -> bool:
        """Whether an error may mean that one article cannot be stored, while others can."""
        return may_be_of_the_data(error)

    def state(self) -> BuildState | None:
        """Return the state that was written last, by any process; None if the store is new."""
        metadata = self._database.metadata(self._prefix + _ARTICLES)
        if metadata is None or "encoder" not in metadata:
            return None
        generation, form = (int(metadata.get(name, 0)) for name in ("generation", "form"))
        return BuildState(str(metadata["encoder"]), generation, form)

    def set_state(self, state: BuildState) -> None:
        """Write the state, in place of the one before."""
        self._collection(_ARTICLES).modify(metadata=asdict(state))

    def records(self) -> dict[str, ArticleRecord]:
        """Return what is stored of each article, by source."""
        found: dict[str, ArticleRecord] = {}
        unnamed: dict[str, list[str]] = {}  # the chunks of records of an older form
        for page in self._pages(_ARTICLES, ["documents", "metadatas"]):
            for document, metadata in zip(page["documents"], page["metadatas"], strict=True):
                record = from_database(metadata, document)
                found[record.info.source] = record
                if document is None:
                    unnamed[record.info.source] = []
        if unnamed:
            for chunk in self.all_chunks():
                unnamed.get(chunk.source, []).append(chunk.id)
        named = {s: replace(found[s], chunk_ids=tuple(ids)) for s, ids in unnamed.items()}
        return found | named

    def put_records(self, records: Sequence[ArticleRecord], vectors: Vectors) -> None:
        """Write the records of articles, each with the vector of its first chunk."""
        for batch in _batches(list(range(len(records)))):
            self._collection(_ARTICLES).upsert(
                ids=[records[i].info.source for i in batch],
                embeddings=vectors[batch],
                documents=[to_document(records[i]) for i in batch],
                metadatas=[to_metadata(records[i]) for i in batch],
            )

    def set_stories(self, stories: Mapping[str, str | None]) -> None:
        """Set the story of each of these articles; None: no other prints it."""
        for batch in _batches(list(stories)):
            self._collection(_ARTICLES).update(
                ids=batch, metadatas=[{"story": stories[source] or ""} for source in batch]
            )

    def remove_records(self, sources: Iterable[str]) -> None:
        """Remove the records of articles, but not their chunks."""
        for batch in _batches(list(sources)):
            self._collection(_ARTICLES).delete(ids=batch)

    def languages(self) -> list[str]:
        """Return the languages in which there are, or were, chunks."""
        prefix = self._prefix + _CHUNKS
        names = self._database.names()
        return sorted(name.removeprefix(prefix) for name in names if name.startswith(prefix))

    def put_chunks(self, chunks: Sequence[Chunk], vectors: Vectors) -> None:
        """Add chunks with their vectors, or replace those that are stored."""
        for language in sorted({chunk.language for chunk in chunks}):
            rows = [i for i, chunk in enumerate(chunks) if chunk.language == language]
            for batch in _batches(rows):
                self._collection(_CHUNKS + language).upsert(
                    ids=[chunks[i].id for i in batch],
                    embeddings=vectors[batch],
                    documents=[chunks[i].text for i in batch],
                    metadatas=[_chunk_metadata(chunks[i]) for i in batch],
                )

    def remove_chunks(self, language: str, ids: Iterable[str]) -> None:
        """Remove chunks in `language`; ids that are not stored are ignored."""
        for batch in _batches(list(ids)):
            self._collection(_CHUNKS + language).delete(ids=batch)

    def chunk_ids(self) -> Iterator[tuple[str, str]]:
        """Yield the id and language of every chunk."""
        for language in self.languages():
            for page in self._pages(_CHUNKS + language, []):
                for chunk_id in page["ids"]:
                    yield chunk_id, language

    def vectors_of(self, texts: Iterable[str]) -> dict[str, Vectors]:
        """Return the vectors of those `texts` that are a stored chunk in its context."""
        digests = {text_digest(text): text for text in texts}
        found: dict[str, Vectors] = {}
        for language in self.languages():
            for batch in _batches(list(digests)):
                result: Any = self._collection(_CHUNKS + language).get(
                    where=_one_of("text_digest", batch), include=["embeddings", "metadatas"]
                )
                for metadata, vector in zip(result["metadatas"], result["embeddings"], strict=True):
                    found[digests[metadata["text_digest"]]] = np.asarray(vector, np.float32)
        return found

    def nearest(
        self, language: str, vector: Vectors, limit: int, *, sources: Set[str] | None = None
    ) -> list[tuple[Chunk, float]]:
        """Return the chunks in `language` nearest to `vector` with their cosines, best first.

        Only chunks of `sources`, if these are given.
        """
        if sources is None:
            return self._nearest(language, vector, limit, None)
        found = [
            pair
            for batch in _batches(sorted(sources), _SOURCES)
            for pair in self._nearest(language, vector, limit, _one_of("source", batch))
        ]
        return sorted(found, key=lambda pair: -pair[1])[:limit]

    def _nearest(
        self, language: str, vector: Vectors, limit: int, where: Any
    ) -> list[tuple[Chunk, float]]:
        result: Any = self._collection(_CHUNKS + language).query(
            query_embeddings=vector[None],
            n_results=limit,
            where=where,
            include=["documents", "metadatas", "distances"],
        )
        columns = ("ids", "documents", "metadatas", "distances")
        found = [
            (_chunk(chunk_id, language, text, metadata), 1 - distance)
            for chunk_id, text, metadata, distance in zip(
                *(result[column][0] for column in columns), strict=True
            )
            if metadata is not None  # removed by another process since this one read the vectors
        ]
        if where is None or len(found) == limit:
            return found
        # The approximate search may miss chunks if few match the filter.
        return self._nearest_of_few(language, vector, limit, where)

    def _nearest_of_few(
        self, language: str, vector: Vectors, limit: int, where: Any
    ) -> list[tuple[Chunk, float]]:
        """Compare `vector` with every chunk that matches the filter `where`."""
        every: Any = self._collection(_CHUNKS + language).get(
            where=where, include=["documents", "metadatas", "embeddings"]
        )
        chunks = _chunks(every, language)
        if not chunks:
            return []
        cosines = np.asarray(every["embeddings"], np.float32) @ vector
        best = np.argsort(-cosines)[:limit]
        return [(chunks[i], float(cosines[i])) for i in best]

    def sample(self, language: str, limit: int) -> Vectors:
        """Return the vectors of up to `limit` chunks in `language`, shape (chunks, dimensions).

        They are from several parts of the collection, because chunks are in the order in which they
        were indexed.
        """
        collection = self._collection(_CHUNKS + language)
        count = collection.count()
        parts = min(_SAMPLED, limit) if count > limit else 1
        vectors = [
            collection.get(
                limit=limit // parts, offset=part * count // parts, include=["embeddings"]
            )["embeddings"]
            for part in range(parts)
        ]
        # A part is empty if another process has removed its chunks since they were counted.
        pages = [page for page in (np.asarray(v, np.float32) for v in vectors) if len(page)]
        return np.concatenate(pages) if pages else np.empty((0, 0), np.float32)

    def finds_something(self, language: str, limit: int) -> bool:
        """Whether each search for the vectors of up to `limit` chunks finds something.

        If files were lost, it finds nothing. It need not find the chunk itself, because the graph
        leads only to some of the vectors if all are alike, or equally far apart.
        """
        vectors = self.sample(language, limit)
        return all(self._nearest(language, vector, 1, None) for vector in vectors)

    def chunks(self, language: str, ids: Sequence[str]) -> list[Chunk]:
        """Return those chunks with `ids` that are stored."""
        result: Any = self._collection(_CHUNKS + language).get(
            ids=list(ids), include=["documents", "metadatas"]
        )
        return _chunks(result, language)

    def all_chunks(self) -> Iterator[Chunk]:
        """Yield every chunk."""
        for language in self.languages():
            for page in self._pages(_CHUNKS + language, ["documents", "metadatas"]):
                yield from _chunks(page, language)

    def chunks_with_vectors(self) -> Iterator[tuple[list[Chunk], Vectors]]:
        """Yield some chunks at a time, with their vectors, shape (chunks, dimensions)."""
        for language in self.languages():
            everything = ["documents", "metadatas", "embeddings"]
            for page in self._pages(_CHUNKS + language, everything, _BATCH):
                yield _chunks(page, language), np.asarray(page["embeddings"], np.float32)

    def record_vectors(self) -> Iterator[tuple[list[str], Vectors]]:
        """Yield some articles' sources at a time, with the vectors of their first chunks."""
        for page in self._pages(_ARTICLES, ["embeddings"], _BATCH):
            yield page["ids"], np.asarray(page["embeddings"], np.float32)

    def count(self) -> int:
        """Return how many chunks there are."""
        return sum(self._collection(_CHUNKS + name).count() for name in self.languages())

    def _collection(self, name: str) -> "Collection":
        if name not in self._collections:
            self._collections[name] = self._database.collection(self._prefix + name)
        return self._collections[name]

    def _pages(self, name: str, include: list[Any], rows: int = _PAGE) -> Iterator[Any]:
        collection = self._collection(name)
        for offset in range(0, collection.count(), rows):
            yield collection.get(limit=rows, offset=offset, include=include)


def text_digest(text: str) -> str:
    """Return a digest by which chunks with the same text are found, so that it is embedded once."""
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def _one_of(key: str, values: list[str]) -> Any:
    return {key: {"$in": values}}


def _chunk_metadata(chunk: Chunk) -> dict[str, str | int]:
    return {
        "source": chunk.source,
        "start": chunk.start,
        "end": chunk.end,
        "context": chunk.context,
        "blocks": json.dumps([astuple(block) for block in chunk.blocks]),
        "text_digest": text_digest(chunk.in_context),
    }


def _chunk(chunk_id: str, language: str, text: str, metadata: dict[str, Any]) -> Chunk:
    return Chunk(
        chunk_id,
        metadata["source"],
        metadata["start"],
        metadata["end"],
        text,
        language,
        metadata.get("context", ""),  # an index of an older form has none
        tuple(map(_block, json.loads(metadata.get("blocks", "[]")))),  # nor these
    )


def _block(values: list[Any]) -> Block:
    kind, start, end, level, whole, lead = values
    return Block(kind, start, end, level, whole and tuple(whole), lead and tuple(lead))


def _chunks(result: Any, language: str) -> list[Chunk]:
    rows = zip(result["ids"], result["documents"], result["metadatas"], strict=True)
    return [_chunk(chunk_id, language, text, metadata) for chunk_id, text, metadata in rows]


def _batches(items: list[_Item], size: int = _BATCH) -> Iterator[list[_Item]]:
    for i in range(0, len(items), size):
        yield items[i : i + size]
