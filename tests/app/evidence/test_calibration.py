"""The curves that ship can be read, and count only what they were fitted to."""

import pytest

from app.evidence.calibration import NO_SIGNALS, Calibration, Curve, Signals
from index.encoder.bundled_model import NAME


@pytest.mark.parametrize("with_reader", [True, False])
def test_what_ships_can_be_used(with_reader: bool) -> None:
    calibration = Calibration.load(with_reader=with_reader)
    assert calibration.encoder == NAME
    assert 0 < calibration.threshold < 1
    for curve in (calibration.sentence, calibration.answer):
        assert 0 < curve.probability(NO_SIGNALS) < 1
        reads = {"share", "answerable"} & curve.weights.keys()
        assert bool(reads) == with_reader


@pytest.mark.parametrize("with_reader", [True, False])
def test_what_speaks_for_a_sentence_makes_it_more_probable(with_reader: bool) -> None:
    calibration = Calibration.load(with_reader=with_reader)
    poor = Signals(late=0.2, least=0.0, around=0.2, named=0.0, figure=0.0, answerable=-4.0)
    good = Signals(late=0.8, least=0.6, around=0.8, named=1.0, figure=1.0, answerable=4.0)
    for curve in (calibration.sentence, calibration.answer):
        assert curve.probability(good) > calibration.threshold > curve.probability(poor)


def test_a_curve_adds_what_it_weighs_and_nothing_else() -> None:
    curve = Curve({"late": 2.0}, intercept=-1.0)
    assert curve.logit(Signals(late=0.5, least=9.0)) == pytest.approx(0)
    assert curve.probability(Signals(late=0.5, least=9.0)) == pytest.approx(0.5)


def test_an_extreme_sum_is_still_a_probability() -> None:
    assert Curve({"late": 1e6}, 0.0).probability(Signals(late=1.0, least=0.0)) <= 1
    assert Curve({"late": -1e6}, 0.0).probability(Signals(late=1.0, least=0.0)) >= 0
