"""A number in a text, and how far it may be rounded."""

from dataclasses import dataclass

from index.language.figures.figure import Range

DIGIT_SHARE = 0.2  # of a number of one digit, which may be rounded: "four times" for 4.4
HALF_ROUNDING = 0.1  # of "one and a half"
ROUND_PERCENT = 2.5  # "40%" may be said of 42.4%
_ROUNDED_SHARE = 0.03  # of a number of several digits and zeros


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a text, before its unit and hedge are known."""

    start: int
    end: int
    value: float
    half: float  # how far the true value may lie from it by rounding
    kind: str = ""  # if the number's own word gives it: "twice", "half"
    ranges: tuple[Range, ...] = ()  # where they do not follow from the value
    bare: bool = False  # digits alone, which may belong to a name
    vague: bool = False  # an order of magnitude: "billions"


def rounding(value: float) -> float:
    """Return how far the true value may lie from a whole number, by the zeros it ends in."""
    if value == 0:
        return 0.5
    whole = str(int(abs(value)))
    zeros = len(whole) - len(whole.rstrip("0"))
    share = DIGIT_SHARE if len(whole) - zeros == 1 else _ROUNDED_SHARE
    return float(min(0.5 * 10**zeros, max(share * abs(value), 0.5 if value >= 10 else 0.0)))
