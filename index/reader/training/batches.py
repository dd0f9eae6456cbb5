"""Batches of examples as the reader's network reads them."""

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import Tensor

from index.language.sentences import overlap
from index.reader.pairs import encode, own_tokens, sentence_shares
from index.reader.training.question_examples import QuestionExample

BATCH = 16
MAX_TOKENS = 320
_SORTED_TOGETHER = 24  # batches drawn at once and sorted by length, so that little is padding


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """Examples as tensors, one row each; the shape is (examples, tokens) where none is given."""

    tokens: Tensor  # ids
    attention: Tensor  # 0 at padding
    is_passage: Tensor  # whether a token is the passage's
    start: Tensor  # whether an answer begins with a token
    end: Tensor  # whether an answer ends with a token
    is_answerable: Tensor  # (examples,): 1 or 0
    shares: Tensor  # (examples, sentences, tokens): of each token in each sentence
    right: Tensor  # (examples, sentences): whether the sentence answers

    @classmethod
    def encoded(cls, examples: Sequence[QuestionExample], tokenizer: Any) -> "Batch":
        """Return the batch of these examples."""
        questions, passages = [e.question for e in examples], [e.passage for e in examples]
        encoded = encode(tokenizer, questions, passages, max_tokens=MAX_TOKENS)
        shape = encoded["input_ids"].shape
        is_passage, start, end = (torch.zeros(shape, dtype=torch.bool) for _ in range(3))
        for row, example in enumerate(examples):
            own, offsets = own_tokens(encoded, row)
            is_passage[row] = torch.from_numpy(own)
            for i, (first, last) in zip(np.flatnonzero(own), offsets.tolist(), strict=True):
                # The first token of a word also covers the space before it.
                start[row, i] = any(first <= a < last for a, _ in example.spans)
                end[row, i] = any(first < b <= last for _, b in example.spans)
        is_answerable = torch.tensor([float(e.is_answerable) for e in examples])
        tokens, attention = encoded["input_ids"], encoded["attention_mask"]
        shares = torch.from_numpy(sentence_shares(encoded, [e.sentences for e in examples]))
        right = torch.zeros(shares.shape[:2])
        for row, example in enumerate(examples):
            for place, sentence in enumerate(example.sentences):
                right[row, place] = any(overlap(sentence, span) for span in example.right)
        return cls(tokens, attention, is_passage, start, end, is_answerable, shares, right)

    @property
    def is_read(self) -> Tensor:
        """Whether there is such a sentence, of which something is read, (examples, sentences)."""
        return self.shares.sum(dim=-1) > 0

    @property
    def has_span(self) -> Tensor:
        """Whether each example has an answer whose tokens are known, (examples,)."""
        return self.start.any(dim=1) & self.end.any(dim=1)


def batches(examples: Iterator[QuestionExample], tokenizer: Any, *, seed: int) -> Iterator[Batch]:
    """Yield batches without end, each of examples of much the same length."""
    order = torch.Generator().manual_seed(seed)
    while True:
        drawn = by_length(itertools.islice(examples, BATCH * _SORTED_TOGETHER))
        for i in torch.randperm(_SORTED_TOGETHER, generator=order).tolist():
            yield Batch.encoded(drawn[i * BATCH : (i + 1) * BATCH], tokenizer)


def by_length(examples: Iterable[QuestionExample]) -> list[QuestionExample]:
    """Return examples from the shortest to the longest."""
    return sorted(examples, key=lambda e: len((e.question + e.passage).encode()))
