"""The numbers of a text, however they are written."""

from dataclasses import replace

from index.language.figures.digits import digits
from index.language.figures.han import han_magnitudes, han_shares, han_spelled
from index.language.figures.lexicon import Lexicon
from index.language.figures.number import Number
from index.language.figures.set_words import dozens, magnitudes, multiples
from index.language.figures.spelled import spelled

_READERS = (magnitudes, multiples, dozens, digits, spelled)
_HAN_READERS = (han_shares, han_magnitudes, multiples, digits, han_spelled)
_PLAIN_READERS = (digits, spelled)
# A number from this size on continues after a space: "one million two hundred thousand", "3만 5천".
_LARGE, _LARGE_PLAIN = 1e6, 1e4


def numbers(text: str, lexicon: Lexicon) -> list[Number]:
    """Return the numbers of a text; of two that overlap, the one found first counts."""
    readers = _HAN_READERS if lexicon.is_chinese else _READERS
    found: list[Number] = []
    for reader in readers if lexicon.is_rich else _PLAIN_READERS:
        for number in reader(text, lexicon):
            if not any(number.start < n.end and n.start < number.end for n in found):
                found.append(number)
    return _sums(text, sorted(found, key=lambda number: number.start), lexicon)


def _sums(text: str, found: list[Number], lexicon: Lexicon) -> list[Number]:
    """Add what belongs together: "one million two hundred thousand", "1亿5000万"."""
    summed: list[Number] = []
    for number in found:
        last = summed[-1] if summed else None
        if last is not None and _goes_on(text, last, number, lexicon):
            total = last.value + number.value
            summed[-1] = replace(last, end=number.end, value=total, half=number.half)
        else:
            summed.append(number)
    return summed


def _goes_on(text: str, last: Number, number: Number, lexicon: Lexicon) -> bool:
    """Whether two numbers are parts of one."""
    if any(part.kind or part.vague or part.ranges for part in (last, number)):
        return False
    if last.bare or last.value <= number.value:
        return False
    between = text[last.end : number.start]
    if between == "":
        return True  # "3万5000"
    if between != " ":
        return False
    if number.bare:  # "3만 5000"
        is_joined = not lexicon.has_case and not lexicon.is_rich
        return is_joined and number.value < _LARGE_PLAIN <= last.value
    return last.value >= (_LARGE if lexicon.is_rich else _LARGE_PLAIN)
