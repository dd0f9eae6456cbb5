"""Late interaction: how well sentences cover a question, token by token."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Protocol

import numpy as np
from cachetools import LRUCache
from numpy.typing import NDArray

from index.chunking import Chunk, headings_in_text, led_spans, list_spans
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
    above: float = 0.0
    """How much better what it stands under covers the question than it does alone: the article's
    title, the headings above, and what leads to it."""


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
            # Cosine of each question token (row) with each token of the chunk (column).
            cosines = asked @ _centre(tokens.vectors, mean).T
            in_text = _InText(chunk, tokens)
            sentences = led_spans(chunk)
            lists = list_spans(chunk) if with_lists else []
            found = []
            for i, (span, lead) in enumerate([*sentences, *lists]):
                inside = in_text.within(span)
                if inside.any() and len(asked):
                    # A row says with the head of its table what it says.
                    own = around = inside if lead is None else inside | in_text.within(lead)
                    if lead is None and i < len(sentences):
                        # Without what stands between them: a heading, or a sentence that asks.
                        beside = sentences[max(0, i - 1) : i + 2]
                        around = np.logical_or.reduce([in_text.within(s) for s, _ in beside])
                    above = _mean(cosines[:, in_text.above(span, lead)])
                    one = _covered(span, cosines[:, own], cosines[:, around])
                    found.append(replace(one, above=above - _mean(cosines[:, inside])))
            covered.append(CoveredChunk(tuple(found), in_text.tokens))
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
        fresh = {chunk.id: tokens for chunk, tokens in zip(missing, computed, strict=True)}
        with self._lock:
            for chunk_id, tokens in fresh.items():
                self._cache[chunk_id] = tokens
        return [known[chunk.id] or fresh[chunk.id] for chunk in chunks]


class _InText:
    """Which tokens of a chunk in its context stand where, by places in the chunk's own text."""

    def __init__(self, chunk: Chunk, tokens: TokenVectors) -> None:
        self._start = chunk.text_start
        self._tokens = tokens
        self._context = tokens.offsets[:, 1] <= self._start
        self._headings = headings_in_text(chunk)

    @property
    def tokens(self) -> int:
        """How many there are in the text, without the context."""
        return int((~self._context).sum())

    def within(self, span: Span) -> NDArray[np.bool_]:
        """Return which tokens stand in a span."""
        return self._tokens.inside(self._start + span[0], self._start + span[1])

    def above(self, span: Span, lead: Span | None) -> NDArray[np.bool_]:
        """Return which are of the context, of the last heading before a span, or of its lead."""
        headings = [heading for heading in self._headings if heading[1] <= span[0]]
        spans = [*headings[-1:], *([] if lead is None else [lead])]
        above: NDArray[np.bool_] = self._context.copy()
        for each in spans:
            above |= self.within(each)
        return above


def _mean(cosines: Vectors) -> float:
    """Return the mean over question tokens of the cosine with the nearest token; 0 of none."""
    return float(cosines.max(axis=1).mean()) if cosines.size else 0.0


def _covered(span: Span, own: Vectors, around: Vectors) -> Covered:
    """Return how well what stands at a span covers the question, by the cosines of its tokens."""
    best = np.sort(own.max(axis=1))
    third = max(1, len(best) // 3)
    return Covered(
        *span,
        mean=float(best.mean()),
        least=float(best[:third].mean()),
        around=_mean(around),
    )


def _centre(vectors: Vectors, mean: Vectors) -> Vectors:
    centred = vectors - mean
    unit: Vectors = centred / np.maximum(np.linalg.norm(centred, axis=1, keepdims=True), 1e-6)
    return unit
