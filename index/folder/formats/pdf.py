"""PDF: the text of each page, by pdfium."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

import pypdfium2

from index.folder.formats.extracted import (
    BREAK,
    Extracted,
    UnreadableError,
    join_paragraphs,
    one_line,
)
from index.language.scripts import is_wide

_HYPHEN = "\ufffe"  # pdfium's mark for a word that was divided at the end of a line
_FILE_NAME = re.compile(
    r"^Microsoft \w+ - |\.(?:pdf|docx?|pptx?|indd|tex|qxd|odt)$|^untitled", re.I
)
_DIGITS = re.compile(r"\d{1,6}")
_MARKER = re.compile(r"(?:[-*•–▪]|\d{1,3}[.)])\s")
_FULL = 0.75  # of a page's usual line length: a shorter line ends a paragraph
_EDGE = 2  # lines at the top and the bottom of a page that other pages may repeat
_REPEATED = 3  # such a line is not part of the text if so many pages, and half of all, have it


def load(data: bytes) -> Extracted:
    """Return the text of all pages.

    Raises:
        UnreadableError: it is damaged, locked, or has no text.
    """
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if error.err_code == pypdfium2.raw.FPDF_ERR_PASSWORD:
            raise UnreadableError("is locked with a password; save it without one.") from None
        raise UnreadableError("is damaged, or no PDF; save it anew.") from None
    pages = [_lines(document, number) for number in range(len(document))]
    texts = [join_paragraphs(_paragraphs(lines)) for lines in _without_edges(pages)]
    empty = len(texts) - sum(map(bool, texts))
    if empty == len(texts):
        raise UnreadableError(
            f"has {len(texts)} {'page' if len(texts) == 1 else 'pages'} and no text, so it was "
            "scanned or drawn; run text recognition over it."
        )
    text, starts = "", []
    for page in texts:
        starts.append(len(text) + len(BREAK) if text and page else len(text))
        text = BREAK.join(filter(None, [text, page]))
    title = one_line(document.get_metadata_dict().get("Title"))
    return Extracted(
        text=text,
        pages=tuple(starts),
        title=None if title is None or _FILE_NAME.search(title) else title,
        author=one_line(document.get_metadata_dict().get("Author")),
        problem=f"has no text on {empty} of its {len(texts)} pages." if empty else None,
    )


def _lines(document: pypdfium2.PdfDocument, number: int) -> list[str]:
    """Return the lines of a page; none if it cannot be read."""
    try:
        text: str = document[number].get_textpage().get_text_range()
    except pypdfium2.PdfiumError:
        return []
    return text.replace(_HYPHEN + "\r\n", "").replace(_HYPHEN, "").splitlines()


def _without_edges(pages: Sequence[Sequence[str]]) -> Iterator[list[str]]:
    """Yield the lines of each page, without the head and the page number that many pages have."""
    edges = [
        {_without_number(line, page) for line in [*lines[:_EDGE], *lines[-_EDGE:]]}
        for page, lines in enumerate(pages)
    ]
    counts = Counter(line for edge in edges for line in edge)
    enough = max(_REPEATED, len(pages) / 2)
    repeated = {line for line, count in counts.items() if count >= enough}
    for page, lines in enumerate(pages):
        last = len(lines) - _EDGE
        yield [
            line
            for i, line in enumerate(lines)
            if _EDGE <= i < last or _without_number(line, page) not in repeated
        ]


def _without_number(line: str, page: int) -> str:
    """Return a line with its numbers less that of the page, so that page numbers become equal."""
    return _DIGITS.sub(lambda digits: f"#{int(digits[0]) - page}", line.strip())


def _paragraphs(lines: Sequence[str]) -> Iterator[str]:
    """Join the lines of a page to paragraphs; a line that is not full ends a paragraph."""
    lengths = sorted(len(line) for line in lines if line.strip())
    usual = lengths[len(lengths) * 9 // 10] if lengths else 0
    paragraph = ""
    for line, following in pairwise([*lines, ""]):
        line = line.strip()
        apart = "" if paragraph and line and is_wide(paragraph[-1]) and is_wide(line[0]) else " "
        paragraph = paragraph + apart + line if paragraph else line
        goes_on = following.strip()[:1].islower() or len(line) >= _FULL * usual
        if not line or not goes_on or _MARKER.match(following.lstrip()):
            yield paragraph
            paragraph = ""
    yield paragraph
