"""The words of magnitude beside a number: "million", "mila", "亿", "Mrd."."""

import re
from dataclasses import dataclass
from math import prod

from index.language.figures.lexicon import Lexicon

_SPACE = re.compile(r"[ -]?(?:di |de )?")
HAN_MOST = 4  # Chinese characters of magnitude in a row; "千万亿" has three
HAN_SCALE = rf"(?P<scale>[百千万亿]{{1,{HAN_MOST}}})"
_HAN = re.compile(rf"\s?{HAN_SCALE}")
_HAN_SIZE = {"十": 10.0, "百": 1e2, "千": 1e3, "万": 1e4, "亿": 1e8}
_MOST = 2  # words of magnitude in a row: "twenty-five thousand million", "5천만"


@dataclass(frozen=True, slots=True)
class Magnitude:
    """How the words after a number change it: (number + added) * factor."""

    end: int
    factor: float = 1.0
    added: float = 0.0  # "two and a half million", "un milione e mezzo"
    is_sure: bool = True  # False of a word that only begins like one of magnitude


def magnitude(text: str, end: int, lexicon: Lexicon) -> Magnitude:
    """Return the magnitude after a number that ends here."""
    if lexicon.is_chinese:
        match = _HAN.match(text, end)
        return Magnitude(match.end(), han_size(match["scale"])) if match else Magnitude(end)
    factor, added = 1.0, 0.0
    if lexicon.half and (match := lexicon.half.match(text, end)):
        added, end = 0.5, match.end()
    for _ in range(_MOST):
        scale = _scale(text, end, lexicon)
        if scale is None:
            break
        factor, end = factor * scale[0], scale[1]
    if factor > 1 and not added and lexicon.half and (match := lexicon.half.match(text, end)):
        added, end = 0.5, match.end()
    if factor == 1 and (like := _like_a_scale(text, end, lexicon)):
        return Magnitude(like[1], like[0], is_sure=False)
    return Magnitude(end, factor, added)


def magnitude_before(text: str, start: int, lexicon: Lexicon) -> tuple[float, int]:
    """Return the factor of a word of magnitude before a number, and where both begin.

    As in Swahili: "milioni 5".
    """
    return lexicon.scale_table.before(text, start) or (1.0, start)


def han_size(scale: str) -> float:
    """Return the product of Chinese characters of magnitude: 1e5 of "十万"."""
    return float(prod(_HAN_SIZE[character] for character in scale))


def _scale(text: str, end: int, lexicon: Lexicon) -> tuple[float, int] | None:
    """Return the factor of the word of magnitude that follows, and the word's end."""
    space = _SPACE.match(text, end)
    begin = space.end() if space else end
    for pattern, size in lexicon.scales:
        if match := pattern.match(text, begin):
            return size, match.end()
    return lexicon.scale_table.after(text, end)


def _like_a_scale(text: str, end: int, lexicon: Lexicon) -> tuple[float, int] | None:
    """Return the same for a word that CLDR does not have and that begins like one it has."""
    match = lexicon.inflected_scales.match(text, end) if lexicon.inflected_scales else None
    size = lexicon.scale_table.get(match[1]) if match else None
    return (size, match.end()) if match and size else None
