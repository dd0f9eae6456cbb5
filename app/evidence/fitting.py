"""Fit what makes of a sentence's signals the chance that it answers, and of it a refusal.

    python -m app.evidence.fitting DATA

DATA is a folder of question sets in BEIR layout. The curves are fitted on the part `choose` of
XQuAD, NoMIRACL and CLAPnq, and on every other question of the file --gold. The printed figures are
of the part `report` and of the other half of that file. The curves are written to
calibration.json beside this module.
"""

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import logsumexp
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from tqdm import tqdm

from app.answering import PASSAGES
from app.evaluation.questions import Query, Task, read_task
from app.evaluation.run import OpenIndex, open_index
from app.evidence.calibration import SHIPPED, Calibration, Curve, Signals
from app.evidence.curve_fitting import RIDGE, fit_curve
from app.evidence.ranking import Ranking
from app.settings import CACHE_DIR, PROJECT, Settings
from index.encoder.embedding import SentenceTransformerEncoder
from index.reader.reader import Reader
from index.reader.training.question_sets import Part
from index.search import EVERYTHING, Scope

ANSWERED = 0.92  # share of the answerable that is to be answered
GOLD = PROJECT / "tests" / "quality" / "gold.jsonl"  # questions over our own articles
EVERY = 10_000  # sentences: all count, not only the best by the curve that is being replaced
SETS = ("xquad", "nomiracl", "clapnq")
PARTS: tuple[Part, Part] = ("choose", "report")
LIMIT = 90  # questions of a part

# Signals that count, with the reader and without.
LATE, DEMANDED = ("late", "least", "around"), ("named", "figure", "unit", "version")
SENTENCE = {
    True: (*LATE, *DEMANDED, "share", "answerable"),
    False: (*LATE, *DEMANDED),
}
ANSWER = {
    True: (*LATE, *DEMANDED, "answerable"),
    False: (*LATE, *DEMANDED),
}


@dataclass(frozen=True)
class Sample:
    """A question that was asked: its ranked sentences' signals, and which of them answer."""

    task: str
    part: Part
    with_reader: bool
    kind: str  # answerable, or why it is not
    signals: tuple[Signals, ...]
    right: tuple[bool, ...] | None  # None: the set does not say

    @property
    def is_answerable(self) -> bool:
        """Whether the articles answer it."""
        return self.kind == "answerable"


