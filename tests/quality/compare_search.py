"""Measure what each part of the search adds, on question sets with translated passages.

    python -m tests.quality.compare_search DATA

Asks questions of the part `report`. "Same" and "other" are the recall of the gold passage among
the first five, in the pool of the passages in the language of the question, or in another
language, as a mean over language pairs. "All" is the share of the gold passage and its
translations, at most four, among the first five in the pool of all languages.
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
    """Return the cosine of each chunk, not corrected for its language."""
    return {chunk.id: cosine for found in near.values() for chunk, cosine in found}


def no_vectors(*_: Any) -> dict[str, float]:
    """Return that vectors find nothing."""
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
    """Replace attributes of the search module inside the context."""
    with contextlib.ExitStack() as stack:
        for attribute, value in changes.items():
            stack.enter_context(patch.object(index.search, attribute, value))
        yield


def print_row(variant: str, task: Task, opened: OpenIndex) -> None:
    """Ask all questions and print the means."""
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
