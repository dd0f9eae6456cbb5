"""Which part of a page is its article: decided by trafilatura, and taken whole from the page."""

import copy
import re
from collections.abc import Iterator
from typing import Any

import trafilatura

# Signs that mark where a piece of text comes from, and that no rule of trafilatura looks at.
_FIRST, _COUNT, _LENGTH = 0x2800, 256, 3
_SIGN = f"[{chr(_FIRST)}-{chr(_FIRST + _COUNT - 1)}]"
_MARK = re.compile(_SIGN + f"{{{_LENGTH}}}")
# trafilatura drops these with their text, which stands in sentences.
_INLINE = ("time", "output", "meter", "progress", "label", "rt", "rtc", "blink", "marquee")
_FLOWING = frozenset({
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "dfn", "em", "font",
    "i", "ins", "kbd", "label", "mark", "meter", "nobr", "output", "progress", "q", "ruby", "rb",
    "rt", "rtc", "samp", "small", "span", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
    "br", "img",
})  # fmt: skip
_LEAVES = frozenset({
    "p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd", "table", "thead",
    "tbody", "tfoot", "tr", "td", "th", "caption", "blockquote", "pre", "figure", "figcaption",
    "address", "summary",
})  # fmt: skip
_WHOLE = ("article", "main")
_BESIDE = ("nav", "menu", "search")
_EDGES = ("header", "footer", "aside", "form", "button")  # beside the article, unless within it
_ROLES = frozenset({
    "navigation", "banner", "contentinfo", "search", "menu", "menubar", "toolbar",
})  # fmt: skip
_FURNITURE = re.compile(
    r"(?<![a-z])(?:ad|ads|advert|advertisement|adsense|banner|breadcrumbs?|comments?|comments?-list|"
    r"consent|cookies?|disqus|masthead|menu|most-popular|most-read|nav|navbar|navigation|newsletter|"
    r"noprint|outbrain|pager|pagination|popup|promo|promoted|read-more|recommend(?:ed|ations?)|"
    r"related|share|sharing|sharedaddy|sidebar|social|sponsor(?:ed)?|subscribe|taboola|tag-?list|"
    r"toolbar|trending)(?![a-z])"
)
_LINKED = 0.7  # of the letters: what has more of them in links leads elsewhere


def article_part(page: Any, url: str | None) -> Any:
    """Return a copy of a page's tree with its article alone; None if nothing looks like one."""
    kept = _kept(page, url, favor_recall=False) or _kept(page, url, favor_recall=True)
    if not kept:
        return None
    own = copy.deepcopy(page)
    texts = [*_texts(own)]
    part = _Part(own, {texts[number] for number in kept if number < len(texts)})
    part.prune(own, is_within=False)
    return own


def without_furniture(page: Any) -> Any:
    """Return a copy of a page's tree without menus and the like; all of it, if that is all."""
    own = copy.deepcopy(page)
    _Part(own, set()).strip(own)
    return own if any(map(str.isalnum, "".join(own.itertext()))) else page


def _kept(page: Any, url: str | None, *, favor_recall: bool) -> set[int]:
    """Return the numbers of the texts that trafilatura takes for the article's."""
    marked = copy.deepcopy(page)
    for number, (element, is_tail) in enumerate(_texts(marked)):
        mark = "".join(chr(_FIRST + (number >> shift) % _COUNT) for shift in (16, 8, 0))
        text = re.sub(_SIGN, " ", element.tail if is_tail else element.text)
        if is_tail:
            element.tail = mark + text
        else:
            element.text = mark + text
    for element in [*marked.iter(*_INLINE)]:
        element.drop_tag()
    document = trafilatura.bare_extraction(
        marked, url=url, include_comments=False, include_formatting=True, favor_recall=favor_recall
    )
    assert not isinstance(document, dict)  # as it was until version 2
    if document is None:
        return set()
    found = _MARK.findall("".join(document.body.itertext()))
    return {sum((ord(sign) - _FIRST) << shift for sign, shift in zip(mark, (16, 8, 0), strict=True))
            for mark in found}  # fmt: skip


