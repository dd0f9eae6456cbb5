"""The words of magnitude after a number: "million", "mila", "亿"."""

import re
from math import prod

from index.language.figures.lexicon import Lexicon

_SPACE = re.compile(r"[ -]?(?:di |de )?")
_HAN = re.compile(r"\s?(?P<scale>[百千万亿]+)")
_HAN_SIZE = {"十": 10.0, "百": 1e2, "千": 1e3, "万": 1e4, "亿": 1e8}


def magnitude(text: str, end: int, words: Lexicon) -> tuple[int, float, float]:
    """Return where the magnitude after a number ends, its factor, and a half that was added.

    The number's value is (value + added) * factor: "two and a half million", "un milione e mezzo".
    """
    if words.chinese:
        match = _HAN.match(text, end)
        return (match.end(), han_size(match["scale"]), 0.0) if match else (end, 1.0, 0.0)
    factor, added = 1.0, 0.0
    if match := words.half.match(text, end):
        added, end = 0.5, match.end()
    for _ in range(2):  # "twenty-five thousand million"
        space = _SPACE.match(text, end)
        at = space.end() if space else end
        for pattern, size in words.scales:
            if match := pattern.match(text, at):
                factor, end = factor * size, match.end()
                break
        else:
            break
    if factor > 1 and not added and (match := words.half.match(text, end)):
        added, end = 0.5, match.end()
    return end, factor, added


def han_size(scale: str) -> float:
    """Return the product of Chinese characters of magnitude: 1e5 of "十万"."""
    return float(prod(_HAN_SIZE[character] for character in scale))
