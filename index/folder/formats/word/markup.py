"""The names of elements and attributes in a Word document."""

from collections.abc import Iterator

from lxml.etree import _Element as Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"


def find(element: Element | None, *names: str) -> Element | None:
    """Return the first child with the first name, its first child with the second, and so on."""
    for name in names:
        if element is None:
            return None
        element = element.find(W + name)
    return element


def value(element: Element | None, *names: str) -> str | None:
    """Return the value of a descendant that is found by the names; None if there is none."""
    found = find(element, *names)
    return None if found is None else found.get(W + "val")


def number(element: Element | None, *names: str) -> int | None:
    """Return such a value as a whole number; None if it is none."""
    return whole(value(element, *names))


def whole(text: str | None, base: int = 10) -> int | None:
    """Return the whole number that a text is; None if it is none."""
    try:
        return int(text or "", base)
    except ValueError:
        return None


def is_on(element: Element | None, *, space: str = W) -> bool:
    """Whether a property that may be on or off is there and on."""
    return element is not None and element.get(space + "val") not in ("0", "false", "off")


def remove(element: Element) -> None:
    """Remove an element with all that is in it."""
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def nearest(element: Element, *tags: str) -> Iterator[Element]:
    """Yield the descendants with these tags, in order, and none that is inside of another."""
    for child in element:
        if child.tag in tags:
            yield child
        else:
            yield from nearest(child, *tags)
