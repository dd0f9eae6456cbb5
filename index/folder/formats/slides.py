"""Slides, .pptx: each under its title, with tables, charts' figures and notes, by python-pptx."""

import io
from collections.abc import Iterable, Iterator
from typing import Any
from zipfile import BadZipFile

from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.exc import PackageNotFoundError

from index.folder.formats.archive import check_size
from index.folder.formats.draft import Draft
from index.folder.formats.extracted import BREAK, Extracted, UnreadableError, one_line
from index.folder.formats.grid import Row, add_grid, add_table
from index.folder.formats.raised import lowered, raised

_UNSAID = (PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER, PP_PLACEHOLDER.HEADER)
_NAME = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_STRUCK = ("sngStrike", "dblStrike")


def load(data: bytes) -> Extracted:
    """Return the text of all slides that are shown; each is a page.

    Raises:
        UnreadableError: it is damaged, has no text, or unpacks to too much.
    """
    check_size(data)
    try:
        shown = Presentation(io.BytesIO(data))
        about = shown.core_properties
        title, author = one_line(about.title), one_line(about.author)
        texts = [_text(slide) for slide in shown.slides]
    except (PackageNotFoundError, BadZipFile, LookupError, ValueError, AttributeError, OSError):
        raise UnreadableError("is damaged, or no presentation; save it anew.") from None
    text, starts = "", []
    for slide in texts:
        starts.append(len(text) + len(BREAK) if text and slide else len(text))
        text = BREAK.join(filter(None, [text, slide]))
    if not text:
        raise UnreadableError(f"has {len(texts)} slides and no text.")
    return Extracted(
        text=text,
        pages=tuple(starts),
        title=None if title == "PowerPoint Presentation" else title,
        author=author,
    )


def _text(slide: Any) -> str:
    """Return the text of a slide as Markdown; none if it is hidden."""
    if slide._element.get("show") == "0":
        return ""
    draft = Draft()
    title = slide.shapes.title
    if title is not None and (words := one_line(_words(title.text_frame))):
        draft.add(f"# {words}")
    for shape in _in_order(slide.shapes):
        if title is None or shape.shape_id != title.shape_id:
            _add(draft, shape)
    if slide.has_notes_slide and slide.notes_slide.notes_text_frame is not None:
        _add_paragraphs(draft, slide.notes_slide.notes_text_frame, is_list=False)
    return draft.text


def _in_order(shapes: Iterable[Any]) -> Iterator[Any]:
    """Yield the shapes from top to bottom, those of a group together."""
    placed = sorted(shapes, key=lambda shape: (shape.top or 0, shape.left or 0))
    for shape in placed:
        if hasattr(shape, "shapes"):
            yield from _in_order(shape.shapes)
        else:
            yield shape


def _add(draft: Draft, shape: Any) -> None:
    if shape._element.xpath(".//p:cNvPr[@hidden='1' or @hidden='true']"):
        return
    if shape.is_placeholder and shape.placeholder_format.type in _UNSAID:
        return
    if getattr(shape, "has_table", False):
        add_grid(draft, [Row([_cell(cell) for cell in row.cells]) for row in shape.table.rows])
    elif getattr(shape, "has_chart", False):
        _add_chart(draft, shape.chart)
    elif shape.has_text_frame:
        _add_paragraphs(draft, shape.text_frame, is_list=shape.is_placeholder)


def _cell(cell: Any) -> str:
    """Return the words of a cell; those that another one is merged into have none."""
    return "" if cell.is_spanned else _words(cell.text_frame)


def _add_paragraphs(draft: Draft, frame: Any, *, is_list: bool) -> None:
    """Add paragraphs; a placeholder's several ones are a list, as slides show them."""
    lines = [(paragraph.level, one_line(_said(paragraph))) for paragraph in frame.paragraphs]
    filled = [(level, line) for level, line in lines if line]
    is_list = is_list and len(filled) > 1
    for i, (level, line) in enumerate(filled):
        draft.add(
            f"{'  ' * level}- {line}" if is_list else line, after="\n" if is_list and i else BREAK
        )


def _words(frame: Any) -> str:
    return " ".join(map(_said, frame.paragraphs))


def _said(paragraph: Any) -> str:
    """Return the words of a paragraph without those that are struck out."""
    words = []
    for element in paragraph._p:
        if element.tag == f"{_NAME}br":
            words.append(" ")
        elif element.tag in (f"{_NAME}r", f"{_NAME}fld"):
            style = element.find(f"{_NAME}rPr")
            if style is None or style.get("strike") not in _STRUCK:
                baseline = "" if style is None else style.get("baseline", "")
                said = element.findtext(f"{_NAME}t") or ""
                words.append(_raised(said, baseline, words[-1] if words else ""))
    return "".join(words)


def _raised(words: str, baseline: str, before: str) -> str:
    """Return words as they read that stand above or below the line."""
    if baseline in ("", "0", "0%"):
        return words
    return lowered(words) if baseline.startswith("-") else raised(words, before)


def _add_chart(draft: Draft, chart: Any) -> None:
    """Add the figures of a chart as a table."""
    if chart.has_title and chart.chart_title.has_text_frame:
        draft.add(one_line(_words(chart.chart_title.text_frame)) or "")
    series = [each for plot in chart.plots for each in plot.series]
    names = [str(each) for each in chart.plots[0].categories] if series else []
    if series and names:
        rows = [
            Row([one_line(name) or "", *(_figure(each.values, i) for each in series)])
            for i, name in enumerate(names)
        ]
        add_table(draft, Row(["", *(one_line(each.name) or "" for each in series)]), rows)


def _figure(values: Any, index: int) -> str:
    value = values[index] if index < len(values) else None
    return "" if value is None else f"{value:.15g}"
