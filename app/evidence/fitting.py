"""Fit the curves from the signals of sentences to an answer or a refusal, and report.

    python -m app.evidence.fitting SETS --samples FILE [--fold FOLDERS ENCODER READER]...

SETS is a folder of question sets in BEIR layout. A fold is a folder of articles with questions,
or several with commas between them, and the weights of an encoder and a reader that were trained
without them. The curves are fitted to the folds, to the part `choose` of XQuAD, NoMIRACL and
CLAPnq, and to every other question of the file --gold, and written to calibration.json beside
this module; that which ranks for follow-ups, to the conversations over the folds. The printed
figures are for what curves were not fitted to: the part `report`, the other half of that file, and
each folder by curves that were fitted without it.

Asking all questions takes long: the signals of their sentences are kept in the file --samples,
and used if it is there.
"""

import argparse
import contextlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from tqdm import tqdm

from app.assistant import Assistant
from app.evaluation.questions import Accepted, Query, Task, normalise, read_task
from app.evaluation.run import OpenIndex, open_index
from app.evidence.calibration import SHIPPED, Calibration, Curve, Outlook, Signals
from app.evidence.curve_fitting import RIDGE, fit_curve, rounded_curve, values_of
from app.evidence.ranking import LIMIT as EVIDENCE
from app.evidence.ranking import Ranking
from app.gathering import PASSAGES
from app.settings import PROJECT, Settings
from index.conversation import in_conversation
from index.encoder.bundled_model import CACHE_DIR
from index.encoder.embedding import SentenceTransformerEncoder
from index.reader.reader import Reader
from index.search import EVERYTHING, Scope
from index.training.question_folders import read_turns
from index.training.question_sets import Part

ANSWERED = 0.92  # share of the answerable questions that must be answered
GOLD = PROJECT / "tests" / "quality" / "gold.jsonl"  # questions over our own articles
OTHER_TOPIC = ("new-topic", "same-topic-full")  # turns that make sense alone
EVERY = 10_000  # sentences: all of them, not only the best by the curve to be replaced
SETS = ("xquad", "nomiracl", "clapnq")
FIT_AND_REPORT: tuple[Part, Part] = ("choose", "report")
LIMIT = 90  # questions of a part

Fold = tuple[Sequence[str], str, str]
"""Folders, and the weights of an encoder and a reader that were trained without them."""

# The signals of each curve, with the reader and without.
LATE, DEMANDED = ("late", "least", "around"), ("figure", "version")
SENTENCE = {
    True: (*LATE, "share", "answerable", "answers"),
    False: (*LATE, *DEMANDED),
}
ANSWER = {
    True: (*DEMANDED, "nearness", "answerable", "answers", "mean_answerable", "mean_answers"),
    False: (*LATE, *DEMANDED, "nearness"),
}


@dataclass(frozen=True)
class Sample:
    """A question that was asked, with the signals of its ranked sentences."""

    task: str
    part: Part
    with_reader: bool
    kind: str  # "answerable", or why it is not
    signals: tuple[Signals, ...]  # of each sentence
    right: tuple[bool, ...] | None  # whether each sentence answers; None: the set does not say
    is_left_out: bool = False  # from a folder that the networks were trained without
    is_follow_up: bool = False  # whether it leans on the questions before it

    @property
    def is_answerable(self) -> bool:
        """Whether the articles answer the question."""
        return self.kind == "answerable"


