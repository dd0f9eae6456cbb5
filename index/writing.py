"""Write articles into an index: their chunks with vectors, then their records."""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, replace

import numpy as np

from index.chunking import Chunk, split
from index.encoder.embedding import Encoder, Vectors
from index.errors import CorpusChatError, Problem, is_failure, reason
from index.folder.article import Article
from index.folder.formats.extracted import without_controls
from index.store.article_record import ArticleRecord
from index.store.store import Store
from index.stories import signature, stories

# Chunks embedded and written together: enough to fill the encoder's batches from short articles,
# few enough that a build that is killed loses only seconds.
_GROUP = 128

_SAID = 200  # characters of a library's error
_PROBE = "."  # a text that every encoder embeds
_REST = 20  # times as long as it took to show readers what was written


@dataclass(frozen=True, slots=True)
class ChunkedArticle:
    """An article and its chunks."""

    article: Article
    chunks: list[Chunk]


Refuse = Callable[[Problem], None]
"""Called with an article that cannot be indexed, and why; the others are."""


def in_groups(articles: Iterable[Article], refuse: Refuse) -> Iterator[list[ChunkedArticle]]:
    """Cut articles into chunks, and gather them until there are enough for a write."""
    group: list[ChunkedArticle] = []
    size = 0
    for article in articles:
        try:
            group.append(ChunkedArticle(article, split(article)))
        except BaseException as error:  # of this text, whatever a library makes of it
            if not is_failure(error):
                raise
            refuse(_problem(article, "cut into passages", error))
            continue
        size += len(group[-1].chunks)
        if size >= _GROUP:
            yield group
            group, size = [], 0
    if group:
        yield group


