"""A batch marks the tokens at which answers begin and end, and the sentences that answer."""

import itertools
from typing import Any

import pytest
import torch

from index.language.sentences import Span, overlap
from index.reader.training.batches import BATCH, MAX_TOKENS, Batch, batches, by_length
from index.reader.training.question_examples import QuestionExample


def example(passage: str, *answers: str, is_answerable: bool = True) -> QuestionExample:
    spans = tuple((passage.index(a), passage.index(a) + len(a)) for a in answers)
    return QuestionExample("answer", "Who?", passage, spans, is_answerable)


def marked(batch: Batch, tokenizer: Any, row: int) -> tuple[list[str], list[str]]:
    """Return the tokens that are marked as the first and the last ones of answers."""
    tokens = tokenizer.convert_ids_to_tokens(batch.tokens[row])
    return (
        [tokens[i] for i in torch.nonzero(batch.start[row]).flatten().tolist()],
        [tokens[i] for i in torch.nonzero(batch.end[row]).flatten().tolist()],
    )


@pytest.mark.real
def test_the_first_and_last_token_of_each_answer_are_marked(tokenizer: Any) -> None:
    batch = Batch.encoded(
        [
            example("Its keeper was Anna Ottesen, then Olsen.", "Anna Ottesen", "Olsen"),
            example("看守人是奥特森。", "奥特森"),
            example("Whales sing.", is_answerable=False),
        ],
        tokenizer,
    )
    starts, ends = marked(batch, tokenizer, 0)
    assert [token[:2] for token in starts] == ["▁A", "▁O"]
    assert len(ends) == 2
    starts, ends = marked(batch, tokenizer, 1)
    assert starts[0].lstrip("▁").startswith("奥") and ends[0].endswith("森")
    assert marked(batch, tokenizer, 2) == ([], [])
    assert batch.has_span.tolist() == [True, True, False]
    assert batch.is_answerable.tolist() == [1, 1, 0]


@pytest.mark.real
def test_sentences_are_marked_that_answer(tokenizer: Any) -> None:
    text = "Whales sing. Its keeper was Anna Ottesen. Nobody left."
    spans = ((0, 12), (13, 41), (42, 54))
    keeper = (text.index("Anna"), text.index("Anna") + 12)
    known = QuestionExample("answer", "Who?", text, (), True, sentences=spans, right=(keeper,))
    batch = Batch.encoded([known, example("Whales sing.", is_answerable=False)], tokenizer)
    assert batch.right.tolist() == [[0, 1, 0], [0, 0, 0]]
    assert batch.is_read.tolist() == [[True] * 3, [False] * 3], "of the other, none is known"
    assert batch.shares.sum(dim=-1)[0].tolist() == pytest.approx([1, 1, 1])
    assert not batch.shares[0][:, ~batch.is_passage[0]].any()


@pytest.mark.real
def test_a_sentence_that_is_cut_off_is_not_read(tokenizer: Any) -> None:
    text = "Twelve. " + "boat " * MAX_TOKENS + "Nine."
    spans = ((0, 7), (len(text) - 5, len(text)))
    long = QuestionExample("answer", "Who?", text, (), True, sentences=spans, right=spans)
    batch = Batch.encoded([long], tokenizer)
    assert batch.tokens.shape == (1, MAX_TOKENS)
    assert batch.is_read.tolist() == [[True, False]]


@pytest.mark.parametrize(
    ("sentence", "span", "expected"),
    [
        ((10, 30), (10, 30), True),
        ((10, 30), (15, 18), True),  # a short answer in it
        ((10, 30), (0, 90), True),  # a part of what answers
        ((10, 30), (20, 90), True),  # half of it
        ((10, 30), (21, 90), False),
        ((10, 30), (28, 31), True),  # most of the answer
        ((10, 30), (29, 32), False),
        ((10, 30), (30, 40), False),
        ((10, 30), (12, 12), False),
    ],
)
def test_a_sentence_answers_if_half_of_it_or_of_the_answer_is_common(
    sentence: Span, span: Span, expected: bool
) -> None:
    assert overlap(sentence, span) == overlap(span, sentence) == expected


@pytest.mark.real
def test_marks_are_on_the_passage_alone(tokenizer: Any) -> None:
    batch = Batch.encoded([example("Who? Anna.", "Who")], tokenizer)
    assert batch.start.sum() == 1
    assert not (batch.start & ~batch.is_passage).any()
    assert not (batch.is_passage & (batch.attention == 0)).any()


@pytest.mark.real
def test_batches_are_full_and_of_examples_of_one_length(tokenizer: Any) -> None:
    short, long = example("It is red."), example("It is red. " * 20)
    drawn = itertools.cycle([short, long])
    found = list(itertools.islice(batches(drawn, tokenizer, seed=1), 24))
    assert {len(batch.tokens) for batch in found} == {BATCH}
    assert [batch.tokens.shape[1] > 40 for batch in found].count(True) == 12
    again = list(itertools.islice(batches(drawn, tokenizer, seed=1), 24))
    assert all(a.tokens.equal(b.tokens) for a, b in zip(found, again, strict=True))


def test_the_shortest_comes_first_as_bytes_are_counted() -> None:
    ordered = [example("ab"), example("看守"), example("abcdefgh")]
    assert by_length(reversed(ordered)) == ordered
