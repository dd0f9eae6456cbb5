"""Late interaction: how well sentences cover a question, token by token."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np
from cachetools import LRUCache

from index.chunking import Chunk, led_spans, list_spans
from index.encoder.embedding import TokenVectors, Vectors
from index.encoder.neutral import neutral_sentences
from index.language.sentences import Span

_CACHE_BYTES = 64_000_000


@dataclass(frozen=True, slots=True)
class Covered:
    """A sentence of a chunk, `chunk.text[start:end]`, and how well it covers the question.

    What leads to it counts with it: the head of its table, the question that it answers.
    """

    start: int
    end: int
    mean: float  # over the question's tokens: cosine with the nearest token of the sentence
    least: float  # the same over the third of the tokens that are covered worst
    around: float  # the mean, where tokens of the sentences before and after it count too


@dataclass(frozen=True, slots=True)
class CoveredChunk:
    """The sentences of a chunk that state something, in order, and its length in tokens."""

    sentences: tuple[Covered, ...]
    tokens: int


class TokenEncoder(Protocol):
    """What late interaction needs of an encoder."""

    def question_tokens(self, question: str) -> TokenVectors:
        """Return the vectors of a question's own tokens."""
        ...

    def passage_tokens(self, texts: Sequence[str]) -> list[TokenVectors]:
        """Return the vectors of the tokens of each text."""
        ...


class LateInteraction:
    """Compares each token of a question with its best token in a sentence.

    This follows ColBERT (Khattab and Zaharia, 2020), with an encoder that was not trained for it.
    All vectors of that encoder share a direction that carries no meaning, so the mean over some
    sentences on unrelated subjects is subtracted first. (The mean of the corpus itself would take
    away its topic too.) Tokens are encoded together with their chunk in its context, and cached.
    """

    def __init__(self, encoder: TokenEncoder) -> None:
        self._encoder = encoder
        self._cache: LRUCache[str, TokenVectors] = LRUCache(
            _CACHE_BYTES, getsizeof=lambda tokens: tokens.vectors.nbytes + tokens.offsets.nbytes
        )
        self._lock = threading.Lock()

    def cover(
        self, question: str, chunks: Sequence[Chunk], *, with_lists: bool = False
    ) -> list[CoveredChunk]:
        """Return how well the sentences of each chunk cover the question, and its lists too."""
        mean = self._mean
        asked = _centre(self._encoder.question_tokens(question).vectors, mean)
        covered = []
        for chunk, tokens in zip(chunks, self._tokens(chunks), strict=True):
            # Cosine of each question token (row) with each passage token (column).
            cosines = asked @ _centre(tokens.vectors, mean).T
            sentences = led_spans(chunk)
            lists = list_spans(chunk) if with_lists else []
            found = []
            for i, (span, lead) in enumerate([*sentences, *lists]):
                inside = tokens.inside(*span)
                if inside.any() and len(asked):
                    # A row says with the head of its table what it says.
                    own = around = inside if lead is None else inside | tokens.inside(*lead)
                    if lead is None and i < len(sentences):
                        # Without what stands between them: a heading, or a sentence that asks.
                        beside = sentences[max(0, i - 1) : i + 2]
                        around = np.logical_or.reduce([tokens.inside(*s) for s, _ in beside])
                    found.append(_covered(span, cosines[:, own], cosines[:, around]))
            covered.append(CoveredChunk(tuple(found), len(tokens.offsets)))
        return covered

    @cached_property
    def _mean(self) -> Vectors:
        tokens = self._encoder.passage_tokens(neutral_sentences())
        mean: Vectors = np.concatenate([text.vectors for text in tokens]).mean(axis=0)
        return mean

    def _tokens(self, chunks: Sequence[Chunk]) -> list[TokenVectors]:
        with self._lock:
            known = {chunk.id: self._cache.get(chunk.id) for chunk in chunks}
        missing = [chunk for chunk in chunks if known[chunk.id] is None]
        computed = self._encoder.passage_tokens([chunk.in_context for chunk in missing])
        fresh = {
            chunk.id: tokens.from_character(chunk.text_start)
            for chunk, tokens in zip(missing, computed, strict=True)
        }
        with self._lock:
            for chunk_id, tokens in fresh.items():
                self._cache[chunk_id] = tokens
        return [known[chunk.id] or fresh[chunk.id] for chunk in chunks]


def _covered(span: Span, own: Vectors, around: Vectors) -> Covered:
    """Return how well what stands at a span covers the question, by the cosines of its tokens."""
    best = np.sort(own.max(axis=1))
    third = max(1, len(best) // 3)
    return Covered(
        *span,
        mean=float(best.mean()),
        least=float(best[:third].mean()),
        around=float(around.max(axis=1).mean()),
    )


def _centre(vectors: Vectors, mean: Vectors) -> Vectors:
    centred = vectors - mean
    unit: Vectors = centred / np.maximum(np.linalg.norm(centred, axis=1, keepdims=True), 1e-6)
    return unit
