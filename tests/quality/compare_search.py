"""What each part of the search adds, on question sets whose passages are parallel.

    python -m tests.quality.compare_search DATA

Questions of the part `report`. "Same" and "other" are recall of the gold passage among the first
five in the pool of the passages in the question's language, and in one other, mean over pairs;
"all" is the share of the first five passages in a pool of all languages that say the same as the
gold one, out of the four or fewer that there are.
"""

import argparse
import contextlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np
from tqdm import tqdm

import index.search
import index.store.lexical
from app.evaluation.questions import Task, read_task
from app.evaluation.run import FIRST, OpenIndex, open_index
from app.settings import Settings
from index.chunking import Chunk
from index.encoder.embedding import Vectors
from index.search import EVERYTHING, Scope

SETS = ("belebele", "xquad")
QUESTIONS = 120


def plain_cosines(
    vector: Vectors, near: Mapping[str, list[tuple[Chunk, float]]], *_: Any
) -> dict[str, float]:
    """Return each chunk's cosine as it is, whatever its language."""
    return {chunk.id: cosine for found in near.values() for chunk, cosine in found}


def no_vectors(*_: Any) -> dict[str, float]:
    """Find nothing by vectors."""
    return {}


VARIANTS: dict[str, dict[str, Any]] = {
    "words": {"_standardize": no_vectors},
    "vectors, plain cosines": {"_standardize": plain_cosines, "_LEXICAL_WEIGHT": 0.0},
    "vectors, by language": {"_LEXICAL_WEIGHT": 0.0},
    "both, plain cosines": {"_standardize": plain_cosines},
    "both, by language": {},
}


def main() -> None:
    """Print a table for each set."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="a folder of question sets in BEIR layout")
    data = parser.parse_args().data
    settings = Settings.load().model_copy(update={"reader": None})
    for name in SETS:
        task = read_task(data / name, corpus=data, part="report", limit=QUESTIONS)
        print(f"\n{name}, {len(task.queries)} questions\n| search | same | other | all |")
        with open_index(task, settings) as opened:
            for variant, changes in VARIANTS.items():
                with changed(changes):
                    print_row(variant, task, opened)
        with (
            patch.object(index.store.lexical, "bigrams", lambda text: text),
            open_index(task, settings) as opened,
        ):
            print_row("both, without bigrams", task, opened)


@contextlib.contextmanager
def changed(changes: dict[str, Any]) -> Iterator[None]:
    """Search in another way for a while."""
    with contextlib.ExitStack() as stack:
        for attribute, value in changes.items():
            stack.enter_context(patch.object(index.search, attribute, value))
        yield


def print_row(variant: str, task: Task, opened: OpenIndex) -> None:
    """Ask all questions, and print the means."""
    same: list[bool] = []
    other: list[bool] = []
    everywhere: list[float] = []
    for query in tqdm(task.queries, desc=variant, mininterval=10):
        for language in task.languages:
            gold = {i for i in query.gold if task.passages[i].language == language}
            if gold:
                scope = Scope(languages=frozenset({language}))
                found = opened.find(query, scope)[0][:FIRST]
                (same if language == query.language else other).append(bool(gold & set(found)))
        first = opened.find(query, EVERYTHING)[0][:FIRST]
        everywhere.append(len(query.gold & set(first)) / min(FIRST, len(query.gold)))
    print(f"| {variant} | {np.mean(same):.3f} | {np.mean(other):.3f} | {np.mean(everywhere):.3f} |")


if __name__ == "__main__":
    main()
