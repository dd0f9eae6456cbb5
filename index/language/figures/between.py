"""The upper end of a range of numbers: the 5 of "3-5" or "from 3 to 5"."""

import re
from dataclasses import dataclass

from index.language.figures.digits import readings
from index.language.figures.lexicon import Lexicon
from index.language.figures.magnitude import magnitude
from index.language.figures.number import Number

_DIGITS = re.compile(r"\d+(?:[.,]\d+)*(?![\w-]*[A-Z])")


@dataclass(frozen=True, slots=True)
class Between:
    """A range of numbers, and where it ends in the text."""

    low: float
    high: float
    end: int


def between(text: str, number: Number, words: Lexicon) -> Between | None:
    """Return the range that a number begins, if it begins one."""
    join = words.join.match(text, number.end)
    digits = _DIGITS.match(text, join.end()) if join else None
    if not digits:
        return None
    value = readings(digits[0], words)[0]
    end, factor, _ = magnitude(text, digits.end(), words)
    low = number.value * (factor if number.bare else 1.0)  # "3 to 5 million" says it once
    high = value * factor
    return Between(low, high, end) if low < high else None
