"""The upper end of a range of numbers: the 5 of "3-5" or "from 3 to 5"."""

import re
from dataclasses import dataclass

from index.language.figures.digits import DIGITS, readings
from index.language.figures.lexicon import Lexicon
from index.language.figures.magnitude import magnitude
from index.language.figures.number import Number

_DIGITS = re.compile(rf"(?:{DIGITS})(?![\w-]*[A-Z])")


@dataclass(frozen=True, slots=True)
class Between:
    """A range of numbers, and where it ends in the text."""

    low: float
    high: float
    end: int


def between(text: str, number: Number, lexicon: Lexicon) -> Between | None:
    """Return the range that a number begins, if it begins one."""
    join = lexicon.join.match(text, number.end)
    digits = _DIGITS.match(text, join.end()) if join else None
    meant = readings(digits[0], lexicon) if digits else []
    if not digits or not meant:
        return None
    size = magnitude(text, digits.end(), lexicon)
    low = number.value * (size.factor if number.bare else 1.0)  # "3 to 5 million" states it once
    high = meant[0] * size.factor
    return Between(low, high, size.end) if low < high else None
