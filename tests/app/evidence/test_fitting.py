"""Curves are fitted to the part `choose` alone, and reported on the part `report`."""

import random
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.evaluation.questions import Query, Task
from app.evidence.calibration import Curve, Signals
from app.evidence.fitting import ANSWERED, Sample, _with_candidates_only, fit, report
from index.training.question_sets import Part, SetPassage

COUNT = 100  # questions of each kind in each part


def sample(part: Part, number: int, kind: str) -> Sample:
    """Return a question with three sentences, of which the second answers, if any does."""
    draw = random.Random(number)
    is_answerable = kind == "answerable"
    signals = tuple(
        Signals(
            late=draw.gauss(0.8 if is_answerable and i == 1 else 0.4, 0.1),
            least=draw.random(),
            around=draw.random(),
        )
        for i in range(3)
    )
    return Sample("boats", part, False, kind, signals, (False, is_answerable, False))


@pytest.fixture(scope="module")
def samples() -> list[Sample]:
    parts: tuple[Part, Part] = ("choose", "report")
    return [
        sample(part, 1000 * i + number, "answerable" if number % 2 else "near-miss")
        for i, part in enumerate(parts)
        for number in range(2 * COUNT)
    ]


@pytest.fixture(scope="module")
def fitted(samples: list[Sample]) -> dict[str, Any]:
    return fit(samples, with_reader=False)


def test_the_signal_that_decides_has_the_weight(fitted: dict[str, Any]) -> None:
    for name in ("sentence", "answer"):
        weights = fitted[name]["weights"]
        assert weights["late"] == max(weights.values()) > 5
        assert min(weights.values()) >= 0
        assert not {"share", "answerable"} & weights.keys(), "the reader's signals"


def test_the_threshold_answers_the_share_that_it_must(
    samples: list[Sample], fitted: dict[str, Any]
) -> None:
    sentence, answer = Curve(**fitted["sentence"]), Curve(**fitted["answer"])
    chosen = [s for s in samples if s.part == "choose" and s.is_answerable]
    best = [max(s.signals, key=sentence.logit) for s in chosen]
    answered = [answer.probability(signals) >= fitted["threshold"] for signals in best]
    assert sum(answered) / len(answered) == pytest.approx(ANSWERED, abs=0.02)


def test_what_is_reported_on_is_not_fitted_to(
    samples: list[Sample], fitted: dict[str, Any]
) -> None:
    turned = [replace(s, signals=s.signals[::-1]) if s.part == "report" else s for s in samples] + [
        sample("report", 999, "answerable")
    ] * 50
    assert fit(turned, with_reader=False) == fitted


def test_the_report_counts_the_part_report_alone(
    samples: list[Sample], fitted: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    report("without reader", samples, fitted)
    _, head, ranking, refusal, at_92, kind = capsys.readouterr().out.splitlines()
    assert head.startswith('without reader: {"sentence": ')
    assert ranking.startswith(f"boats: {COUNT} judged; first, 3, 5: ") and ranking.endswith(
        " 1.000"
    )
    assert re.fullmatch(rf"boats: AUC (0\.9\d\d|1\.000); answered \d+ of {COUNT}", refusal)
    assert re.fullmatch(rf"    where 92% are answered: refused \d+ of {COUNT}", at_92)
    assert re.fullmatch(rf"    near-miss: refused \d+ of {COUNT}, AUC (0\.9\d\d|1\.000)", kind)


def test_passages_that_no_question_is_asked_about_are_left_out() -> None:
    passages = {name: SetPassage(name, "", "x", "en", name) for name in "abc"}
    task = Task("some", Path("some"), (), {}, passages)
    query = Query(id="1", text="?", language="en", is_answerable=True)
    narrow = replace(query, candidates=frozenset("b"))
    assert _with_candidates_only(task, [[narrow], [narrow]]).passages.keys() == {"b"}
    assert _with_candidates_only(task, [[narrow], [query]]).passages.keys() == set("abc")


def test_a_curve_of_its_own_is_fitted_to_follow_ups(
    samples: list[Sample], fitted: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    assert "following" not in fitted
    # In these, what stands around a sentence decides.
    after = [
        replace(s, signals=tuple(replace(e, around=e.late, late=e.around) for e in s.signals))
        for s in samples
        if s.is_answerable
    ]
    after = [replace(s, is_follow_up=True) for s in after]
    both = fit([*samples, *after], with_reader=False)
    assert both | {"following": None} == fitted | {"following": None}
    weights = both["following"]["weights"]
    assert weights["around"] == max(weights.values())
    report("without reader", [*samples, *after], both)
    assert "boats, follow-ups: 100 judged; first, 3, 5: 1.000" in capsys.readouterr().out
