"""The words of a PDF's page, where they stand and how large they are, by pdfium."""

import ctypes
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from statistics import median
from typing import Any, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from index.folder.formats.layout.boxes import Box, Corners, around, shown
from index.folder.formats.layout.drawings import Drawings, drawings
from index.language.scripts import are_set_apart, is_square

_HYPHEN = "\ufffe"  # pdfium's mark for a hyphen at the end of a line
_SYMBOLS = str.maketrans({"\uf0b7": "•", "\uf0a7": "▪", _HYPHEN: "-"})  # of fonts for symbols
_TOKEN = re.compile(r"[^\s\ufffe]+\ufffe?|\ufffe")
_DIGIT = re.compile(r"\d")
_STEP = 0.1  # of a letter's height: it stands on another line if it is so much higher or lower
_GAP = 0.13  # of a letter's height: a space is wider
_GAP_BESIDE_SQUARE = 0.4  # the same where browsers leave a quarter without one
_RAISED = 0.15  # of a letter's height: the ink of a raised figure begins so far above the line
_UPRIGHT = 0.3  # of a letter's height: a word whose end is no farther from its beginning is turned
_BESIDE = 2.0  # of the letters' size: a dot that is drawn no farther from a word is a bullet
_ALONE = 1.0  # of the letters' size: nothing stands so near before it
_SPECKS = ("|", "¦", "_", "~", "`", "'", ".", ",", "·")  # dirt, as it is recognised
_SMALLEST = 1.0  # points: what is smaller cannot be read
_PALE = 245  # of 255 in each colour: it cannot be read on white


class Word(NamedTuple):
    """What stands between two spaces of a page, or a part of it that stands higher or lower."""

    text: str
    box: Box
    size: float  # of its letters: points per em
    is_apart: bool = True  # a space stands before it

    @property
    def base(self) -> float:
        """The line on which it stands: letters go about a fifth of their height below it."""
        return self.box.bottom - self.box.height / 5


@dataclass(frozen=True, slots=True)
class PageWords:
    """A page's words in the order in which they were drawn, and what is drawn around them."""

    words: tuple[Word, ...] = ()
    aside: tuple[Word, ...] = ()  # those that are turned, as in a margin
    rules: tuple[Box, ...] = ()  # horizontal and vertical lines
    is_recognised: bool = False  # the words lie unseen on a picture of them
    is_picture: bool = False  # there are no words, and something is drawn


def page_words(document: pypdfium2.PdfDocument, number: int) -> PageWords:
    """Return the words of a page, from 0; none if it cannot be read."""
    try:
        page = document[number]
        if _has_fields(page) and pdfium.FPDFPage_Flatten(page.raw, pdfium.FLAT_NORMALDISPLAY) == (
            pdfium.FLATTEN_SUCCESS
        ):
            page = document[number]  # with what was filled in
        return _Reading(page, page.get_textpage()).words()
    except pypdfium2.PdfiumError:
        return PageWords()


def _has_fields(page: Any) -> bool:
    """Whether a page has fields of a form, or text that was put on it later."""
    for i in range(pdfium.FPDFPage_GetAnnotCount(page.raw)):
        note = pdfium.FPDFPage_GetAnnot(page.raw, i)
        kind = pdfium.FPDFAnnot_GetSubtype(note)
        pdfium.FPDFPage_CloseAnnot(note)
        if kind in (pdfium.FPDF_ANNOT_WIDGET, pdfium.FPDF_ANNOT_FREETEXT):
            return True
    return False


