"""A batch marks the tokens at which answers begin and end, and the sentences that answer."""

from collections.abc import Iterator
from itertools import cycle, islice
from typing import Any

import pytest
import torch

from index.language.sentences import Span, overlap
from index.reader.training.batches import BATCH, MAX_TOKENS, Batch, Group, batches, by_length
from index.reader.training.question_examples import QuestionExample


def example(passage: str, *answers: str, is_answerable: bool = True) -> QuestionExample:
    spans = tuple((passage.index(a), passage.index(a) + len(a)) for a in answers)
    return QuestionExample("answer", "Who?", passage, spans, is_answerable)


def batch_of(tokenizer: Any, *examples: QuestionExample) -> Batch:
    """Return a batch of examples that are a group each."""
    return Batch.encoded([[each] for each in examples], tokenizer)


def marked(batch: Batch, tokenizer: Any, row: int) -> tuple[list[str], list[str]]:
    """Return the tokens that are marked as the first and the last ones of answers."""
    tokens = tokenizer.convert_ids_to_tokens(batch.tokens[row])
    return (
        [tokens[i] for i in torch.nonzero(batch.start[row]).flatten().tolist()],
        [tokens[i] for i in torch.nonzero(batch.end[row]).flatten().tolist()],
    )


@pytest.mark.real
def test_the_first_and_last_token_of_each_answer_are_marked(tokenizer: Any) -> None:
    batch = batch_of(
        tokenizer,
        example("Its keeper was Anna Ottesen, then Olsen.", "Anna Ottesen", "Olsen"),
        example("看守人是奥特森。", "奥特森"),
        example("Whales sing.", is_answerable=False),
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
    batch = batch_of(tokenizer, known, example("Whales sing.", is_answerable=False))
    assert batch.right.tolist() == [[0, 1, 0], [0, 0, 0]]
    assert batch.is_read.tolist() == [[True] * 3, [False] * 3], "of the other, none is known"
    assert batch.shares.sum(dim=-1)[0].tolist() == pytest.approx([1, 1, 1])
    assert not batch.shares[0][:, ~batch.is_passage[0]].any()


@pytest.mark.real
def test_a_sentence_that_is_cut_off_is_not_read(tokenizer: Any) -> None:
    text = "Twelve. " + "boat " * MAX_TOKENS + "Nine."
    spans = ((0, 7), (len(text) - 5, len(text)))
    long = QuestionExample("answer", "Who?", text, (), True, sentences=spans, right=spans)
    batch = batch_of(tokenizer, long)
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
    batch = batch_of(tokenizer, example("Who? Anna.", "Who"))
    assert batch.start.sum() == 1
    assert not (batch.start & ~batch.is_passage).any()
    assert not (batch.is_passage & (batch.attention == 0)).any()


@pytest.mark.real
def test_the_examples_of_a_group_have_its_number(tokenizer: Any) -> None:
    one, two = example("Whales sing."), example("It is red.")
    batch = Batch.encoded([[one, two], [two], [two, one, one]], tokenizer)
    assert batch.group.tolist() == [0, 0, 1, 2, 2, 2]
    assert batch.tokens[1].equal(batch.tokens[2])


@pytest.mark.real
def test_batches_are_full_and_of_groups_of_one_length(tokenizer: Any) -> None:
    short, long = example("It is red."), example("It is red. " * 20)

    def drawn() -> Iterator[Group]:
        return cycle([[short], [short, long], [short], [short, short, short]])

    def first(seed: int) -> list[Batch]:
        return list(islice(batches(drawn(), tokenizer, seed=seed), 20))

    found = first(1)
    sizes = [len(batch.tokens) for batch in found]
    assert max(sizes) < BATCH + 3
    assert sum(size < BATCH for size in sizes) <= 1, "what is left over at last"
    assert all(group in (1, 2, 3) for batch in found for group in batch.group.bincount().tolist())
    with_long = [batch for batch in found if batch.tokens.shape[1] > 40]
    assert 0 < len(with_long) < len(found) / 2
    again, other = first(1), first(2)
    assert all(a.tokens.equal(b.tokens) for a, b in zip(found, again, strict=True))
    assert [b.tokens.shape for b in found] != [b.tokens.shape for b in other]


def test_the_group_whose_longest_is_shortest_comes_first_as_bytes_are_counted() -> None:
    ordered = [[example("ab")], [example("看守"), example("a")], [example("abcdefgh")]]
    assert by_length(ordered[::-1]) == ordered
