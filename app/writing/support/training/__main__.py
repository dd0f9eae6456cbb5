"""Train the network that sees whether a passage carries a statement, and write its weights.

    python -m app.writing.support.training DATA

DATA is a folder of question sets in BEIR layout. It begins as the reader, which has learned to
read two texts together; what is drawn, and in which order, depends on the seed alone.
"""

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

from app.settings import CACHE_DIR
from app.writing.support import WEIGHTS
from app.writing.support.training.statement_examples import (
    ALTERED,
    StatementExample,
    StatementExamples,
    keys_of,
)
from index.encoder import bundled_model
from index.reader import SHIPPED, weights
from index.reader.network import ReaderNetwork
from index.reader.pairs import encode
from index.reader.training.learner import Learner, run
from index.reader.training.question_sets import read_sets

SEED = 20261122
STEPS = 800
BATCH = 16
MAX_TOKENS = 320
_RATE, _RATE_OF_HEADS = 6e-5, 5e-4
_WARM_UP = 50
_SORTED_TOGETHER = 24  # batches drawn at once and sorted by length, so that little is padding
_REPORTED_EVERY = 25
_CHECKED_EVERY = 200
_WATCHED = 600  # examples


def train(data: Path, output: Path) -> None:
    """Train on paragraphs of the part `train`; write what does best on those of `choose`."""
    torch.manual_seed(SEED)
    folder = bundled_model.unpack(CACHE_DIR)
    tokenizer = PreTrainedTokenizerFast.from_pretrained(folder, local_files_only=True)
    sets = read_sets(data)
    teaching = iter(StatementExamples(sets, keys_of(sets, "train"), SEED))
    watched = list(itertools.islice(StatementExamples(sets, keys_of(sets, "choose"), 1), _WATCHED))
    network = ReaderNetwork.over(folder)
    weights.load(network, SHIPPED)
    network.requires_grad_(False)
    learned = network.learned()
    for parameter in learned.values():
        parameter.requires_grad_(True)
    learner = Learner(
        learned, rate=_RATE, rate_of_heads=_RATE_OF_HEADS, warm_up=_WARM_UP, scheduled=STEPS
    )
    losses: list[float] = []
    best = 0.0
    started = time.perf_counter()
    for step, batch in enumerate(itertools.islice(_batches(teaching), STEPS), start=1):
        network.train()
        truth = torch.tensor([float(example.kind == "true") for example in batch])
        loss = torch.nn.functional.binary_cross_entropy_with_logits(
            _logits(network, tokenizer, batch), truth
        )
        learner.learn(loss)
        losses.append(loss.item())
        if step % _REPORTED_EVERY == 0:
            seconds = time.perf_counter() - started
            print(f"{step} {seconds:.0f}s {np.mean(losses[-_REPORTED_EVERY:]):.3f}", flush=True)
        if step % _CHECKED_EVERY == 0:
            with learner.averaged():
                figures = {"step": step} | _watch(network, watched, tokenizer)
                print(json.dumps(figures), flush=True)
                if figures["AUC"] > best:
                    best = figures["AUC"]
                    about = {
                        "base": bundled_model.NAME,
                        "seed": str(SEED),
                        "figures": json.dumps(figures),
                    }
                    weights.save(network, ReaderNetwork.over(folder), output, about)


def _batches(examples: Iterator[StatementExample]) -> Iterator[list[StatementExample]]:
    order = np.random.default_rng(0).permutation(_SORTED_TOGETHER)
    while True:
        drawn = list(itertools.islice(examples, BATCH * _SORTED_TOGETHER))
        drawn.sort(key=_length)
        for i in order:
            yield drawn[i * BATCH : (i + 1) * BATCH]


def _length(example: StatementExample) -> int:
    return len((example.text + example.passage.text).encode())


def _logits(network: ReaderNetwork, tokenizer: Any, batch: Sequence[StatementExample]) -> Tensor:
    encoded = encode(
        tokenizer, [e.text for e in batch], [e.passage.text for e in batch], max_tokens=MAX_TOKENS
    )
    with torch.autocast("cpu", dtype=torch.bfloat16):
        logits: Tensor = network(encoded["input_ids"], encoded["attention_mask"]).answerable
    return logits


@torch.inference_mode()
def _watch(
    network: ReaderNetwork, examples: Sequence[StatementExample], tokenizer: Any
) -> dict[str, float]:
    """Return how the network does on examples it does not learn from."""
    network.eval()
    ordered = sorted(examples, key=_length)
    scores: list[float] = []
    for i in range(0, len(ordered), 2 * BATCH):
        scores += _logits(network, tokenizer, ordered[i : i + 2 * BATCH]).tolist()
    truth, values = np.array([e.kind == "true" for e in ordered]), np.array(scores)
    result = {"AUC": roc_auc_score(truth, values)}
    for kind in ALTERED:
        rows = np.array([e.kind in ("true", kind) for e in ordered])
        result[kind] = roc_auc_score(truth[rows], values[rows])
    return {name: round(float(value), 3) for name, value in result.items()}


if __name__ == "__main__":
    sys.exit(run(train, __doc__, WEIGHTS))
