"""A round number leaves more room than an exact one."""

import pytest

from index.language.figures.number import rounding


@pytest.mark.parametrize(
    ("value", "room"), [(0, 0.5), (4, 0.5), (144, 0.5), (500, 50), (512_000, 500), (510_000, 5000)]
)
def test_a_number_may_be_rounded_to_its_zeros(value: float, room: float) -> None:
    assert rounding(value) == pytest.approx(room)


def test_a_number_of_many_zeros_is_rounded_by_a_share_of_it() -> None:
    assert rounding(1_500_000_000) == pytest.approx(0.03 * 1.5e9)
