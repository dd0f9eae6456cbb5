"""A figure, and when two of them give the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf, isclose
from typing import Literal

Hedge = Literal["most", "below", "least", "above", "nearly", "about", "between", "vague"]
"""How a figure is weakened: at most, below, at least, above, nearly, about; between two numbers;
or only its order of magnitude is given ("billions")."""

_AS_WRITTEN = frozenset(("number", "count", "money", "percent", "multiple"))
"""The kinds whose value is the number as it is written, whatever the unit."""

_KNOWN_CURRENCIES = frozenset(("USD", "EUR", "GBP", "JPY", "CNY"))
"""Those that figures.toml has words for."""

Range = tuple[float, float]
ANY: Range = (-inf, inf)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure, with the values that its words allow.

    A number has one range; a date three, of year, month and day, where a part that is not given may
    be anything. `text[start:end]` of the text it was read from is the figure with its hedge.
    """

    # "multiple", "percent", "money", "count", "duration", "date", "power", …; "number" where the
    # language has no words of ours, so that the unit may be any
    kind: str
    unit: str  # the currency, the base unit or the counted thing; "" where none is known
    value: float | None  # in the unit, without a sign; None of a date, a range or "billions"
    ranges: tuple[Range, ...]
    hedge: Hedge | None
    start: int
    end: int
    is_open: bool = False  # two readings are left, as of 1,234: `value` is the likelier

    @property
    def has_year(self) -> bool:
        """Whether this is a date that says from which year on, or in which."""
        return self.kind == "date" and self.ranges[0][0] > 0

    def may_equal(self, other: "Figure") -> bool:
        """Whether some value is allowed by both, for figures of one kind and unit."""
        return all(
            max(low, other_low) <= min(high, other_high)
            for (low, high), (other_low, other_high) in zip(self.ranges, other.ranges, strict=True)
        )

    def contains(self, other: "Figure") -> bool:
        """Whether every value that the other allows is allowed; of figures of one kind and unit."""
        return all(
            low <= other_low and other_high <= high
            for (low, high), (other_low, other_high) in zip(self.ranges, other.ranges, strict=True)
        )

    def equals(self, other: "Figure") -> bool:
        """Whether both give the same value, whatever the hedge."""
        if self.value is None or other.value is None:
            return self.ranges == other.ranges
        return isclose(self.value, other.value, rel_tol=1e-3)


def unsupported(stated: Sequence[Figure], source: Sequence[Figure]) -> list[Figure]:
    """Return the figures of a statement that its source does not give.

    A statement may be vaguer than its source ("December" of "3 December"), never more exact. A
    hedge is not compared, and neither is what is counted, which may be put in other words.
    """
    return [figure for figure in stated if not any(_is_given_by(figure, other) for other in source)]


def _is_given_by(stated: Figure, source: Figure) -> bool:
    if not may_measure_the_same(stated, source):
        return False
    if stated.is_open or source.is_open:
        return stated.may_equal(source)
    return stated.equals(source) or stated.contains(source)


def may_measure_the_same(one: Figure, other: Figure) -> bool:
    """Whether two figures may be of one unit, as far as is known."""
    kinds = {one.kind, other.kind}
    if len(kinds) == 1:
        return one.kind in ("count", "number") or one.unit == other.unit
    if "number" in kinds:
        return kinds <= _AS_WRITTEN
    # "300 kronor": what we have no word for is counted.
    is_known = {one.unit, other.unit} & _KNOWN_CURRENCIES
    return kinds == {"count", "money"} and not is_known
