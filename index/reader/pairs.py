"""A question and a passage as the network reads them: one sequence of tokens."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.language.sentences import Span

_QUESTION, _PASSAGE = "query: ", "passage: "  # the prefixes that the encoder was trained with


def encode(
    tokenizer: Any, questions: Sequence[str], passages: Sequence[str], *, max_tokens: int
) -> Any:
    """Return the tokenizer's encoding of the pairs, with tensors and offsets.

    If a pair is too long, its longer text is cut: a question may have 2,000 characters.
    """
    return tokenizer(
        [_QUESTION + question for question in questions],
        [_PASSAGE + passage for passage in passages],
        truncation="longest_first",
        max_length=max_tokens,
        padding=True,
        return_offsets_mapping=True,
        return_tensors="pt",
    )


def own_tokens(encoded: Any, row: int) -> tuple[NDArray[np.bool_], NDArray[np.int32]]:
    """Return a mask of the tokens of a pair that are the passage's, and their spans in it."""
    offsets = encoded["offset_mapping"][row].numpy().astype(np.int32) - len(_PASSAGE)
    is_passage = np.array([sequence == 1 for sequence in encoded.sequence_ids(row)])
    own = is_passage & (offsets[:, 1] > 0) & (offsets[:, 1] > offsets[:, 0])
    return own, np.maximum(offsets[own], 0)


def sentence_shares(encoded: Any, sentences: Sequence[Sequence[Span]]) -> NDArray[np.float32]:
    """Return the share of each token in each sentence, (pairs, sentences, tokens).

    A sentence's shares sum to 1, or to 0 if none of its tokens was read.
    """
    pairs, tokens = encoded["input_ids"].shape
    shares = np.zeros((pairs, max([1, *map(len, sentences)]), tokens), np.float32)
    for row, spans in enumerate(sentences):
        own, offsets = own_tokens(encoded, row)
        places = np.flatnonzero(own)
        for i, (start, end) in enumerate(spans):
            inside = places[(offsets[:, 1] > start) & (offsets[:, 1] <= end)]
            shares[row, i, inside] = 1 / max(1, len(inside))
    return shares
