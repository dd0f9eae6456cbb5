"""Only what the articles answer, as it is meant, passes."""

from dataclasses import replace

import pytest

from app.answering import Trial
from app.assistant import Assistant
from app.doors.suggestions.candidate import Candidate, Place
from app.doors.suggestions.trials import Trials
from app.evidence.refusal import Verdict
from tests.app.test_assistant import ASKED


@pytest.fixture
def trial(assistant: Assistant) -> Trial:
    """That of a question that is answered."""
    return assistant.try_out(ASKED)


def passes(assistant: Assistant, candidate: Candidate, trial: Trial | None = None) -> bool:
    """Whether a candidate passes, if `trial` is what comes of it."""
    with pytest.MonkeyPatch.context() as patch:
        if trial is not None:
            patch.setattr(assistant, "try_out", lambda question, scope: trial)
        return Trials(assistant).passes(candidate)


def test_a_question_that_is_answered_passes_once(assistant: Assistant) -> None:
    trials = Trials(assistant)
    assert trials.passes(Candidate(ASKED))
    assert not trials.passes(Candidate(ASKED))


def test_one_that_is_taken_for_another_kind_does_not_pass(
    assistant: Assistant, trial: Trial
) -> None:
    assert passes(assistant, Candidate(ASKED), trial)
    assert not passes(assistant, Candidate(ASKED), replace(trial, kind="who"))


@pytest.mark.parametrize(
    "verdict", [Verdict(0.49, None), Verdict(0.6, "weak evidence")], ids=["unsure", "refused"]
)
def test_one_that_is_answered_by_chance_or_refused_does_not_pass(
    assistant: Assistant, trial: Trial, verdict: Verdict
) -> None:
    assert not passes(assistant, Candidate(ASKED), replace(trial, verdict=verdict))


def test_the_answer_stands_where_the_question_is_from(assistant: Assistant, trial: Trial) -> None:
    here = Place.of(trial.evidence[0])
    assert passes(assistant, Candidate(ASKED, place=here))
    assert not passes(assistant, Candidate(ASKED, place=replace(here, source="faro.md")))
    assert not passes(assistant, Candidate(ASKED, place=replace(here, end=here.start)))


@pytest.mark.parametrize(("name", "expected"), [("Ottesen", True), ("Otte", False)])
def test_the_answer_has_the_name_that_is_asked_about(
    assistant: Assistant, name: str, expected: bool
) -> None:
    assert passes(assistant, Candidate(ASKED, name=name)) == expected
