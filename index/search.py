"""Find the passages that fit a question, in any language of the corpus."""

import math
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from index.chunking import Chunk
from index.encoder.embedding import Encoder, Vectors
from index.folder.article import ArticleInfo
from index.store.snapshot import Snapshot
from index.stories import are_alike

_CANDIDATES = 40  # taken from each language
_MOST_CANDIDATES = 270  # if most of them are copies of each other

# A few chunks do not show how far a language's vectors usually lie from a question in another one.
# So the mean and variance of the whole corpus are added with the weight of this many chunks.
_PRIOR = 5


@dataclass(frozen=True, slots=True)
class Passage:
    """A chunk that was found, and how well it fits, between 0 and 1."""

    chunk: Chunk
    score: float
    copies: tuple[str, ...] = ()  # other sources that print the same words, or nearly


@dataclass(frozen=True, slots=True)
class Scope:
    """Which articles a question is asked of; None stands for all languages, or all sources."""

    languages: frozenset[str] | None = None  # ISO 639-1
    sources: frozenset[str] | None = None  # paths below the corpus folder

    @classmethod
    def of(cls, languages: Iterable[str] | None, sources: Iterable[str] | None = None) -> "Scope":
        """Return the scope of these languages and sources; None: all."""
        return cls(
            None if languages is None else frozenset(languages),
            None if sources is None else frozenset(sources),
        )

    def has(self, article: ArticleInfo) -> bool:
        """Whether `article` is in the scope."""
        return (self.languages is None or article.language in self.languages) and (
            self.sources is None or article.source in _in_both_forms(self.sources)
        )


EVERYTHING = Scope()


@lru_cache(maxsize=8)
def _in_both_forms(sources: frozenset[str]) -> frozenset[str]:
    """Return names as systems write an é: in one character, in two, and as they are."""
    others = (unicodedata.normalize(form, each) for form in ("NFC", "NFD") for each in sources)
    return sources.union(others)


def find(
    question: str, limit: int, *, build: Snapshot, encoder: Encoder, scope: Scope = EVERYTHING
) -> list[Passage]:
    """Return up to `limit` passages in `scope`, best first.

    A passage that several articles of one story print comes once, with the names of the others.
    """
    vector = encoder.encode_question(question)
    candidates = _CANDIDATES
    while True:
        near = _nearest(vector, candidates, build, scope)
        if encoder.is_language_fair:
            scores = {chunk.id: cosine for own in near.values() for chunk, cosine in own}
        else:
            scores = _standardize(vector, near, build.backgrounds)
        found = _rank(near, scores)[:candidates]
        passages = _merge_copies(found, build.articles)
        # If copies took all ranks, there is more to be found below them.
        is_crowded = len(passages) < limit and len(passages) < len(found)
        if not is_crowded or candidates >= _MOST_CANDIDATES:
            return passages[:limit]
        candidates *= 3


def _merge_copies(found: Sequence[Passage], articles: Mapping[str, ArticleInfo]) -> list[Passage]:
    """Return the passages without copies of better ones, which name the copies instead."""
    passages: list[Passage] = []
    for passage in found:
        source = passage.chunk.source
        rank = _rank_of_original(passage, passages, articles)
        if rank is None:
            passages.append(passage)
        elif source not in passages[rank].copies:
            copies = (*passages[rank].copies, source)
            passages[rank] = replace(passages[rank], copies=copies)
    return passages


def _rank_of_original(
    passage: Passage, passages: Sequence[Passage], articles: Mapping[str, ArticleInfo]
) -> int | None:
    """Return the rank of the passage that `passage` is a copy of; None if it is no copy."""
    info = articles.get(passage.chunk.source)
    if info is None or info.story is None:
        return None
    for rank, better in enumerate(passages):
        if (
            better.chunk.source != passage.chunk.source
            and articles[better.chunk.source].story == info.story
            and are_alike(better.chunk.text, passage.chunk.text)
        ):
            return rank
    return None


def _rank(
    near: Mapping[str, list[tuple[Chunk, float]]], scores: Mapping[str, float]
) -> list[Passage]:
    """Return the chunks found in all languages, best first."""
    found = [
        Passage(chunk, min(1.0, max(0.0, scores[chunk.id])))
        for own in near.values()
        for chunk, _ in own
    ]
    return sorted(found, key=lambda passage: -passage.score)


def _nearest(
    vector: Vectors, candidates: int, build: Snapshot, scope: Scope
) -> dict[str, list[tuple[Chunk, float]]]:
    """Return the chunks nearest to `vector` in each language of the scope, with their cosines."""
    sources = None if scope.sources is None else _in_both_forms(scope.sources)
    return {
        language: [
            (chunk, cosine)
            for chunk, cosine in build.store.nearest(language, vector, candidates, sources=sources)
            if chunk.id in build.visible
        ]
        for language in build.backgrounds
        if scope.languages is None or language in scope.languages
    }


def _standardize(
    vector: Vectors,
    near: Mapping[str, list[tuple[Chunk, float]]],
    backgrounds: Mapping[str, Vectors],
) -> dict[str, float]:
    """Return each chunk's place among those of its language, between 0 and 1; the mean's is half.

    The place of a cosine is by how many standard deviations it is above the mean.

    `backgrounds` has a sample of the vectors of each language, (chunks, dimensions). It is of all
    articles whatever the scope, because it shows which cosines are usual in a language.

    A multilingual encoder puts texts of one language close together whatever they say, so plain
    cosines prefer the question's own language, unless it was trained not to. On XQuAD, in a pool
    of four languages, this lifted "found among the first five" for passages in another language
    from 0.46 to 0.89, with multilingual-e5-small as it is.
    """
    usual = {language: sample @ vector for language, sample in backgrounds.items()}
    if not usual:
        return {}
    everything = np.concatenate(list(usual.values()))
    mean, spread = float(everything.mean()), float(everything.var())
    result = {}
    for language, cosines in usual.items():
        total = len(cosines) + _PRIOR
        here = (float(cosines.sum()) + _PRIOR * mean) / total
        deviation = float(np.sqrt((float(((cosines - here) ** 2).sum()) + _PRIOR * spread) / total))
        for chunk, cosine in near.get(language, ()):
            result[chunk.id] = (1 + math.tanh((cosine - here) / max(deviation, 1e-6) / 2)) / 2
    return result
