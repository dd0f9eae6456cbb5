"""Figures, worked out by hand from the outcomes of a few questions."""

from dataclasses import astuple
from math import log2
from pathlib import Path

import pytest

from app.evaluation.metrics import Retrieval, Share, measure, share
from app.evaluation.questions import Accepted, Query, Task
from app.evaluation.run import Found, Outcome
from index.training.question_sets import SetPassage

PASSAGES = {
    f"{key}:{language}": SetPassage(f"{key}:{language}", "", "x", language, key)
    for key in "abc"
    for language in ("en", "es")
}


def found(*passages: str, first: tuple[str, ...] = (), rank: int | None = None) -> Found:
    return Found(passages, first or passages, rank)


def outcome(
    name: str,
    everywhere: Found,
    *,
    answerable: bool = True,
    probability: float = 0.5,
    kind: str | None = None,
    accepted: str | None = None,
    gold: str = "",
    chunk_rank: int | None = None,
    is_own_language: bool | None = None,
    is_cited: bool = False,
    seconds: float = 1.0,
    **by_language: Found,
) -> Outcome:
    query = Query(
        id=name,
        text="?",
        language=name[:2],
        is_answerable=answerable,
        kind=kind,
        accepted=(Accepted(accepted, None),) if accepted else (),
        gold=frozenset(gold.split()),
    )
    return Outcome(
        query=query,
        everywhere=everywhere,
        by_language=by_language,
        chunk_rank=chunk_rank,
        is_looked_at=chunk_rank is not None and chunk_rank <= 12,
        is_own_language=is_own_language,
        answered=probability >= 0.5,
        is_cited=is_cited,
        probability=probability,
        seconds={"total": seconds},
    )


def task(name: str = "some", passages: dict[str, SetPassage] = PASSAGES) -> Task:
    return Task(name, Path(name), (), {}, passages)


def test_retrieval_for_each_pair_of_languages_and_for_all() -> None:
    outcomes = [
        outcome(
            "en:1", found("a:en", "b:en", "b:es", "a:es", first=("a:en", "b:en")),
            gold="a:en a:es", accepted="x",
            en=found("a:en", "b:en", rank=1), es=found("b:es", "a:es", rank=3),
        ),
        outcome(
            "en:2", found("b:en", "c:en", "b:es", "c:es"), gold="c:en c:es", accepted="x",
            en=found("c:en", rank=2), es=found(),
        ),
    ]  # fmt: skip
    figures = measure(task(), outcomes)
    same, cross = figures.pairs
    assert (same.questions, same.passages) == ("en", "en")
    assert same.retrieval == Retrieval(2, 1, 1, 1, 1, 1)
    assert (cross.questions, cross.passages) == ("en", "es")
    # One is found second, the other not at all.
    assert numbers(cross.retrieval) == pytest.approx((2, 0, 1 / 2, 1 / 2, 1 / log2(3) / 2, 1 / 4))
    assert same.evidence is not None and cross.evidence is not None
    assert (same.evidence.at_1.count, same.evidence.at_3.count) == (1, 2)
    assert (cross.evidence.at_1.count, cross.evidence.at_3.count) == (0, 1)
    # The two gold passages have ranks 1 and 4, and 2 and 4.
    assert figures.everywhere is not None
    ideal = 1 + 1 / log2(3)
    gains = [(1 + 1 / log2(5)) / ideal, (1 / log2(3) + 1 / log2(5)) / ideal]
    assert numbers(figures.everywhere) == pytest.approx((2, 1 / 4, 1, 1, sum(gains) / 2, 3 / 4))
    # The first five chunks are from one of two gold passages, and from both.
    assert figures.parallel_at_5 == 3 / 4


def numbers(retrieval: Retrieval) -> tuple[float, ...]:
    return astuple(retrieval)


def test_what_cannot_be_judged_has_no_figure() -> None:
    figures = measure(task(), [outcome("en:1", found("a:en"), gold="a:en", en=found("a:en"))])
    assert figures.pairs[0].evidence is None
    assert figures.answering == ()
    assert figures.refused_at_92 is None
    assert figures.auc is None
    assert figures.refusal[0].unanswerable_refused is None
    nothing = measure(task(), [outcome("en:1", found("a:en"), answerable=False)])
    assert (nothing.pairs, nothing.everywhere, nothing.parallel_at_5) == ((), None, None)


def test_refusal_by_language_and_kind() -> None:
    outcomes = [
        outcome("en:1", found(), probability=0.9),
        outcome("en:2", found(), probability=0.1),
        outcome("es:3", found(), answerable=False, probability=0.1, kind="off-topic"),
        outcome("es:4", found(), answerable=False, probability=0.8, kind="near-miss"),
        outcome("es:5", found(), answerable=False, probability=0.2, kind="near-miss"),
    ]
    figures = measure(task(), outcomes)
    shares = {
        refusal.group: tuple(
            None if s is None else (s.count, s.total)
            for s in (refusal.unanswerable_refused, refusal.answerable_answered)
        )
        for refusal in figures.refusal
    }
    assert shares == {
        "all": ((2, 3), (1, 2)),
        "en": (None, (1, 2)),
        "es": ((2, 3), None),
        "near-miss": ((1, 2), None),
        "off-topic": ((1, 1), None),
    }
    # Of six pairs, 0.9 is above all three and 0.1 level with one.
    assert figures.auc == pytest.approx(3.5 / 6)


