"""Losses are of what should come first: the chosen text, and the sentences that answer."""

from math import exp, log

import pytest
import torch
from torch import Tensor

from index.encoder.training.batches import Batch, Tokens
from index.encoder.training.losses import Encoded, losses, sentence_scores

T = 0.03  # by which scores are divided

# Directions in which vectors point.
BOATS, BEES, WHALES = torch.eye(3)


def between(cosine: float) -> Tensor:
    """Return a vector with this cosine with BOATS, and none with BEES."""
    return torch.tensor([cosine, 0, (1 - cosine**2) ** 0.5])


def tokens(rows: int, own: list[list[bool]] | None = None) -> Tokens:
    marks = torch.tensor(own or [[True]] * rows)
    return Tokens(torch.zeros(marks.shape, dtype=torch.long), torch.ones(marks.shape), marks)


def encoded(*vectors: Tensor, of_tokens: list[list[Tensor]] | None = None) -> Encoded:
    each = [torch.stack(row) for row in of_tokens] if of_tokens else [v[None] for v in vectors]
    return Encoded(torch.stack(vectors), torch.stack(each))


def batch(
    answers: list[list[bool]],
    chosen: list[int],
    sentences: tuple[tuple[int, int, int], ...] = (),
    sentence_answers: list[list[bool]] | None = None,
    own: list[list[bool]] | None = None,
) -> Batch:
    judged = torch.tensor(sentence_answers or [[]] * len(answers), dtype=torch.bool)
    return Batch(
        tokens(len(answers), own),
        tokens(len(answers[0])),
        torch.tensor(answers),
        torch.tensor(chosen),
        sentences,
        judged,
    )


def test_the_chosen_text_is_to_come_before_those_that_do_not_answer() -> None:
    questions, texts = encoded(BOATS), encoded(between(0.9), between(0.84), BEES)
    found = losses(questions, texts, batch([[True, False, False]], [0]))
    assert found["find"].item() == pytest.approx(log(1 + exp(-0.06 / T) + exp(-0.9 / T)), abs=1e-4)
    worse = losses(questions, texts, batch([[False, True, False]], [1]))
    assert worse["find"].item() == pytest.approx(log(1 + exp(0.06 / T) + exp(-0.84 / T)), abs=1e-4)


def test_another_text_that_answers_is_no_rival() -> None:
    questions, texts = encoded(BOATS), encoded(between(0.9), between(0.96), between(0.84))
    found = losses(questions, texts, batch([[True, True, False]], [0]))
    assert found["find"].item() == pytest.approx(log(1 + exp(-0.06 / T)), abs=1e-4)


def test_questions_count_the_same() -> None:
    questions, texts = encoded(BOATS, BEES), encoded(between(0.9), BEES)
    found = losses(questions, texts, batch([[True, False], [False, True]], [0, 1]))
    first, second = log(1 + exp(-0.9 / T)), log(1 + exp(-1 / T))
    assert found["find"].item() == pytest.approx((first + second) / 2, abs=1e-5)


def test_a_sentence_covers_a_question_by_the_nearest_of_its_tokens() -> None:
    # The second token of the first question is not its own.
    questions = encoded(BOATS, BEES, of_tokens=[[BOATS, WHALES], [BOATS, BEES]])
    texts = encoded(
        BOATS,
        BEES,
        of_tokens=[[between(0.6), between(0.8), BEES], [WHALES, between(0.5), WHALES]],
    )
    judged = batch(
        [[True, False], [False, True]],
        [0, 1],
        sentences=((0, 0, 2), (0, 2, 3), (1, 0, 3)),
        sentence_answers=[[True, False, False], [False, False, True]],
        own=[[True, False], [True, True]],
    )
    scores = sentence_scores(questions, texts, judged)
    expected = torch.tensor([[0.8, 0, 0.5], [(0.8 + 0) / 2, (0 + 1) / 2, (0.5 + 0) / 2]])
    assert torch.allclose(scores, expected, atol=1e-6)


def test_any_sentence_that_answers_may_come_first() -> None:
    questions = encoded(BOATS)
    texts = encoded(BOATS, of_tokens=[[between(0.6), between(0.6), between(0.63)]])
    sentences = ((0, 0, 1), (0, 1, 2), (0, 2, 3))
    judged = batch([[True]], [0], sentences, [[True, True, False]])
    found = losses(questions, texts, judged)
    assert found["rank"].item() == pytest.approx(log(1 + exp(0.03 / T) / 2), abs=1e-4)
    judged = batch([[True]], [0], sentences, [[True, True, True]])
    assert losses(questions, texts, judged)["rank"].item() == pytest.approx(0, abs=1e-6)


def test_questions_of_which_no_sentence_is_known_to_answer_do_not_count() -> None:
    questions = encoded(BOATS, BEES)
    texts = encoded(BOATS, of_tokens=[[between(0.6), between(0.6)]])
    sentences = ((0, 0, 1), (0, 1, 2))
    judged = batch([[True], [True]], [0, 0], sentences, [[True, False], [False, False]])
    assert losses(questions, texts, judged)["rank"].item() == pytest.approx(log(2), abs=1e-4)


@pytest.mark.parametrize("sentences", [(), ((0, 0, 1),)])
def test_without_any_such_sentence_the_loss_is_zero_and_has_a_gradient(
    sentences: tuple[tuple[int, int, int], ...],
) -> None:
    vectors = torch.eye(3)[:1].requires_grad_()
    questions = Encoded(vectors, vectors[:, None])
    judged = batch([[True]], [0], sentences, [[False] * len(sentences)])
    found = losses(questions, encoded(BOATS), judged)
    assert found["rank"].item() == 0
    found["rank"].backward()  # type: ignore[no-untyped-call]
    assert vectors.grad is not None
