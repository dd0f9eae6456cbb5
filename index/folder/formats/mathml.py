"""A formula in MathML as a line of text: (a + b)/2, x², √(2)."""

from collections.abc import Sequence
from typing import Any

from index.folder.formats.raised import lowered, raised

_UNSEEN = ("annotation", "annotation-xml", "none", "mprescripts", "mphantom")
_SPACED = frozenset("=<>≤≥≠≈≡±×·÷→⇒∈∪∩+−-∼≪≫∝")


def linear(element: Any) -> str:
    """Return the text of an element of MathML and of what is in it."""
    name = _name(element)
    if name in _UNSEEN:
        return ""
    if name in ("mi", "mn", "mo", "mtext", "ms"):
        return _sign(name, " ".join("".join(element.itertext()).split()))
    parts = [
        linear(child)
        for child in element
        if isinstance(child.tag, str) and _name(child) not in _UNSEEN
    ]
    return _joined(name, parts, element)


def _joined(name: str, parts: Sequence[str], element: Any) -> str:
    match name, *parts:
        case "mfrac", above, below:
            return f"{_whole(above)}/{_whole(below)}"
        case "msup", base, power:
            return f"{base}{raised(power.strip())}"
        case "msub", base, index:
            return f"{base}{lowered(index.strip())}"
        case "msubsup", base, index, power:
            return f"{base}{lowered(index.strip())}{raised(power.strip())}"
        case "munderover", base, index, power:
            return f"{base}_({index.strip()})^({power.strip()}) "
        case "munder", base, index:
            return f"{base}_({index.strip()}) "
        case "mroot", base, index:
            return f"{raised(index.strip())}√{_whole(base)}"
        case "msqrt", *_:
            return f"√{_whole(''.join(parts))}"
        case "mtr" | "mlabeledtr", *_:
            return ", ".join(parts) + "; "
        case "mtable", *_:
            return "".join(parts).removesuffix("; ")
        case "mfenced", *_:
            inner = ", ".join(parts)
            return f"{element.get('open', '(')}{inner}{element.get('close', ')')}"
    # Text that stands where no element should be is shown all the same.
    return "".join([(element.text or "").strip(), *parts])


def _sign(name: str, text: str) -> str:
    if name == "mtext":
        return f" {text} "
    return f" {text} " if name == "mo" and text in _SPACED else text.strip("\u2061\u2062\u2063")


def _whole(text: str) -> str:
    """Return a part in brackets, unless it is one number or one name."""
    text = text.strip()
    return text if text.replace(".", "").replace(",", "").isalnum() else f"({text})"


def _name(element: Any) -> str:
    """Return the name of an element, in whatever name space."""
    return str(element.tag).rpartition("}")[2].rpartition(":")[2].lower()
