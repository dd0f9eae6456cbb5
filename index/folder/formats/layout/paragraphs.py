"""The paragraphs, headings and items in the lines of a column."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from index.folder.formats.layout.flow import MARKER
from index.folder.formats.layout.hyphens import HYPHENS
from index.folder.formats.layout.lines import Line
from index.language.scripts import is_wide

_APART = 1.3  # of the usual distance between lines: a larger one ends a paragraph
_LOOSE = 2.5  # of the letters' size: no lines of a paragraph are farther apart
_FAR = 1.8  # of it: one that ends it within a sentence, too
_INDENT = 0.8  # of the letters' size: a line that begins so far to the right begins a paragraph
_ROOM = 0.5  # of the letters' size, left over when the next word would have stood in the line
_OTHER = 1.08  # of the letters' size: letters of another size begin another paragraph
_HEADING = 1.12  # of the size of most letters: that of a heading
_ALIKE = 1.04  # of a heading's size: headings of one level
_LEVELS = 6
_LONG = 200  # characters: a heading has no more
_BULLETS = "-*•▪◦‣●∙·"
_NUMBER = re.compile(r"\d{1,3}[.)]")
_ENDS = ".:;!?。：；！？"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that belong together; of an item, without its mark."""

    lines: tuple[str, ...]
    left: float
    size: float
    mark: str = ""  # of an item of a list, as in Markdown


def paragraphs(lines: Sequence[Line]) -> Iterator[Paragraph]:
    """Yield the paragraphs of a column; which of them are headings is not known yet."""
    if not lines:
        return
    right = _right_edge(lines)
    left = min(line.box.left for line in lines)
    gaps = sorted(below.base - above.base for above, below in pairwise(lines))
    usual = next((gap for gap in gaps[len(gaps) // 4 :] if gap > 0), 0.0)
    pitch = min(usual, _LOOSE * body_size(lines))
    current = [lines[0]]
    for line in lines[1:]:
        if _begins(current, line, left, right, pitch):
            yield _paragraph(current)
            current = []
        current.append(line)
    yield _paragraph(current)


def _right_edge(lines: Sequence[Line]) -> float:
    """Return where the lines of most letters end at the latest."""
    size = body_size(lines)
    return max((line.box.right for line in lines if line.size <= _OTHER * size), default=0.0)


def _begins(current: Sequence[Line], line: Line, left: float, right: float, pitch: float) -> bool:
    """Whether a line begins another paragraph than that of the lines before it."""
    before, first = current[-1], current[0]
    size = line.size
    if max(size, before.size) > _OTHER * min(size, before.size):
        return True
    gap = line.base - before.base
    is_within = line.text[0].islower() and not before.text.endswith(tuple(_ENDS))
    # Something raised may push lines apart.
    if gap > (_FAR if is_within else _APART) * pitch + size / 20:
        return True
    is_short = _is_short(before, line, right)
    is_item = _is_item(first)
    if _is_item(line) and (
        is_short
        or before.text.endswith(tuple(_ENDS))
        or (is_item and abs(line.box.left - first.box.left) < _INDENT * size)
    ):
        return True
    if is_item:
        hangs = line.box.left > first.box.left + size / 3
        return not hangs and len(current) > 1 and current[1].box.left > line.box.left + size / 3
    if line.box.left > before.box.left + _INDENT * size and before.box.left < left + _INDENT * size:
        return not line.text[0].islower()
    return is_short and not line.text[0].islower()


def _is_short(before: Line, line: Line, right: float) -> bool:
    """Whether the next line's first word would have stood at the end of the line before it."""
    word = line.words[0]
    if before.text.endswith(HYPHENS):
        return False
    width = line.size if is_wide(word.text[0]) else word.box.width
    return before.box.right + width + _ROOM * line.size < right


def _is_item(line: Line) -> bool:
    return len(line.words) > 1 and MARKER.fullmatch(line.words[0].text) is not None


def _paragraph(lines: Sequence[Line]) -> Paragraph:
    first = lines[0]
    left, size = first.box.left, body_size(lines)
    texts = [line.text for line in lines]
    mark = first.words[0].text
    if len(first.words) > 1 and (mark in _BULLETS or _NUMBER.fullmatch(mark)):
        texts[0] = texts[0].removeprefix(mark).lstrip()
        return Paragraph(tuple(texts), left, size, "-" if mark in _BULLETS else mark)
    return Paragraph(tuple(texts), left, size)


def body_size(lines: Iterable[Line]) -> float:
    """Return the size of most letters; 0 if there are none."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size, 1)] += len(line.text)
    return max(sizes, key=lambda size: sizes[size], default=0.0)


class Headings:
    """Which paragraphs are headings, by the size of their letters, and of which level."""

    def __init__(self, found: Iterable[Paragraph], body: float) -> None:
        """Take all paragraphs of a document, and the size of most of its letters."""
        self._least = _HEADING * body
        sizes = sorted({each.size for each in found if self._is_large(each)}, reverse=True)
        self._tops: list[float] = []  # the largest size of each level
        for size in sizes:
            if not self._tops or size * _ALIKE < self._tops[-1]:
                self._tops.append(size)

    def level(self, paragraph: Paragraph) -> int | None:
        """Return the level of a heading, from 1; None if it is none."""
        if not self._is_large(paragraph):
            return None
        level = sum(top * 1.0001 >= paragraph.size for top in self._tops)
        return min(max(level, 1), _LEVELS)

    def _is_large(self, paragraph: Paragraph) -> bool:
        length = sum(map(len, paragraph.lines))
        has_letters = any(character.isalpha() for line in paragraph.lines for character in line)
        return paragraph.size >= self._least and length <= _LONG and has_letters
