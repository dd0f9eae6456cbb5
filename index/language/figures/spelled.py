"""Numbers in words, in the languages that text2num reads."""

import re
from collections.abc import Iterator
from functools import cache

from index.language.figures.lexicon import Lexicon
from index.language.figures.magnitude import magnitude
from index.language.figures.number import HALF_ROUNDING, Number, rounding

_WORD = re.compile(r"[^\W\d_]+|[^\w\s]|\d+")
_DIGIT = re.compile(r"\d")


class _Token:
    """A word as text2num takes it."""

    def __init__(self, word: str, *, apart: bool = False) -> None:
        self._word, self._apart = word, apart

    def text(self) -> str:
        return self._word

    def text_lowercase(self) -> str:
        return self._word.lower()

    def nt_separated(self, previous: "_Token") -> bool:
        return self._apart

    def not_a_number_part(self) -> bool:
        return self._apart


def spelled(text: str, lexicon: Lexicon) -> Iterator[Number]:
    """Yield the numbers in words, and "million" and the like where they stand alone."""
    from text_to_num import find_numbers

    if not _is_read(lexicon.language):
        return
    spans = [match.span() for match in _WORD.finditer(text)]
    # Millions and more are ours to read: text2num takes what follows them for their units.
    millions = [_millions(text[start:end], lexicon) for start, end in spans]
    tokens = [
        _Token("." if size else text[start:end], apart=size > 0 or text[start].isdigit())
        for (start, end), size in zip(spans, millions, strict=True)
    ]
    for occurrence in find_numbers(tokens, lexicon.language, threshold=0.0):
        start, end = spans[occurrence.start][0], spans[occurrence.end - 1][1]
        if occurrence.is_ordinal or _DIGIT.search(text, start, end):
            continue
        size = magnitude(text, end, lexicon)
        if occurrence.value == 1 and size.factor == 1:
            continue  # an article, mostly
        half = HALF_ROUNDING if size.added else rounding(occurrence.value)
        value = (occurrence.value + size.added) * size.factor
        ranges = () if size.is_sure else ((float(occurrence.value), value),)
        yield Number(start, size.end, value, half * size.factor, ranges=ranges)
    if lexicon.is_rich:  # "superano il milione"; elsewhere it might be one of many millions
        for (start, end), million in zip(spans, millions, strict=True):
            if million:
                yield Number(start, end, million, rounding(1) * million)


def ends_in_number(text: str, lexicon: Lexicon) -> bool:
    """Whether the last word of a text is a number word."""
    from text_to_num import find_numbers

    tokens = [_Token(word) for word in _WORD.findall(text[-20:])[-1:]]
    found = find_numbers(tokens, lexicon.language, threshold=0.0) if tokens else ()
    return any(not occurrence.is_ordinal for occurrence in found)


@cache
def _is_read(language: str) -> bool:
    """Whether text2num reads a language."""
    from text_to_num import find_numbers

    try:
        find_numbers([], language)
    except ValueError:
        return False
    return True


def _millions(word: str, lexicon: Lexicon) -> float:
    """Return the size of a word for a million or more, 0 of any other."""
    for pattern, size in lexicon.scales:
        if size > 1e3 and pattern.fullmatch(word):
            return size
    size = 0.0 if lexicon.is_rich else lexicon.scale_table.get(word) or 0.0
    return size if size > 1e3 else 0.0
