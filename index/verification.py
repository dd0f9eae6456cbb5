"""Compares an index with its folder and with itself, and names every difference."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from index.chunking import Chunk, id_of, split
from index.errors import ArticleError, Problem
from index.folder.corpus import Corpus
from index.store.lexical import LexicalIndex
from index.store.store import Record, Store
from index.sync import Differences, compare

_SEARCHED = 100  # chunks of each language that are searched for by their own vectors
_SAME = 0.99  # cosine
_ENOUGH = 0.9  # of them: the search is approximate


@dataclass(frozen=True, slots=True)
class Verification:
    """What an index is compared with its folder and with itself."""

    differences: tuple[str, ...]  # a line each; none where the index is what a new one would be
    problems: tuple[Problem, ...]  # of files that cannot be read, or not wholly


def verify(
    corpus: Corpus,
    records: Mapping[str, Record],
    store: Store,
    lexical: LexicalIndex,
) -> Verification:
    """Compare all that is indexed.

    Raises:
        CorpusError: the folder is missing, unreadable or without articles.
    """
    found = compare(corpus, records)
    lines = _differences(found, corpus, records, store, lexical)
    return Verification(tuple(lines), tuple(found.problems))


def _differences(
    found: Differences,
    corpus: Corpus,
    records: Mapping[str, Record],
    store: Store,
    lexical: LexicalIndex,
) -> Iterator[str]:
    for source in found.new:
        yield f"{source}: is not in the index."
    for source in found.changed:
        yield f"{source}: has changed since it was indexed."
    for source in found.removed:
        yield f"{source}: is in the index, and not in the folder."
    as_indexed = records.keys() - {*found.changed, *found.removed}
    yield from _of_texts(corpus, {s: records[s] for s in sorted(as_indexed)})
    yield from _of_chunks(records, store, lexical)
    yield from _of_vectors(store)


def _of_texts(corpus: Corpus, records: Mapping[str, Record]) -> Iterator[str]:
    """Compare the chunks that are named with those that the files give now."""
    for source, record in records.items():
        try:
            article = corpus.parse(source, corpus.read(source))
        except (ArticleError, FileNotFoundError):
            continue  # it cannot be read now, and what was indexed stays
        if tuple(chunk.id for chunk in split(article)) != record.chunk_ids:
            yield f"{source}: is cut into other chunks than are indexed."


def _of_chunks(records: Mapping[str, Record], store: Store, lexical: LexicalIndex) -> Iterator[str]:
    """Compare the chunks that are named with those that are held."""
    named = {
        (i, record.info.language): source
        for source, record in records.items()
        for i in record.chunk_ids
    }
    words = lexical.ids()
    held: set[tuple[str, str]] = set()
    altered: list[Chunk] = []
    for chunk in store.all_chunks():
        held.add((chunk.id, chunk.language))
        is_whole = chunk.id == id_of(chunk.source, chunk.start, chunk.text)
        if not is_whole or (chunk.id in words and not lexical.holds(chunk)):
            altered.append(chunk)
    for (chunk_id, language), source in named.items():
        if (chunk_id, language) not in held:
            yield f"{source}: chunk {chunk_id} is not in the store."
        if chunk_id not in words:
            yield f"{source}: chunk {chunk_id} is not in the index of words."
    for chunk in altered:
        yield (
            f"{chunk.source}: chunk {chunk.id} was altered in the index; "
            "python -m app index --rebuild writes it anew."
        )
    for chunk_id, language in sorted(held - named.keys()):
        yield f"The store holds chunk {chunk_id} ({language}), which no article has."
    for chunk_id in sorted(words - {i for i, _ in named}):
        yield f"The index of words holds chunk {chunk_id}, which no article has."


def _of_vectors(store: Store) -> Iterator[str]:
    """See that vectors are there, and that a search for one finds it."""
    for language in store.languages():
        vectors = store.sample(language, _SEARCHED)
        best = [store.nearest(language, vector, 1) for vector in vectors]
        found = sum(bool(nearest) and nearest[0][1] >= _SAME for nearest in best)
        if found < _ENOUGH * len(vectors):
            yield f"Of {len(vectors)} vectors of chunks in {language}, a search finds {found}."
