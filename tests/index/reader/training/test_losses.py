"""Losses are the cross entropies of the spans and of the two decisions, in nats."""

from collections.abc import Sequence
from math import exp, log

import pytest
import torch
from torch import Tensor

from index.reader.network import Logits
from index.reader.training.batches import Batch
from index.reader.training.losses import losses

NO, YES = False, True


def batch(
    start: list[list[bool]],
    end: list[list[bool]],
    answerable: list[float],
    sentences: Sequence[Sequence[float | None]] | None = None,
    group: list[int] | None = None,
) -> Batch:
    """Return a batch of pairs of four tokens, of which the last three are the passage's.

    `sentences` says of each sentence whether it answers; of None, nothing was read.
    """
    tokens = torch.zeros(len(start), 4, dtype=torch.long)
    is_passage = torch.tensor([[NO, YES, YES, YES]] * len(start))
    marks = torch.tensor(start), torch.tensor(end)
    truth = sentences or [[None]] * len(start)
    right = torch.tensor([[own or 0.0 for own in row] for row in truth])
    is_read = torch.tensor([[float(own is not None) for own in row] for row in truth])
    shares = is_read[..., None] * torch.tensor([0, 0.5, 0.5, 0])
    decided = torch.tensor(answerable).float()
    numbers = torch.tensor(group or list(range(len(start))))
    return Batch(tokens, tokens + 1, is_passage, *marks, decided, shares, right, numbers)


def logits(
    start: list[list[float]],
    end: list[list[float]],
    answerable: list[float],
    sentences: list[list[float]] | None = None,
) -> Logits:
    scores = (start, end, answerable, sentences or [[0.0]] * len(start))
    return Logits(*(torch.tensor(each).float() for each in scores))


def values(found: dict[str, Tensor]) -> dict[str, float]:
    return {name: loss.item() for name, loss in found.items()}


def test_the_span_loss_counts_the_passages_tokens_alone() -> None:
    truth = batch([[NO, YES, NO, NO]], [[NO, NO, NO, YES]], [1])
    # A third each among the passage's tokens, however sure of the question's token.
    found = values(losses(logits([[9, 0, 0, 0]], [[9, 0, 0, 0]], [0]), truth))
    assert found == pytest.approx({"span": log(3), "answerable": log(2), "sentence": 0})


def test_any_span_of_the_answer_is_right() -> None:
    truth = batch([[NO, YES, YES, NO]], [[NO, NO, YES, YES]], [1])
    found = values(losses(logits([[0, 0, 0, 0]], [[0, 0, 0, 0]], [0]), truth))
    assert found["span"] == pytest.approx(log(3 / 2))


def test_pairs_without_a_span_count_only_as_decisions() -> None:
    start, end = [[NO, YES, NO, NO], [NO] * 4], [[NO, NO, NO, YES], [NO] * 4]
    truth = batch(start, end, [1, 0])
    found = values(losses(logits([[0] * 4, [7, 0, 0, 0]], [[0] * 4] * 2, [2, -2]), truth))
    assert found["span"] == pytest.approx(log(3))
    assert found["answerable"] == pytest.approx(log(1 + exp(-2)))


def test_without_any_span_the_span_loss_is_zero_and_has_a_gradient() -> None:
    scores = torch.zeros(1, 4, requires_grad=True)
    truth = batch([[NO] * 4], [[NO] * 4], [0])
    found = losses(Logits(scores, scores, torch.tensor([0.0]), torch.zeros(1, 1)), truth)
    assert found["span"].item() == 0
    found["span"].backward()  # type: ignore[no-untyped-call]
    assert scores.grad is not None


def sentence_loss(
    scores: list[list[float]],
    truth: Sequence[Sequence[float | None]],
    *,
    group: list[int],
    answerable: list[float],
) -> float:
    none = [[NO] * 4 for _ in scores]
    zeros = [[0.0] * 4 for _ in scores]
    known = batch(none, none, answerable, truth, group)
    return losses(logits(zeros, zeros, answerable, scores), known)["sentence"].item()


def test_what_answers_is_chosen_among_the_sentences_of_a_group_and_none() -> None:
    scores, truth = [[2.0, -1.0, 9.0], [0.5, 9.0, 9.0]], [[1, 0, None], [0, None, None]]
    whole = exp(2) + exp(-1) + exp(0.5) + 1
    found = sentence_loss(scores, truth, group=[0, 0], answerable=[1, 0])
    assert found == pytest.approx(log(whole / exp(2)))


def test_any_of_several_that_answer_is_right() -> None:
    found = sentence_loss([[2.0, 1.0]], [[1, 1]], group=[0], answerable=[1])
    assert found == pytest.approx(log((exp(2) + exp(1) + 1) / (exp(2) + exp(1))), abs=1e-6)


def test_where_nothing_answers_none_is_right() -> None:
    found = sentence_loss([[2.0], [1.0]], [[0], [0]], group=[0, 0], answerable=[0, 0])
    assert found == pytest.approx(log(exp(2) + exp(1) + 1))


def test_each_group_counts_the_same() -> None:
    one = sentence_loss([[2.0]], [[0]], group=[0], answerable=[0])
    two = sentence_loss([[1.0], [1.0]], [[1], [0]], group=[0, 0], answerable=[1, 0])
    both = sentence_loss(
        [[2.0], [1.0], [1.0]], [[0], [1], [0]], group=[0, 1, 1], answerable=[0, 1, 0]
    )
    assert both == pytest.approx((one + two) / 2)


def test_a_group_whose_answer_was_not_read_does_not_count() -> None:
    scores = [[2.0, 1.0], [3.0, 0.0]]
    truth: list[list[float | None]] = [[None, 0], [0, 0]]
    known = sentence_loss(scores[1:], truth[1:], group=[0], answerable=[0])
    assert sentence_loss(scores, truth, group=[0, 1], answerable=[1, 0]) == pytest.approx(known)


def test_without_any_sentence_the_sentence_loss_is_zero_and_has_a_gradient() -> None:
    scores = torch.ones(1, 2, requires_grad=True)
    zeros = torch.zeros(1, 4)
    truth = batch([[NO] * 4], [[NO] * 4], [0], sentences=[[None, None]])
    found = losses(Logits(zeros, zeros, torch.tensor([0.0]), scores), truth)
    assert found["sentence"].item() == 0
    found["sentence"].backward()  # type: ignore[no-untyped-call]
    assert scores.grad is not None
