"""Numbers in words of English, Italian and Spanish, read by text2num."""

import re
from collections.abc import Iterator

from index.language.figures.lexicon import Lexicon
from index.language.figures.magnitude import magnitude
from index.language.figures.number import HALF_ROUNDING, Number, rounding

# Languages whose number words text2num knows.
_SPELLED = ("en", "it", "es", "de", "fr", "nl", "pt")
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


def spelled(text: str, words: Lexicon) -> Iterator[Number]:
    """Yield the numbers in words, and "million" and the like where they stand alone."""
    if words.language not in _SPELLED:
        return
    from text_to_num import find_numbers

    spans = [match.span() for match in _WORD.finditer(text)]
    # Millions and more are ours to read: text2num takes what follows them for their units.
    millions = [_millions(text[start:end], words) for start, end in spans]
    tokens = [
        _Token("." if size else text[start:end], apart=size > 0 or text[start].isdigit())
        for (start, end), size in zip(spans, millions, strict=True)
    ]
    for occurrence in find_numbers(tokens, words.language, threshold=0.0):
        start, end = spans[occurrence.start][0], spans[occurrence.end - 1][1]
        if occurrence.is_ordinal or _DIGIT.search(text, start, end):
            continue
        end, factor, added = magnitude(text, end, words)
        if occurrence.value == 1 and factor == 1:
            continue  # an article, mostly
        half = HALF_ROUNDING if added else rounding(occurrence.value)
        yield Number(start, end, (occurrence.value + added) * factor, half * factor)
    for (start, end), size in zip(spans, millions, strict=True):
        if size:  # "superano il milione"
            yield Number(start, end, size, rounding(1) * size)


def ends_in_number(text: str, words: Lexicon) -> bool:
    """Whether the last word of a text is one of number."""
    from text_to_num import find_numbers

    tokens = [_Token(word) for word in _WORD.findall(text[-20:])[-1:]]
    found = find_numbers(tokens, words.language, threshold=0.0) if tokens else ()
    return any(not occurrence.is_ordinal for occurrence in found)


def _millions(word: str, words: Lexicon) -> float:
    """Return the size of a word for a million or more, 0 of any other."""
    sizes = (size for pattern, size in words.scales if pattern.fullmatch(word))
    return next((size for size in sizes if size > 1e3), 0.0)