def _texts(page: Any) -> Iterator[tuple[Any, bool]]:
    """Yield each text of a page that has words: an element, and whether the text is behind it."""
    for element in page.iter():
        if element.text and any(map(str.isalnum, element.text)):
            yield element, False
        if element.tail and any(map(str.isalnum, element.tail)):
            yield element, True


class _Part:
    """What of a tree belongs to the article, by those of its texts that certainly do."""

    def __init__(self, page: Any, kept: set[tuple[Any, bool]]) -> None:
        self._kept = kept
        self._letters, self._linked = _count(page)
        self._around: set[Any] = set()  # elements with such a text in them
        for element, is_tail in kept:
            inner = element.getparent() if is_tail else element
            while inner is not None and inner not in self._around:
                self._around.add(inner)
                inner = inner.getparent()

    def prune(self, element: Any, *, is_within: bool) -> None:
        """Drop what does not belong to the article from an element that has some of it."""
        is_whole = self._is_whole(element, is_within)
        if not is_whole:
            self._drop_texts(element)
        for child in [*element]:
            if child in self._around:
                self.prune(child, is_within=is_whole)
            elif not _flows(child) and (not is_whole or self._is_furniture(child)):
                child.drop_tree()
            elif not _flows(child):
                self.strip(child)

    def strip(self, element: Any) -> None:
        """Drop menus and the like from an element."""
        for child in [*element]:
            if self._is_furniture(child):
                child.drop_tree()
            else:
                self.strip(child)

    def _is_whole(self, element: Any, is_within: bool) -> bool:
        """Whether an element's own text is the article's, and not only that of parts of it."""
        return (
            is_within
            or element.tag in _WHOLE
            or (element, False) in self._kept
            or any((child, True) in self._kept for child in element)
            or any(_is_leaf(child) and child in self._around for child in element)
        )

    def _drop_texts(self, element: Any) -> None:
        element.text = None
        for child in element:
            child.tail = None

    def _is_furniture(self, element: Any) -> bool:
        if element.tag in _BESIDE or (element.get("role") or "").lower() in _ROLES:
            return True
        if element.tag in _EDGES and not _is_in_article(element):
            return True
        named = f"{element.get('id') or ''} {element.get('class') or ''}"
        words = re.sub(r"(?<=[a-z])(?=[A-Z])|_+", "-", named).lower()
        return _FURNITURE.search(words) is not None or self._leads_elsewhere(element)

    def _leads_elsewhere(self, element: Any) -> bool:
        if element.tag in ("table", "p", "dl", "figure") or _flows(element):
            return False
        return self._linked[element] > _LINKED * self._letters[element]


def _flows(element: Any) -> bool:
    return element.tag in _FLOWING and all(map(_flows, element))


def _is_leaf(element: Any) -> bool:
    return element.tag in _LEAVES or _flows(element) or (
        element.tag == "div" and all(map(_flows, element))
    )  # fmt: skip


def _is_in_article(element: Any) -> bool:
    around = ("article", "main", "blockquote", "figure", "section", "td", "li")
    if element.tag in ("form", "button"):
        # A heading that opens its answer is a button; one that stands alone does something.
        return (
            next(element.iterancestors("h1", "h2", "h3", "h4", "h5", "h6", "p", "dt"), None)
            is not None
        )
    return next(element.iterancestors(*around), None) is not None


def _count(page: Any) -> tuple[dict[Any, int], dict[Any, int]]:
    """Return how many letters each element has, and how many of them are in links."""
    letters: dict[Any, int] = {}
    linked: dict[Any, int] = {}
    for element in reversed([*page.iter()]):
        own = "".join((element.text or "", *(child.tail or "" for child in element)))
        letters[element] = len("".join(own.split())) + sum(letters[child] for child in element)
        inner = sum(linked[child] for child in element)
        linked[element] = letters[element] if element.tag == "a" else inner
    return letters, linked