class _Reading:
    """One page while its words are read."""

    def __init__(self, page: Any, text_page: Any) -> None:
        self._page = page
        self._text_page = text_page  # else pdfium forgets it
        self._raw = text_page.raw
        self._text: str = text_page.get_text_range()
        self._box = pdfium.FS_RECTF()
        self._reference = ctypes.byref(self._box)
        self._is_counted_alike = len(self._text) == text_page.count_chars()
        self._sizes: dict[float, float] = {}
        self._drawings: Drawings = drawings(page)
        self._is_recognised = False

    def words(self) -> PageWords:
        """Return what the page shows."""
        found = list(self._seen())
        directions = [_direction(first, last) for _, _, first, last in found]
        turned: list[bool] = list(map(bool, directions))
        turn = self._page.get_rotation() // 90
        is_word = [len(text) > 1 for _, text, _, _ in found]  # a letter has no direction
        if 2 * sum(turned) > sum(is_word):  # the page is written sideways
            turn += 1 if sum(directions) > 0 else 3
            turned = [each and not to for each, to in zip(is_word, turned, strict=True)]
        page = shown(self._page.get_bbox(), turn)
        words: list[Word] = []
        aside: list[Word] = []
        before: Corners = (0.0, 0.0, 0.0, 0.0)
        for (start, text, first, last), direction, is_turned in zip(
            found, directions, turned, strict=True
        ):
            is_apart = self._is_apart(start, first[0] - before[2], first[3] - first[1])
            before = last
            parts = self._parts(start, text, first, last)
            if direction:
                parts = iter([(start, text, around(first, last))])
            for at, part, corners in parts:
                if self._is_recognised:
                    corners = self._on_base(at, corners)
                box = shown(corners, turn)
                if page.holds(box.middle):
                    size = self._size(at, corners, is_turned=direction != 0)
                    word = Word(part.translate(_SYMBOLS), box, size, is_apart)
                    (aside if is_turned else words).append(word)
                is_apart = False
        if self._is_recognised and words:
            size = median(word.size for word in words)  # programs guess it for each word
            words = [word._replace(size=size) for word in words if word.text not in _SPECKS]
        words += _bullets([shown(dot, turn) for dot in self._drawings.dots], words)
        rules = tuple(shown(rule, turn) for rule in self._drawings.rules)
        return PageWords(
            tuple(words),
            tuple(aside),
            rules,
            is_recognised=self._is_recognised,
            is_picture=self._drawings.is_any and not found,
        )

    def _seen(self) -> Iterator[tuple[int, str, Corners, Corners]]:
        """Yield each word that can be seen, with the boxes of its first and its last letter."""
        line_end, is_seen = -1, True
        for match in _TOKEN.finditer(self._text):
            start, end = match.span()
            if start > line_end:
                line_end = self._text.find("\n", start)
                line_end = len(self._text) if line_end < 0 else line_end
                is_seen = self._is_seen(self._index(start))
            if is_seen:
                yield start, match[0], self._corners(start), self._corners(end - 1)

    def _is_apart(self, position: int, gap: float, height: float) -> bool:
        """Whether a space stands before a word, and not one that pdfium took from a small gap."""
        if position == 0 or self._text[position - 1] not in " \t\xa0":
            return False
        beside = self._text[max(0, position - 2) : position + 1 : 2]
        is_close = abs(gap) <= (_GAP_BESIDE_SQUARE if are_set_apart(beside) else _GAP) * height
        return not (
            is_close and pdfium.FPDFText_IsGenerated(self._raw, self._index(position - 1)) == 1
        )

    def _parts(
        self, start: int, text: str, first: Corners, last: Corners
    ) -> Iterator[tuple[int, str, Corners]]:
        """Yield a word, or the parts of it that stand on lines of their own, and their places."""
        height = first[3] - first[1]
        if not _DIGIT.search(text) and (
            abs(_base(first) - _base(last)) < _STEP * height
            and abs(height - last[3] + last[1]) < _STEP * height
        ):
            yield start, text, around(first, last)
            return
        letters = [self._letter(start + i, letter) for i, letter in enumerate(text)]
        level = 0
        levels = [0]
        for (before, after), pair in zip(pairwise(letters), pairwise(text), strict=True):
            is_moved = abs(_base(after) - _base(before)) >= _STEP * height
            is_resized = abs(after[3] - after[1] - before[3] + before[1]) >= _STEP * height
            # Some fonts give 一 a flat box, high above the line.
            level += (is_moved or is_resized) and not all(map(is_square, pair))
            levels.append(level)
        for _, group in groupby(range(len(text)), key=levels.__getitem__):
            run = list(group)
            corners = around(letters[run[0]], letters[run[-1]])
            yield start + run[0], text[run[0] : run[-1] + 1], corners

    def _letter(self, position: int, letter: str) -> Corners:
        """Return where a letter stands; a figure that is itself a raised one, above the line."""
        corners = self._corners(position)
        if not letter.isdecimal():
            return corners
        left, bottom, right, top = corners
        sides = [ctypes.c_double() for _ in range(4)]  # left, right, bottom, top of its ink
        if not pdfium.FPDFText_GetCharBox(self._raw, self._index(position), *sides):
            return corners
        lower, upper = sides[2].value, sides[3].value
        is_raised = lower - _base(corners) > _RAISED * (top - bottom) > 0 and upper <= top
        return (left, lower, right, upper + (upper - lower) / 2) if is_raised else corners

    def _index(self, position: int) -> int:
        """Return pdfium's number for the character at a position of the text."""
        if self._is_counted_alike:
            return position
        units = len(self._text[:position].encode("utf-16-le", "surrogatepass")) // 2
        return int(pdfium.FPDFText_GetCharIndexFromTextIndex(self._raw, units))

    def _corners(self, position: int) -> Corners:
        pdfium.FPDFText_GetLooseCharBox(self._raw, self._index(position), self._reference)
        box = self._box
        return box.left, box.bottom, box.right, box.top

    def _on_base(self, position: int, corners: Corners) -> Corners:
        """Return where a word stands whose height is a guess, so that its line is the right one."""
        x, y = ctypes.c_double(), ctypes.c_double()
        if not pdfium.FPDFText_GetCharOrigin(self._raw, self._index(position), x, y):
            return corners
        left, bottom, right, top = corners
        down = y.value - (top - bottom) / 5
        return left, down, right, down + top - bottom

    def _size(self, position: int, corners: Corners, *, is_turned: bool) -> float:
        """Return the size of the letters that are as high as the one at a position."""
        left, bottom, right, top = corners
        height = round(right - left if is_turned else top - bottom, 1)
        if height not in self._sizes:
            index = self._index(position)
            matrix = pdfium.FS_MATRIX()
            size: float = pdfium.FPDFText_GetFontSize(self._raw, index)
            if pdfium.FPDFText_GetMatrix(self._raw, index, matrix):
                size *= (matrix.c**2 + matrix.d**2) ** 0.5
            self._sizes[height] = size or height
        return self._sizes[height]

    def _is_seen(self, index: int) -> bool:
        """Whether a person can see the line that begins with this character."""
        letter = pdfium.FPDFText_GetTextObject(self._raw, index)
        if not letter:
            return True
        if pdfium.FPDFTextObj_GetTextRenderMode(letter) == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE:
            self._is_recognised = self._drawings.is_scan
            return self._is_recognised
        colour = [ctypes.c_uint() for _ in range(4)]
        if not pdfium.FPDFPageObj_GetFillColor(letter, *colour):
            return True
        *shades, opacity = (part.value for part in colour)
        pdfium.FPDFText_GetLooseCharBox(self._raw, index, self._reference)
        left, right = self._box.left, self._box.right
        bottom, top = self._box.bottom, self._box.top
        if opacity == 0 or max(top - bottom, right - left) < _SMALLEST:
            return False
        return min(shades) < _PALE or self._drawings.is_dark((left + right) / 2, (bottom + top) / 2)


