"""Formulas in a line: "F = 12", "3/4", "√(a+b)", "10⁶"."""

import re
from collections.abc import Callable, Iterable

from lxml.etree import _Element as Element

from index.folder.formats.raised import exponent, index
from index.folder.formats.word.markup import M, W

_ATOM = re.compile(r"[\w.,°∞]*")  # needs no brackets
_HAT, _OVERLINE, _UNDERLINE = "\u0302", "\u0305", "\u0332"
_ROOTS = {"": "√", "2": "√", "3": "∛", "4": "∜"}


def formula(element: Element) -> str:
    """Return a formula, or a part of one, as it may be written in a line of text."""
    name = str(element.tag).removeprefix(M)
    write = _WRITERS.get(name)
    return write(element) if write else _all(element)


def _all(parts: Iterable[Element]) -> str:
    """Return parts one after another; two numbers stay apart, as 1 and 1/2 are not 11/2."""
    text, is_run = "", False
    for part in parts:
        following = formula(part)
        was_run, is_run = is_run, part.tag == f"{M}r"
        meet = text[-1:].isdecimal() and following[:1].isdecimal()
        text += f" {following}" if meet and not (was_run and is_run) else following
    return text


def _part(element: Element, name: str) -> str:
    found = element.find(M + name)
    return "" if found is None else _all(found)


def _setting(element: Element, name: str, default: str) -> str:
    """Return a property of a structure; its default if it is not named."""
    found = element.find(f"{M}{str(element.tag).removeprefix(M)}Pr/{M}{name}")
    return default if found is None else found.get(f"{M}val") or ""


def _grouped(text: str) -> str:
    return text if _ATOM.fullmatch(text) else f"({text})"


def _fraction(element: Element) -> str:
    over = "¦" if _setting(element, "type", "bar") == "noBar" else "/"
    return f"{_grouped(_part(element, 'num'))}{over}{_grouped(_part(element, 'den'))}"


def _scripts(element: Element) -> str:
    """Return a base with what is raised and lowered behind it."""
    below, above = _part(element, "sub"), _part(element, "sup")
    base = _part(element, "e")
    base = base if len(base) < 2 or _ATOM.fullmatch(base) or base[-1] in ")]}|" else f"({base})"
    return base + (index(below) if below else "") + (exponent(above) if above else "")


def _scripts_before(element: Element) -> str:
    return f"{index(_part(element, 'sub'))}{exponent(_part(element, 'sup'))}{_part(element, 'e')}"


def _root(element: Element) -> str:
    hides = _setting(element, "degHide", "0") not in ("0", "off", "false")
    degree = "" if hides else _part(element, "deg")
    return f"{_ROOTS.get(degree, f'{exponent(degree)}√')}{_grouped(_part(element, 'e'))}"


def _sum(element: Element) -> str:
    """Return a sum, a product or an integral with its limits."""
    below, above = _part(element, "sub"), _part(element, "sup")
    limits = (index(below) if below else "") + (exponent(above) if above else "")
    return f"{_setting(element, 'chr', '∫')}{limits} {_part(element, 'e')}"


def _in_brackets(element: Element) -> str:
    between = _setting(element, "sepChr", "|")
    inside = between.join(_all(part) for part in element.iterfind(f"{M}e"))
    return f"{_setting(element, 'begChr', '(')}{inside}{_setting(element, 'endChr', ')')}"


def _function(element: Element) -> str:
    name, of = _part(element, "fName"), _part(element, "e")
    return f"{name}{of}" if of.startswith(("(", "[")) else f"{name} {of}"


def _accent(element: Element) -> str:
    return _part(element, "e") + (_setting(element, "chr", _HAT) or _HAT)


def _bar(element: Element) -> str:
    line = _OVERLINE if _setting(element, "pos", "bot") == "top" else _UNDERLINE
    return "".join(letter + line for letter in _part(element, "e"))


def _limit(element: Element) -> str:
    mark = "_" if element.tag == f"{M}limLow" else "^"
    return f"{_part(element, 'e')}{mark}({_part(element, 'lim')})"


def _matrix(element: Element) -> str:
    rows = ([_all(cell) for cell in row] for row in element.iterfind(f"{M}mr"))
    return "; ".join(", ".join(row) for row in rows)


def _lines(element: Element) -> str:
    return "; ".join(_all(line) for line in element.iterfind(f"{M}e"))


_WRITERS: dict[str, Callable[[Element], str]] = {
    "t": lambda element: element.text or "",
    f"{W}t": lambda element: element.text or "",
    f"{W}br": lambda element: " ",
    "f": _fraction,
    "sSup": _scripts,
    "sSub": _scripts,
    "sSubSup": _scripts,
    "sPre": _scripts_before,
    "rad": _root,
    "nary": _sum,
    "d": _in_brackets,
    "func": _function,
    "acc": _accent,
    "bar": _bar,
    "limLow": _limit,
    "limUpp": _limit,
    "m": _matrix,
    "eqArr": _lines,
}