def main() -> None:
    """Fit, report, and write the calibration."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", type=Path, help="a folder of question sets in BEIR layout")
    parser.add_argument(
        "--gold", type=Path, default=GOLD, help="a file of questions over CORPUS_DIR"
    )
    parser.add_argument("--samples", type=Path, required=True, help="where signals are kept")
    parser.add_argument(
        "--fold",
        nargs=3,
        action="append",
        default=[],
        metavar=("FOLDERS", "ENCODER", "READER"),
        help="folders, and the weights of networks that were trained without them",
    )
    options = parser.parse_args()
    settings = Settings.load()
    if not options.samples.exists():
        folds = [(names.split(","), *weights) for names, *weights in options.fold]
        gathered = gather(options.sets, options.gold, folds, settings)
        _write(gathered, options.samples)
    samples = _read(options.samples)
    fitted: dict[str, Any] = {"encoder": settings.embedding_model}
    for with_reader, name in ((True, "with reader"), (False, "without reader")):
        own = [s for s in samples if s.with_reader == with_reader and s.signals]
        fitted[name] = fit(own, with_reader=with_reader)
        report(name, own, fitted[name])
        for folder in dict.fromkeys(s.task for s in own if s.is_left_out):
            others = fit([s for s in own if s.task != folder], with_reader=with_reader)
            left_out = [replace(s, part="report") for s in own if s.task == folder]
            report(f"{name}, without {folder}", left_out, others)
    SHIPPED.write_text(json.dumps(fitted, indent=1) + "\n", encoding="utf-8")


def _write(samples: Iterable[Sample], file: Path) -> None:
    part = file.with_suffix(".part")
    with part.open("w", encoding="utf-8") as lines:
        for sample in samples:
            lines.write(json.dumps(asdict(sample)) + "\n")
    part.replace(file)


def _read(file: Path) -> list[Sample]:
    found = []
    for line in file.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        signals = tuple(Signals(**each) for each in row.pop("signals"))
        right = row.pop("right")
        found.append(Sample(**row, signals=signals, right=right and tuple(right)))
    return found


def gather(
    data: Path, gold_file: Path, folds: Sequence[Fold], settings: Settings
) -> Iterator[Sample]:
    """Ask every question to fit to or to report on."""
    for folders, encoder, reader in folds:
        own = settings.model_copy(update={"embedding_model": encoder, "reader": Path(reader)})
        for folder in folders:
            task = read_task(Path(folder), corpus=settings.corpus_dir, part=None, limit=None)
            asked = ask(task, [task.queries, ()], own)
            for sample in chain(asked, ask_after(task, Path(folder), own)):
                yield replace(sample, is_left_out=True)
    gold = read_task(gold_file, corpus=settings.corpus_dir, part=None, limit=None)
    yield from ask(gold, [gold.queries[0::2], gold.queries[1::2]], settings)
    for name in SETS:
        chosen, reported = (
            read_task(data / name, corpus=settings.corpus_dir, part=part, limit=LIMIT)
            for part in FIT_AND_REPORT
        )
        queries = [chosen.queries, reported.queries]
        yield from ask(_with_candidates_only(chosen, queries), queries, settings)


def _with_candidates_only(task: Task, queries: Sequence[Sequence[Query]]) -> Task:
    """Leave out the passages that are no question's candidates, if all questions have some."""
    asked = [query for part in queries for query in part]
    if not all(query.candidates for query in asked):
        return task
    candidates = {i for query in asked for i in query.candidates}
    return replace(task, passages={i: p for i, p in task.passages.items() if i in candidates})


def ask_after(task: Task, folder: Path, settings: Settings) -> Iterator[Sample]:
    """Ask the questions of the conversations over a folder that lean on those before them."""
    with opened(task, settings) as (index, rankings):
        for turn in tqdm(read_turns(folder), desc=f"{task.name}, follow-ups", mininterval=10):
            if turn.none or turn.meta or not turn.history or turn.kind in OTHER_TOPIC:
                continue
            in_full = in_conversation([earlier.q for earlier in turn.history], turn.q)
            query = Query(
                id=turn.id or turn.q,
                text=turn.q,
                language=turn.lang,
                is_answerable=True,
                kind=turn.kind,
                accepted=tuple(Accepted(normalise(text), None) for text in turn.any if text),
                sources=turn.src,
            )
            for sample in _ask_one(index, rankings, task, query, "choose", EVERYTHING, in_full):
                yield replace(sample, is_follow_up=True)


