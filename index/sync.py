"""Bring the index in step with the folder: embed what is new, forget what is gone."""

import time
from collections.abc import Callable, Iterator, Mapping, Set
from dataclasses import dataclass, field, replace

import numpy as np

from index.chunking import Chunk, split
from index.encoder.embedding import Encoder, Vectors
from index.errors import ArticleError, CorpusError, Problem
from index.folder.article import Article
from index.folder.corpus import Corpus
from index.folder.extraction import SUFFIXES
from index.store.lexical import LexicalIndex
from index.store.store import Record, Store
from index.stories import signature, stories

# Chunks embedded and written together: enough to fill the encoder's batches from short articles,
# few enough that a build that is killed loses only seconds.
_GROUP = 128

_REST = 20  # times as long as it took to tell readers of what was written

Progress = Callable[[int, int], None]
"""Called with how many articles are done, and how many there are to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncReport:
    """What a sync found and did, in articles."""

    new: int
    changed: int
    moved: int  # to another name or folder
    removed: int
    unchanged: int
    problems: tuple[Problem, ...]  # of files that could not be read, or not wholly
    embedded: int  # chunks whose text had no vector yet
    seconds: float
    mended: str | None = None  # why the index was built anew, where it was damaged


@dataclass(slots=True)
class Differences:
    """How the folder differs from the index."""

    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    unchanged: int = 0
    digests: set[str] = field(default_factory=set)  # of all files that could be opened
    problems: list[Problem] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.new or self.changed or self.removed)


def compare(
    corpus: Corpus,
    records: Mapping[str, Record],
    *,
    is_anew: bool = False,
) -> Differences:
    """Return how `corpus` differs from what is indexed; with `is_anew`, take all for changed.

    What was indexed of a file stays while the file is there but cannot be read, or has become no
    article: it may be in the middle of being written.

    Raises:
        CorpusError: the folder is missing, unreadable or without articles.
    """
    found = Differences()
    gone = set(records)
    listed = 0
    for source in corpus.sources():
        listed += 1
        try:
            if isinstance(source, ArticleError):
                raise source
            data = corpus.read(source)
        except FileNotFoundError:  # removed since it was listed
            continue
        except ArticleError as error:
            found.problems.append(error.problem)
            unread = error.problem.source  # it may be a folder
            gone -= {name for name in gone if name == unread or name.startswith(f"{unread}/")}
            continue
        gone.discard(source)
        digest = corpus.digest(source, data)
        found.digests.add(digest)
        known = records.get(source)
        if known is not None and known.info.digest == digest and not is_anew:
            found.unchanged += 1
            if known.info.problem:
                found.problems.append(Problem(source, known.info.problem))
            continue
        try:
            corpus.parse(source, data)
        except ArticleError as error:
            found.problems.append(error.problem)
            continue
        if known is not None:
            found.changed.append(source)
        else:
            found.new.append(source)
    if not listed:
        kinds = ", ".join(SUFFIXES)
        raise CorpusError(
            f"There is no article in {corpus.path}; put files in it that end in {kinds}."
        )
    found.removed = sorted(gone)
    return found


def in_step(found: Differences) -> SyncReport:
    """Return the report of a sync that finds the index as the folder is."""
    return SyncReport(
        new=0,
        changed=0,
        moved=0,
        removed=0,
        unchanged=found.unchanged,
        problems=tuple(found.problems),
        embedded=0,
        seconds=0.0,
    )


class Writer:
    """Makes an index hold the articles of a folder as they are now.

    Of an article's chunks only those count that its record names. New chunks are written first,
    then the record, which is the moment at which readers see them; what no record names any more
    is removed last. So nobody finds half of an article, whenever this is stopped.
    """

    def __init__(
        self,
        store: Store,
        lexical: LexicalIndex,
        encoder: Encoder,
        records: Mapping[str, Record],
        check_turn: Callable[[], None],
        switch: Callable[[Mapping[str, Record]], None],
    ) -> None:
        """Write to `store` and `lexical`, which hold `records`; tell `switch` what they hold.

        Before that, `check_turn` is called, and raises where the turn to write is lost.
        """
        self._store = store
        self._lexical = lexical
        self._encoder = encoder
        self._records = dict(records)
        self._check_turn = check_turn
        self._switch = switch
        self._dropped: set[tuple[str, str]] = set()  # chunks that a record named before
        self._next_switch = 0.0

    def write(self, found: Differences, corpus: Corpus, progress: Progress) -> SyncReport:
        """Write what is new and changed, and drop the records of what was removed."""
        started = time.perf_counter()
        problems = list(found.problems)
        to_read = found.new + found.changed
        is_new = set(found.new)
        gone = {self._records[source].info.digest for source in found.removed}
        done = new = moved = embedded = 0
        progress(0, len(to_read))
        for group in _groups(_read(corpus, to_read, problems)):
            embedded += self._write(group)
            added = [article for article, _ in group if article.source in is_new]
            new += len(added)
            moved += sum(article.digest in gone for article in added)
            done += len(group)
            progress(done, len(to_read))
        # After the new ones: an article that was moved finds its vectors still there.
        self._store.remove_records(found.removed)
        for source in found.removed:
            self._drop(self._records.pop(source))
        self._tie()
        self._check_turn()
        self._switch(self._records)
        return SyncReport(
            new=new - moved,
            changed=done - new,
            moved=moved,
            removed=len(found.removed) - moved,
            unchanged=found.unchanged,
            problems=tuple(problems),
            embedded=embedded,
            seconds=time.perf_counter() - started,
        )

    def sweep(self) -> None:
        """Remove the chunks that no record names, and find again by its words each that one does.

        To be called when no reader looks at the records before these any more.
        """
        named = {pair for record in self._records.values() for pair in _chunks_of(record)}
        wanted = {i for i, _ in named}
        self._lexical.remove({i for i, _ in self._dropped} - wanted)
        self._remove(self._dropped)
        # What others left behind has to be looked for.
        if self._store.count() != len(named):
            self._remove(set(self._store.chunk_ids()) - named)
        if self._lexical.count() != len(wanted):
            held = self._lexical.ids()
            self._lexical.remove(held - wanted)
            missing = wanted - held
            self._lexical.put(c for c in self._store.all_chunks() if c.id in missing)

    def _drop(self, record: Record) -> None:
        self._dropped |= _chunks_of(record)

    def _remove(self, pairs: Set[tuple[str, str]]) -> None:
        for language in sorted({language for _, language in pairs}):
            self._store.remove_chunks(language, [i for i, of in pairs if of == language])

    def _write(self, group: list[tuple[Article, list[Chunk]]]) -> int:
        """Write articles with their chunks; return how many texts had to be embedded."""
        beginnings = [chunks[0].text for _, chunks in group]
        vectors: dict[str, Vectors] = {}
        embedded = self._embed(beginnings, vectors)
        leads = np.stack([vectors[text] for text in beginnings])
        kept = {
            i
            for article, _ in group
            if (known := self._records.get(article.source)) is not None
            and known.info.language == article.language
            for i in known.chunk_ids
        }
        chunks = [chunk for _, of_article in group for chunk in of_article if chunk.id not in kept]
        for first in range(0, len(chunks), _GROUP):
            part = chunks[first : first + _GROUP]
            embedded += self._embed([chunk.text for chunk in part], vectors)
            self._store.put_chunks(part, np.stack([vectors[chunk.text] for chunk in part]))
        self._lexical.put(chunks)
        records = [
            Record(
                article.info(),
                tuple(chunk.id for chunk in of_article),
                signature(article.text[article.body :]),
            )
            for article, of_article in group
        ]
        self._store.put_records(records, leads)
        for record in records:
            source = record.info.source
            if source in self._records:
                self._drop(self._records[source])
            self._records[source] = record
            self._dropped -= _chunks_of(record)
        self._check_turn()
        # To tell of all articles after each group would take longer, the more there are of them.
        if time.perf_counter() >= self._next_switch:
            started = time.perf_counter()
            self._switch(self._records)
            now = time.perf_counter()
            self._next_switch = now + _REST * (now - started)
        return embedded

    def _embed(self, texts: list[str], vectors: dict[str, Vectors]) -> int:
        """Add the vectors of `texts` that are missing; return how many had to be computed."""
        vectors |= self._store.vectors_of({text for text in texts if text not in vectors})
        missing = list(dict.fromkeys(text for text in texts if text not in vectors))
        if missing:
            vectors |= zip(missing, self._encoder.encode_passages(missing), strict=True)
        return len(missing)

    def _tie(self) -> None:
        """Say of each article which story it prints, where others print the same."""
        told = stories({source: record.signature for source, record in self._records.items()})
        new = {
            source: told.get(source)
            for source, record in self._records.items()
            if record.info.story != told.get(source)
        }
        self._store.set_stories(new)
        for source, story in new.items():
            record = self._records[source]
            self._records[source] = replace(record, info=replace(record.info, story=story))


def _chunks_of(record: Record) -> set[tuple[str, str]]:
    """Return the id and language of each chunk that a record names."""
    return {(chunk_id, record.info.language) for chunk_id in record.chunk_ids}


def _read(corpus: Corpus, sources: list[str], problems: list[Problem]) -> Iterator[Article]:
    for source in sources:
        try:
            article = corpus.parse(source, corpus.read(source))
        except FileNotFoundError:
            continue
        except ArticleError as error:
            problems.append(error.problem)
            continue
        if article.problem:
            problems.append(Problem(source, article.problem))
        yield article


def _groups(articles: Iterator[Article]) -> Iterator[list[tuple[Article, list[Chunk]]]]:
    """Split articles into chunks and gather them until there are enough for a write."""
    group: list[tuple[Article, list[Chunk]]] = []
    size = 0
    for article in articles:
        chunks = split(article)
        group.append((article, chunks))
        size += len(chunks)
        if size >= _GROUP:
            yield group
            group, size = [], 0
    if group:
        yield group
