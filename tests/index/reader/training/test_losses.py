"""Losses are the cross entropies of the spans and of the two decisions, in nats."""

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
    sentences: list[list[float | None]] | None = None,
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
    return Batch(tokens, tokens + 1, is_passage, *marks, decided, shares, right)


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


def test_the_sentence_loss_counts_each_sentence_that_was_read() -> None:
    none = [[NO] * 4, [NO] * 4]
    truth = batch(none, none, [1, 0], sentences=[[1, 0, None], [0, None, None]])
    scores = [[2.0, -2.0, 9.0], [0.0, 9.0, 9.0]]
    found = values(losses(logits([[0] * 4] * 2, [[0] * 4] * 2, [0, 0], scores), truth))
    assert found["sentence"] == pytest.approx((2 * log(1 + exp(-2)) + log(2)) / 3)


def test_without_any_sentence_the_sentence_loss_is_zero_and_has_a_gradient() -> None:
    scores = torch.ones(1, 2, requires_grad=True)
    zeros = torch.zeros(1, 4)
    truth = batch([[NO] * 4], [[NO] * 4], [0], sentences=[[None, None]])
    found = losses(Logits(zeros, zeros, torch.tensor([0.0]), scores), truth)
    assert found["sentence"].item() == 0
    found["sentence"].backward()  # type: ignore[no-untyped-call]
    assert scores.grad is not None
