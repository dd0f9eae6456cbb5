"""A small encoder whose results can be worked out by hand."""

import re
import zlib
from collections.abc import Sequence

import numpy as np

from index.encoder.embedding import TokenVectors, Vectors
from index.language.scripts import bigrams, is_wide

_WORD = re.compile(r"\w+")
_NO_WORD = 0  # the dimension of a text without words


class BagOfWords:
    """Each word has a dimension of its own, as far as they go; a text is the sum of its words.

    The cosine of two texts is the share of words they have in common.
    """

    def __init__(
        self,
        name: str = "bag-of-words",
        dimensions: int = 512,
        *,
        is_language_fair: bool = True,
    ) -> None:
        self.name = name
        self.is_language_fair = is_language_fair
        self.dimensions = dimensions
        self.embedded: list[str] = []  # every text that was asked for, in order

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        self.embedded += texts
        return np.stack([self._vector(text) for text in texts])

    def encode_question(self, question: str) -> Vectors:
        return self._vector(question)

    def encode_questions(self, questions: Sequence[str]) -> Vectors:
        return np.stack([self._vector(question) for question in questions])

    def question_tokens(self, question: str) -> TokenVectors:
        return self._tokens(question)

    def passage_tokens(self, texts: Sequence[str]) -> list[TokenVectors]:
        return [self._tokens(text) for text in texts]

    def dimension(self, word: str) -> int:
        """Return the dimension of a word; `hash` would give another in each process."""
        return 1 + zlib.crc32(word.casefold().encode()) % (self.dimensions - 1)

    def _vector(self, text: str) -> Vectors:
        vector = np.zeros(self.dimensions, np.float32)
        for dimension in [self.dimension(word) for word in _words(text)] or [_NO_WORD]:
            vector[dimension] += 1
        unit: Vectors = vector / np.linalg.norm(vector)
        return unit

    def _tokens(self, text: str) -> TokenVectors:
        words = words_at(text)
        vectors = np.zeros((len(words), self.dimensions), np.float32)
        for row, (word, _) in enumerate(words):
            vectors[row, self.dimension(word)] = 1
        offsets = np.array([span for _, span in words], np.int32).reshape(-1, 2)
        return TokenVectors(vectors, offsets)


class FailingEncoder(BagOfWords):
    """Fails, as a process that is killed does, after it has embedded `after` passages."""

    def __init__(self, after: int) -> None:
        super().__init__()
        self._after = after

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        if len(self.embedded) + len(texts) > self._after:
            raise InterruptedBuildError
        return super().encode_passages(texts)


class PickyEncoder(BagOfWords):
    """Embeds no text with a word in it that it was not made for."""

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        if any("unspeakable" in text for text in texts):
            raise TypeError("that cannot be said")
        return super().encode_passages(texts)


class InterruptedBuildError(BaseException):
    """Raised by `FailingEncoder`, and no Exception, as what stops a program is none."""


def words_at(text: str) -> list[tuple[str, tuple[int, int]]]:
    """Return the words of a text, Chinese ones as pairs of characters, and where they stand."""
    found = []
    cursor = 0
    for word in _words(text):
        start = text.index(word, cursor)
        found.append((word, (start, start + len(word))))
        cursor = start + (1 if is_wide(word[0]) else len(word))  # bigrams overlap
    return found


def _words(text: str) -> list[str]:
    return _WORD.findall(bigrams(text))