def test_a_published_figure_is_given_with_what_it_was_measured_on() -> None:
    refusal = measure(task("nomiracl"), [outcome("es:1", found(), answerable=False)]).refusal
    notes = {group.group: group.published for group in refusal}
    assert notes["all"] is None
    assert notes["es"] == "published, on the full set: GPT-4 221 of 250, 29 wrongly answered"
    other = measure(task("other"), [outcome("es:1", found(), answerable=False)])
    assert all(group.published is None for group in other.refusal)


def test_risk_and_coverage_judge_the_sentence_if_it_can_be_judged() -> None:
    outcomes = [
        outcome("en:1", found(rank=1), accepted="x", probability=0.9),  # right
        outcome("en:2", found(rank=2), accepted="x", probability=0.8),  # wrong: not the first
        outcome("en:3", found(), probability=0.8),  # right: there is nothing to judge it by
        outcome("en:4", found(), answerable=False, probability=0.1),  # wrong
    ]
    curve = measure(task(), outcomes).risk_coverage
    assert curve.coverage == (1 / 4, 3 / 4, 1)
    assert curve.risk == pytest.approx((0, 1 / 3, 1 / 2))
    assert curve.area == pytest.approx((0 + 1 / 3 + 1 / 3 + 1 / 2) / 4)


def test_answering_is_counted_from_the_chunk_found_to_the_quotation() -> None:
    outcomes = [
        outcome("en:1", found(rank=1), accepted="x", chunk_rank=1, probability=0.9, is_cited=True),
        outcome("en:2", found(rank=3), accepted="x", chunk_rank=3, probability=0.9),
        outcome("en:3", found(rank=4), accepted="x", chunk_rank=12, probability=0.1),
        outcome("en:4", found(), accepted="x", chunk_rank=13, probability=0.9),
        outcome("en:5", found(), accepted="x", chunk_rank=None, probability=0.1),
        outcome("en:6", found(), chunk_rank=1),  # nothing says what answers
        outcome("en:7", found(), answerable=False, probability=0.9),
    ]
    everything, english = measure(task(), outcomes).answering
    assert (everything.group, english.group) == ("all", "en")
    assert {depth: at.count for depth, at in everything.chunk_at.items()} == {
        1: 1, 3: 2, 12: 3, 24: 4,
    }  # fmt: skip
    assert (everything.looked_at.count, everything.looked_at.total) == (3, 5)
    assert (everything.evidence.at_1.count, everything.evidence.at_3.count) == (1, 2)
    assert (everything.answered.count, everything.cited.count) == (3, 1)


def test_answering_by_language_of_the_article_and_by_kind_where_enough_are_asked() -> None:
    outcomes = [
        outcome(f"en:{n}", found(), accepted="x", kind="why", is_own_language=n < 5)
        for n in range(9)
    ] + [outcome("es:9", found(), accepted="x", kind="how")]
    groups = {group.group: group.looked_at.total for group in measure(task(), outcomes).answering}
    assert groups == {"all": 10, "en": 9, "own language": 5, "why": 9}


def test_refusal_is_compared_where_92_in_100_are_answered() -> None:
    answerable = [outcome(f"en:{n}", found(), probability=n / 100) for n in range(100)]
    others = [
        outcome(f"en:x{n}", found(), answerable=False, probability=p)
        for n, p in enumerate((0.01, 0.065, 0.075, 0.5))
    ]
    refused = measure(task(), [*answerable, *others]).refused_at_92
    assert refused is not None
    # From 0.07 on, the quantile at 8 of 100; two of the four lie below it.
    assert (refused.count, refused.total) == (2, 4)


def test_latency_is_the_median_and_the_95th_percentile() -> None:
    outcomes = [outcome(f"en:{n}", found(), seconds=float(n)) for n in range(101)]
    (latency,) = measure(task(), outcomes).latency
    assert (latency.step, latency.median, latency.p95) == ("total", 50, 95)


def test_an_interval_is_wilsons() -> None:
    # (p + z²/2n ± z·sqrt(p(1-p)/n + z²/4n²)) / (1 + z²/n), with p = 1/2, n = 4, z = 1.96.
    z = 1.959964
    centre, half = 0.5 + z**2 / 8, z * (0.25 / 4 + z**2 / 64) ** 0.5
    scale = 1 + z**2 / 4
    expected = Share(2, 4, 0.5, (centre - half) / scale, (centre + half) / scale)
    got = share([True, False, True, False])
    assert got is not None
    assert (got.count, got.total, got.value) == (2, 4, 0.5)
    assert (got.low, got.high) == pytest.approx((expected.low, expected.high), abs=1e-5)
    assert share([]) is None
