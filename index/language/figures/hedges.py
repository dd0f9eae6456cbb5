"""The hedge of a number: "up to", "about", "o più", "以上"."""

from dataclasses import replace
from math import inf

from index.language.figures.figure import Figure, Hedge, Range
from index.language.figures.lexicon import Lexicon

HEDGE_REACH = 28  # characters before a number in which its hedge begins
_ABOUT_SHARE = 0.15
_NEARLY_SHARE = 0.2


def hedged(text: str, figure: Figure, lexicon: Lexicon) -> Figure:
    """Return a figure of one value with the hedge around it, if there is one."""
    begin = max(0, figure.start - HEDGE_REACH)
    lead = text[begin : figure.start]
    before = [
        (match.start(), -len(match[0]), hedge)
        for hedge, pattern in lexicon.before
        if (match := pattern.search(lead))
    ]
    if before:
        offset, _, hedge = min(before)
        return weakened(replace(figure, start=begin + offset), hedge)
    for hedge, pattern in lexicon.after:
        if match := pattern.match(text, figure.end):
            return weakened(replace(figure, end=match.end()), hedge)
    return figure


def weakened(figure: Figure, hedge: Hedge) -> Figure:
    """Return a figure of one value with the values that a hedge allows."""
    low, high = figure.ranges[0]
    value = high if figure.value is None else figure.value
    allowed: dict[Hedge, Range] = {
        "most": (-inf, high),
        "below": (-inf, value),
        "least": (low, inf),
        "above": (value, inf),
        "nearly": (min(low, value * (1 - _NEARLY_SHARE)), value),
        "about": (min(low, value * (1 - _ABOUT_SHARE)), max(high, value * (1 + _ABOUT_SHARE))),
    }
    return replace(figure, hedge=hedge, ranges=(allowed[hedge],))
