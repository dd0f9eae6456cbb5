"""Figures state the same, or a source does not give what a statement says."""

from dataclasses import replace
from math import inf

import pytest

from index.language.figures.figure import ANY, Figure, Hedge, unsupported


def number(value: float, *, kind: str = "count", unit: str = "", half: float = 0.4) -> Figure:
    return Figure(kind, unit, value, ((value - half, value + half),), None, 0, 1)


def date(year: int, month: int | None = None) -> Figure:
    ranges = ((year, year), ANY if month is None else (month, month), ANY)
    return Figure("date", "", None, ranges, None, 0, 1)


def test_values_within_a_thousandth_are_equal() -> None:
    assert number(10_000).equals(number(10_009))
    assert not number(10_000).equals(number(10_011))


def test_a_wider_range_contains_a_narrower_one() -> None:
    assert date(2025).contains(date(2025, 12))
    assert not date(2025, 12).contains(date(2025))
    assert date(2025, 12).may_equal(date(2025))


@pytest.mark.parametrize(
    ("stated", "source", "is_supported"),
    [
        (number(5, unit="boats"), number(5, unit="ships"), True),
        (number(5), number(6), False),
        (date(2025), date(2025, 12), True),
        (date(2025, 12), date(2025), False),
        (number(5, kind="money", unit="EUR"), number(5, kind="money", unit="USD"), False),
        (number(5, kind="money", unit="EUR"), number(5, unit="boats"), False),
        (number(5, kind="money", unit="PLN"), number(5, unit="zlotys"), True),
        (number(5, kind="money", unit="EUR"), number(5, kind="number"), True),
        (number(5, kind="multiple"), number(5, kind="number", unit="fois"), True),
        (number(5, kind="duration", unit="s"), number(5, kind="number"), False),
    ],
)
def test_a_figure_is_supported_by_one_that_may_measure_the_same(
    stated: Figure, source: Figure, is_supported: bool
) -> None:
    assert unsupported([stated], [source]) == ([] if is_supported else [stated])


def test_an_open_figure_is_supported_by_any_of_its_readings_and_supports_them() -> None:
    either = replace(number(1.234), ranges=((1.234, 1234),), is_open=True)
    assert unsupported([number(1234)], [either]) == []
    assert unsupported([either], [number(1234)]) == []
    assert unsupported([either], [number(5000)]) == [either]


@pytest.mark.parametrize("hedge", ["above", None])
def test_a_hedge_is_not_compared(hedge: Hedge | None) -> None:
    more = replace(number(500), hedge=hedge, ranges=((500, inf),))
    assert unsupported([more], [number(500)]) == []
    assert unsupported([number(500)], [more]) == []
