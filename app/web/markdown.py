"""An answer as the page's Markdown: its words as plain text, its marks as links."""

import re
from collections.abc import Iterable
from urllib.parse import urlencode

from app.answer import Citation, Piece

# What could begin markup, a link or HTML; also the dot of "www." and of "1." at a line's start.
_MARKUP = re.compile(r"([\\`*_\[\]<>{}|~&$#+:@/!-]|(?<=\bwww)\.|(?m:(?<=^\d)|(?<=^\d\d))[.)])")
_LINE_END = re.compile(r"(?<!\n)\n(?!\n)")


def to_markdown(pieces: Iterable[Piece]) -> str:
    """Return pieces of an answer as Markdown."""
    # Neighbouring text is escaped as one: "www" and ".example.org" make a link together.
    whole: list[Piece] = []
    for piece in pieces:
        is_text = piece.citation is None and not piece.is_warning
        if is_text and whole and whole[-1].citation is None and not whole[-1].is_warning:
            whole[-1] = Piece(whole[-1].text + piece.text)
        else:
            whole.append(piece)
    return "".join(map(_markdown, whole))


def escape(text: str) -> str:
    """Return Markdown that shows `text` as it is, but for line ends within a paragraph."""
    return _MARKUP.sub(r"\\\1", _LINE_END.sub(" ", text))


def _markdown(piece: Piece) -> str:
    if piece.citation is not None:
        return f"[{escape(piece.text)}](#cite?{_address(piece.citation)})"
    if piece.is_warning:
        # A link, since that is what the page's style sheet can tell from other text.
        return f" [{escape(piece.text.strip())}](#not-found)"
    return escape(piece.text)


def _address(citation: Citation) -> str:
    """Return what the page's script needs to open the source at the quotation."""
    return urlencode({"source": citation.source, "start": citation.start, "quote": citation.quote})
