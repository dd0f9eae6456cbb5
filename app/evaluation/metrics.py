"""Figures from the outcomes of questions: retrieval, evidence, refusal, certainty and time."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import ir_measures
import numpy as np
from ir_measures import RR, R, nDCG
from scipy.stats import binomtest
from sklearn.metrics import roc_auc_score

from app.evaluation.questions import Task
from app.evaluation.run import Found, Outcome

# How many unanswerable questions GPT-4 answers, and of how many, by language. On all relevance
# judgements of NoMIRACL (Thakur et al., 2024), not only on those that are asked here.
_PUBLISHED: Mapping[str, Mapping[str, tuple[int, int]]] = {
    "nomiracl": {"en": (106, 250), "es": (29, 250), "zh": (109, 250)}
}

_ANSWERED = 0.92  # share of the answerable questions at which refusal is compared
_DEPTHS = (1, 3, 12, 24)  # chunks
_LEAST_GROUP = 5  # questions; a share of fewer says nothing


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
    """How well passages are found, as means over questions; recall is of all gold passages."""

    questions: int
    recall_at_1: float
    recall_at_5: float
    recall_at_10: float
    ndcg_at_10: float
    mrr_at_10: float


@dataclass(frozen=True, slots=True)
class EvidenceHits:
    """How often a sentence that answers comes first, or among the first three."""

    at_1: Share
    at_3: Share


@dataclass(frozen=True, slots=True)
class Answering:
    """How answerable questions fare, from the chunks that are found to the quotation shown."""

    group: str  # all, a language, own or other language, or a kind of question
    chunk_at: Mapping[int, Share]  # a chunk that answers is among so many first
    looked_at: Share  # a chunk that answers is among those whose sentences are ranked
    evidence: EvidenceHits
    answered: Share
    cited: Share  # a quotation that answers is shown


@dataclass(frozen=True, slots=True)
class LanguagePair:
    """Questions in one language, asked in the pool of the passages in one language."""

    questions: str
    passages: str
    retrieval: Retrieval
    evidence: EvidenceHits | None  # None: the answers are not strings of the passages


@dataclass(frozen=True, slots=True)
class Refusal:
    """How many questions were rightly refused, and rightly answered."""

    group: str  # all, a language, or a kind of unanswerable question
    unanswerable_refused: Share | None  # None: there is no such question
    answerable_answered: Share | None
    published: str | None = None  # a figure that others report


@dataclass(frozen=True, slots=True)
class RiskCoverage:
    """The share of wrong answers (risk) as a function of the share answered (coverage).

    After El-Yaniv and Wiener (2010). There is a point for each probability that occurs, from the
    highest, at which the questions with at least this probability are answered.
    """

    coverage: tuple[float, ...]
    risk: tuple[float, ...]
    area: float  # the mean over all questions of the risk at their probability


@dataclass(frozen=True, slots=True)
class Latency:
    """The time of a step in seconds: the median and the 95th percentile over questions."""

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
    parallel_at_5: float | None  # share of the gold passages among those of the first five chunks
    answering: tuple[Answering, ...]  # in that pool
    refusal: tuple[Refusal, ...]
    auc: float | None  # of the probability as a test of answerability; None: all are the same
    refused_at_92: Share | None  # unanswerable, where 92% of the answerable are answered
    risk_coverage: RiskCoverage
    latency: tuple[Latency, ...]


def measure(task: Task, outcomes: Sequence[Outcome]) -> Figures:
    """Return the figures of a task from the outcomes of its questions."""
    counts = Counter(sorted(o.query.language for o in outcomes))
    languages = list(counts)
    searched = [o for o in outcomes if o.query.gold and not o.query.candidates]
    # With one language, the pool of all passages is that of the language pair.
    searched = searched if len(task.languages) > 1 else []
    return Figures(
        name=task.name,
        questions=dict(counts),
        passages=len(task.passages) or None,
        pairs=tuple(_pairs(task, outcomes)),
        everywhere=_retrieval(searched, _everywhere, lambda o: o.query.gold) if searched else None,
        parallel_at_5=_parallel(searched) if searched else None,
        answering=tuple(_answering(outcomes, languages)),
        refusal=tuple(_refusals(task.name, outcomes, languages)),
        auc=_auc(outcomes),
        refused_at_92=_refused_at(_ANSWERED, outcomes),
        risk_coverage=_risk_coverage(outcomes),
        latency=tuple(_latency(outcomes)),
    )


def share(hits: Iterable[bool]) -> Share | None:
    """Return the share of the values that are true; None if there are no values."""
    values = list(hits)
    return _share(values) if values else None


def _share(hits: Iterable[bool]) -> Share:
    values = list(hits)
    count, total = int(sum(values)), len(values)
    interval = binomtest(count, total).proportion_ci(0.95, "wilson")
    return Share(count, total, count / total, float(interval.low), float(interval.high))


def is_right(outcome: Outcome) -> bool:
    """Whether the answer to the question would be right, if it were given."""
    if outcome.query.can_be_judged():
        return outcome.everywhere.evidence_rank == 1
    return outcome.query.is_answerable


def _pairs(task: Task, outcomes: Sequence[Outcome]) -> Iterable[LanguagePair]:
    for asked in sorted({o.query.language for o in outcomes}):
        for language in task.languages:
            own = [o for o in outcomes if o.query.language == asked and language in o.by_language]
            if own:
                yield _pair(task, own, asked, language)


def _pair(task: Task, outcomes: Sequence[Outcome], asked: str, language: str) -> LanguagePair:
    def found(outcome: Outcome) -> Found:
        return outcome.by_language[language]

    def gold(outcome: Outcome) -> set[str]:
        return {i for i in outcome.query.gold if task.passages[i].language == language}

    judged = [o for o in outcomes if o.query.can_be_judged(language)]
    retrieval, evidence = _retrieval(outcomes, found, gold), _evidence(judged, found)
    return LanguagePair(asked, language, retrieval, evidence)


def _retrieval(
    outcomes: Sequence[Outcome],
    found: Callable[[Outcome], Found],
    gold: Callable[[Outcome], Iterable[str]],
) -> Retrieval:
    run = {
        o.query.id: {i: float(-rank) for rank, i in enumerate(found(o).passages)} for o in outcomes
    }
    relevant = {o.query.id: dict.fromkeys(gold(o), 1) for o in outcomes}
    measures = [R @ 1, R @ 5, R @ 10, nDCG @ 10, RR @ 10]
    values = ir_measures.calc_aggregate(measures, relevant, run)
    return Retrieval(len(outcomes), *(float(values[measure]) for measure in measures))


def _parallel(outcomes: Sequence[Outcome]) -> float:
    shares = [len(o.query.gold & set(o.everywhere.first)) / len(o.query.gold) for o in outcomes]
    return float(np.mean(shares))


def _evidence(
    outcomes: Sequence[Outcome], found: Callable[[Outcome], Found]
) -> EvidenceHits | None:
    ranks = [found(o).evidence_rank for o in outcomes]
    at_1 = share(rank == 1 for rank in ranks)
    at_3 = share(rank is not None and rank <= 3 for rank in ranks)
    return EvidenceHits(at_1, at_3) if at_1 and at_3 else None


def _answering(outcomes: Sequence[Outcome], languages: Sequence[str]) -> Iterable[Answering]:
    judged = [o for o in outcomes if o.query.is_answerable and o.query.can_be_judged()]
    groups = {"all": judged}
    groups |= {name: [o for o in judged if o.query.language == name] for name in languages}
    for name, is_own in (("own language", True), ("other language", False)):
        groups[name] = [o for o in judged if o.is_own_language is is_own]
    for kind in sorted({o.query.kind for o in judged if o.query.kind is not None}):
        groups[kind] = [o for o in judged if o.query.kind == kind]
    for name, group in groups.items():
        if group and (name == "all" or len(group) >= _LEAST_GROUP):
            yield _answering_of(name, group)


def _answering_of(name: str, outcomes: Sequence[Outcome]) -> Answering:
    ranks = [o.chunk_rank for o in outcomes]
    hits = _evidence(outcomes, _everywhere)
    assert hits is not None
    return Answering(
        name,
        {n: _share(rank is not None and rank <= n for rank in ranks) for n in _DEPTHS},
        _share(o.is_looked_at for o in outcomes),
        hits,
        _share(o.answered for o in outcomes),
        _share(o.is_cited for o in outcomes),
    )


def _everywhere(outcome: Outcome) -> Found:
    return outcome.everywhere


def _refusals(
    name: str, outcomes: Sequence[Outcome], languages: Sequence[str]
) -> Iterable[Refusal]:
    yield _refusal("all", outcomes)
    published = _PUBLISHED.get(name, {})
    for language in languages if len(languages) > 1 or published else ():
        note = None
        if language in published:
            wrong, total = published[language]
            right = total - wrong
            note = f"published, on the full set: GPT-4 {right} of {total}, {wrong} wrongly answered"
        yield _refusal(language, [o for o in outcomes if o.query.language == language], note)
    unanswerable = [o for o in outcomes if not o.query.is_answerable]
    for kind in sorted({o.query.kind for o in unanswerable if o.query.kind is not None}):
        yield _refusal(kind, [o for o in unanswerable if o.query.kind == kind])


def _refusal(group: str, outcomes: Sequence[Outcome], published: str | None = None) -> Refusal:
    return Refusal(
        group,
        share(not o.answered for o in outcomes if not o.query.is_answerable),
        share(o.answered for o in outcomes if o.query.is_answerable),
        published,
    )


def _auc(outcomes: Sequence[Outcome]) -> float | None:
    answerable = [o.query.is_answerable for o in outcomes]
    if len(set(answerable)) < 2:
        return None
    return float(roc_auc_score(answerable, [o.probability for o in outcomes]))


def _refused_at(answered: float, outcomes: Sequence[Outcome]) -> Share | None:
    """Return the share refused at the threshold where so many answerable ones are answered."""
    answerable = [o.probability for o in outcomes if o.query.is_answerable]
    if not answerable:
        return None
    threshold = float(np.quantile(answerable, 1 - answered, method="lower"))
    return share(o.probability < threshold for o in outcomes if not o.query.is_answerable)


def _risk_coverage(outcomes: Sequence[Outcome]) -> RiskCoverage:
    probabilities = np.array([o.probability for o in outcomes])
    wrong = np.array([not is_right(o) for o in outcomes])
    coverage, risk = [], []
    area = 0.0
    for threshold in np.unique(probabilities)[::-1]:
        answered = probabilities >= threshold
        coverage.append(float(answered.mean()))
        risk.append(float(wrong[answered].mean()))
        area += risk[-1] * float((probabilities == threshold).mean())
    return RiskCoverage(tuple(coverage), tuple(risk), area)


def _latency(outcomes: Sequence[Outcome]) -> Iterable[Latency]:
    for step in outcomes[0].seconds:
        times = [o.seconds[step] for o in outcomes if step in o.seconds]
        median, p95 = np.percentile(times, [50, 95])
        yield Latency(step, float(median), float(p95))
