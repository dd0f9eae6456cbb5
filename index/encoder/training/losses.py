"""How far the encoder is from putting first what answers, for a batch."""

from dataclasses import dataclass

import torch
from torch import Tensor

from index.encoder.training.batches import Batch

_TEMPERATURE = 0.03


@dataclass(frozen=True, slots=True, eq=False)
class Encoded:
    """The encoder's output for texts: the vector of each, and of each of its tokens."""

    vectors: Tensor  # (texts, dimensions), of length 1
    tokens: Tensor  # (texts, tokens, dimensions), of length 1, less what all tokens share


def losses(questions: Encoded, texts: Encoded, batch: Batch) -> dict[str, Tensor]:
    """Return the loss of finding texts and that of ranking their sentences, in nats."""
    return {"find": _find(questions, texts, batch), "rank": _rank(questions, texts, batch)}


def _find(questions: Encoded, texts: Encoded, batch: Batch) -> Tensor:
    """Return the loss of the chosen text among those that do not answer (InfoNCE)."""
    scores = questions.vectors @ texts.vectors.T / _TEMPERATURE
    rows = torch.arange(len(scores))
    others = batch.answers.clone()
    others[rows, batch.chosen] = False
    return torch.nn.functional.cross_entropy(scores.masked_fill(others, -torch.inf), batch.chosen)


def _rank(questions: Encoded, texts: Encoded, batch: Batch) -> Tensor:
    """Return the loss of the sentences that answer among all (as ColBERT scores them)."""
    judged = batch.sentence_answers.any(dim=1)
    if not judged.any():
        return questions.tokens.sum() * 0
    scores = sentence_scores(questions, texts, batch)[judged] / _TEMPERATURE
    right = scores.masked_fill(~batch.sentence_answers[judged], -torch.inf)
    return (scores.logsumexp(-1) - right.logsumexp(-1)).mean()


def sentence_scores(questions: Encoded, texts: Encoded, batch: Batch) -> Tensor:
    """Return how well sentences cover questions, (questions, sentences).

    It is the mean over the question's tokens of the cosine with the nearest token of the sentence.
    """
    asked = questions.tokens[batch.questions.own]
    cosines = torch.einsum("qd,ctd->cqt", asked, texts.tokens)
    nearest = torch.stack(
        [cosines[text, :, first:last].amax(-1) for text, first, last in batch.sentences], dim=-1
    )
    counts = batch.questions.own.sum(dim=1)
    owner = torch.repeat_interleave(torch.arange(len(counts)), counts)
    sums = torch.zeros(len(counts), nearest.shape[1]).index_add(0, owner, nearest)
    return sums / counts[:, None]
