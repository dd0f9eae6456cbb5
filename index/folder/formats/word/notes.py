"""Notes at the foot of a page or at the end, by the marks that refer to them."""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml.etree import _Element as Element

from index.folder.formats.raised import exponent
from index.folder.formats.word.counting import counted
from index.folder.formats.word.markup import W, find, number, value

_FORMS = {"footnote": "decimal", "endnote": "lowerRoman"}


@dataclass(frozen=True, slots=True)
class Note:
    """A note that is referred to."""

    mark: str  # empty if the note states its own
    content: Element


class Notes:
    """Counts the notes of a document, which are asked for in the order of their marks."""

    def __init__(
        self, document: Element, parts: dict[str, Element | None], settings: Element | None
    ) -> None:
        """Take the parts with the notes of each kind."""
        self._contents = {
            (kind, note.get(f"{W}id")): note
            for kind, part in parts.items()
            if part is not None
            for note in part.iterfind(W + kind)
        }
        self._counts = {kind: _start(kind, document, settings) for kind in _FORMS}
        self._forms = {kind: _form(kind, document, settings) for kind in _FORMS}
        self._referred: list[Note] = []

    def mark(self, kind: str, reference: Element) -> str:
        """Return the mark of a note, raised, where it is referred to."""
        content = self._contents.get((kind, reference.get(f"{W}id")))
        if content is None:
            return ""
        mark = ""
        if reference.get(f"{W}customMarkFollows") not in ("1", "true", "on"):
            mark = exponent(counted(self._counts[kind], self._forms[kind]))
            self._counts[kind] += 1
        self._referred.append(Note(mark, content))
        return mark

    def referred(self) -> Iterator[Note]:
        """Yield the notes in the order of their marks, with those that notes refer to."""
        yield from self._referred


def _properties(kind: str, document: Element, settings: Element | None) -> Iterator[Element]:
    for section in document.iter(f"{W}sectPr"):
        found = find(section, f"{kind}Pr")
        if found is not None:
            yield found
    found = find(settings, f"{kind}Pr")
    if found is not None:
        yield found


def _form(kind: str, document: Element, settings: Element | None) -> str:
    forms = (value(each, "numFmt") for each in _properties(kind, document, settings))
    return next(filter(None, forms), _FORMS[kind])


def _start(kind: str, document: Element, settings: Element | None) -> int:
    starts = (number(each, "numStart") for each in _properties(kind, document, settings))
    return next(filter(None, starts), 1)
