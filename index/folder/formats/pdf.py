"""PDF: the text of its pages as Markdown, in reading order, by pdfium."""

import re
from collections.abc import Callable, Sequence

import pypdfium2

from index.folder.formats.extracted import Extracted, UnreadableError, one_line
from index.folder.formats.layout.edges import without_edges
from index.folder.formats.layout.flow import Part, in_reading_order
from index.folder.formats.layout.lines import Line, lines
from index.folder.formats.layout.markdown import markdown
from index.folder.formats.layout.tables import Grid, grids
from index.folder.formats.layout.words import PageWords, page_words
from index.folder.formats.recognition import INSTALL, languages, recognised

_FILE_NAME = re.compile(
    r"^Microsoft \w+ - |\.(?:pdf|docx?|pptx?|indd|tex|qxd|odt)$|^untitled", re.I
)


def load(data: bytes, going_on: Callable[[], None] = lambda: None) -> Extracted:
    """Return the text of all pages; call `going_on` before each that takes seconds to recognise.

    Raises:
        UnreadableError: it is damaged, locked, or has no text.
    """
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if error.err_code == pypdfium2.raw.FPDF_ERR_PASSWORD:
            raise UnreadableError("is locked with a password; save it without one.") from None
        raise UnreadableError("is damaged, or no PDF; save it anew.") from None
    pages = []
    for number in range(len(document)):
        page = page_words(document, number)
        if page.is_picture and languages():
            going_on()
            page = recognised(document, number)
        pages.append(page)
    text, starts, empty = _text(pages)
    if empty == len(pages):
        raise UnreadableError(
            f"has {len(pages)} {'page' if len(pages) == 1 else 'pages'} and no text, so it was "
            f"scanned or drawn; {'save it with text' if languages() else INSTALL}.",
            is_passing=not languages(),
        )
    title = one_line(document.get_metadata_dict().get("Title"))
    return Extracted(
        text=text,
        pages=starts,
        title=None if title is None or _FILE_NAME.search(title) else title,
        author=one_line(document.get_metadata_dict().get("Author")),
        problem=_problem(pages, empty),
        is_recognised=any(page.is_recognised for page in pages),
    )


def _problem(pages: Sequence[PageWords], empty: int) -> str | None:
    """Return what could not be read, or not surely, as the end of a sentence."""
    count = sum(page.is_recognised for page in pages)
    problems = []
    if empty:
        missing = any(page.is_picture for page in pages) and not languages()
        hint = f"; {INSTALL}" if missing else ""
        problems.append(f"has no text on {empty} of its {len(pages)} pages{hint}")
    if count:
        problems.append(
            f"was recognised from pictures on {count} of its {len(pages)} pages and may have errors"
        )
    return f"{'; '.join(problems)}." if problems else None


def _text(pages: Sequence[PageWords]) -> tuple[str, tuple[int, ...], int]:
    """Return the text of pages, where each begins, and how many have none."""
    found: list[list[Grid]] = []
    rows: list[list[Line]] = []
    for page in pages:
        tables, outside = grids(page.words, page.rules)
        found.append(tables)
        rows.append(lines(outside))
    parts: list[list[Part]] = []
    for page, tables, kept in zip(pages, found, without_edges(rows), strict=True):
        aside: list[Part] = [[Line(page.aside)]] if page.aside else []
        parts.append([*in_reading_order(kept, tables), *aside])
    text, starts = markdown(parts)
    return text, starts, sum(not page for page in parts)
