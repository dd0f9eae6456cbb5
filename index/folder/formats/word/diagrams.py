"""Diagrams, whose words stand in parts of their own (SmartArt)."""

from collections.abc import Iterator

from lxml import etree
from lxml.etree import _Element as Element

from index.folder.formats.word.markup import R, W
from index.folder.formats.word.package import Package

_DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


def fill_in_diagrams(package: Package) -> None:
    """Put the words of each diagram in the document, as if it were a box of text."""
    for reference in [*package.document.iter(f"{_DIAGRAM}relIds")]:
        data = package.referred(reference.get(f"{R}dm"))
        lines = [] if data is None else list(_lines(data))
        parent = reference.getparent()
        if parent is None or not lines:
            continue
        box = etree.SubElement(parent, f"{W}txbxContent")
        for line in lines:
            run = etree.SubElement(etree.SubElement(box, f"{W}p"), f"{W}r")
            etree.SubElement(run, f"{W}t").text = line


def _lines(data: Element) -> Iterator[str]:
    for point in data.iter(f"{_DIAGRAM}pt"):
        if point.get("type", "node") == "node":
            for paragraph in point.iter(f"{_DRAWING}p"):
                yield "".join(text.text or "" for text in paragraph.iter(f"{_DRAWING}t"))
