"""Findings on some evidence can be joined with those on other evidence."""

from app.agreement.findings import Difference, Findings, Shared, Stated


def test_findings_on_what_stands_further_down_keep_their_evidence() -> None:
    first = Findings(agreements=(Shared("One", (0, 1)),))
    difference = Difference("?", (Stated("1", (0,)), Stated("2", (2,))))
    moved = Difference("?", (Stated("1", (5,)), Stated("2", (7,))))
    other = Findings((Shared("Two", (0, 3)),), (difference,), (difference,))
    assert first.with_those_of(other, 5) == Findings(
        (Shared("One", (0, 1)), Shared("Two", (5, 8))), (moved,), (moved,)
    )
