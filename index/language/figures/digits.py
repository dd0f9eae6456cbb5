"""Numbers in digits, with the separators of each country."""

import re
from collections.abc import Iterator, Sequence

from index.language.figures.lexicon import Lexicon
from index.language.figures.magnitude import magnitude, magnitude_before
from index.language.figures.number import HALF_ROUNDING, Number, rounding
from index.language.scripts import CASED

DIGITS = r"\d{1,3}(?: \d{3})++(?!\d)(?:[.,]\d++)?|\d++(?:[.,'’]\d+)*+"
_DIGITS = re.compile(rf"(?<![\w.,:+])(?<![A-Za-z]-)[-−]?(?P<digits>{DIGITS})(?!:\d)")
_AFTER_CODE = re.compile(rf"(?<=\b[A-Z]{{3}})(?P<digits>{DIGITS})(?!:\d)")  # "USD500" in Malay
# Chinese and the like put no space before a number, and Arabic writes a conjunction to it.
_AFTER_LETTER = re.compile(rf"(?<=[^\W\d_{CASED}])(?P<digits>{DIGITS})(?!:\d)")
_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_TIMES_POWER = re.compile(rf"\s?[×x·*]\s?10(?P<power>⁻?[{_RAISED}]+)")
_POWER = re.compile(rf"(?P<power>⁻?[{_RAISED}]+)")
_LEAST_POWER = 3  # of a 10 by itself: 10¹ and 10² may have the mark of a note
_MOST_POWER = 300
_FROM_RAISED = str.maketrans(_RAISED + "⁻", "0123456789-")
_SEPARATOR = re.compile(r"[^\d]")
_DECIMALS = (".", ",")
_MOST_DIGITS = 50  # of a number; a float has no room for some hundreds


def digits(text: str, lexicon: Lexicon) -> Iterator[Number]:
    """Yield the numbers in digits: "4.4", "500.000", "40 million".

    A sign is passed over, so that "−5%" and "fell by 5%" give the same.
    """
    end = 0  # of a power of ten, whose 10 is no number of its own
    for match in _matches(text, lexicon):
        power = _power_of_ten(text, match)
        if power is not None and match.start() >= end:
            end = power.end
            yield power
            continue
        written = match["digits"]
        if match.start() < end:
            continue
        meant = readings(written, lexicon)
        if meant:
            yield _number(text, match, meant, lexicon)


def _power_of_ten(text: str, match: re.Match[str]) -> Number | None:
    """Return the number of which a match is the beginning, if it is like 10⁶ or 3.2 × 10⁶."""
    written = match["digits"].replace(",", ".")
    times = _TIMES_POWER.match(text, match.end())
    found = times or (_POWER.match(text, match.end()) if written == "10" else None)
    if found is None or written.count(".") > 1 or " " in written:
        return None
    power = int(found["power"].translate(_FROM_RAISED))
    if abs(power) > _MOST_POWER or (times is None and 0 <= power < _LEAST_POWER):
        return None
    factor = 10.0 ** (power if times else power - 1)
    value = float(written)
    return Number(match.start(), found.end(), value * factor, _rounding(written, value) * factor)


def _matches(text: str, lexicon: Lexicon) -> Iterator[re.Match[str]]:
    if not lexicon.is_rich:
        yield from _AFTER_CODE.finditer(text)
    if not lexicon.has_case:
        yield from _AFTER_LETTER.finditer(text)
    yield from _DIGITS.finditer(text)  # last, because of "约500 000" it sees the end alone


def _number(text: str, match: re.Match[str], meant: list[float], lexicon: Lexicon) -> Number:
    size = magnitude(text, match.end(), lexicon)
    factor, start = magnitude_before(text, match.start(), lexicon)
    factor *= size.factor
    half = HALF_ROUNDING if size.added else _rounding(match["digits"], meant[0])
    # With two readings the figure is open and allows all values between them.
    allowed = [value * factor for value in meant] + ([] if size.is_sure else meant)
    return Number(
        start,
        size.end,
        (meant[0] + size.added) * factor,
        half * factor,
        ranges=((min(allowed), max(allowed)),) if len(allowed) > 1 else (),
        bare=(start, size.end) == match.span(),
    )


def readings(written: str, lexicon: Lexicon) -> list[float]:
    """Return what digits with separators may mean, the likelier first.

    Nothing where they are no number, such as 1.2.3, or more than any is written with.
    """
    signs = ["'" if sign == "’" else sign for sign in _SEPARATOR.findall(written)]
    groups = _SEPARATOR.split(written)
    if sum(map(len, groups)) > _MOST_DIGITS:
        return []
    if not signs:
        return [float(written)]
    if len(signs) == 1 and signs[0] in _DECIMALS:
        return _readings_of_one_sign(*groups, sign=signs[0], lexicon=lexicon)
    if _is_grouped(groups, signs):
        return [float("".join(groups))]
    whole, fraction = groups[:-1], groups[-1]
    if signs[-1] in _DECIMALS and signs[-1] not in signs[:-1] and _is_grouped(whole, signs[:-1]):
        return [float(f"{''.join(whole)}.{fraction}")]
    return []


def _readings_of_one_sign(whole: str, rest: str, *, sign: str, lexicon: Lexicon) -> list[float]:
    """Return the readings of digits with one full stop or comma."""
    as_decimal, as_grouped = float(f"{whole}.{rest}"), float(whole + rest)
    if whole.startswith("0") or not _is_grouped([whole, rest], [sign]):
        return [as_decimal]  # 4.4 in a Spanish text, 4,4 in an English one
    if sign == lexicon.locale.group:
        return [as_grouped]
    if sign != lexicon.locale.decimal:
        return [as_grouped, as_decimal]
    # A comma may also group thousands where it is the decimal sign: as in Mexico.
    may_group = sign == "," or sign in lexicon.locale.regional_groups
    return [as_decimal, as_grouped] if may_group else [as_decimal]


def _is_grouped(groups: Sequence[str], signs: Sequence[str]) -> bool:
    """Whether one sign separates thousands, or in India thousands and hundreds: 1,00,000."""
    lengths = [len(group) for group in groups]
    is_grouped = lengths[0] <= 3 and all(length == 3 for length in lengths[1:])
    is_indian = lengths[0] <= 2 and lengths[-1] == 3 and all(n == 2 for n in lengths[1:-1])
    return len(set(signs)) == 1 and (is_grouped or is_indian)


def _rounding(written: str, value: float) -> float:
    fraction = re.search(r"[.,](\d+)$", written)
    if fraction and value != int(value):
        return float(0.5 * 10 ** -len(fraction[1]))
    return rounding(value)
