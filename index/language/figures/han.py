"""Numbers in Chinese characters, read by cn2an."""

import re
from collections.abc import Iterator
from math import inf

from index.language.figures.lexicon import Lexicon
from index.language.figures.magnitude import han_size
from index.language.figures.number import Number, rounding

_NUMBER = re.compile(r"[零〇一二两三四五六七八九十百千万亿点]+")
_MAGNITUDE = re.compile(r"[数几上](?P<scale>[十百千万亿]+)")
_SHARE = re.compile(r"百分之(?P<share>[零一二两三四五六七八九十百点]+|\d+(?:\.\d+)?)")
_MEASURED = re.compile(
    r"[倍个颗家台名位枚座天周年月日秒元]|小时|分钟|微秒|毫秒|纳米|纳秒|公里|美元|欧元|人"
)


def han_shares(text: str, lexicon: Lexicon) -> Iterator[Number]:
    """Yield the percentages: "百分之四十"."""
    from cn2an import cn2an

    for match in _SHARE.finditer(text):
        value = float(cn2an(match["share"], "smart"))
        yield Number(*match.span(), value, 0.5, "percent")


def han_magnitudes(text: str, lexicon: Lexicon) -> Iterator[Number]:
    """Yield the orders of magnitude: "数十亿"."""
    for match in _MAGNITUDE.finditer(text):
        low = han_size(match["scale"])
        yield Number(*match.span(), low, 0.0, ranges=((low, inf),), vague=True)


def han_spelled(text: str, lexicon: Lexicon) -> Iterator[Number]:
    """Yield the other numbers: "五十", "两百万"; of one character only before a measure word."""
    from cn2an import cn2an

    for match in _NUMBER.finditer(text):
        numeral = match[0].strip("点")
        if not numeral or numeral in tuple("一零〇百千万亿"):
            continue  # "一" is in a great many words
        start = match.start() + match[0].index(numeral)
        lead = "一" if numeral[0] in "百千万亿" else ""
        try:
            value = float(cn2an(lead + numeral, "smart"))
        except ValueError:
            continue
        if len(numeral) > 1 or _MEASURED.match(text, start + 1):
            yield Number(start, start + len(numeral), value, rounding(value))
