r"""Rich text, .rtf: as HTML, without what is deleted, hidden or struck out in it.

The libraries for it show all of that, and take a raised sign for one on the line. What a control
word means is in the "Rich Text Format (RTF) Specification", version 1.9.1.
"""

import re
from dataclasses import dataclass, replace
from html import escape

from index.folder.formats.extracted import Extracted, UnreadableError, one_line
from index.folder.formats.markdown import from_html

_TOKEN = re.compile(
    rb"\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})? ?|\\'(?P<hex>[0-9a-fA-F]{2})"
    rb"|\\(?P<symbol>[^a-zA-Z'])|(?P<brace>[{}])|[\r\n]+|(?P<text>[^\\{}\r\n]+)"
)
# Groups that say something to the program that shows the text.
_UNSEEN = set(
    b"colortbl generator pict object nonshppict themedata datastore header "
    b"headerl headerr headerf footer footerl footerr footerf listtable listoverridetable rsidtbl "
    b"revtbl xmlnstbl fldinst datafield latentstyles annotation atnid atnauthor atndate filetbl "
    b"bkmkstart bkmkend sp shprslt pgdsctbl colorschememapping wgrffmtfilter tc xe private ".split()
)
_SEEN = {b"shpinst", b"shptxt", b"footnote"}  # though a program may pass them over
_GROUPS = {
    b"fonttbl",
    b"stylesheet",
    b"info",
    b"title",
    b"author",
    b"listtext",
    b"pntext",
    b"footnote",
}
_NUMBER = re.compile(r"\(?(?:\d+|[a-zA-Z]{1,4})[.)]")
_SIGNS = {
    b"emdash": "—", b"endash": "–", b"lquote": "‘", b"rquote": "’", b"ldblquote": "“",
    b"rdblquote": "”", b"bullet": "•", b"tab": " ", b"line": "<br>", b"emspace": " ",
    b"enspace": " ", b"qmspace": " ",
}  # fmt: skip
_SYMBOLS = {b"~": "\u00a0", b"_": "\u2011", b"-": "", b"\r": "</p><p>", b"\n": "</p><p>"}
_CHARSETS = {
    128: "cp932", 129: "cp949", 134: "gbk", 136: "big5", 161: "cp1253", 162: "cp1254",
    163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874",
    238: "cp1250", 0: "cp1252",
}  # fmt: skip
_ENCODINGS = {b"mac": "mac_roman", b"pc": "cp437", b"pca": "cp850", b"ansi": "cp1252"}


@dataclass(frozen=True, slots=True)
class _Look:
    """What holds within a group."""

    is_unseen: bool = False  # the group is not part of the text
    is_hidden: bool = False
    is_struck: bool = False
    position: str = ""  # sup or sub
    encoding: str = ""
    skipped: int = 1  # signs behind one in Unicode that stand for it in old programs
    group: bytes = b""  # of those that are read in a way of their own, the word it begins with


def load(data: bytes) -> Extracted:
    """Return the text of a document, and the title and author that it states.

    Raises:
        UnreadableError: it is no rich text, or has no text.
    """
    if not data.lstrip().startswith(b"{\\rtf"):
        raise UnreadableError("is damaged, or no rich text; save it anew.")
    reader = _Reader()
    html = reader.read(data)
    text = from_html(html) if html else ""
    if not text:
        raise UnreadableError("has no text.")
    stated = reader.stated
    return Extracted(
        text=text, title=one_line(stated.get(b"title")), author=one_line(stated.get(b"author"))
    )


