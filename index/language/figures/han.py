"""Numbers in Chinese characters, read by cn2an."""

import re
from collections.abc import Iterator
from math import inf, isfinite

from index.language.figures.lexicon import Lexicon
from index.language.figures.magnitude import HAN_MOST, han_size
from index.language.figures.number import Number, rounding

_CHARACTER = "[零〇一二两三四五六七八九十百千万亿点]"
_NUMBER = re.compile(f"{_CHARACTER}+")
_MAGNITUDE = re.compile(rf"[数几上](?P<scale>[十百千万亿]{{1,{HAN_MOST}}})")
_SHARE = re.compile(rf"百分之(?P<share>{_CHARACTER}+|\d+(?:\.\d+)?)")
_MEASURED = re.compile(
    r"[倍个颗家台名位枚座天周年月日秒元]|小时|分钟|微秒|毫秒|纳米|纳秒|公里|美元|欧元|人"
)


def han_shares(text: str, lexicon: Lexicon) -> Iterator[Number]:
    """Yield the percentages: "百分之四十"."""
    for match in _SHARE.finditer(text):
        numeral = match["share"].rstrip("点")
        value = _value(numeral)
        if value is not None:
            end = match.start("share") + len(numeral)
            yield Number(match.start(), end, value, 0.5, "percent")


def han_magnitudes(text: str, lexicon: Lexicon) -> Iterator[Number]:
    """Yield the orders of magnitude: "数十亿"."""
    for match in _MAGNITUDE.finditer(text):
        low = han_size(match["scale"])
        yield Number(*match.span(), low, 0.0, ranges=((low, inf),), vague=True)


def han_spelled(text: str, lexicon: Lexicon) -> Iterator[Number]:
    """Yield the other numbers: "五十", "两百万"; of one character only before a measure word."""
    for match in _NUMBER.finditer(text):
        numeral = match[0].strip("点")
        if not numeral or numeral in tuple("一零〇百千万亿"):
            continue  # "一" is in a great many words
        start = match.start() + match[0].index(numeral)
        value = _value(numeral)
        if value is not None and (len(numeral) > 1 or _MEASURED.match(text, start + 1)):
            yield Number(start, start + len(numeral), value, rounding(value))


def _value(numeral: str) -> float | None:
    """Return the value of a numeral, or None of characters that make no number together."""
    from cn2an import cn2an

    lead = "一" if numeral.startswith(tuple("百千万亿")) else ""
    try:
        value = float(cn2an(lead + numeral, "smart"))
    except (ValueError, KeyError, OverflowError):  # the last one of hundreds of characters
        return None
    return value if isfinite(value) else None
