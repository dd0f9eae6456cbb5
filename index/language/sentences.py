"""Where the sentences of a text begin and end."""

import re
from collections.abc import Iterator

import sentencex

# A line of its own is a heading; a paragraph, a list item or a quotation starts any other block.
# White space within a line is not only " ": Chinese paragraphs begin with two ideographic spaces.
_SPACE = r"[^\S\n]"
_HEADING = rf"#{{1,6}}{_SPACE}+"
_MARKER = rf"[-*+•]{_SPACE}+|\d{{1,3}}[.)]{_SPACE}+|[>|]{_SPACE}*"
_BLOCK = re.compile(
    rf"^{_SPACE}*(?:(?P<heading>{_HEADING}\S.*)|(?:{_MARKER})?"
    rf"(?P<text>\S.*(?:\n(?!{_SPACE}*(?:{_HEADING}|{_MARKER})).*\S.*)*))",
    re.MULTILINE,
)

_WINDOW = 10_000  # characters
_STOPS = ("。", "！", "？", ". ", "! ", "? ", ".\n", "!\n", "?\n")

Span = tuple[int, int]


def overlap(one: Span, other: Span) -> bool:
    """Whether one of two spans lies in the other by half at least."""
    common = min(one[1], other[1]) - max(one[0], other[0])
    return 2 * common >= min(one[1] - one[0], other[1] - other[0]) > 0


def blocks(text: str, start: int = 0) -> Iterator[tuple[Span, bool]]:
    """Yield the span of each block of `text` from `start` on, and whether it is a heading.

    The marker of a list item or quotation is left out; a heading keeps its own, so that it is
    still known for one where it begins a chunk.
    """
    for match in _BLOCK.finditer(text, start):
        is_heading = match["heading"] is not None
        yield match.span("heading" if is_heading else "text"), is_heading


def sentences(text: str, span: Span, language: str) -> Iterator[Span]:
    """Yield the span of each sentence within `span`, without the white space around it."""
    for start, end in _windows(text, span):
        for boundary in sentencex.get_sentence_boundaries(language, text[start:end]):
            sentence = text[start + boundary["start_index"] : start + boundary["end_index"]]
            bare = sentence.strip()
            if bare:
                first = start + boundary["start_index"] + sentence.index(bare)
                yield first, first + len(bare)


def _windows(text: str, span: Span) -> Iterator[Span]:
    """Yield pieces of `span` that end with a sentence; sentencex is quadratic in some languages."""
    start, end = span
    while end - start > _WINDOW:
        last = max(text.rfind(stop, start, start + _WINDOW) for stop in _STOPS) + 1
        cut = last if last > start else start + _WINDOW
        yield start, cut
        start = cut
    yield start, end
