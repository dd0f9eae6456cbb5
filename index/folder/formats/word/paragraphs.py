"""The words of a paragraph in one line, as they are seen."""

import re
from collections.abc import Iterator
from itertools import groupby

from lxml.etree import _Element as Element

from index.folder.formats.raised import lowered, raised
from index.folder.formats.word.appearance import Height, Styles
from index.folder.formats.word.formulas import formula
from index.folder.formats.word.markup import M, W, whole
from index.folder.formats.word.notes import Notes
from index.folder.formats.word.symbols import in_font, symbol

BOX = f"{W}txbxContent"
"""Has paragraphs of its own, beside the one that it is anchored in."""

_GAP = "\n"  # a tab or the end of a line, until it is known what it keeps apart
_WIDE_GAP = "\u2003"  # between two numbers, which a space would make one: "12 345"
_GAPS = re.compile(rf"(?P<before>\d?)[ {_GAP}]*{_GAP}[ {_GAP}]*(?=(?P<after>\d?))")
_SPACE = re.compile(r"[ \t\r\n]+")
_GAP_TAGS = tuple(W + name for name in ("tab", "ptab", "br", "cr"))
_NOTES = {f"{W}footnoteReference": "footnote", f"{W}endnoteReference": "endnote"}
_FORMULA = f"{M}oMath"
_WORDS_AS_PICTURE = "{urn:schemas-microsoft-com:vml}textpath"
_APART = {f"{W}rPr", f"{W}pPr", BOX}
_SOFT_HYPHEN = "\u00ad"


class Lines:
    """Reads paragraphs whose changes are accepted and which have only what is seen."""

    def __init__(self, styles: Styles, notes: Notes) -> None:
        self._styles = styles
        self._notes = notes

    def line(self, paragraph: Element) -> str:
        """Return the words of a paragraph, with the marks of its notes."""
        pieces = groupby(self._pieces(paragraph, "level", None), key=lambda piece: piece[0])
        line = ""
        for height, group in pieces:
            text = "".join(words for _, words in group)
            if height == "raised":
                text = raised(text, line)
            elif height == "lowered":
                text = lowered(text)
            line += text
        return in_one_line(line)

    def _pieces(
        self, element: Element, height: Height, font: str | None
    ) -> Iterator[tuple[Height, str]]:
        """Yield pieces of the text, and how high each stands."""
        for child in element:
            tag = str(child.tag)
            if tag == f"{W}t":
                yield height, in_font(_SPACE.sub(" ", child.text or ""), font)
            elif tag == f"{W}r":
                look = self._styles.look(child)
                yield from self._pieces(child, look.height, look.font)
            elif tag in _GAP_TAGS:
                yield "level", _GAP
            elif tag == f"{W}noBreakHyphen":
                yield height, "-"
            elif tag == f"{W}sym":
                code = whole(child.get(f"{W}char"), 16)
                yield height, symbol(code, child.get(f"{W}font") or "") if code else ""
            elif tag in _NOTES:
                yield "level", self._notes.mark(_NOTES[tag], child)
            elif tag == _FORMULA:
                yield "level", formula(child)
            elif tag == _WORDS_AS_PICTURE and child.get("string"):
                yield "level", f"{_GAP}{child.get('string')}{_GAP}"
            elif tag == f"{W}ruby":
                yield height, self._with_reading(child)
            elif tag not in _APART:
                yield from self._pieces(child, height, font)

    def _with_reading(self, ruby: Element) -> str:
        """Return a word and, in brackets, how it is spoken, which stands above it."""
        base, reading = (
            "".join(self.line(part) for part in ruby.iterfind(W + name))
            for name in ("rubyBase", "rt")
        )
        return f"{base}({reading})" if base and reading else base or reading


def in_one_line(text: str) -> str:
    """Return text with single spaces, and numbers of different lines wide apart."""

    def close(gap: re.Match[str]) -> str:
        return gap["before"] + (_WIDE_GAP if gap["before"] and gap["after"] else " ")

    return _SPACE.sub(" ", _GAPS.sub(close, text.replace(_SOFT_HYPHEN, ""))).strip()
