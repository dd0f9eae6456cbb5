"""Losses are the cross entropies of the spans and of the decisions, in nats."""

from math import exp, log

import pytest
import torch
from torch import Tensor

from index.reader.network import Logits
from index.reader.training.batches import Batch
from index.reader.training.losses import losses

NO, YES = False, True


def batch(start: list[list[bool]], end: list[list[bool]], answerable: list[float]) -> Batch:
    """Return a batch of pairs of four tokens, of which the last three are the passage's."""
    tokens = torch.zeros(len(start), 4, dtype=torch.long)
    is_passage = torch.tensor([[NO, YES, YES, YES]] * len(start))
    marks = torch.tensor(start), torch.tensor(end)
    return Batch(tokens, tokens + 1, is_passage, *marks, torch.tensor(answerable).float())


def logits(start: list[list[float]], end: list[list[float]], answerable: list[float]) -> Logits:
    return Logits(*(torch.tensor(scores).float() for scores in (start, end, answerable)))


def values(found: dict[str, Tensor]) -> dict[str, float]:
    return {name: loss.item() for name, loss in found.items()}


def test_the_span_loss_counts_the_passages_tokens_alone() -> None:
    truth = batch([[NO, YES, NO, NO]], [[NO, NO, NO, YES]], [1])
    # A third each among the passage's tokens, however sure of the question's token.
    found = values(losses(logits([[9, 0, 0, 0]], [[9, 0, 0, 0]], [0]), truth))
    assert found == pytest.approx({"span": log(3), "answerable": log(2)})


def test_any_span_of_the_answer_is_right() -> None:
    truth = batch([[NO, YES, YES, NO]], [[NO, NO, YES, YES]], [1])
    found = values(losses(logits([[0, 0, 0, 0]], [[0, 0, 0, 0]], [0]), truth))
    assert found["span"] == pytest.approx(log(3 / 2))


def test_pairs_without_a_span_count_only_as_decisions() -> None:
    start, end = [[NO, YES, NO, NO], [NO] * 4], [[NO, NO, NO, YES], [NO] * 4]
    truth = batch(start, end, [1, 0])
    found = values(losses(logits([[0] * 4, [7, 0, 0, 0]], [[0] * 4] * 2, [2, -2]), truth))
    assert found == pytest.approx({"span": log(3), "answerable": log(1 + exp(-2))})


def test_without_any_span_the_span_loss_is_zero_and_has_a_gradient() -> None:
    scores = torch.zeros(1, 4, requires_grad=True)
    truth = batch([[NO] * 4], [[NO] * 4], [0])
    found = losses(Logits(scores, scores, torch.tensor([0.0])), truth)
    assert found["span"].item() == 0
    found["span"].backward()  # type: ignore[no-untyped-call]
    assert scores.grad is not None
