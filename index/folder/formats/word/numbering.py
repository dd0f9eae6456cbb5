"""Automatic numbers of headings and lists, counted as a document does: "3.2", "a)"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from lxml.etree import _Element as Element

from index.folder.formats.word.appearance import Styles
from index.folder.formats.word.counting import counted
from index.folder.formats.word.markup import W, find, is_on, number, value, whole

BULLET = "-"
"""Stands for any mark of a list that is no number."""

_PLACE = re.compile(r"%([1-9])")


@dataclass(frozen=True, slots=True)
class Label:
    """What stands before a paragraph of a list."""

    text: str  # empty if nothing is seen
    level: int  # how deep it is nested, from 0
    of: str  # the list that it counts; all lists with bullets are one


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    form: str | None
    text: str
    restart: int  # restarts after a level that is less than this
    is_in_digits: bool  # all numbers, whatever the form of their levels
    style: str | None  # of the paragraphs that are on this level


@dataclass(frozen=True, slots=True)
class _List:
    """The levels of a list. Lists with one counter go on counting where the other ended."""

    counter: str
    levels: dict[int, _Level]
    starts: dict[int, int]  # levels that begin anew with this list, and their first number


class Numbering:
    """Counts the numbered paragraphs of a document, which are asked for in their order."""

    def __init__(self, numbering: Element | None, styles: Styles) -> None:
        self._styles = styles
        self._lists = dict(_lists(numbering, styles))
        self._counts: dict[str, dict[int, int]] = {}
        self._inherited = cache(self._of_style)
        self._begun: set[tuple[str, int]] = set()

    def label(self, paragraph: Element) -> Label | None:
        """Count a paragraph and return what stands before it; None if it is not in a list."""
        place = self._place(paragraph)
        if place is None or self._styles.hides_end(paragraph):
            return None
        of, level = place
        its = self._lists[of]
        if level not in its.levels:
            return None
        counts = self._counts.setdefault(its.counter, {})
        if level in its.starts and (of, level) not in self._begun:
            counts[level] = its.starts[level]
        else:
            counts[level] = counts.get(level, its.levels[level].start - 1) + 1
        self._begun.add((of, level))
        for deeper in [each for each in counts if each > level]:
            if deeper not in its.levels or level < its.levels[deeper].restart:
                del counts[deeper]
        text = _written(its, level, counts)
        return Label(text, level, BULLET if text == BULLET else its.counter)

    def _place(self, paragraph: Element) -> tuple[str, int] | None:
        """Return the id of a paragraph's list and its level in it; None if it is in no list."""
        own = find(paragraph, "pPr", "numPr")
        of, level = value(own, "numId"), number(own, "ilvl")
        if of is None:
            of, inherited = self._inherited(self._styles.of(paragraph))
            level = inherited if level is None else level
        return (of, level or 0) if of is not None and of in self._lists else None

    def _of_style(self, of: str | None) -> tuple[str | None, int | None]:
        """Return the list that a style puts its paragraphs in, and the level."""
        for style in self._styles.chain(of):
            its = find(style, "pPr", "numPr")
            number_id = value(its, "numId")
            if number_id is not None:
                level = number(its, "ilvl")
                if number_id in self._lists:
                    of_style = _level_of(self._lists[number_id], style.get(f"{W}styleId"))
                    level = level if of_style is None else of_style
                return number_id, level
        return None, None


def _lists(numbering: Element | None, styles: Styles) -> Iterator[tuple[str, _List]]:
    """Yield the id of each list, and the list."""
    if numbering is None:
        return
    kinds = {each.get(f"{W}abstractNumId"): each for each in numbering.iterfind(f"{W}abstractNum")}
    numbers = {each.get(f"{W}numId"): each for each in numbering.iterfind(f"{W}num")}
    for of, each in numbers.items():
        kind = kinds.get(value(each, "abstractNumId"))
        linked = value(kind, "numStyleLink")  # to a style, which names a list of another kind
        for style in styles.chain(linked):
            other = numbers.get(value(style, "pPr", "numPr", "numId"))
            kind = kinds.get(value(other, "abstractNumId"), kind)
        if of is None or kind is None:
            continue
        levels = dict(map(_read_level, kind.iterfind(f"{W}lvl")))
        starts = {}
        for override in each.iterfind(f"{W}lvlOverride"):
            place = whole(override.get(f"{W}ilvl")) or 0
            other_level = find(override, "lvl")
            if other_level is not None:
                levels.update([_read_level(other_level, place)])
            start = number(override, "startOverride")
            if start is not None:
                starts[place] = start
        yield of, _List(kind.get(f"{W}abstractNumId") or "", levels, starts)


def _read_level(level: Element, place: int | None = None) -> tuple[int, _Level]:
    place = (whole(level.get(f"{W}ilvl")) or 0) if place is None else place
    restart = number(level, "lvlRestart")
    return place, _Level(
        start=number(level, "start") or 0,
        form=value(level, "numFmt"),
        text=value(level, "lvlText") or "",
        restart=place if restart is None else restart,
        is_in_digits=is_on(find(level, "isLgl")),
        style=value(level, "pStyle"),
    )


def _level_of(its: _List, style: str | None) -> int | None:
    return next((place for place, level in its.levels.items() if level.style == style), None)


def _written(its: _List, level: int, counts: dict[int, int]) -> str:
    """Return what stands before a paragraph on a level."""
    own = its.levels[level]
    if own.form == "bullet":
        return BULLET

    def count(place: re.Match[str]) -> str:
        named = int(place[1]) - 1
        if named not in its.levels:
            return ""
        form = "decimal" if own.is_in_digits else its.levels[named].form
        return counted(counts.get(named, its.levels[named].start), form)

    return _PLACE.sub(count, own.text).strip()
