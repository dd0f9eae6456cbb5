"""A pair is one sequence of tokens, of which those of the passage are known by their spans."""

from typing import Any

import numpy as np
import pytest

from index.reader.pairs import encode, own_tokens, sentence_shares

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


def test_the_tokens_of_a_sentence_share_it_evenly(tokenizer: Any) -> None:
    passages = ["The harbour closed. Twelve boats are left.", "该港口关闭了。"]
    spans = [[(0, 19), (20, 42)], [(0, 7)]]
    encoded = encode(tokenizer, ["Twelve?"] * 2, passages, max_tokens=64)
    shares = sentence_shares(encoded, spans)
    assert shares.shape == (2, 2, encoded["input_ids"].shape[1])
    assert shares.sum(axis=-1).tolist() == [[pytest.approx(1), pytest.approx(1)], [1, 0]]
    for row, passage in enumerate(passages):
        own, offsets = own_tokens(encoded, row)
        assert not shares[row][:, ~own].any(), "nothing of the question, a prefix or padding"
        for i, (start, end) in enumerate(spans[row]):
            inside = shares[row, i, own] > 0
            words = "".join(passage[a:b] for a, b in offsets[inside])
            assert words.replace(" ", "") == passage[start:end].replace(" ", "")
            assert len(set(shares[row, i, own][inside])) == 1


def test_a_sentence_that_was_cut_off_has_no_shares(tokenizer: Any) -> None:
    encoded = encode(tokenizer, ["Which?"], ["boat " * 100 + "Twelve."], max_tokens=40)
    shares = sentence_shares(encoded, [[(0, 4), (500, 507)]])
    assert shares.sum(axis=-1).tolist() == [[1, 0]]


def test_without_sentences_there_are_no_shares(tokenizer: Any) -> None:
    encoded = encode(tokenizer, ["Which?"] * 2, ["Twelve.", "Nine."], max_tokens=40)
    shares = sentence_shares(encoded, [[], []])
    assert shares.shape == (2, 1, encoded["input_ids"].shape[1])
    assert not shares.any()
