"""Train the network that decides whether a passage supports a statement, and write its weights.

    python -m app.writing.support.training DATA

DATA is a folder of question sets in BEIR layout. Training starts from the weights of the reader,
which already reads two texts together. The seed alone decides which examples are drawn, and in
which order.
"""

import argparse
import itertools
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import torch
from sklearn.metrics import roc_auc_score
from torch import Tensor
from transformers import PreTrainedTokenizerFast

from app.writing.support import WEIGHTS
from app.writing.support.training.statement_examples import (
    ALTERED,
    StatementExample,
    StatementExamples,
    keys_of,
)
from index.encoder import bundled_model, differences
from index.reader import SHIPPED
from index.reader.network import ReaderNetwork
from index.reader.pairs import encode
from index.training.command import run
from index.training.learner import Schedule, teach, write_weights
from index.training.question_sets import read_sets

SEED = 20261122
SCHEDULE = Schedule(
    steps=800,
    zero_at=800,
    warm_up=50,
    rate=6e-5,
    rate_of_heads=5e-4,
    report_every=25,
    check_every=200,
)
BATCH = 16
MAX_TOKENS = 320
_SORTED_TOGETHER = 24  # batches drawn at once and sorted by length, so that little is padding
_CHECKED_ON = 600  # examples


def train(options: argparse.Namespace) -> None:
    """Train on paragraphs of the part `train`; write what does best on those of `choose`."""
    torch.manual_seed(SEED)
    folder = bundled_model.unpack(bundled_model.CACHE_DIR)
    tokenizer = PreTrainedTokenizerFast.from_pretrained(folder, local_files_only=True)
    sets = read_sets(options.sets)
    examples = iter(StatementExamples(sets, keys_of(sets, "train"), SEED))
    checking = StatementExamples(sets, keys_of(sets, "choose"), 1)
    held_out = list(itertools.islice(checking, _CHECKED_ON))
    network = ReaderNetwork.over(folder)
    differences.load(network, SHIPPED, setting="READER")
    teach(
        network,
        _batches(examples),
        lambda batch: _losses(network, batch, tokenizer),
        lambda: _check(network, held_out, tokenizer),
        schedule=SCHEDULE,
        best_by=("AUC",),
        write=lambda figures: write_weights(
            network, ReaderNetwork.over(folder), options.output, seed=SEED, figures=figures
        ),
    )


def _batches(examples: Iterator[StatementExample]) -> Iterator[list[StatementExample]]:
    """Yield batches without end, each of examples of much the same length."""
    order = np.random.default_rng(0).permutation(_SORTED_TOGETHER)
    while True:
        drawn = _by_length(itertools.islice(examples, BATCH * _SORTED_TOGETHER))
        for i in order:
            yield drawn[i * BATCH : (i + 1) * BATCH]


def _by_length(examples: Iterable[StatementExample]) -> list[StatementExample]:
    return sorted(examples, key=lambda e: len((e.text + e.passage.text).encode()))


def _losses(
    network: ReaderNetwork, batch: Sequence[StatementExample], tokenizer: Any
) -> Mapping[str, Tensor]:
    truth = torch.tensor([float(example.kind == "true") for example in batch])
    logits = _logits(network, batch, tokenizer)
    return {"support": torch.nn.functional.binary_cross_entropy_with_logits(logits, truth)}


def _logits(network: ReaderNetwork, batch: Sequence[StatementExample], tokenizer: Any) -> Tensor:
    encoded = encode(
        tokenizer, [e.text for e in batch], [e.passage.text for e in batch], max_tokens=MAX_TOKENS
    )
    with torch.autocast("cpu", dtype=torch.bfloat16):
        tokens = encoded["input_ids"]
        none = torch.zeros(len(tokens), 1, tokens.shape[1])  # no sentence is judged by itself
        logits: Tensor = network(tokens, encoded["attention_mask"], none).answerable
    return logits


def _check(
    network: ReaderNetwork, examples: Sequence[StatementExample], tokenizer: Any
) -> dict[str, float]:
    """Return how well the network does on examples: the AUC of all and of each alteration."""
    ordered = _by_length(examples)
    scores: list[float] = []
    for i in range(0, len(ordered), 2 * BATCH):
        scores += _logits(network, ordered[i : i + 2 * BATCH], tokenizer).tolist()
    truth, values = np.array([e.kind == "true" for e in ordered]), np.array(scores)
    figures = {"AUC": roc_auc_score(truth, values)}
    for kind in ALTERED:
        rows = np.array([e.kind in ("true", kind) for e in ordered])
        figures[kind] = roc_auc_score(truth[rows], values[rows])
    return {name: round(float(value), 3) for name, value in figures.items()}


if __name__ == "__main__":
    sys.exit(run(train, __doc__, WEIGHTS))
