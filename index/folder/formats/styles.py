"""What the style sheets in a page hide or strike out."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import count
from typing import Any

import cssselect2
import tinycss2

_PROPERTIES = {
    "display": "display", "visibility": "visibility", "clip": "clip", "animation": "animation",
    "text-decoration": "line", "text-decoration-line": "line",
}  # fmt: skip
_TOLD = re.compile(r"display|visibility|clip|text-decoration", re.I)
_BLOCK = re.compile(r"(?P<selector>[^{}]*)\{(?P<block>[^{}]*)\}")
_COMMENT = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
_BRACES = re.compile(r"\"[^\"\n{}]*[{}][^\"\n]*\"|'[^'\n{}]*[{}][^'\n]*'")
_LONGEST = 200_000  # characters of such rules: far more than a site needs
_WIDTH = 1280  # pixels of a window that media queries are asked about
_QUERY = re.compile(r"\((?P<limit>min|max)-width:(?P<size>\d*\.?\d+)(?P<unit>px|em|rem)?\)")
_NOWHERE = re.compile(r"rect\(\s*(?:[01](?:px)?[\s,]*){4}\)")


@dataclass(frozen=True, slots=True)
class Look:
    """How an element is drawn, as far as it matters for reading; None where no style says so."""

    display: str | None = None
    visibility: str | None = None
    clip: str | None = None
    line: str | None = None
    animation: str | None = None  # may show later what is hidden at first

    @property
    def is_struck(self) -> bool:
        """Whether its text is struck out."""
        return "line-through" in (self.line or "")

    @property
    def is_cut_away(self) -> bool:
        """Whether it is for screen readers only."""
        return _NOWHERE.search(self.clip or "") is not None


_PLAIN = Look()


def looks(page: Any) -> dict[Any, Look]:
    """Return the look of the elements of a page that its own styles say something of."""
    matcher = cssselect2.Matcher()
    order = count()
    is_styled = False
    for sheet in page.iter("style"):
        if not _applies(sheet.get("media") or "all"):
            continue
        for rule in _rules(_relevant("".join(sheet.itertext()))):
            is_styled |= _add(matcher, rule, order)
    found: dict[Any, Look] = {}
    wrapped = (
        ((each.etree_element, matcher.match(each)) for each in _wrap(page))
        if is_styled
        else ((element, []) for element in page.iter() if isinstance(element.tag, str))
    )
    for element, matches in wrapped:
        own = element.get("style") or ""
        if matches or _TOLD.search(own):
            found[element] = _look([*(match[3] for match in matches), _declared(own)])
    return found


def _wrap(page: Any) -> Iterator[Any]:
    return iter(cssselect2.ElementWrapper.from_html_root(page).iter_subtree())


def _relevant(css: str) -> str:
    """Return a style sheet without the rules that say nothing about this; most of it, as a rule."""
    css = _BRACES.sub('""', _COMMENT.sub(" ", css))
    return _BLOCK.sub(lambda rule: rule[0] if _TOLD.search(rule["block"]) else "", css)[:_LONGEST]


def _rules(css: Any) -> Iterator[Any]:
    for rule in tinycss2.parse_rule_list(css, skip_comments=True, skip_whitespace=True):
        if rule.type == "qualified-rule":
            yield rule
        elif rule.type == "at-rule" and rule.content is not None:
            condition = tinycss2.serialize(rule.prelude)
            name = rule.lower_at_keyword
            if (
                name == "layer"
                or (name == "media" and _applies(condition))
                or (name == "supports" and "not" not in condition.lower())
            ):
                yield from _rules(rule.content)


def _applies(media: str) -> bool:
    """Whether a media query is for a screen as wide as a window on a desk."""
    return any(map(_is_for_screen, media.lower().split(",")))


def _is_for_screen(query: str) -> bool:
    query = "".join(query.split())
    rest = _QUERY.sub("", query).replace("and", "")
    if rest not in ("", "all", "screen", "only" + "screen"):
        return False
    for match in _QUERY.finditer(query):
        size = float(match["size"]) * (1 if match["unit"] == "px" else 16)
        if (size > _WIDTH) if match["limit"] == "min" else (size < _WIDTH):
            return False
    return True


def _add(matcher: Any, rule: Any, order: Iterator[int]) -> bool:
    """Add a rule to those that are matched; whether there was anything to add."""
    declared = _declared(rule.content)
    if not declared:
        return False
    try:
        selectors = cssselect2.compile_selector_list(rule.prelude)
    except cssselect2.SelectorError:
        return False
    for selector in selectors:
        if selector.pseudo_element is None:
            weighed = [(important, selector.specificity, next(order), *told)
                       for important, *told in declared]  # fmt: skip
            matcher.add_selector(selector, weighed)
    return True


def _declared(style: Any) -> list[Any]:
    """Return the declarations of a block: whether it is important, the property and the value."""
    return [
        (
            each.important,
            _PROPERTIES[each.lower_name],
            tinycss2.serialize(each.value).strip().lower(),
        )
        for each in tinycss2.parse_declaration_list(style, skip_comments=True, skip_whitespace=True)
        if each.type == "declaration" and each.lower_name in _PROPERTIES
    ]


def _look(groups: Iterable[list[Any]]) -> Look:
    """Return the look that follows from declarations, the stronger ones winning."""
    by_property: dict[str, list[Any]] = defaultdict(list)
    for group in groups:
        for told in group:
            # What an element declares itself goes before all rules.
            rank = (
                told[:3]
                if len(told) > len(("important", "property", "value"))
                else (told[0], (9,), 0)
            )
            by_property[told[-2]].append((rank, told[-1]))
    return Look(**{name: max(values)[1] for name, values in by_property.items()})