def ask(task: Task, queries: Sequence[Sequence[Query]], settings: Settings) -> Iterator[Sample]:
    """Ask questions over the passages of `task`: those to fit to, and those to report on."""
    with opened(task, settings) as (index, rankings):
        for part, asked in zip(FIT_AND_REPORT, queries, strict=True):
            for query in tqdm(asked, desc=f"{task.name}, {part}", mininterval=10):
                scope = index.scope(query.candidates) if query.candidates else EVERYTHING
                yield from _ask_one(index, rankings, task, query, part, scope)
                if query.gold and query.is_answerable and not query.candidates:
                    # The same question without the passages that answer it.
                    left = index.scope(task.passages.keys() - query.gold)
                    without = replace(query, is_answerable=False, kind="gold removed", accepted=())
                    yield from _ask_one(index, rankings, task, without, part, left)


@contextlib.contextmanager
def opened(task: Task, settings: Settings) -> Iterator[tuple[OpenIndex, Mapping[bool, Ranking]]]:
    """Index what a task is asked over, for rankings with the reader and without."""
    encoder = SentenceTransformerEncoder(settings.embedding_model, cache_dir=CACHE_DIR)
    assert settings.reader is not None
    reader = Reader(settings.reader, cache_dir=CACHE_DIR, beside=encoder)
    rankings = {
        True: Ranking(encoder, reader, Calibration.load(with_reader=True)),
        False: Ranking(encoder, None, Calibration.load(with_reader=False)),
    }

    def assistant(own: Settings) -> Assistant:
        return Assistant(own, encoder=encoder, reader=reader)

    with open_index(task, settings, open_assistant=assistant) as index:
        yield index, rankings


