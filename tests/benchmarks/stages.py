"""What each stage of an answer costs, warm, over the articles that are shipped or a question set.

    python -m tests.benchmarks.stages [SET]

Milliseconds, median and 95th percentile over questions asked once each; before that, as many
others warm the caches that a running program has warm.
"""

import argparse
import contextlib
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np

import app.assistant
from app.about import About
from app.evaluation.questions import read_task
from app.evaluation.run import open_index
from app.late_interaction import LateInteraction
from app.settings import Settings
from index.library import Library
from index.reader.reader import Reader

GOLD = Path(__file__).parents[1] / "quality" / "gold.jsonl"
QUESTIONS = 40

STAGES: dict[str, tuple[Any, str]] = {
    "is it about the program?": (About, "reply"),
    "find passages": (Library, "find"),
    "late interaction": (LateInteraction, "cover"),
    "reader": (Reader, "read"),
    "agreement and conflict": (app.assistant, "compare"),
}


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("set", type=Path, nargs="?", default=GOLD, help="a question set")
    settings = Settings.load()
    task = read_task(
        parser.parse_args().set, corpus=settings.corpus_dir, part=None, limit=2 * QUESTIONS
    )
    spent: dict[str, list[float]] = defaultdict(list)
    with open_index(task, settings) as opened:
        for query in task.queries[:QUESTIONS]:
            opened.assistant.ask(query.text)
        with timed(spent):
            for query in task.queries[QUESTIONS:]:
                started = time.perf_counter()
                opened.assistant.ask(query.text)
                spent["all"].append(time.perf_counter() - started)
    print(f"{task.name}, {len(task.queries) - QUESTIONS} questions\n| stage | median | 95% |")
    for stage in spent:
        times = 1000 * np.array(spent[stage])
        print(f"| {stage} | {np.median(times):.0f} | {np.quantile(times, 0.95):.0f} |")


@contextlib.contextmanager
def timed(spent: dict[str, list[float]]) -> Iterator[None]:
    """Time the stages for a while."""
    with contextlib.ExitStack() as stack:
        for stage, (owner, name) in STAGES.items():
            timer = _timer(getattr(owner, name), stage, spent)
            stack.enter_context(patch.object(owner, name, timer))
        yield


def _timer(
    function: Callable[..., Any], stage: str, spent: dict[str, list[float]]
) -> Callable[..., Any]:
    def call(*arguments: Any, **named: Any) -> Any:
        started = time.perf_counter()
        try:
            return function(*arguments, **named)
        finally:
            spent[stage].append(time.perf_counter() - started)

    return call


if __name__ == "__main__":
    main()