class _Reader:
    """Reads the tokens of a text one after the other, and writes what is seen as HTML."""

    def __init__(self) -> None:
        self.stated: dict[bytes, str] = {}  # title and author
        self._look = _Look()
        self._above: list[_Look] = []  # of the groups around
        self._is_first = False  # whether a group has just begun
        self._is_ignorable = False  # whether a program may pass over the group that begins
        self._encoding = "cp1252"
        self._fonts: dict[int, str] = {}
        self._font = self._style = 0  # that is being defined
        self._levels: dict[int, int] = {}  # of the headings that a style makes
        self._level = 0
        self._bytes = b""  # not yet decoded
        self._to_skip = 0
        self._words: list[str] = []  # of the paragraph
        self._marker = ""  # of the list's item
        self._cells: list[str] = []
        self._rows: list[str] = []
        self._is_cell = self._is_head = False
        self._outer: list[list[str]] = []  # the words of paragraphs that a note stands in
        self._notes: list[str] = []
        self._written: list[str] = []

    def read(self, data: bytes) -> str:
        """Return the HTML of the text; its notes come last."""
        position = 0
        while match := _TOKEN.match(data, position):
            position = match.end()
            if match["word"] == b"bin":  # so many bytes of a picture
                position += max(0, int(match["number"] or 0))
            self._take(match)
        self._decode()
        self._end_paragraph()
        self._end_table()
        return _joined("".join(self._written + self._notes))

    def _take(self, match: re.Match[bytes]) -> None:
        if match["text"] is not None:
            self._add_bytes(match["text"])
        elif match["hex"] is not None:
            self._add_bytes(bytes.fromhex(match["hex"].decode()))
        elif match["brace"] is not None:
            self._decode()
            self._to_skip = 0
            if match["brace"] == b"{":
                self._above.append(self._look)
                self._is_first, self._is_ignorable = True, False
                return
            self._end_group()
        elif match["symbol"] is not None:
            self._decode()
            if match["symbol"] == b"*":
                self._is_ignorable = True
                return
            self._add(_SYMBOLS.get(match["symbol"], escape(match["symbol"].decode("latin-1"))))
        elif match["word"] is not None:
            self._decode()
            number = None if match["number"] is None else int(match["number"])
            self._obey(match["word"], number)
        self._is_first = self._is_ignorable = False

    def _obey(self, word: bytes, number: int | None) -> None:
        """Do what a control word says."""
        is_on = number != 0
        if self._is_first:
            is_passed_over = self._is_ignorable and word not in _SEEN | _GROUPS
            if word in _UNSEEN or is_passed_over:
                self._look = replace(self._look, is_unseen=True)
            elif word in _GROUPS:
                self._look = replace(self._look, group=word)
                if word == b"footnote":
                    self._add(f"[{len(self._notes) + 1}]")
                    self._outer.append(self._words)
                    self._words = []
        match word:
            case b"u":
                self._add(_unicode(number or 0))
                self._to_skip = self._look.skipped
            case b"uc":
                self._look = replace(self._look, skipped=number or 0)
            case b"par" | b"sect" | b"page" | b"row" | b"cell" | b"nestcell" | b"nestrow":
                self._end(word)
            case b"pard":
                self._level, self._is_cell = 0, False
            case b"intbl":
                self._is_cell = True
            case b"trowd":
                self._is_head = False
            case b"trhdr":
                self._is_head = True
            case b"s":
                self._style, self._level = number or 0, self._levels.get(number or 0, 0)
            case b"outlinelevel" if number is not None:
                self._level = number + 1 if number < 9 else 0
                if self._look.group == b"stylesheet":
                    self._levels[self._style] = self._level
            case b"v":
                self._look = replace(self._look, is_hidden=is_on)
            case b"strike" | b"striked" | b"deleted":
                self._look = replace(self._look, is_struck=is_on)
            case b"super" | b"sub" | b"nosupersub":
                position = {b"super": "sup", b"sub": "sub"}.get(word, "")
                self._look = replace(self._look, position=position if is_on else "")
            case b"up" | b"dn":
                position = "sup" if word == b"up" else "sub"
                self._look = replace(self._look, position=position if is_on else "")
            case b"plain":
                self._look = replace(self._look, is_hidden=False, is_struck=False, position="")
            case b"f":
                self._font = number or 0
                self._look = replace(self._look, encoding=self._fonts.get(self._font, ""))
            case b"fcharset" if self._look.group == b"fonttbl" and number in _CHARSETS:
                self._fonts[self._font] = _CHARSETS[number]
            case b"ansicpg" if number:
                self._encoding = f"cp{number}"
            case _ if word in _ENCODINGS:
                self._encoding = _ENCODINGS[word]
            case _ if word in _SIGNS:
                self._add(_SIGNS[word])

    def _add_bytes(self, data: bytes) -> None:
        if self._to_skip:
            skipped = min(self._to_skip, len(data))
            self._to_skip -= skipped
            data = data[skipped:]
        self._bytes += data

    def _decode(self) -> None:
        """Add the bytes that were read, in the encoding of their font."""
        data, self._bytes = self._bytes, b""
        if data:
            try:
                words = data.decode(self._look.encoding or self._encoding, "replace")
            except LookupError:
                words = data.decode("cp1252", "replace")
            self._add(escape(words))

    def _add(self, words: str) -> None:
        look = self._look
        if look.is_unseen or look.is_hidden or look.is_struck:
            return
        if look.group in (b"title", b"author"):
            self.stated[look.group] = self.stated.get(look.group, "") + words
        elif look.group in (b"listtext", b"pntext"):
            self._marker += words
        elif look.group not in (b"fonttbl", b"stylesheet", b"info"):
            position = look.position
            self._words.append(f"<{position}>{words}</{position}>" if position else words)

    def _end_group(self) -> None:
        if self._above:
            inner, self._look = self._look, self._above.pop()
            if inner.group == b"footnote" != self._look.group and self._outer:
                words = "".join(self._words)
                self._notes.append(f"<p>[{len(self._notes) + 1}] {words}</p>")
                self._words = self._outer.pop()

    def _end(self, word: bytes) -> None:
        """End a paragraph, a cell or a row."""
        if self._look.is_unseen:
            return
        if self._look.group == b"footnote":
            self._words.append(" ")
        elif word == b"cell":
            self._cells.append("".join(self._words))
            self._words, self._marker = [], ""
        elif word == b"row":
            name = "th" if self._is_head else "td"
            cells = "".join(f"<{name}>{cell}</{name}>" for cell in self._cells)
            self._rows.append(f"<tr>{cells}</tr>")
            self._cells = []
        elif self._is_cell:  # a paragraph of a cell
            self._words.append("<br>")
        else:
            self._end_paragraph()

    def _end_paragraph(self) -> None:
        words, self._words = "".join(self._words).strip(), []
        marker, self._marker = self._marker.replace("<br>", " ").strip(), ""
        if not words:
            return
        self._end_table()
        if marker:
            words = f"{marker if _NUMBER.fullmatch(marker) else '-'} {words}"
        tag = f"h{min(self._level, 6)}" if self._level else "p"
        self._written.append(f"<{tag}>{words}</{tag}>")

    def _end_table(self) -> None:
        if self._rows:
            self._written.append(f"<table>{''.join(self._rows)}</table>")
            self._rows = []


def _joined(words: str) -> str:
    """Return words in which the halves of a pair, each written by itself, are one sign."""
    return words.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _unicode(number: int) -> str:
    """Return the sign with a number, which is negative above 32,767; half of a pair as it is."""
    return escape(chr(number % 65536))
