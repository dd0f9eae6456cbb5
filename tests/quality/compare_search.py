"""Measure what comparing by language adds to the search.

    python -m tests.quality.compare_search PATH...

Each PATH is a question set with translated passages in BEIR layout, or a folder of articles with
questions. The encoder is that of EMBEDDING_MODEL; passages are compared by their cosines as they
are, and by how unusual these are in their language.

Of a set, questions of the part `report` are asked. "Same" and "other" are the recall of the gold
passage among the first five, in the pool of the passages in the language of the question, or in
another language, as a mean over language pairs. "All" is the share of the gold passage and its
translations, at most four, among the first five in the pool of all languages.

Of a folder, all questions are asked, in the pool of all languages. The figures are the shares of
questions for which a chunk that answers is among so many first, where an article in the language
of the question may answer ("own"), and where only others may ("other").
"""

import argparse
from collections.abc import Sequence
from pathlib import Path
from unittest.mock import patch

import numpy as np
from tqdm import tqdm

from app.evaluation.questions import Query, Task, read_task
from app.evaluation.run import FIRST, OpenIndex, open_index
from app.settings import Settings
from index.encoder.embedding import SentenceTransformerEncoder
from index.search import EVERYTHING, Scope
from index.training.question_folders import is_question_folder

QUESTIONS = 120  # of a set
DEPTHS = (1, 3, 12, 24)  # chunks

# Whether the search is told that the encoder is fair to languages.
VARIANTS = {"cosines": True, "by language": False}


def main() -> None:
    """Print a table for each set and folder."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("paths", type=Path, nargs="+", metavar="PATH", help="a set or a folder")
    settings = Settings.load().model_copy(update={"reader": None})
    for path in parser.parse_args().paths:
        is_folder = is_question_folder(path)
        task = read_task(
            path,
            corpus=settings.corpus_dir,
            part=None if is_folder else "report",
            limit=None if is_folder else QUESTIONS,
        )
        print(f"\n{task.name}, {len(task.queries)} questions, {settings.embedding_model}")
        with open_index(task, settings) as opened:
            print_header("own", "other") if is_folder else print("| search | same | other | all |")
            for variant, is_fair in VARIANTS.items():
                with patch.object(SentenceTransformerEncoder, "is_language_fair", is_fair):
                    figures = folder_figures if is_folder else set_figures
                    print_row(variant, figures(variant, task, opened))


def set_figures(variant: str, task: Task, opened: OpenIndex) -> list[float]:
    """Ask all questions; return the means over those in the same, another and all languages."""
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
    return [float(np.mean(values)) for values in (same, other, everywhere)]


def folder_figures(variant: str, task: Task, opened: OpenIndex) -> list[float]:
    """Ask all answerable questions; return the shares at each depth, for own and other."""
    ranks: dict[bool, list[int | None]] = {True: [], False: []}
    for query in tqdm(task.queries, desc=variant, mininterval=10):
        if query.is_answerable:
            ranks[may_own_language_answer(query, opened)].append(rank_of_answer(query, opened))
    return [share_within(depth, ranks[is_own]) for is_own in (True, False) for depth in DEPTHS]


def rank_of_answer(query: Query, opened: OpenIndex) -> int | None:
    """Return the rank of the first chunk that answers, from 1; None: it is not among the first."""
    found = opened.assistant.library.find(query.text, max(DEPTHS))
    for rank, chunk in enumerate((passage.chunk for passage in found), start=1):
        if query.accepts(chunk.text, language=chunk.language, source=chunk.source):
            return rank
    return None


def may_own_language_answer(query: Query, opened: OpenIndex) -> bool:
    """Whether an article in the language of the question may answer it."""
    articles = opened.assistant.library.articles().values()
    return any(
        article.language == query.language and article.source.startswith(query.sources or ("",))
        for article in articles
    )


def share_within(depth: int, ranks: Sequence[int | None]) -> float:
    """Return the share of questions with a rank up to `depth`; not a number if there are none."""
    hits = [rank is not None and rank <= depth for rank in ranks]
    return sum(hits) / len(hits) if hits else float("nan")


def print_header(*groups: str) -> None:
    """Print the names of the columns."""
    print("| search |", " | ".join(f"{group} {depth}" for group in groups for depth in DEPTHS), "|")


def print_row(variant: str, figures: Sequence[float]) -> None:
    """Print a line of the table."""
    print(f"| {variant} |", " | ".join(f"{figure:.3f}" for figure in figures), "|", flush=True)


if __name__ == "__main__":
    main()
