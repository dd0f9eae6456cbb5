"""A pair is one sequence of tokens, of which those of the passage are known by their spans."""

from typing import Any

import numpy as np
import pytest

from index.reader.pairs import encode, own_tokens

pytestmark = pytest.mark.real

PASSAGES = ["The harbour closed in 1987.", "该港口于1987年关闭。", "", "  Two words "]


def test_the_spans_are_those_of_the_passage_without_its_prefix(tokenizer: Any) -> None:
    encoded = encode(tokenizer, ["When?"] * len(PASSAGES), PASSAGES, max_tokens=64)
    for row, passage in enumerate(PASSAGES):
        own, offsets = own_tokens(encoded, row)
        assert own.sum() == len(offsets)
        covered = "".join(passage[start:end] for start, end in offsets)
        assert covered.replace(" ", "") == passage.replace(" ", "")


def test_neither_the_question_nor_a_prefix_is_the_passages_own(tokenizer: Any) -> None:
    encoded = encode(tokenizer, ["harbour"], ["harbour"], max_tokens=64)
    own, offsets = own_tokens(encoded, 0)
    tokens = tokenizer.convert_ids_to_tokens(encoded["input_ids"][0])
    assert tokens.count("▁passage") == 1
    assert np.flatnonzero(own).min() > tokens.index("▁passage")
    assert (offsets[0, 0], offsets[-1, 1]) == (0, len("harbour"))


def test_the_longer_text_of_a_pair_is_cut(tokenizer: Any) -> None:
    long, short = "boat " * 100, "Which boat sails?"
    by_passage = encode(tokenizer, [short], [long], max_tokens=40)
    by_question = encode(tokenizer, [long], [short], max_tokens=40)
    assert by_passage["input_ids"].shape == by_question["input_ids"].shape == (1, 40)
    _, offsets = own_tokens(by_question, 0)
    assert offsets[-1, 1] == len(short), "the passage is whole"
    own, _ = own_tokens(by_passage, 0)
    assert 0 < own.sum() < 40
