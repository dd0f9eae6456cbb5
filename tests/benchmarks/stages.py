"""Measure the time of each stage of an answer, over the shipped articles or a question set.

    python -m tests.benchmarks.stages [SET] [--chunks 100000]

Prints the median and the 95th percentile in milliseconds, over questions asked once each. As many
other questions are asked first, to warm the caches. With --chunks the questions are asked again
after the set has grown to so many chunks. Each new passage is the first half of a passage of the
set and the second half of another, and its vector is halfway between two vectors of the set.
"""

import argparse
import contextlib
import random
import resource
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np

import app.answering
from app.assistant import Assistant
from app.evaluation.questions import Task, read_task
from app.evaluation.run import open_index
from app.evidence.late_interaction import LateInteraction
from app.question.heads import QuestionHeads
from app.settings import Settings
from index.encoder.bundled_model import CACHE_DIR
from index.encoder.embedding import SentenceTransformerEncoder, Vectors
from index.library import Library
from index.reader.reader import Reader

GOLD = Path(__file__).parents[1] / "quality" / "gold.jsonl"
QUESTIONS = 40

STAGES: dict[str, tuple[Any, str]] = {
    "what kind of question it is": (QuestionHeads, "kind"),
    "find passages": (Library, "find"),
    "late interaction": (LateInteraction, "cover"),
    "reader": (Reader, "read"),
    "agreement and conflict": (app.answering, "compare"),
}


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("set", type=Path, nargs="?", default=GOLD, help="a question set")
    parser.add_argument("--chunks", type=int, help="to grow the set to")
    options = parser.parse_args()
    settings = Settings.load()
    task = read_task(options.set, corpus=settings.corpus_dir, part=None, limit=2 * QUESTIONS)
    encoder = HalfwayEncoder(settings.embedding_model, cache_dir=CACHE_DIR)
    with open_index(
        task, settings, open_assistant=lambda placed: Assistant(placed, encoder=encoder)
    ) as opened:
        measure(task, opened.assistant)
        if options.chunks is not None:
            grow(task, opened.assistant, options.chunks, encoder)
            measure(task, opened.assistant)


def measure(task: Task, assistant: Assistant) -> None:
    """Ask the questions of a task, and print the time of each stage."""
    spent: dict[str, list[float]] = defaultdict(list)
    for query in task.queries[:QUESTIONS]:
        assistant.ask(query.text)
    with timed(spent):
        for query in task.queries[QUESTIONS:]:
            started = time.perf_counter()
            assistant.ask(query.text)
            spent["all"].append(time.perf_counter() - started)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(
        f"{task.name}, {assistant.library.count():,} chunks, "
        f"{len(task.queries) - QUESTIONS} questions, at most {memory:.1f} GB of memory"
    )
    print("| stage | median | 95% |")
    for stage in spent:
        times = 1000 * np.array(spent[stage])
        print(f"| {stage} | {np.median(times):.0f} | {np.quantile(times, 0.95):.0f} |", flush=True)


class HalfwayEncoder(SentenceTransformerEncoder):
    """Encodes passages; once `is_drawing`, draws vectors between those it has encoded."""

    def __init__(self, name: str, *, cache_dir: Path) -> None:
        super().__init__(name, cache_dir=cache_dir)
        self.is_drawing = False
        self._encoded: list[Vectors] = []

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Return unit vectors, shape (texts, dimensions)."""
        if not self.is_drawing:
            vectors = super().encode_passages(texts)
            self._encoded += list(vectors)
            return vectors
        drawn = [self._between(*random.Random(text).sample(self._encoded, 2)) for text in texts]
        return np.stack(drawn)

    def _between(self, one: Vectors, other: Vectors) -> Vectors:
        vector: Vectors = one + other
        return vector / np.linalg.norm(vector)


def grow(task: Task, assistant: Assistant, chunks: int, encoder: HalfwayEncoder) -> None:
    """Add passages of two halves until the index has about so many chunks."""
    folder = assistant.settings.corpus_dir
    chunks_of_one = assistant.library.count() / len(task.passages)
    passages = list(task.passages.values())
    for number in range(int(chunks / chunks_of_one) - len(passages)):
        draw = random.Random(number)
        first = draw.choice(passages)
        second = draw.choice([p for p in draw.choices(passages, k=50)
                               if p.language == first.language] or [first])  # fmt: skip
        halves = first.text[: len(first.text) // 2] + " " + second.text[len(second.text) // 2 :]
        header = f"---\nlanguage: {first.language}\n---\n"
        (folder / f"made-{number:06}.md").write_bytes((header + halves).encode("utf-8", "replace"))
    encoder.is_drawing = True
    started = time.perf_counter()
    assistant.library.sync()
    print(f"grown in {time.perf_counter() - started:.0f} s, without embedding", flush=True)


@contextlib.contextmanager
def timed(spent: dict[str, list[float]]) -> Iterator[None]:
    """Time the stages inside the context."""
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
