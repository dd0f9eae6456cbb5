"""Numbers in digits, with the separators of each country."""

import re
from collections.abc import Iterator
from itertools import chain

from index.language.figures.lexicon import Lexicon
from index.language.figures.magnitude import magnitude
from index.language.figures.number import HALF_ROUNDING, Number, rounding

_DIGITS = re.compile(
    r"(?<![\w.,:+])(?<![A-Za-z]-)[-−]?"
    r"(?P<digits>\d{1,3}(?: \d{3})++(?:,\d+)?(?!\d)|\d++(?:[.,'’]\d+)*+)(?!:\d)"
)
_DIGITS_AFTER_HAN = re.compile(r"(?<=[\u4e00-\u9fff])(?P<digits>\d+(?:[.,]\d+)*)")
# After a letter of a script that sets no spaces: neither Latin nor Greek nor Cyrillic.
_DIGITS_AFTER_LETTER = re.compile(r"(?<=[^\W\d_A-Za-zÀ-\u052f])(?P<digits>\d+(?:[.,]\d+)*)")


def digits(text: str, words: Lexicon) -> Iterator[Number]:
    """Yield the numbers in digits: "4.4", "500.000", "40 million"."""
    joined = _DIGITS_AFTER_HAN if words.chinese else _DIGITS_AFTER_LETTER
    for match in chain(_DIGITS.finditer(text), joined.finditer(text)):
        written = match["digits"]
        meant = readings(written, words)
        end, factor, added = magnitude(text, match.end(), words)
        half = HALF_ROUNDING if added else _rounding(written, meant[0])
        yield Number(
            match.start(),
            end,
            (meant[0] + added) * factor,
            half * factor,
            # Two readings leave open which is meant; the figure then allows all between.
            ranges=((min(meant) * factor, max(meant) * factor),) if len(meant) > 1 else (),
            bare=end == match.end(),
        )


def readings(written: str, words: Lexicon) -> list[float]:
    """Return what digits with separators may mean, the likelier first."""
    written = re.sub(r"[ '’]", "", written)
    thousands, decimal = (".", ",") if words.comma_is_decimal else (",", ".")
    if written.count(thousands) == 1 and not re.search(
        rf"^[1-9]\d{{0,2}}{re.escape(thousands)}\d{{3}}(?:{re.escape(decimal)}\d+)?$", written
    ):
        thousands, decimal = decimal, thousands  # 4.4 in a Spanish text, 4,4 in an English one
    if written.count(decimal) > 1:
        written = written.replace(decimal, "")
    likelier = float(written.replace(thousands, "").replace(decimal, "."))
    if words.comma_is_decimal and re.fullmatch(r"[1-9]\d{0,2},\d{3}", written):
        return [likelier, float(written.replace(",", ""))]  # as in Mexico
    return [likelier]


def _rounding(written: str, value: float) -> float:
    fraction = re.search(r"[.,](\d+)$", written)
    if fraction and value != int(value):
        return float(0.5 * 10 ** -len(fraction[1]))
    return rounding(value)
