"""Leave out of a page's tree what a person does not see, or sees struck out."""

import re
from typing import Any

from lxml import etree

from index.folder.formats.mathml import linear
from index.folder.formats.styles import Look, looks

_STRUCK = ("del", "s", "strike")
# Scripts run, where people read; players and frames show something else than is written in them.
_UNSEEN = (
    "script", "style", "template", "noscript", "noframes", "iframe", "frame", "object", "embed",
    "applet", "audio", "video", "canvas", "map", "datalist", "select", "textarea", "input", "rp",
    "link", "meta", "title", "base",
)  # fmt: skip
_LATER = ("dialog",)  # shown when it is opened
# Laid over the page, beside its text.
_OVER = re.compile(
    r"cookie-?(?:bar|banner|box|consent|dialog|law|layer|message|modal|note|notice|notification|"
    r"overlay|policy-?banner|popup|wall)|(?:eu|accept|gdpr)-cookie|consent-?(?:banner|bar|box|"
    r"dialog|layer|manager|modal|overlay|popup)|gdpr-?(?:banner|bar|box|consent|notice|popup)|"
    r"onetrust|cookiebot|cybotcookie|borlabs|cmplz|didomi|usercentrics|truste|"
    r"tool-?tip-?(?:text|content|inner|bubble|body|box)|skip-?(?:to|link|nav)"
)
_OVER_ROLES = ("tooltip", "alertdialog", "dialog")
# For screen readers only, by the style sheets of many sites, which are not in the page itself.
_FOR_READERS = re.compile(
    r"(?<!\S)(?:sr-only|visually-?hidden|screen-?reader(?:-text|-only)?)(?!\S)", re.I
)
_NEVER = ("html", "body", "main", "article", "h1")  # hidden, if at all, until scripts have run
_LARGE = 0.5  # of the page's text: what has more is the page
_SPACE = re.compile(r"\s+")


def leave_out_unseen(page: Any) -> None:
    """Leave out of a page what is not seen; formulas become text."""
    etree.strip_elements(page, etree.Comment, etree.ProcessingInstruction, with_tail=False)
    found = looks(page)
    has_sheets = any("stylesheet" in (link.get("rel") or "") for link in page.iter("link"))
    _write_out_formulas(page)
    for element in [*page.iter("svg")]:
        _keep_labels(element)
    for element in [*page.iter(*_UNSEEN)]:
        _drop(element)
    most = _LARGE * len(_SPACE.sub("", "".join(page.itertext())))
    for element in [*page.iter(etree.Element)]:
        if element.tag in _NEVER or element.getroottree().getroot() is not page:
            continue
        look = found.get(element, Look())
        if element.tag in _STRUCK or look.is_struck:
            _drop(element, is_struck=True)
        elif (
            _is_hidden(element, look, found)
            or (has_sheets and _FOR_READERS.search(element.get("class") or ""))
            or (_is_over(element) and len(_SPACE.sub("", "".join(element.itertext()))) < most)
        ):
            _drop(element)


def _is_hidden(element: Any, look: Look, found: dict[Any, Look]) -> bool:
    if look.animation and look.display != "none":
        return False
    if look.is_cut_away:
        return True
    if look.visibility in ("hidden", "collapse"):
        inner = (found[each].visibility for each in element.iterdescendants() if each in found)
        return "visible" not in inner
    if look.display is not None:
        return look.display == "none"
    hidden = element.get("hidden")
    return (
        (hidden is not None and hidden.lower() != "until-found")
        or (element.tag in _LATER and element.get("open") is None)
        or element.get("popover") is not None
    )


def _is_over(element: Any) -> bool:
    named = f"{element.get('id') or ''} {element.get('class') or ''}"
    words = re.sub(r"(?<=[a-z])(?=[A-Z])|_+|-+", "-", named).lower()
    return (
        (element.get("role") or "").lower() in _OVER_ROLES
        or (element.get("aria-modal") or "").lower() == "true"
        or _OVER.search(words) is not None
    )


def _write_out_formulas(page: Any) -> None:
    for formula in [*page.iter("math")]:
        for around in [formula, *formula.iterancestors()][:4]:
            # The same formula, drawn with signs for eyes only.
            for drawn in [*around.itersiblings(), *around.itersiblings(preceding=True)]:
                if drawn.get("aria-hidden") == "true":
                    _drop(drawn)
        text = " ".join(linear(formula).split())
        is_block = formula.get("display") == "block"
        for child in [*formula]:
            formula.remove(child)
        formula.tag, formula.text = ("div" if is_block else "span"), text


def _keep_labels(drawing: Any) -> None:
    """Leave of a drawing the words that are written in it."""
    labels = [" ".join("".join(text.itertext()).split()) for text in drawing.iter("text")]
    for child in [*drawing]:
        drawing.remove(child)
    drawing.tag, drawing.text = "div" if labels else "span", " ".join(labels)


def _drop(element: Any, *, is_struck: bool = False) -> None:
    """Drop an element; digits on both sides of what is struck out make no number together."""
    parent = element.getparent()
    if parent is None:
        return
    if is_struck and element.tail and element.tail[:1].isdigit():
        element.tail = f" {element.tail}"
    element.drop_tree()
