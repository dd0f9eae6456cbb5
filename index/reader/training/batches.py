"""Batches of examples as the reader's network reads them."""

import random
from collections.abc import Iterator, Sequence
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

Group = Sequence[QuestionExample]
"""Passages of one question that are learned from together: which of them answers, if any."""


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
    group: Tensor  # (examples,): the number of the group

    @classmethod
    def encoded(cls, groups: Sequence[Group], tokenizer: Any) -> "Batch":
        """Return the batch of the examples of these groups."""
        examples = [example for group in groups for example in group]
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
        numbers = torch.tensor([number for number, group in enumerate(groups) for _ in group])
        return cls(tokens, attention, is_passage, start, end, is_answerable, shares, right, numbers)

    @property
    def is_read(self) -> Tensor:
        """Whether there is such a sentence, of which something is read, (examples, sentences)."""
        return self.shares.sum(dim=-1) > 0

    @property
    def has_span(self) -> Tensor:
        """Whether each example has an answer whose tokens are known, (examples,)."""
        return self.start.any(dim=1) & self.end.any(dim=1)


def batches(groups: Iterator[Group], tokenizer: Any, *, seed: int) -> Iterator[Batch]:
    """Yield batches without end, each of groups of much the same length."""
    order = random.Random(seed)
    while True:
        drawn: list[Group] = []
        while sum(map(len, drawn)) < BATCH * _SORTED_TOGETHER:
            drawn.append(next(groups))
        full = list(_filled(by_length(drawn)))
        order.shuffle(full)
        for batch in full:
            yield Batch.encoded(batch, tokenizer)


def by_length(groups: Sequence[Group]) -> list[Group]:
    """Return groups from the one whose longest example is shortest to the one of the longest."""
    return sorted(groups, key=lambda group: max(map(_length, group)))


def _length(example: QuestionExample) -> int:
    return len((example.question + example.passage).encode())


def _filled(groups: Sequence[Group]) -> Iterator[list[Group]]:
    """Yield the groups of one batch after the other."""
    batch: list[Group] = []
    for group in groups:
        batch.append(group)
        if sum(map(len, batch)) >= BATCH:
            yield batch
            batch = []
    if batch:
        yield batch
