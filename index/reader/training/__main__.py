"""Train the reader on public question sets, and write its weights.

    python -m index.reader.training DATA

DATA is a folder of question sets in BEIR layout. What is drawn, in which order, and the weights at
the start depend on the seed alone; threads of the processor add rounding.
"""

import hashlib
import itertools
import json
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from sklearn.metrics import roc_auc_score
from torch import Tensor
from transformers import PreTrainedTokenizerFast

from index.encoder import bundled_model
from index.encoder.embedding import SentenceTransformerEncoder
from index.reader import SHIPPED, weights
from index.reader.network import Logits, ReaderNetwork
from index.reader.pairs import encode, own_tokens
from index.reader.training.learner import Learner, run
from index.reader.training.question_examples import Neighbours, QuestionExample, QuestionExamples
from index.reader.training.question_sets import QuestionSet, parts, read_sets

SEED = 20261122
STEPS = 1520
_SCHEDULED = 1900  # steps to a rate of nothing; the last fifth gained too little for its time
BATCH = 16
MAX_TOKENS = 288
_WARM_UP = 60
_RATE = 8e-5
_RATE_OF_HEADS = 1e-3
_SORTED_TOGETHER = 24  # batches drawn at once and sorted by length, so that little is padding
_REPORTED_EVERY = 50
_CHECKED_EVERY = 380
_WATCHED = 800  # examples
_NEAR = 6  # neighbours of a question in each language
_SKIMMED = 600  # characters of a passage by which it is a neighbour


def train(data: Path, output: Path) -> None:
    """Train on the questions of the part `train`; write what does best on those of `choose`."""
    torch.manual_seed(SEED)
    folder = bundled_model.unpack(bundled_model.CACHE_DIR)
    tokenizer = PreTrainedTokenizerFast.from_pretrained(folder, local_files_only=True)
    teaching, watched = _examples(read_sets(data))
    network = ReaderNetwork.over(folder)
    network.requires_grad_(False)
    learned = network.learned()
    for parameter in learned.values():
        parameter.requires_grad_(True)
    learner = Learner(
        learned,
        rate=_RATE,
        rate_of_heads=_RATE_OF_HEADS,
        warm_up=_WARM_UP,
        scheduled=_SCHEDULED,
    )
    losses: list[tuple[float, float]] = []
    best = 0.0
    started = time.perf_counter()
    for step, batch in enumerate(itertools.islice(_batches(teaching, tokenizer), STEPS), start=1):
        losses.append(_step(network, batch, learner))
        if step % _REPORTED_EVERY == 0:
            span, answer = np.mean(losses[-_REPORTED_EVERY:], axis=0)
            seconds = time.perf_counter() - started
            print(f"{step} {seconds:.0f}s span {span:.3f} answerable {answer:.3f}", flush=True)
        if step % _CHECKED_EVERY == 0:
            with learner.averaged():
                figures = {"step": step} | _watch(network, watched, tokenizer)
                print(json.dumps(figures), flush=True)
                if figures["AUC"] + figures["start right"] > best:
                    best = figures["AUC"] + figures["start right"]
                    weights.save(network, ReaderNetwork.over(folder), output, _about(figures))


def _examples(sets: list[QuestionSet]) -> tuple[Iterator[QuestionExample], list[QuestionExample]]:
    """Return examples to learn from, without end, and some to watch."""
    part = parts(sets)
    neighbours = _kept_neighbours(sets)
    teaching, watching = (
        iter(QuestionExamples(sets, {i for i, p in part.items() if p == name}, neighbours, SEED))
        for name in ("train", "choose")
    )
    return teaching, list(itertools.islice(watching, _WATCHED))


def _step(network: ReaderNetwork, batch: "_Batch", learner: Learner) -> tuple[float, float]:
    """Learn from a batch; return the losses before."""
    network.train()
    with torch.autocast("cpu", dtype=torch.bfloat16):
        logits = network(batch.tokens, batch.attention)
    span, answerable = _losses(logits, batch)
    learner.learn(span + answerable)
    return span.item(), answerable.item()


def _about(figures: dict[str, float]) -> dict[str, str]:
    """Return what the file of weights says of itself."""
    return {"base": bundled_model.NAME, "seed": str(SEED), "figures": json.dumps(figures)}


def _kept_neighbours(sets: Sequence[QuestionSet]) -> Neighbours:
    """Return the neighbours that an earlier run on the same questions found, or find them."""
    asked = hashlib.sha256("".join(q.id + q.text for of in sets for q in of.questions).encode())
    file = bundled_model.CACHE_DIR / "reader" / f"neighbours-{asked.hexdigest()[:12]}.json"
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(find_neighbours(sets)), encoding="utf-8")
    kept: Neighbours = json.loads(file.read_text(encoding="utf-8"))
    return kept


