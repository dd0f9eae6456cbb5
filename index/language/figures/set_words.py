"""Numbers that have a word of their own: "twice", "half", "a dozen", "billions"."""

import re
from collections.abc import Iterator
from math import inf

from index.language.figures.lexicon import Lexicon
from index.language.figures.magnitude import magnitude
from index.language.figures.number import DIGIT_SHARE, HALF_ROUNDING, ROUND_PERCENT, Number
from index.language.figures.spelled import ends_in_number

_NOT_A_SHARE = re.compile(r"\s+(?:(?:a|an|the year)\b|of (?:19|20)|del? (?:19|20|año))")
_OF = re.compile(r" (?:of|di|de) ")


def multiples(text: str, lexicon: Lexicon) -> Iterator[Number]:
    """Yield "twice" and "il triplo" as multiples, "half" as a percentage."""
    for pattern, value in lexicon.multiples:
        for match in pattern.finditer(text):
            yield Number(*match.span(), value, DIGIT_SHARE * value, "multiple")
    for match in lexicon.halves.finditer(text) if lexicon.halves else ():
        if not _NOT_A_SHARE.match(text, match.end()):
            yield Number(*match.span(), 50.0, ROUND_PERCENT, "percent")


def dozens(text: str, lexicon: Lexicon) -> Iterator[Number]:
    """Yield "a dozen", and "half a" or "a quarter of a" before a magnitude."""
    for pattern, value in lexicon.words:
        for match in pattern.finditer(text):
            size = magnitude(text, match.end(), lexicon)
            if value > 1 or size.factor > 1:
                half = HALF_ROUNDING * value * size.factor
                yield Number(match.start(), size.end, (value + size.added) * size.factor, half)


def magnitudes(text: str, lexicon: Lexicon) -> Iterator[Number]:
    """Yield the orders of magnitude: "billions", "miles de millones"."""
    if not lexicon.plurals:
        return
    plural = "|".join(pattern.pattern for pattern, _ in lexicon.plurals)
    for match in re.finditer(rf"(?:{plural})(?: (?:of|di|de) (?:{plural}))*", text, re.I):
        before = text[: match.start()].rstrip()
        if before and _is_number_end(before, lexicon):
            continue  # "500 milioni", "due miliardi", "mil millones", "2 mila miliardi"
        low = 1.0
        for word in _OF.split(match[0]):
            low *= next(size for pattern, size in lexicon.plurals if pattern.fullmatch(word))
        kind = "money" if match[0].lower().startswith("multi") else ""
        yield Number(*match.span(), low, 0.0, kind, ((low, inf),), vague=True)


def _is_number_end(text: str, lexicon: Lexicon) -> bool:
    """Whether a text ends in digits, in a number word or in a word of magnitude."""
    word = text.split()[-1]
    is_scale = any(pattern.fullmatch(word) for pattern, _ in lexicon.scales)
    return text[-1].isdigit() or is_scale or ends_in_number(text, lexicon)