def _ask_one(
    index: OpenIndex,
    rankings: Mapping[bool, Ranking],
    task: Task,
    query: Query,
    part: Part,
    scope: Scope,
    in_full: str | None = None,
) -> Iterator[Sample]:
    passages = index.assistant.library.find(in_full or query.text, PASSAGES, scope=scope)
    for with_reader, ranking in rankings.items():
        evidence = ranking.rank(query.text, passages, in_full=in_full, limit=EVERY)
        right = tuple(
            query.accepts(e.text, language=e.passage.chunk.language, source=e.source)
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


def fit(samples: Sequence[Sample], *, with_reader: bool) -> dict[str, Any]:
    """Return the curves and the threshold."""
    chosen = [s for s in samples if s.part == "choose" and not s.is_follow_up]
    following = [s for s in samples if s.is_follow_up]
    sentence = _ranking_curve(SENTENCE[with_reader], chosen)
    outlooks = [_outlook(s, sentence) for s in chosen]
    # Each task counts the same, and so do its answerable questions and its others.
    groups = Counter((s.task, s.is_answerable) for s in chosen)
    weights = [1 / groups[s.task, s.is_answerable] for s in chosen]
    answer = fit_curve(ANSWER[with_reader], outlooks, [s.is_answerable for s in chosen], weights)
    logits = [answer.logit(outlook) for outlook in outlooks]
    return {
        "sentence": asdict(sentence),
        "answer": asdict(answer),
        "threshold": round(float(_threshold(logits, chosen)), 3),
    } | (
        {"following": asdict(_ranking_curve(SENTENCE[with_reader], following))} if following else {}
    )


def _outlook(sample: Sample, sentence: Curve) -> Outlook:
    """Return the outlook for the sentences that would be evidence."""
    ranked = sorted(sample.signals, key=sentence.logit, reverse=True)
    return Outlook.of(ranked[:EVIDENCE])


def _threshold(logits: Sequence[float], samples: Sequence[Sample]) -> float:
    """Return the probability from which enough are answered; each task counts the same."""
    rows = [(logit, s) for logit, s in zip(logits, samples, strict=True) if s.is_answerable]
    counts = Counter(s.task for _, s in rows)
    cut = np.quantile(
        [logit for logit, _ in rows],
        1 - ANSWERED,
        weights=[1 / counts[s.task] for _, s in rows],
        method="inverted_cdf",
    )
    return float(1 / (1 + np.exp(-cut)))


def _ranking_curve(names: Sequence[str], samples: Sequence[Sample]) -> Curve:
    """Fit a curve that ranks sentences.

    The loss is minus the log of the probability that a right sentence is drawn first, by a softmax
    of the scores. The scores are then brought to the scale of log odds, for the sentences of all
    questions together.
    """
    known = [s for s in samples if s.is_answerable and s.right and any(s.right)]
    values = np.concatenate([values_of(names, s.signals) for s in known])
    right = np.concatenate([s.right for s in known])
    lengths = [len(s.signals) for s in known]
    starts = np.cumsum([0, *lengths[:-1]])
    question = np.repeat(np.arange(len(known)), lengths)
    counts = Counter(s.task for s in known)
    shares = np.array([1 / counts[s.task] for s in known])

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        """Return the loss, and its gradient."""
        scores = values @ weights
        odds = np.exp(scores - np.maximum.reduceat(scores, starts)[question])
        whole, won = np.add.reduceat(odds, starts), np.add.reduceat(odds * right, starts)
        slopes = odds / whole[question] - odds * right / won[question]
        lost = shares @ (np.log(whole) - np.log(won)) + RIDGE * np.sum(weights**2)
        return float(lost), (slopes * shares[question]) @ values + 2 * RIDGE * weights

    bounds = [(0, None)] * len(names)
    weights = minimize(loss, np.ones(len(names)), jac=True, bounds=bounds).x
    judged = [s for s in samples if s.right is not None]
    scores = np.concatenate([values_of(names, s.signals) @ weights for s in judged])
    truth = [right for s in judged for right in s.right or ()]
    odds = LogisticRegression(C=100).fit(scores[:, None], truth)
    return rounded_curve(names, odds.coef_[0, 0] * weights, odds.intercept_[0])


def report(name: str, samples: Sequence[Sample], fitted: dict[str, Any]) -> None:
    """Print how well the curves do on the questions that they were not fitted to."""
    print(f"\n{name}: {json.dumps(fitted)}")
    sentence, answer = Curve(**fitted["sentence"]), Curve(**fitted["answer"])
    threshold = np.log(fitted["threshold"] / (1 - fitted["threshold"]))
    for task in dict.fromkeys(s.task for s in samples):
        own = [s for s in samples if s.part == "report" and s.task == task]
        reported = [s for s in own if not s.is_follow_up]
        following = [s for s in own if s.is_follow_up]
        _report_ranking(task, reported, sentence)
        if "following" in fitted:
            _report_ranking(f"{task}, follow-ups", following, Curve(**fitted["following"]))
        logits = np.array([answer.logit(_outlook(s, sentence)) for s in reported])
        _report_refusal(task, reported, logits, threshold)


def _report_ranking(task: str, samples: Sequence[Sample], sentence: Curve) -> None:
    """Print how often an answering sentence is among the first."""
    judged = [s for s in samples if s.is_answerable and s.right is not None]
    if not judged:
        return
    ranked = []
    for sample in judged:
        pairs = zip(sample.signals, sample.right or (), strict=True)
        ranked.append(sorted(pairs, key=lambda pair: -sentence.logit(pair[0])))
    shares = [np.mean([any(right for _, right in one[:n]) for one in ranked]) for n in (1, 3, 5)]
    print(f"{task}: {len(judged)} judged; first, 3, 5:", *(f"{share:.3f}" for share in shares))


def _report_refusal(
    task: str, samples: Sequence[Sample], logits: NDArray[np.float64], threshold: float
) -> None:
    """Print how well the best sentences separate answerable questions from the others."""
    answerable = np.array([s.is_answerable for s in samples])
    if answerable.all() or not answerable.any():
        return
    answered = logits >= threshold
    auc = roc_auc_score(answerable, logits)
    print(f"{task}: AUC {auc:.3f}; answered {answered[answerable].sum()} of {answerable.sum()}")
    cut = np.quantile(logits[answerable], 1 - ANSWERED, method="lower")
    refused = logits[~answerable] < cut
    print(f"    where {ANSWERED:.0%} are answered: refused {refused.sum()} of {len(refused)}")
    for kind in sorted({s.kind for s in samples} - {"answerable"}):
        rows = np.array([s.kind == kind for s in samples])
        auc = roc_auc_score(answerable[rows | answerable], logits[rows | answerable])
        print(f"    {kind}: refused {(~answered[rows]).sum()} of {rows.sum()}, AUC {auc:.3f}")


if __name__ == "__main__":
    main()
