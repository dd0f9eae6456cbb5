"""Compares an index with its folder and with itself, and names every difference."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from index.chunking import Chunk, split
from index.errors import Problem
from index.folder.corpus import Corpus
from index.folder_comparison import Comparison
from index.store.article_record import ArticleRecord
from index.store.snapshot import Snapshot
from index.store.store import Store

_SEARCHED = 100  # chunks of each language that are searched for by their own vectors
_SAME = 0.99  # cosine
_ENOUGH = 0.9  # of them: the search is approximate


@dataclass(frozen=True, slots=True)
class Verification:
    """How an index differs from its folder and from itself."""

    differences: tuple[str, ...]  # a line each; none if the index is what a new one would be
    problems: tuple[Problem, ...]  # of files that cannot be read, or only in part


def verify(corpus: Corpus, build: Snapshot) -> Verification:
    """Compare all that is indexed.

    Raises:
        CorpusError: the folder is missing, unreadable or without articles.
    """
    comparison = Comparison(corpus, build.records, is_anew=True)
    differences = [
        *_compare_articles(comparison, build.records),
        *_compare_chunks(build),
        *_search_vectors(build.store),
    ]
    return Verification(tuple(differences), tuple(comparison.problems))


def _compare_articles(
    comparison: Comparison, records: Mapping[str, ArticleRecord]
) -> Iterator[str]:
    """Compare each file with the record of its article, and with the chunks that it names."""
    new, changed, cut = [], [], []
    for article in comparison.articles():
        record = records.get(article.source)
        if record is None:
            new.append(f"{article.source}: is not in the index.")
        elif record.info.digest != article.digest:
            changed.append(f"{article.source}: has changed since it was indexed.")
        elif record.chunk_ids != tuple(chunk.id for chunk in split(article)):
            cut.append(f"{article.source}: is cut into other chunks than are indexed.")
    yield from new
    yield from changed
    for source in sorted(comparison.removed):
        yield f"{source}: is in the index, and not in the folder."
    yield from cut


def _compare_chunks(build: Snapshot) -> Iterator[str]:
    """Compare the chunks that records name with those in the store."""
    named = {
        (chunk_id, record.info.language): source
        for source, record in build.records.items()
        for chunk_id in record.chunk_ids
    }
    held: set[tuple[str, str]] = set()
    altered: list[Chunk] = []
    for chunk in build.store.all_chunks():
        held.add((chunk.id, chunk.language))
        if chunk.id != chunk.with_id().id:
            altered.append(chunk)
    for (chunk_id, language), source in named.items():
        if (chunk_id, language) not in held:
            yield f"{source}: chunk {chunk_id} is not in the store."
    for chunk in altered:
        yield (
            f"{chunk.source}: chunk {chunk.id} was altered in the index; "
            "python -m app index --rebuild writes it anew."
        )
    for chunk_id, language in sorted(held - named.keys()):
        yield f"The store holds chunk {chunk_id} ({language}), which no article has."


def _search_vectors(store: Store) -> Iterator[str]:
    """Check that there are vectors, and that a search for one finds it."""
    for language in store.languages():
        vectors = store.sample(language, _SEARCHED)
        best = [store.nearest(language, vector, 1) for vector in vectors]
        found = sum(bool(nearest) and nearest[0][1] >= _SAME for nearest in best)
        if found < _ENOUGH * len(vectors):
            yield f"Of {len(vectors)} vectors of chunks in {language}, a search finds {found}."
