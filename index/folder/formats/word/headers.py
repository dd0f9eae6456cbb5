"""The headers and the footers of a document's pages."""

from collections.abc import Iterator

from lxml.etree import _Element as Element

from index.folder.formats.word.markup import R, W, find, is_on
from index.folder.formats.word.package import Package


def headers_and_footers(package: Package) -> Iterator[Element]:
    """Yield each part that pages have above or below their text once, headers first."""
    has_even = is_on(find(package.part("settings"), "evenAndOddHeaders"))
    for kind in ("header", "footer"):
        shown = _shown(package.document, f"{W}{kind}Reference", has_even=has_even)
        references = dict.fromkeys(reference.get(f"{R}id") for reference in shown)
        for reference in references:
            part = package.referred(reference)
            if part is not None:
                yield part


def _shown(document: Element, tag: str, *, has_even: bool) -> Iterator[Element]:
    """Yield the references that count in some section; a section takes over what it lacks."""
    current: dict[str | None, Element] = {}
    for section in document.iter(f"{W}sectPr"):
        current |= {reference.get(f"{W}type"): reference for reference in section.iterfind(tag)}
        shows = {"default": True, "even": has_even, "first": is_on(find(section, "titlePg"))}
        yield from (each for kind, each in current.items() if shows.get(kind or "default"))
