"""How far the reader's network is off, for a batch of examples."""

import torch
from torch import Tensor

from index.reader.network import Logits
from index.reader.training.batches import Batch


def losses(logits: Logits, batch: Batch) -> dict[str, Tensor]:
    """Return the losses of the short answers, the passages and the sentences, in nats."""
    answerable = torch.nn.functional.binary_cross_entropy_with_logits(
        logits.answerable, batch.is_answerable
    )
    return {
        "span": _span(logits, batch),
        "answerable": answerable,
        "sentence": _sentence(logits, batch),
    }


def _sentence(logits: Logits, batch: Batch) -> Tensor:
    """Return the loss of what answers among the sentences of a group and the choice of none.

    None of them has the logit 0, so that sentences of different questions can be compared.
    """
    lost = []
    for number in range(int(batch.group.max()) + 1):
        rows = batch.group == number
        read = batch.is_read[rows]
        scores, right = logits.sentences[rows][read], batch.right[rows][read] > 0
        chosen = scores[right] if right.any() else scores.new_zeros(1)
        is_known = right.any() or not batch.is_answerable[rows].any()
        if len(scores) and is_known:
            every = torch.cat([scores, scores.new_zeros(1)])
            lost.append(every.logsumexp(0) - chosen.logsumexp(0))
    return torch.stack(lost).mean() if lost else logits.sentences.sum() * 0


def _span(logits: Logits, batch: Batch) -> Tensor:
    if not batch.has_span.any():
        return logits.start.sum() * 0
    loss = torch.zeros(())
    for scores, truth in ((logits.start, batch.start), (logits.end, batch.end)):
        inside = scores.masked_fill(~batch.is_passage, -torch.inf)[batch.has_span].log_softmax(-1)
        # An answer may have several spans, and any of them is right.
        right = inside.masked_fill(~truth[batch.has_span], -torch.inf)
        loss = loss - torch.logsumexp(right, dim=-1).mean() / 2
    return loss
