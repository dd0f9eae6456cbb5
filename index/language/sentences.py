"""Where the sentences of a text begin and end."""

import re
from collections.abc import Iterator

import sentencex

# Markdown's marks of emphasis, where they end it.
_CLOSING = re.compile(r"[*_]+(?=\s|$)")
# What numbers a sentence and is none itself: Art. 5, No. 7., cap. 12
_LABEL = re.compile(r"[\W_]*\w{1,6}\.")
_LABEL_AND_NUMBER = re.compile(rf"{_LABEL.pattern}\s*\d{{1,4}}[.)]?[\W_]*")
_WINDOW = 10_000  # characters
_STOPS = ("。", "！", "？", ". ", "! ", "? ", ".\n", "!\n", "?\n")

Span = tuple[int, int]


def overlap(one: Span, other: Span) -> bool:
    """Whether one of two spans lies in the other by half at least."""
    common = min(one[1], other[1]) - max(one[0], other[0])
    return 2 * common >= min(one[1] - one[0], other[1] - other[0]) > 0


def sentences(text: str, span: Span, language: str) -> list[Span]:
    """Return the span of each sentence within `span`, without the white space around it."""
    found: list[Span] = []
    for start, end in _windows(text, span):
        for boundary in sentencex.get_sentence_boundaries(language, text[start:end]):
            first, last = start + boundary["start_index"], start + boundary["end_index"]
            closing = _CLOSING.match(text, first, last)
            if closing is not None and found and found[-1][1] == first:
                first = closing.end()
                found[-1] = found[-1][0], first
            sentence = text[first:last]
            bare = sentence.strip()
            if bare:
                first += sentence.index(bare)
                goes_on = found and _goes_on(text[slice(*found[-1])], bare)
                begins = found.pop()[0] if goes_on else first
                found.append((begins, first + len(bare)))
    return found


def _goes_on(label: str, words: str) -> bool:
    """Whether a label that was taken for a sentence goes on with these words."""
    is_label = words[0].isdigit() and _LABEL.fullmatch(label)
    return bool(is_label or _LABEL_AND_NUMBER.fullmatch(label))


def _windows(text: str, span: Span) -> Iterator[Span]:
    """Yield pieces of `span` that end with a sentence; sentencex is quadratic in some languages."""
    start, end = span
    while end - start > _WINDOW:
        last = max(text.rfind(stop, start, start + _WINDOW) for stop in _STOPS) + 1
        cut = last if last > start else start + _WINDOW
        yield start, cut
        start = cut
    yield start, end