def main() -> None:
    """Fit, report, and write the calibration."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="a folder of question sets in BEIR layout")
    parser.add_argument(
        "--gold", type=Path, default=GOLD, help="a file of questions over CORPUS_DIR"
    )
    options = parser.parse_args()
    settings = Settings.load()
    asked = list(gather(options.data, options.gold, settings))
    fitted: dict[str, Any] = {"encoder": settings.embedding_model}
    for with_reader, name in ((True, "with reader"), (False, "without reader")):
        own = [a for a in asked if a.with_reader == with_reader and a.signals]
        fitted[name] = fit(own, with_reader=with_reader)
        report(name, own, fitted[name])
    SHIPPED.write_text(json.dumps(fitted, indent=1) + "\n", encoding="utf-8")


def gather(data: Path, gold_file: Path, settings: Settings) -> Iterator[Sample]:
    """Ask every question that fits or reports."""
    gold = read_task(gold_file, corpus=settings.corpus_dir, part=None, limit=None)
    yield from ask(gold, [gold.queries[0::2], gold.queries[1::2]], settings)
    for name in SETS:
        chosen, reported = (
            read_task(data / name, corpus=settings.corpus_dir, part=part, limit=LIMIT)
            for part in PARTS
        )
        queries = [chosen.queries, reported.queries]
        yield from ask(_with_what_is_asked(chosen, queries), queries, settings)


def _with_what_is_asked(task: Task, queries: Sequence[Sequence[Query]]) -> Task:
    """Leave out the passages that no question has among its candidates, where all have some."""
    if not all(query.candidates for of in queries for query in of):
        return task
    asked = {i for of in queries for query in of for i in query.candidates}
    return replace(task, passages={i: p for i, p in task.passages.items() if i in asked})


def ask(task: Task, queries: Sequence[Sequence[Query]], settings: Settings) -> Iterator[Sample]:
    """Ask questions over the corpus of `task`: those that fit, and those that report."""
    encoder = SentenceTransformerEncoder(settings.embedding_model, cache_dir=CACHE_DIR)
    assert settings.reader is not None
    reader = Reader(settings.reader, cache_dir=CACHE_DIR, beside=encoder)
    rankings = {
        True: Ranking(encoder, reader, Calibration.load(with_reader=True)),
        False: Ranking(encoder, None, Calibration.load(with_reader=False)),
    }
    with open_index(task, settings) as index:
        for part, of in zip(PARTS, queries, strict=True):
            for query in tqdm(of, desc=f"{task.name}, {part}", mininterval=10):
                scope = index.scope(query.candidates) if query.candidates else EVERYTHING
                yield from _asked(index, rankings, task, query, part, scope)
                if query.gold and query.is_answerable and not query.candidates:
                    # The same question, where the passages that answer it are gone.
                    left = index.scope(task.passages.keys() - query.gold)
                    without = replace(query, is_answerable=False, kind="gold removed", accepted=())
                    yield from _asked(index, rankings, task, without, part, left)


def _asked(
    index: OpenIndex,
    rankings: Mapping[bool, Ranking],
    task: Task,
    query: Query,
    part: Part,
    scope: Scope,
) -> Iterator[Sample]:
    passages = index.assistant.library.find(query.text, PASSAGES, scope=scope)
    for with_reader, ranking in rankings.items():
        evidence = ranking.rank(query.text, passages, limit=EVERY)
        right = tuple(
            query.accepts(e.text, language=e.passage.chunk.language, source=e.passage.chunk.source)
            for e in evidence
        )
        yield Sample(
            task.name,
            part,
            with_reader,
            "answerable" if query.is_answerable else query.kind or "unanswerable",
            tuple(e.signals for e in evidence),
            right if query.can_be_judged() or not query.is_answerable else None,
        )


def fit(asked: Sequence[Sample], *, with_reader: bool) -> dict[str, Any]:
    """Return the two curves and the threshold."""
    chosen = [a for a in asked if a.part == "choose"]
    sentence = _ranking_curve(SENTENCE[with_reader], chosen)
    best = [max(a.signals, key=sentence.logit) for a in chosen]
    weights = [
        1 / sum(b.task == a.task and b.is_answerable == a.is_answerable for b in chosen)
        for a in chosen
    ]
    answer = _curve(ANSWER[with_reader], best, [a.is_answerable for a in chosen], weights)
    # As many are answered of each kind of question, the hardest too.
    cuts = [
        np.quantile(
            [
                answer.logit(s)
                for s, a in zip(best, chosen, strict=True)
                if a.is_answerable and a.task == task
            ],
            1 - ANSWERED,
        )
        for task in {a.task for a in chosen}
    ]
    threshold = 1 / (1 + np.exp(-min(cuts)))
    return {
        "sentence": asdict(sentence),
        "answer": asdict(answer),
        "threshold": round(float(threshold), 3),
    }


def _ranking_curve(names: Sequence[str], chosen: Sequence[Sample]) -> Curve:
    """Fit a curve that ranks: how likely a right sentence is drawn first, by a softmax of scores.

    The scores are then put on the scale of odds, for sentences of all questions together.
    """
    lists = [
        (a.task, _values(names, a.signals), np.array(a.right))
        for a in chosen
        if a.is_answerable and a.right and any(a.right)
    ]
    counts = Counter(task for task, _, _ in lists)

    def loss(weights: NDArray[np.float64]) -> float:
        lost = sum(
            (logsumexp(values @ weights) - logsumexp((values @ weights)[right])) / counts[task]
            for task, values, right in lists
        )
        return float(lost + RIDGE * np.sum(weights**2))

    weights = minimize(loss, np.ones(len(names)), bounds=[(0, None)] * len(names)).x
    judged = [a for a in chosen if a.right is not None]
    scores = np.concatenate([_values(names, a.signals) @ weights for a in judged])
    truth = [right for a in judged for right in a.right or ()]
    odds = LogisticRegression(C=100).fit(scores[:, None], truth)
    return _curve_of(names, odds.coef_[0, 0] * weights, odds.intercept_[0])


def _curve(
    names: Sequence[str],
    signals: Sequence[Signals],
    truth: Sequence[bool],
    weights: Sequence[float],
) -> Curve:
    return _curve_of(names, *fit_curve(_values(names, signals), truth, weights))


def _curve_of(names: Sequence[str], weights: NDArray[np.float64], intercept: float) -> Curve:
    rounded = {name: round(float(w), 3) for name, w in zip(names, weights, strict=True)}
    return Curve(rounded, round(float(intercept), 3))


def report(name: str, asked: Sequence[Sample], fitted: dict[str, Any]) -> None:
    """Print how it does on the questions that were not fitted to."""
    print(f"\n{name}: {json.dumps(fitted)}")
    sentence, answer = Curve(**fitted["sentence"]), Curve(**fitted["answer"])
    for task in dict.fromkeys(a.task for a in asked):
        of = [a for a in asked if a.part == "report" and a.task == task]
        ranked = [
            sorted(
                zip(a.signals, a.right or [False] * len(a.signals), strict=True),
                key=lambda pair: -sentence.logit(pair[0]),
            )
            for a in of
        ]
        chance = np.array([answer.logit(pairs[0][0]) for pairs in ranked])
        answerable = np.array([a.is_answerable for a in of])
        given = chance >= np.log(fitted["threshold"] / (1 - fitted["threshold"]))
        judged = [
            p for p, a in zip(ranked, of, strict=True) if a.is_answerable and a.right is not None
        ]
        if judged:
            shares = [
                np.mean([any(r for _, r in pairs[:n]) for pairs in judged]) for n in (1, 3, 5)
            ]
            print(f"{task}: {len(judged)} judged; first, 3, 5:", *(f"{s:.3f}" for s in shares))
        if answerable.all() or not answerable.any():
            continue
        auc = roc_auc_score(answerable, chance)
        print(f"{task}: AUC {auc:.3f}; answered {given[answerable].sum()} of {answerable.sum()}")
        for kind in sorted({a.kind for a in of} - {"answerable"}):
            rows = np.array([a.kind == kind for a in of])
            auc = roc_auc_score(answerable[rows | answerable], chance[rows | answerable])
            print(f"    {kind}: refused {(~given[rows]).sum()} of {rows.sum()}, AUC {auc:.3f}")


def _values(names: Sequence[str], signals: Sequence[Signals]) -> NDArray[np.float64]:
    return np.array([[asdict(s)[name] for name in names] for s in signals])


if __name__ == "__main__":
    main()
