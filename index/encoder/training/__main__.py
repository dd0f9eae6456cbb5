"""Train the encoder on questions with marked answers, and write what it learned.

    python -m index.encoder.training FOLDERS... SETS [--without NAME] [--output FILE]

Each of FOLDERS has folders of articles with questions, SETS public question sets in BEIR layout, of
which the part `train` is used. `--without` leaves folders out, to measure on them. Training goes on
where it was stopped. The seed alone decides what is drawn; threads of the processor add rounding.
"""

import argparse
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
from transformers import PreTrainedTokenizerFast

from index.encoder import bundled_model
from index.encoder.embedding import SentenceTransformerEncoder
from index.encoder.training.batches import PASSAGE, QUESTION, Batch, Batches, tokens_of
from index.encoder.training.losses import losses
from index.encoder.training.network import EncoderInTraining
from index.encoder.training.pools import Pool, pool_of_folder, pool_of_set
from index.training.command import add_folders, run
from index.training.learner import Schedule, teach, write_weights
from index.training.question_folders import read_question_folders
from index.training.question_sets import PARTS, parts, read_sets

SEED = 20261126
QUESTIONS = 20  # of a batch
PUBLIC = ("xquad", "belebele")  # sets whose passages are the same in several languages
SCHEDULE = Schedule(
    steps=200,
    zero_at=210,
    warm_up=20,
    rate=6e-5,
    rate_of_heads=0.0,
    report_every=10,
    check_every=100,
)
_MEAN_EVERY = 20  # steps until what all tokens share is computed anew
_CHECKED_ON = 200  # questions of each set
_ENCODED = 32  # texts at a time


def train(options: argparse.Namespace) -> None:
    """Train on the folders that are not left out, and on the part `train` of the public sets."""
    torch.manual_seed(SEED)
    folder = bundled_model.unpack(bundled_model.CACHE_DIR)
    tokenizer = PreTrainedTokenizerFast.from_pretrained(folder, local_files_only=True)
    base = SentenceTransformerEncoder(bundled_model.BASE, cache_dir=bundled_model.CACHE_DIR)
    read = read_question_folders(options.folders, without=options.without)
    own = [pool_of_folder(one, base) for one in read]
    network = EncoderInTraining(folder, tokenizer)
    taught, checked = _public(options.sets)
    batches = Batches(own, taught, tokenizer, seed=SEED, questions=QUESTIONS)

    def name(pool: Pool) -> str:
        return f"first, {pool.name}"

    teach(
        network,
        _with_fresh_mean(network, batches),
        lambda batch: losses(network(batch.questions), network(batch.texts), batch),
        lambda: {f"first, {one.name}": _found_first(network, one, tokenizer) for one in checked},
        schedule=SCHEDULE,
        best_by=[name(one) for one in checked],
        write=lambda figures: write_weights(
            network,
            EncoderInTraining(folder, tokenizer),
            options.output,
            seed=SEED,
            figures=figures,
        ),
        checkpoint=options.output.with_suffix(".checkpoint"),
    )


def _public(sets: Path) -> tuple[list[Pool], list[Pool]]:
    """Return the pools of the public sets to train on, and those to check with."""
    every = read_sets(sets)
    part_of = parts(every)
    chosen = {
        part: frozenset(question for question, own in part_of.items() if own == part)
        for part in PARTS
    }
    taught, checked = (
        [pool_of_set(one, chosen[part]) for one in every if one.name in PUBLIC]
        for part in ("train", "choose")
    )
    return taught, checked


def _with_fresh_mean(network: EncoderInTraining, batches: Iterable[Batch]) -> Iterator[Batch]:
    for step, batch in enumerate(batches):
        if step % _MEAN_EVERY == 0:
            network.refresh_mean()
        yield batch


def _found_first(network: EncoderInTraining, pool: Pool, tokenizer: object) -> float:
    """Return the share of a pool's questions for which a text that answers comes first."""
    texts = _vectors(network, [text.text for text in pool.texts], PASSAGE, tokenizer)
    questions = pool.questions[:: max(1, len(pool.questions) // _CHECKED_ON)]
    asked = _vectors(network, [question.text for question in questions], QUESTION, tokenizer)
    best = (asked @ texts.T).argmax(dim=1).tolist()
    hits = [i in question.answers for i, question in zip(best, questions, strict=True)]
    return round(float(np.mean(hits)), 3)


def _vectors(
    network: EncoderInTraining, texts: Sequence[str], prompt: str, tokenizer: object
) -> torch.Tensor:
    order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
    found: dict[int, torch.Tensor] = {}
    for first in range(0, len(order), _ENCODED):
        rows = order[first : first + _ENCODED]
        tokens, _ = tokens_of(tokenizer, [texts[i] for i in rows], prompt)
        found |= zip(rows, network(tokens).vectors, strict=True)
    return torch.stack([found[i] for i in range(len(texts))])


if __name__ == "__main__":
    sys.exit(run(train, __doc__, bundled_model.WEIGHTS, add=add_folders))
