"""How the runs of a text look, by their own properties and those of their styles."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from lxml.etree import _Element as Element

from index.folder.formats.word.markup import W, find, is_on, number, value

Height = Literal["raised", "lowered", "level"]

_HEIGHTS: dict[str | None, Height] = {"superscript": "raised", "subscript": "lowered"}
_SHIFT = 4  # half points up or down, from which smaller characters are raised or lowered
_HIDES = ("strike", "dstrike", "vanish")
_FONTS = ("ascii", "hAnsi", "cs")


@dataclass(frozen=True, slots=True)
class Look:
    """How a run of a text is seen."""

    is_seen: bool  # neither hidden nor struck out
    height: Height
    font: str | None


class Styles:
    """The styles of a document, and what they say of a run or a paragraph."""

    def __init__(self, styles: Element | None) -> None:
        found = [] if styles is None else styles.findall(f"{W}style")
        self._styles = {style.get(f"{W}styleId"): style for style in found}
        paragraphs = [style for style in found if style.get(f"{W}type") == "paragraph"]
        usual = [style for style in paragraphs if style.get(f"{W}default") in ("1", "true")]
        self._default = usual[0].get(f"{W}styleId") if usual else None
        self._defaults = find(styles, "docDefaults", "rPrDefault", "rPr")
        self._plain = cache(lambda style: self._look(None, style))  # of most runs

    def chain(self, style: str | None) -> Iterator[Element]:
        """Yield a style, the one that it is based on, and so on."""
        seen: set[str | None] = set()
        while style in self._styles and style not in seen:
            seen.add(style)
            yield self._styles[style]
            style = value(self._styles[style], "basedOn")

    def of(self, paragraph: Element | None) -> str | None:
        """Return the id of a paragraph's style."""
        return value(paragraph, "pPr", "pStyle") or self._default

    def look(self, run: Element) -> Look:
        """Return how a run is seen, be it of a text or of a formula."""
        paragraph = self.of(next(run.iterancestors(f"{W}p"), None))
        own = find(run, "rPr")
        return self._plain(paragraph) if own is None else self._look(own, paragraph)

    def hides_end(self, paragraph: Element) -> bool:
        """Whether the end of a paragraph is hidden, so that it is not numbered."""
        return self._is_on("vanish", find(paragraph, "pPr", "rPr"), self.of(paragraph))

    def _look(self, own: Element | None, paragraph: str | None) -> Look:
        fonts = self._first("rFonts", own, paragraph)
        names = () if fonts is None else (fonts.get(W + name) for name in _FONTS)
        return Look(
            is_seen=not any(self._is_on(name, own, paragraph) for name in _HIDES),
            height=self._height(own, paragraph),
            font=next(filter(None, names), None),
        )

    def _height(self, own: Element | None, paragraph: str | None) -> Height:
        aligned = self._first("vertAlign", own, paragraph)
        if aligned is not None:
            return _HEIGHTS.get(aligned.get(f"{W}val"), "level")
        shift = number(own, "position") or 0
        if abs(shift) >= _SHIFT and number(own, "sz"):
            return "raised" if shift > 0 else "lowered"
        return "level"

    def _is_on(self, name: str, own: Element | None, paragraph: str | None) -> bool:
        """Whether a property is on; two styles that both switch it on switch it off."""
        direct = find(own, name)
        if direct is not None:
            return is_on(direct)
        styles = (value(own, "rStyle"), paragraph)
        found = [self._of_style(name, style) for style in styles]
        if all(each is None for each in found):
            return is_on(find(self._defaults, name))
        return sum(map(is_on, found)) == 1

    def _first(self, name: str, own: Element | None, paragraph: str | None) -> Element | None:
        direct = find(own, name)
        if direct is not None:
            return direct
        for style in (value(own, "rStyle"), paragraph):
            found = self._of_style(name, style)
            if found is not None:
                return found
        return find(self._defaults, name)

    def _of_style(self, name: str, style: str | None) -> Element | None:
        for each in self.chain(style):
            found = find(each, "rPr", name)
            if found is not None:
                return found
        return None
