"""Fields: the text that stands for them is kept, and what it is computed from is not."""

from dataclasses import dataclass, field

from lxml import etree
from lxml.etree import _Element as Element

from index.folder.formats.word.markup import W, find, is_on, number, remove

_MARK = f"{W}fldChar"
_PAGES = ("PAGE", "NUMPAGES", "SECTIONPAGES")
_SILENT = ("SET", "ASK", "XE", "TC", "RD", "PRIVATE")  # whose result is not seen where it stands


@dataclass(slots=True)
class _Field:
    """A field that runs from one mark to another, and the parts of runs between them."""

    begin: Element
    end: Element | None = None
    code: list[Element] = field(default_factory=list)
    result: list[Element] = field(default_factory=list)
    has_result: bool = False

    def add(self, parts: list[Element]) -> None:
        (self.result if self.has_result else self.code).extend(parts)

    @property
    def name(self) -> str:
        return _name("".join(part.text or "" for part in self.code))


def keep_results(root: Element, *, with_pages: bool = True) -> None:
    """Remove the codes of fields, with other fields in them, and write out what forms show.

    Without pages, what counts them is removed as well: in headers it differs from page to page.
    """
    hidden = _SILENT if with_pages else (*_SILENT, *_PAGES)
    for each in _fields(root):
        shown = _form(find(each.begin, "ffData"))
        if shown is not None and each.end is not None:
            text = etree.Element(f"{W}t")
            text.text = shown
            each.end.addnext(text)
        for part in [*each.code, *(each.result if each.name in hidden else ())]:
            remove(part)
    for simple in [*root.iter(f"{W}fldSimple")]:
        if _name(simple.get(f"{W}instr") or "") in hidden:
            remove(simple)


def _fields(root: Element) -> list[_Field]:
    """Return the fields that end; one inside of another comes first."""
    begun: list[_Field] = []
    ended: list[_Field] = []
    for part in [part for run in root.iter(f"{W}r") for part in run if part.tag != f"{W}rPr"]:
        kind = part.get(f"{W}fldCharType") if part.tag == _MARK else None
        if kind == "begin":
            begun.append(_Field(part))
        elif kind == "end" and begun:
            inner = begun.pop()
            inner.end = part
            ended.append(inner)
            if begun:
                begun[-1].add([*inner.code, *inner.result])
        elif kind == "separate" and begun:
            begun[-1].has_result = True
        elif part.tag != _MARK and begun:
            begun[-1].add([part])
    return ended


def _name(code: str) -> str:
    return "".join(code.split()[:1]).upper()


def _form(data: Element | None) -> str | None:
    """Return what a box to tick or a list to choose from shows; None if it is neither."""
    box, choice = find(data, "checkBox"), find(data, "ddList")
    if box is not None:
        state = find(box, "checked")
        state = find(box, "default") if state is None else state
        return "☒" if is_on(state) else "☐"
    if choice is None:
        return None
    entries = [entry.get(f"{W}val") or "" for entry in choice.iterfind(f"{W}listEntry")]
    chosen = number(choice, "result") or number(choice, "default") or 0
    return entries[chosen] if chosen < len(entries) else None
