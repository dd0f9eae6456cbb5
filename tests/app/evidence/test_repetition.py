"""What was quoted before does not answer again, unless nothing else answers."""

import pytest

from app.evidence.calibration import Calibration, Curve, Signals
from app.evidence.evidence import Evidence
from app.evidence.repetition import without_what_was_said
from index.chunking import Chunk
from index.search import Passage

BY_LATE = Calibration("any", Curve({}, 0), Curve({"late": 1.0}, 0.0), threshold=0.5)


def evidence(text: str, late: float) -> Evidence:
    passage = Passage(Chunk(text, "a.md", 0, len(text), text, "en"), 1.0)
    return Evidence(passage, 0, len(text), text, 0.9, signals=Signals(late=late, least=0.0))


TALL, OLD, FAR = evidence("46 metres.", 3.0), evidence("Of 1892.", 2.0), evidence("Whales.", -1.0)
SO_SO = evidence("Tall.", 0.5)


@pytest.mark.parametrize(
    ("answers", "left"),
    [
        ((), [TALL, OLD, FAR]),
        (("The articles say:\n\n“46 metres.” [1]",), [OLD, FAR]),
        (("“46 metres.” [1]", "“Whales.” [1]"), [OLD]),
        # What is left does not answer.
        (("“46 metres.” [1]", "“Of 1892.” [1]"), [TALL, OLD, FAR]),
        (("“46 metres.” “Of 1892.” “Whales.”",), [TALL, OLD, FAR]),
    ],
)
def test_what_was_said_is_left_out_if_the_rest_answers(
    answers: tuple[str, ...], left: list[Evidence]
) -> None:
    assert without_what_was_said([TALL, OLD, FAR], answers, BY_LATE) == left


def test_what_was_said_stays_if_the_rest_answers_much_worse() -> None:
    both = [TALL, SO_SO]
    assert without_what_was_said(both, ("“46 metres.” [1]",), BY_LATE) == both
