"""From passages to the sentences in them that answer, best first."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Protocol

import numpy as np
from cachetools import LRUCache

from index.chunking import Chunk
from index.embedding import TokenVectors, Vectors
from index.search import Passage
from index.sentences import Span, blocks, sentences

LIMIT = 10  # sentences that are handed on

_CACHE_BYTES = 64_000_000
_ASKS = ("?", "？", "؟")  # a sentence that asks does not answer


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence of a passage, and how well it answers: between 0 and 1.

    `start` and `end` count in the article's text, and `article.text[start:end] == text`.
    """

    passage: Passage
    start: int
    end: int
    text: str
    score: float


class TokenEncoder(Protocol):
    """What ranking sentences needs of an encoder."""

    def question_tokens(self, question: str) -> TokenVectors:
        """Return the vectors of a question's own tokens."""
        ...

    def passage_tokens(self, texts: Sequence[str]) -> list[TokenVectors]:
        """Return the vectors of the tokens of each text."""
        ...


class LateInteraction:
    """Ranks sentences by the cosine of each question token with its best token in the sentence.

    After ColBERT (Khattab and Zaharia, 2020), on an encoder that was not trained for it: all its
    vectors share a direction, which says nothing, so the mean of some sentences about anything at
    all is subtracted first. (The corpus' own mean would take away its topic too.) Tokens are
    encoded with their whole passage around them, and cached by chunk.
    """

    def __init__(self, encoder: TokenEncoder) -> None:
        self._encoder = encoder
        self._cache: LRUCache[str, TokenVectors] = LRUCache(
            _CACHE_BYTES, getsizeof=lambda tokens: tokens.vectors.nbytes + tokens.offsets.nbytes
        )
        self._lock = threading.Lock()

    def rank(self, question: str, passages: Sequence[Passage]) -> list[Evidence]:
        """Return up to `LIMIT` sentences, best first."""
        mean = self._mean
        asked = _centre(self._encoder.question_tokens(question).vectors, mean)
        if not len(asked):
            return []
        ranked = []
        for passage, tokens in zip(passages, self._tokens(passages), strict=True):
            # How close each question token comes to each passage token.
            cosines = asked @ _centre(tokens.vectors, mean).T
            for start, end in _answering_spans(passage.chunk):
                inside = (tokens.offsets[:, 1] > start) & (tokens.offsets[:, 1] <= end)
                if inside.any():
                    score = float(cosines[:, inside].max(axis=1).mean())
                    ranked.append(_evidence(passage, start, end, score))
        ranked.sort(key=lambda evidence: -evidence.score)
        return ranked[:LIMIT]

    @cached_property
    def _mean(self) -> Vectors:
        sentences = Path(__file__).with_name("neutral.txt").read_text(encoding="utf-8")
        tokens = self._encoder.passage_tokens(sentences.splitlines())
        mean: Vectors = np.concatenate([of.vectors for of in tokens]).mean(axis=0)
        return mean

    def _tokens(self, passages: Sequence[Passage]) -> list[TokenVectors]:
        with self._lock:
            known = {p.chunk.id: self._cache.get(p.chunk.id) for p in passages}
        missing = [p.chunk for p in passages if known[p.chunk.id] is None]
        computed = self._encoder.passage_tokens([chunk.text for chunk in missing])
        fresh = {chunk.id: tokens for chunk, tokens in zip(missing, computed, strict=True)}
        with self._lock:
            for chunk_id, tokens in fresh.items():
                self._cache[chunk_id] = tokens
        return [known[p.chunk.id] or fresh[p.chunk.id] for p in passages]


def _answering_spans(chunk: Chunk) -> list[Span]:
    """Return the spans, within the chunk's text, of the sentences that state something."""
    return [
        span
        for block, is_heading in blocks(chunk.text)
        if not is_heading
        for span in sentences(chunk.text, block, chunk.language)
        if not chunk.text[slice(*span)].endswith(_ASKS)
    ]


def _evidence(passage: Passage, start: int, end: int, score: float) -> Evidence:
    offset = passage.chunk.start
    text = passage.chunk.text[start:end]
    return Evidence(passage, offset + start, offset + end, text, min(max(score, 0.0), 1.0))


def _centre(vectors: Vectors, mean: Vectors) -> Vectors:
    centred = vectors - mean
    unit: Vectors = centred / np.maximum(np.linalg.norm(centred, axis=1, keepdims=True), 1e-6)
    return unit