def find_neighbours(sets: Sequence[QuestionSet]) -> Neighbours:
    """Return, for each question with known passages, those near it that are not among them."""
    encoder = SentenceTransformerEncoder(bundled_model.NAME, cache_dir=bundled_model.CACHE_DIR)
    near: dict[str, list[str]] = {}
    for of in sets:
        asked = [question for question in of.questions if question.gold]
        if not asked:
            continue
        questions = encoder.encode_questions([question.text for question in asked])
        for language in sorted({passage.language for passage in of.passages.values()}):
            passages = [p for p in of.passages.values() if p.language == language]
            vectors = encoder.encode_passages([passage.text[:_SKIMMED] for passage in passages])
            ranked = np.argsort(-(questions @ vectors.T), axis=1)[:, : 2 * _NEAR]
            for question, places in zip(asked, ranked, strict=True):
                keys = {of.passages[gold].key for gold in question.gold}
                others = [passages[i].id for i in places if passages[i].key not in keys]
                near.setdefault(question.id, []).extend(others[:_NEAR])
    return near


class _Batch:
    """Examples as tensors, one row each."""

    def __init__(self, examples: Sequence[QuestionExample], tokenizer: Any) -> None:
        questions, passages = [e.question for e in examples], [e.passage for e in examples]
        encoded = encode(tokenizer, questions, passages, max_tokens=MAX_TOKENS)
        self.tokens: Tensor = encoded["input_ids"]
        self.attention: Tensor = encoded["attention_mask"]
        self.is_answerable = torch.tensor([float(e.is_answerable) for e in examples])
        self.start = torch.zeros(self.tokens.shape, dtype=torch.bool)
        self.end = torch.zeros(self.tokens.shape, dtype=torch.bool)
        self.is_passage = torch.zeros(self.tokens.shape, dtype=torch.bool)
        for row, example in enumerate(examples):
            own, offsets = own_tokens(encoded, row)
            self.is_passage[row] = torch.from_numpy(own)
            for i, (first, last) in zip(np.flatnonzero(own), offsets.tolist(), strict=True):
                for start, end in example.spans:
                    # A word's first token also covers the space before it.
                    self.start[row, i] |= first <= start < last
                    self.end[row, i] |= first < end <= last
        self.has_span = self.start.any(dim=1) & self.end.any(dim=1)


def _batches(examples: Iterator[QuestionExample], tokenizer: Any) -> Iterator[_Batch]:
    order = torch.Generator().manual_seed(SEED)
    while True:
        drawn = list(itertools.islice(examples, BATCH * _SORTED_TOGETHER))
        drawn.sort(key=lambda e: len((e.question + e.passage).encode()))
        for i in torch.randperm(_SORTED_TOGETHER, generator=order).tolist():
            yield _Batch(drawn[i * BATCH : (i + 1) * BATCH], tokenizer)


def _losses(logits: Logits, batch: _Batch) -> tuple[Tensor, Tensor]:
    """Return how far the spans and the decisions are off, in nats."""
    answerable = torch.nn.functional.binary_cross_entropy_with_logits(
        logits.answerable, batch.is_answerable
    )
    if not batch.has_span.any():
        return logits.start.sum() * 0, answerable
    span = torch.zeros(())
    for scores, truth in ((logits.start, batch.start), (logits.end, batch.end)):
        shares = scores.masked_fill(~batch.is_passage, -torch.inf)[batch.has_span].log_softmax(-1)
        # Any of the places where the answer stands is right.
        at = shares.masked_fill(~truth[batch.has_span], -torch.inf)
        span = span - torch.logsumexp(at, dim=-1).mean() / 2
    return span, answerable


@torch.inference_mode()
def _watch(
    network: ReaderNetwork, examples: list[QuestionExample], tokenizer: Any
) -> dict[str, float]:
    """Return how the network does on examples it does not learn from."""
    network.eval()
    scores: list[float] = []
    right: list[bool] = []
    ordered = sorted(examples, key=lambda e: len((e.question + e.passage).encode()))
    for i in range(0, len(ordered), 2 * BATCH):
        batch = _Batch(ordered[i : i + 2 * BATCH], tokenizer)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            logits = network(batch.tokens, batch.attention)
        scores += logits.answerable.tolist()
        start = logits.start.masked_fill(~batch.is_passage, -torch.inf).argmax(-1)
        for row in torch.nonzero(batch.has_span).flatten().tolist():
            right.append(bool(batch.start[row, start[row]]))
    truth = np.array([e.is_answerable for e in ordered])
    values = np.array(scores)
    result = {"start right": np.mean(right), "AUC": roc_auc_score(truth, values)}
    for kind in sorted({e.kind for e in ordered if not e.is_answerable}):
        rows = np.array([e.is_answerable or e.kind == kind for e in ordered])
        result[f"AUC {kind}"] = roc_auc_score(truth[rows], values[rows])
    return {name: round(float(value), 3) for name, value in result.items()}


if __name__ == "__main__":
    sys.exit(run(train, __doc__, SHIPPED))
