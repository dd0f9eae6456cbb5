"""Numbers that a word of its own stands for: "twice", "half", "a dozen", "billions"."""

import re
from collections.abc import Iterator
from math import inf

from index.language.figures.lexicon import Lexicon
from index.language.figures.magnitude import magnitude
from index.language.figures.number import DIGIT_SHARE, HALF_ROUNDING, ROUND_PERCENT, Number
from index.language.figures.spelled import ends_in_number

_NOT_A_SHARE = re.compile(r"\s+(?:(?:a|an|the year)\b|of (?:19|20)|del? (?:19|20|año))")
_OF = re.compile(r" (?:of|di|de) ")


def multiples(text: str, words: Lexicon) -> Iterator[Number]:
    """Yield "twice" and "il triplo" as multiples, "half" as a percentage."""
    for pattern, value in words.multiples:
        for match in pattern.finditer(text):
            yield Number(*match.span(), value, DIGIT_SHARE * value, "multiple")
    for match in words.halves.finditer(text):
        if not _NOT_A_SHARE.match(text, match.end()):
            yield Number(*match.span(), 50.0, ROUND_PERCENT, "percent")


def dozens(text: str, words: Lexicon) -> Iterator[Number]:
    """Yield "a dozen", and "half a" or "a quarter of a" before a magnitude."""
    for pattern, value in words.words:
        for match in pattern.finditer(text):
            end, factor, added = magnitude(text, match.end(), words)
            if value > 1 or factor > 1:
                half = HALF_ROUNDING * value * factor
                yield Number(match.start(), end, (value + added) * factor, half)


def magnitudes(text: str, words: Lexicon) -> Iterator[Number]:
    """Yield the orders of magnitude: "billions", "miles de millones"."""
    if not words.plurals:
        return
    plural = "|".join(pattern.pattern for pattern, _ in words.plurals)
    for match in re.finditer(rf"(?:{plural})(?: (?:of|di|de) (?:{plural}))*", text, re.I):
        before = text[: match.start()].rstrip()
        if before and (before[-1].isdigit() or ends_in_number(before, words)):
            continue  # "500 milioni", "due miliardi", "mil millones"
        low = 1.0
        for word in _OF.split(match[0]):
            low *= next(size for pattern, size in words.plurals if pattern.fullmatch(word))
        kind = "money" if match[0].lower().startswith("multi") else ""
        yield Number(*match.span(), low, 0.0, kind, ((low, inf),), vague=True)
