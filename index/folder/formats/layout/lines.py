"""The lines of a page or of a column: words that stand on one base, from left to right."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from index.folder.formats.layout.boxes import Box
from index.folder.formats.layout.words import Word
from index.folder.formats.raised import lowered, raised
from index.language.scripts import are_set_apart, is_square, is_wide

_SAME_BASE = 0.2  # of the letters' size
_SHIFT = 0.75  # of the letters' size: nothing is raised or lowered farther from its line
_CLOSE = 0.15  # of the letters' size: what is raised stands no farther from its word
_CLOSE_TO_SQUARE = 0.4  # the same where a gap is left between a figure and a Chinese character
_INSIDE = -0.2  # of the letters' size: nor deeper in it
_TOUCHING = 0.1  # of the letters' size: two parts of a word are no farther apart
_MARK = 12  # characters: what is raised or lowered is no longer
_HIGHER = 0.12  # of the letters' size: what is so much higher or lower is raised or lowered
_SMALLER = 0.85  # of the letters' size: what is smaller need be only
_WORDS = 0.8  # of the letters' size: words of a line are closer to each other
_FEW_LETTERS = 2  # marks of notes have no more
_OTHER = 1.08  # of a letter's size: that of other letters
_LITTLE = 0.03  # of it higher or lower


@dataclass(frozen=True)
class Line:
    """Words on one base, from left to right; at least one."""

    words: tuple[Word, ...]

    @cached_property
    def box(self) -> Box:
        """The smallest box around the words."""
        boxes = [word.box for word in self.words]
        return Box(
            boxes[0].left,
            min(box.top for box in boxes),
            max(box.right for box in boxes),
            max(box.bottom for box in boxes),
        )

    @cached_property
    def base(self) -> float:
        """The line on which most of it stands."""
        return max(self.words, key=lambda word: (round(word.size, 1), len(word.text))).base

    @cached_property
    def size(self) -> float:
        """The size of most of its letters."""
        sizes: dict[float, int] = {}
        for word in self.words:
            sizes[word.size] = sizes.get(word.size, 0) + len(word.text)
        return max(sizes, key=lambda size: sizes[size])

    @cached_property
    def text(self) -> str:
        """Its words, with spaces between them; in Chinese or Japanese, where one is drawn."""
        text = self.words[0].text
        for before, word in pairwise(self.words):
            gap = word.box.left - before.box.right
            is_drawn = word.is_apart and gap > _CLOSE_TO_SQUARE * word.size
            is_one = is_wide(text[-1]) and is_wide(word.text[0]) and not is_drawn
            text += ("" if is_one else " ") + word.text
        return text


def lines(words: Iterable[Word]) -> list[Line]:
    """Return the lines that words form, from top to bottom."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda word: word.base):
        if rows and word.base - rows[-1][0].base <= _SAME_BASE * max(word.size, rows[-1][0].size):
            rows[-1].append(word)
        else:
            rows.append([word])
    for row in rows:
        row.sort(key=lambda word: word.box.left)
    return [Line(tuple(_joined(row))) for row in _with_marks(rows)]


def _with_marks(rows: Sequence[list[Word]]) -> list[list[Word]]:
    """Return rows in which what is raised or lowered stands in the line that it belongs to."""
    rows = list(rows)
    for i, row in enumerate(rows):
        for j in (i + 1, i - 1, i + 2, i - 2):
            if not 0 <= j < len(rows) or not rows[i] or not rows[j]:
                continue
            host, distance = rows[j], abs(rows[j][0].base - row[0].base)
            if distance > _SHIFT * max(word.size for word in host):
                continue
            is_longer = _length(row) > _length(host)
            rows[i] = [
                word
                for before, word, after in _with_neighbours(rows[i])
                if _is_in_text(word, before, after) or not _place(word, host, is_longer=is_longer)
            ]
    return [row for row in rows if row]


def _length(row: Sequence[Word]) -> int:
    return sum(len(word.text) for word in row)


def _with_neighbours(row: Sequence[Word]) -> Iterator[tuple[Word | None, Word, Word | None]]:
    for i, word in enumerate(row):
        yield (row[i - 1] if i else None), word, (row[i + 1] if i + 1 < len(row) else None)


def _is_in_text(word: Word, before: Word | None, after: Word | None) -> bool:
    """Whether another word stands beside a word, at the distance of words."""
    for left, right in ((before, word), (word, after)):
        if left is None or right is None:
            continue
        other = right if left is word else left
        letters = sum(map(str.isalpha, other.text))
        if letters > _FEW_LETTERS and right.box.left - left.box.right < _WORDS * word.size:
            return True
    return False


def _place(word: Word, host: list[Word], *, is_longer: bool) -> bool:
    """Put a word that is raised or lowered into its line; whether it belongs there.

    It is smaller, or no line of its own `is_longer`.
    """
    if len(word.text) > _MARK:
        return False
    after = bisect_left(host, word.box.left, key=lambda other: other.box.left)
    for place in (after - 1, after):
        neighbour = host[place] if 0 <= place < len(host) else None
        if neighbour is None or word.size * (_OTHER if is_longer else 1.0) > neighbour.size:
            continue
        is_before = place == after
        left, right = (word, neighbour) if is_before else (neighbour, word)
        gap = right.box.left - left.box.right
        size = neighbour.size
        shift = neighbour.base - word.base  # upwards
        is_close = _INSIDE * size <= gap <= _CLOSE * size
        least = (_LITTLE if word.size <= _SMALLER * size else _HIGHER) * size
        if is_close and least <= abs(shift) <= _SHIFT * size:
            text = _shifted(word.text, shift, "" if is_before else neighbour.text)
            if is_before and (shift < 0 or not neighbour.text[0].isalnum()):
                continue
            placed = word._replace(text=text, size=size, is_apart=is_before and word.is_apart)
            if is_before:
                host[after] = host[after]._replace(is_apart=False)
            host.insert(after, placed)
            return True
    return False


def _shifted(text: str, shift: float, before: str) -> str:
    """Return text as raised or lowered, unless brackets keep it from what it stands at.

    Chinese characters are never raised: some, such as 一, are drawn high above the line.
    """
    if any(map(is_square, text)) or (text[0] in "[(" and text[-1] in ")]"):
        return text
    return raised(text, before) if shift > 0 else lowered(text)


def _marked(word: Word, host: Word, before: str) -> Word:
    """Return a part of a word, behind `before`, as raised or lowered if it is out of its line."""
    shift = host.base - word.base
    if abs(shift) < _LITTLE * host.size or len(word.text) > _MARK:
        return word
    text = _shifted(word.text, shift, before)
    return word._replace(text=text, size=host.size)


def _joined(row: Sequence[Word]) -> list[Word]:
    """Return a row in which the parts of a word are one, and what was drawn twice is there once."""
    joined: list[Word] = []
    largest = max(row, key=lambda word: word.size)
    for word in row:
        if joined and not word.is_apart and word.size <= _SMALLER * largest.size:
            word = _marked(word, largest, joined[-1].text)
        before = joined[-1] if joined else None
        if before is None:
            joined.append(word)
            continue
        gap = word.box.left - before.box.right
        if word.text == before.text and abs(word.box.left - before.box.left) < word.size / 5:
            continue  # drawn twice to look bold
        is_wider = are_set_apart(before.text[-1] + word.text[0])
        close = _CLOSE_TO_SQUARE if is_wider else _CLOSE
        if not word.is_apart and gap <= close * word.size:
            text = before.text + word.text
            joined[-1] = before._replace(text=text, box=before.box.with_(word.box))
        else:
            joined.append(word)
    return joined
