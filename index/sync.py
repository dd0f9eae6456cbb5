"""Bring the index in step with the folder: embed what is new, forget what is gone."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from index.articles import Article, list_sources, parse_article, read_file
from index.chunking import Chunk, split
from index.embedding import Encoder, Vectors
from index.errors import ArticleError, CorpusError, Problem
from index.extraction import SUFFIXES, Extractor
from index.lexical import LexicalIndex
from index.store import Store

# Chunks embedded and written together: enough to fill the encoder's batches from short articles,
# few enough that a build that is killed loses only seconds.
_GROUP = 128

# The digest of an article whose chunks are being written. No file has it, so the next sync takes
# an article that was left half written for a changed one.
_UNFINISHED = "unfinished"

Progress = Callable[[int, int], None]
"""Called with how many articles are done, and how many there are to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncReport:
    """What a sync found and did, in articles."""

    new: int
    changed: int
    removed: int
    unchanged: int
    problems: tuple[Problem, ...]  # of files that could not be read, or not wholly
    embedded: int  # chunks whose text had no vector yet
    seconds: float


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
    corpus: Path, store: Store, extractor: Extractor, *, is_anew: bool = False
) -> Differences:
    """Return how `corpus` differs from what is indexed; with `is_anew`, take all for changed.

    What was indexed of a file stays while the file is there but cannot be read, or has become no
    article: it may be in the middle of being written.

    Raises:
        CorpusError: the folder is missing, unreadable or without articles.
    """
    found = Differences()
    known = {source: info.digest for source, info in store.articles().items()}
    gone = set(known)
    listed = 0
    for source in list_sources(corpus):
        listed += 1
        try:
            if isinstance(source, ArticleError):
                raise source
            data = read_file(corpus, source)
        except FileNotFoundError:  # removed since it was listed
            continue
        except ArticleError as error:
            found.problems.append(error.problem)
            unread = error.problem.source  # it may be a folder
            gone -= {name for name in gone if name == unread or name.startswith(f"{unread}/")}
            continue
        gone.discard(source)
        digest = extractor.digest(source, data)
        found.digests.add(digest)
        if digest == known.get(source) and not is_anew:
            found.unchanged += 1
            continue
        try:
            parse_article(source, data, extractor)
        except ArticleError as error:
            found.problems.append(error.problem)
            continue
        if source in known:
            found.changed.append(source)
        else:
            found.new.append(source)
    if not listed:
        kinds = ", ".join(SUFFIXES)
        raise CorpusError(f"There is no article in {corpus}; put files in it that end in {kinds}.")
    found.removed = sorted(gone)
    return found


def apply(
    found: Differences,
    corpus: Path,
    store: Store,
    lexical: LexicalIndex,
    encoder: Encoder,
    extractor: Extractor,
    progress: Progress,
) -> SyncReport:
    """Make the index hold the articles of `corpus` as they are now."""
    started = time.perf_counter()
    problems = list(found.problems)
    to_read = found.new + found.changed
    is_new = set(found.new)
    done = new = embedded = 0
    progress(0, len(to_read))
    for group in _groups(_read(corpus, to_read, extractor, problems)):
        embedded += _write(group, store, lexical, encoder)
        new += sum(article.source in is_new for article, _ in group)
        done += len(group)
        progress(done, len(to_read))
    # After the new ones: an article that was moved finds its vectors still there.
    for source in found.removed:
        # First, so that a file that comes back after a kill is not taken for unchanged.
        store.set_digest(source, _UNFINISHED)
        _remove_chunks(store, lexical, store.chunk_ids([source]))
        store.remove_article(source)
    if lexical.count() != store.count():
        lexical.put(store.all_chunks())
    return SyncReport(
        new=new,
        changed=done - new,
        removed=len(found.removed),
        unchanged=found.unchanged,
        problems=tuple(problems),
        embedded=embedded,
        seconds=time.perf_counter() - started,
    )


def _read(
    corpus: Path, sources: list[str], extractor: Extractor, problems: list[Problem]
) -> Iterator[Article]:
    for source in sources:
        try:
            article = parse_article(source, read_file(corpus, source), extractor)
        except FileNotFoundError:
            continue
        except ArticleError as error:
            problems.append(error.problem)
            continue
        if article.problem:
            problems.append(article.problem)
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


def _write(
    group: list[tuple[Article, list[Chunk]]],
    store: Store,
    lexical: LexicalIndex,
    encoder: Encoder,
) -> int:
    """Write articles with their chunks; return how many texts had to be embedded."""
    chunks = [chunk for _, of_article in group for chunk in of_article]
    beginnings = [of_article[0].text for _, of_article in group]
    infos = [article.info() for article, _ in group]
    vectors: dict[str, Vectors] = {}
    embedded = _embed(beginnings, vectors, store, encoder)
    leads = np.stack([vectors[text] for text in beginnings])
    old = store.chunk_ids([info.source for info in infos])
    store.put_articles([replace(info, digest=_UNFINISHED) for info in infos], leads)
    for first in range(0, len(chunks), _GROUP):
        part = chunks[first : first + _GROUP]
        embedded += _embed([chunk.text for chunk in part], vectors, store, encoder)
        store.put_chunks(part, np.stack([vectors[chunk.text] for chunk in part]))
    kept = {(chunk.id, chunk.language) for chunk in chunks}
    _remove_chunks(store, lexical, [pair for pair in old if pair not in kept])
    lexical.put(chunks)
    store.put_articles(infos, leads)
    return embedded


def _embed(texts: list[str], vectors: dict[str, Vectors], store: Store, encoder: Encoder) -> int:
    """Add the vectors of `texts` that are missing; return how many had to be computed."""
    vectors |= store.vectors_of({text for text in texts if text not in vectors})
    missing = list(dict.fromkeys(text for text in texts if text not in vectors))
    if missing:
        vectors |= zip(missing, encoder.encode_passages(missing), strict=True)
    return len(missing)


def _remove_chunks(store: Store, lexical: LexicalIndex, pairs: list[tuple[str, str]]) -> None:
    """Remove chunks, given as pairs of id and language."""
    # From the words first: a chunk that the store forgot would never be looked for there again.
    lexical.remove(i for i, _ in pairs)
    for language in sorted({language for _, language in pairs}):
        store.remove_chunks(language, [i for i, of in pairs if of == language])
