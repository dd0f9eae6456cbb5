"""The curves that ship can be read, and count only what they were fitted to."""

import pytest

from app.evidence.calibration import NO_SIGNALS, Calibration, Curve, Outlook, Signals
from index.encoder.bundled_model import NAME


@pytest.mark.parametrize("with_reader", [True, False])
def test_what_ships_can_be_used(with_reader: bool) -> None:
    calibration = Calibration.load(with_reader=with_reader)
    assert calibration.encoder == NAME
    assert 0 < calibration.threshold < 1
    assert 0 < calibration.sentence.probability(NO_SIGNALS) < 1
    assert 0 < calibration.answer.probability(Outlook.of([NO_SIGNALS])) < 1
    for curve in (calibration.sentence, calibration.answer):
        reads = {"answerable", "answers"} & curve.weights.keys()
        assert bool(reads) == with_reader


@pytest.mark.parametrize("with_reader", [True, False])
def test_what_speaks_for_a_sentence_makes_it_more_probable(with_reader: bool) -> None:
    calibration = Calibration.load(with_reader=with_reader)
    poor = Signals(late=0.2, least=0.0, around=0.2, answerable=-4.0, answers=-4.0, nearness=0.3)
    good = Signals(late=0.8, least=0.6, around=0.8, answerable=4.0, answers=4.0, nearness=0.9)
    sentence, answer = calibration.sentence, calibration.answer
    assert sentence.probability(good) > 0.5 > sentence.probability(poor)
    likely, unlikely = (answer.probability(Outlook.of([each])) for each in (good, poor))
    assert likely > calibration.threshold > unlikely


def test_an_outlook_is_that_of_the_best_sentence_and_the_mean_of_all() -> None:
    best = Signals(late=0.8, least=0.6, version=0.0, answerable=4.0, answers=1.0, nearness=0.9)
    other = Signals(late=0.1, least=0.1, answerable=-2.0, answers=-4.0, nearness=0.1)
    outlook = Outlook.of([best, other])
    assert (outlook.late, outlook.least, outlook.version, outlook.nearness) == (0.8, 0.6, 0.0, 0.9)
    assert (outlook.answerable, outlook.answers) == (4.0, 1.0)
    assert (outlook.mean_answerable, outlook.mean_answers) == (1.0, -1.5)


def test_a_curve_adds_what_it_weighs_and_nothing_else() -> None:
    curve = Curve({"late": 2.0}, intercept=-1.0)
    assert curve.logit(Signals(late=0.5, least=9.0)) == pytest.approx(0)
    assert curve.probability(Signals(late=0.5, least=9.0)) == pytest.approx(0.5)


def test_an_extreme_sum_is_still_a_probability() -> None:
    assert Curve({"late": 1e6}, 0.0).probability(Signals(late=1.0, least=0.0)) <= 1
    assert Curve({"late": -1e6}, 0.0).probability(Signals(late=1.0, least=0.0)) >= 0
