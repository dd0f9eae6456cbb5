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


def numbers(text: str, words: Lexicon) -> list[Number]:
    """Return the numbers of a text; where two overlap, the one that is read first stands."""
    found: list[Number] = []
    for reader in _HAN_READERS if words.chinese else _READERS:
        for number in reader(text, words):
            if not any(number.start < n.end and n.start < number.end for n in found):
                found.append(number)
    return _sums(text, sorted(found, key=lambda number: number.start))


def _sums(text: str, found: list[Number]) -> list[Number]:
    """Add what is said in one breath: "one million two hundred thousand", "1亿5000万"."""
    summed: list[Number] = []
    for number in found:
        last = summed[-1] if summed else None
        if (
            last is not None
            and text[last.end : number.start] in ("", " ")
            and not any(part.bare or part.kind or part.vague for part in (last, number))
            and last.value >= 1e6
            and last.value > number.value
        ):
            total = last.value + number.value
            summed[-1] = replace(last, end=number.end, value=total, half=number.half)
        else:
            summed.append(number)
    return summed
