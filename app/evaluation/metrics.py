"""Figures from what happened: what was found, what was refused, how sure, and how fast."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import ir_measures
import numpy as np
from ir_measures import RR, R, nDCG
from scipy.stats import binomtest
from sklearn.metrics import roc_auc_score

from app.evaluation.questions import Task
from app.evaluation.run import Found, Outcome

# How often GPT-4 answers what cannot be answered, by language: of how many, on the full set of
# NoMIRACL's relevance judgements (Thakur et al., 2024), not on the part of it that is asked here.
_PUBLISHED: Mapping[str, Mapping[str, tuple[int, int]]] = {
    "nomiracl": {"en": (106, 250), "es": (29, 250), "zh": (109, 250)}
}


@dataclass(frozen=True, slots=True)
class Share:
    """A share of questions, with its Wilson interval at 95%."""

    count: int
    total: int
    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Retrieval:
    """How well passages are found; means over questions. Recall is of all gold passages."""

    questions: int
    recall_at_1: float
    recall_at_5: float
    recall_at_10: float
    ndcg_at_10: float
    mrr_at_10: float


@dataclass(frozen=True, slots=True)
class EvidenceHits:
    """How often a sentence that answers is the first, or among the first three."""

    at_1: Share
    at_3: Share


@dataclass(frozen=True, slots=True)
class LanguagePair:
    """Questions in one language asked of the passages in one language."""

    questions: str
    passages: str
    retrieval: Retrieval
    evidence: EvidenceHits | None  # None: answers are no strings of the passages


@dataclass(frozen=True, slots=True)
class Refusal:
    """Which questions were refused that should be, and answered that should be."""

    group: str  # all, a language, or a kind of unanswerable question
    unanswerable_refused: Share | None  # None: there is none
    answerable_answered: Share | None
    published: str | None = None  # what others report beside it, and on what


@dataclass(frozen=True, slots=True)
class RiskCoverage:
    """The share wrong among the questions answered, when more and more are.

    After El-Yaniv and Wiener (2010). A point for each probability that occurs, from the surest.
    The area is the mean, over all questions, of the risk of answering every one at least as sure.
    """

    coverage: tuple[float, ...]
    risk: tuple[float, ...]
    area: float


@dataclass(frozen=True, slots=True)
class Latency:
    """Seconds that a step took: of half the questions at most `median`, of 95% at most `p95`."""

    step: str
    median: float
    p95: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """All figures of one task."""

    name: str
    questions: Mapping[str, int]  # by language
    passages: int | None  # None: the corpus is a folder
    pairs: tuple[LanguagePair, ...]
    everywhere: Retrieval | None  # in the pool of all languages
    parallel_at_5: float | None  # share of the gold passages that the first five chunks are of
    evidence: Mapping[str, EvidenceHits]  # in the pool of all, by language of the question, and all
    refusal: tuple[Refusal, ...]
    auc: float | None  # of the probability, for telling answerable from not; None: all are alike
    risk_coverage: RiskCoverage
    latency: tuple[Latency, ...]


def measure(task: Task, records: Sequence[Outcome]) -> Figures:
    """Return the figures of a task whose questions were asked."""
    languages = sorted({record.query.language for record in records})
    counts = {of: sum(r.query.language == of for r in records) for of in languages}
    searched = [r for r in records if r.query.gold and not r.query.candidates]
    # In one language, the pool of all is that of the pair.
    searched = searched if len(task.languages) > 1 else []
    return Figures(
        name=task.name,
        questions=counts,
        passages=len(task.passages) or None,
        pairs=tuple(_pairs(task, records)),
        everywhere=_retrieval(searched, _everywhere, lambda r: r.query.gold) if searched else None,
        parallel_at_5=_parallel(searched) if searched else None,
        evidence=_evidence_by_language(records, languages),
        refusal=tuple(_refusals(task.name, records, languages)),
        auc=_auc(records),
        risk_coverage=_risk_coverage(records),
        latency=tuple(_latency(records)),
    )


def share(outcomes: Iterable[bool]) -> Share | None:
    """Return the share of what is true; None where there is nothing."""
    drawn = list(outcomes)
    if not drawn:
        return None
    count, total = sum(drawn), len(drawn)
    interval = binomtest(count, total).proportion_ci(0.95, "wilson")
    return Share(count, total, count / total, float(interval.low), float(interval.high))


def is_right(record: Outcome) -> bool:
    """Whether it would be right to answer this question as it was."""
    if record.query.can_be_judged():
        return record.everywhere.evidence_rank == 1
    return record.query.is_answerable


def _pairs(task: Task, records: Sequence[Outcome]) -> Iterable[LanguagePair]:
    for asked in sorted({r.query.language for r in records}):
        for language in task.languages:
            of = [r for r in records if r.query.language == asked and language in r.by_language]
            if not of:
                continue

            def found(record: Outcome, language: str = language) -> Found:
                return record.by_language[language]

            def gold(record: Outcome, language: str = language) -> set[str]:
                return {i for i in record.query.gold if task.passages[i].language == language}

            judged = [r for r in of if r.query.can_be_judged(language)]
            yield LanguagePair(
                asked, language, _retrieval(of, found, gold), _evidence(judged, found)
            )


def _retrieval(
    records: Sequence[Outcome],
    found: Callable[[Outcome], Found],
    gold: Callable[[Outcome], Iterable[str]],
) -> Retrieval:
    run = {
        r.query.id: {i: float(-rank) for rank, i in enumerate(found(r).passages)} for r in records
    }
    relevant = {r.query.id: dict.fromkeys(gold(r), 1) for r in records}
    measures = [R @ 1, R @ 5, R @ 10, nDCG @ 10, RR @ 10]
    values = ir_measures.calc_aggregate(measures, relevant, run)
    return Retrieval(len(records), *(float(values[measure]) for measure in measures))


def _parallel(records: Sequence[Outcome]) -> float:
    shown = [len(r.query.gold.intersection(r.everywhere.first)) for r in records]
    return float(np.mean([n / len(r.query.gold) for n, r in zip(shown, records, strict=True)]))


def _evidence(records: Sequence[Outcome], found: Callable[[Outcome], Found]) -> EvidenceHits | None:
    ranks = [found(r).evidence_rank for r in records]
    at_1 = share(rank == 1 for rank in ranks)
    at_3 = share(rank is not None and rank <= 3 for rank in ranks)
    return EvidenceHits(at_1, at_3) if at_1 and at_3 else None


def _evidence_by_language(
    records: Sequence[Outcome], languages: Sequence[str]
) -> dict[str, EvidenceHits]:
    judged = [r for r in records if r.query.can_be_judged()]
    groups = {of: [r for r in judged if r.query.language == of] for of in languages}
    figures = {of: _evidence(group, _everywhere) for of, group in groups.items()}
    figures["all"] = _evidence(judged, _everywhere)
    return {group: figure for group, figure in figures.items() if figure is not None}


def _everywhere(record: Outcome) -> Found:
    return record.everywhere


def _refusals(name: str, records: Sequence[Outcome], languages: Sequence[str]) -> Iterable[Refusal]:
    yield _refusal("all", records)
    published = _PUBLISHED.get(name, {})
    for language in languages if len(languages) > 1 or published else ():
        note = None
        if language in published:
            wrong, of = published[language]
            note = (
                f"published, on the full set: GPT-4 {of - wrong} of {of}, {wrong} wrongly answered"
            )
        yield _refusal(language, [r for r in records if r.query.language == language], note)
    for kind in sorted({r.query.kind for r in records if r.query.kind is not None}):
        yield _refusal(kind, [r for r in records if r.query.kind == kind])


def _refusal(group: str, records: Sequence[Outcome], published: str | None = None) -> Refusal:
    return Refusal(
        group,
        share(not r.answered for r in records if not r.query.is_answerable),
        share(r.answered for r in records if r.query.is_answerable),
        published,
    )


def _auc(records: Sequence[Outcome]) -> float | None:
    answerable = [r.query.is_answerable for r in records]
    if len(set(answerable)) < 2:
        return None
    return float(roc_auc_score(answerable, [r.probability for r in records]))


def _risk_coverage(records: Sequence[Outcome]) -> RiskCoverage:
    probabilities = np.array([r.probability for r in records])
    wrong = np.array([not is_right(r) for r in records])
    coverage, risk = [], []
    area = 0.0
    for threshold in np.unique(probabilities)[::-1]:
        answered = probabilities >= threshold
        coverage.append(float(answered.mean()))
        risk.append(float(wrong[answered].mean()))
        area += risk[-1] * float((probabilities == threshold).mean())
    return RiskCoverage(tuple(coverage), tuple(risk), area)


def _latency(records: Sequence[Outcome]) -> Iterable[Latency]:
    for step in records[0].seconds:
        times = [r.seconds[step] for r in records if step in r.seconds]
        median, p95 = np.percentile(times, [50, 95])
        yield Latency(step, float(median), float(p95))