class Writer:
    """Makes an index hold the articles of a folder as they are now.

    Only those chunks of an article count that its record names. New chunks are written first,
    then the record, which is the moment at which readers see them; chunks that no record names any
    more are removed last. So nobody finds half of an article, whenever this is stopped.
    """

    def __init__(
        self,
        store: Store,
        records: Mapping[str, ArticleRecord],
        *,
        encoder: Encoder,
        check_turn: Callable[[], None],
        show: Callable[[Mapping[str, ArticleRecord]], None],
        refuse: Refuse,
    ) -> None:
        """Write to `store`, which holds `records`.

        `refuse` is called with each article that cannot be embedded or stored. `show` is called
        with the new records, for readers in this process; `check_turn` before that, and it raises
        if the turn to write is lost.
        """
        self._store = store
        self._records = dict(records)
        self._encoder = encoder
        self._check_turn = check_turn
        self._show = show
        self._refuse = refuse
        self._dropped: set[tuple[str, str]] = set()  # chunks that a record named before
        self._next_show = 0.0

    def write(self, group: list[ChunkedArticle]) -> int:
        """Write articles with their chunks; return how many texts had to be embedded.

        If one of them cannot be written, the others are.

        Raises:
            Exception: the encoder or the database fails, whatever it is given.
        """
        try:
            embedded = self._write(group)
        except Exception as error:
            if not self._may_be_of_an_article(error):
                raise
            embedded = self._write_alone(group)
        self._check_turn()
        self._show_at_times()
        return embedded

    def _write_alone(self, group: list[ChunkedArticle]) -> int:
        """Write articles one by one, and refuse those that cannot be written."""
        embedded = 0
        problems: list[Problem] = []
        failure: Exception | None = None
        for each in group:
            try:
                embedded += self._write([each])
            except Exception as error:
                if not self._may_be_of_an_article(error):
                    raise
                failure = error
                problems.append(_problem(each.article, "indexed", error))
        if failure is not None and len(problems) == len(group) > 1:
            raise failure  # it is not the articles
        for problem in problems:
            self._refuse(problem)
        return embedded

    def _may_be_of_an_article(self, error: Exception) -> bool:
        """Whether an error may be the fault of one article: encoder and database do work."""
        if isinstance(error, CorpusChatError) or not self._store.may_refuse(error):
            return False
        try:
            self._encoder.encode_passages([_PROBE])
        except Exception:
            return False
        return True

    def _write(self, group: list[ChunkedArticle]) -> int:
        beginnings = [each.chunks[0].in_context for each in group]
        vectors: dict[str, Vectors] = {}
        embedded = self._embed(beginnings, vectors)
        leads = np.stack([vectors[text] for text in beginnings])
        kept = self._kept(group)
        chunks = [chunk for each in group for chunk in each.chunks if chunk.id not in kept]
        for first in range(0, len(chunks), _GROUP):
            part = chunks[first : first + _GROUP]
            embedded += self._embed([chunk.in_context for chunk in part], vectors)
            self._store.put_chunks(part, np.stack([vectors[chunk.in_context] for chunk in part]))
        self._put_records([_record(each) for each in group], leads)
        return embedded

    def remove(self, sources: Set[str]) -> None:
        """Remove the records of articles; their chunks are swept up later."""
        self._store.remove_records(sorted(sources))
        for source in sources:
            self._dropped |= _chunks_of(self._records.pop(source))

    def finish(self) -> None:
        """Set which articles print the same story, and show readers all that was written."""
        self._set_stories()
        self._check_turn()
        self._show(self._records)

    def sweep(self) -> None:
        """Remove the chunks that no record names.

        To be called when no reader looks at the records before these any more.
        """
        named = {pair for record in self._records.values() for pair in _chunks_of(record)}
        self._remove_chunks(self._dropped)
        # What an interrupted sync left behind has to be looked for.
        if self._store.count() != len(named):
            self._remove_chunks(set(self._store.chunk_ids()) - named)

    def _kept(self, group: list[ChunkedArticle]) -> set[str]:
        """Return the ids of the articles' chunks that are written already."""
        known = ((each.article, self._records.get(each.article.source)) for each in group)
        return {
            chunk_id
            for article, record in known
            if record is not None and record.info.language == article.language
            for chunk_id in record.chunk_ids
        }

    def _embed(self, texts: list[str], vectors: dict[str, Vectors]) -> int:
        """Add the vectors of `texts` that are missing; return how many had to be computed."""
        vectors |= self._store.vectors_of({text for text in texts if text not in vectors})
        missing = list(dict.fromkeys(text for text in texts if text not in vectors))
        if missing:
            vectors |= zip(missing, self._encoder.encode_passages(missing), strict=True)
        return len(missing)

    def _put_records(self, records: list[ArticleRecord], leads: Vectors) -> None:
        self._store.put_records(records, leads)
        for record in records:
            source = record.info.source
            if source in self._records:
                self._dropped |= _chunks_of(self._records[source])
            self._records[source] = record
            self._dropped -= _chunks_of(record)

    def _show_at_times(self) -> None:
        # To show all articles after each group would take longer, the more there are of them.
        started = time.perf_counter()
        if started >= self._next_show:
            self._show(self._records)
            now = time.perf_counter()
            self._next_show = now + _REST * (now - started)

    def _set_stories(self) -> None:
        """Write which story each article prints, if others print the same."""
        found = stories({source: record.signature for source, record in self._records.items()})
        new = {
            source: found.get(source)
            for source, record in self._records.items()
            if record.info.story != found.get(source)
        }
        self._store.set_stories(new)
        for source, story in new.items():
            record = self._records[source]
            self._records[source] = replace(record, info=replace(record.info, story=story))

    def _remove_chunks(self, chunks: Set[tuple[str, str]]) -> None:
        for language in sorted({language for _, language in chunks}):
            ids = [chunk_id for chunk_id, own in chunks if own == language]
            self._store.remove_chunks(language, ids)


def _record(each: ChunkedArticle) -> ArticleRecord:
    article = each.article
    chunk_ids = tuple(chunk.id for chunk in each.chunks)
    return ArticleRecord(article.info(), chunk_ids, signature(article.text[article.body :]))


def _problem(article: Article, what: str, error: BaseException) -> Problem:
    """Return what is said of an article that cannot be `what` it has to be."""
    fact = f"cannot be {what} ({type(error).__name__}: {reason(error)[:_SAID]})"
    return Problem(article.source, f"{without_controls(fact)}; save it anew.")


def _chunks_of(record: ArticleRecord) -> set[tuple[str, str]]:
    """Return the id and language of each chunk that a record names."""
    return {(chunk_id, record.info.language) for chunk_id in record.chunk_ids}