def _bullets(dots: Sequence[Box], words: Sequence[Word]) -> Iterator[Word]:
    """Yield a bullet for each dot that is drawn before the first word of a line."""
    for dot in dots:
        y = dot.middle[1]
        beside = [word for word in words if word.box.top <= y <= word.box.bottom]
        after = [word for word in beside if word.box.left >= dot.right]
        if not after:
            continue
        host = min(after, key=lambda word: word.box.left)
        is_first = all(dot.left - word.box.right > _ALONE * word.size for word in beside
                       if word.box.left < dot.left)  # fmt: skip
        if is_first and host.box.left - dot.right <= _BESIDE * host.size:
            box = Box(dot.left, host.box.top, dot.right, host.box.bottom)
            yield Word("•", box, host.size)


def _base(corners: Corners) -> float:
    """Return the height of the line that a letter stands on: about a fifth of it is below."""
    return corners[1] + (corners[3] - corners[1]) / 5


def _direction(first: Corners, last: Corners) -> int:
    """Return 1 for a word that goes up the page, -1 for one that goes down, else 0."""
    width, height = last[0] - first[0], last[1] - first[1]
    if abs(width) >= _UPRIGHT * (first[3] - first[1]) or abs(height) <= abs(width):
        return 0
    return 1 if height > 0 else -1
