"""The figures of a text: what is counted, measured, priced or dated, and how exactly.

Numerals and number words of English, Italian, Spanish and Chinese are read. Product names that
end in a number (H100, Trainium 3) are names.
"""

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from math import inf, isclose, prod
from pathlib import Path
from typing import Any, Literal

Hedge = Literal["most", "below", "least", "above", "nearly", "about", "between", "vague"]
"""How a figure is weakened: at most, below, at least, above, nearly, about; or only its order of
magnitude is told ("billions")."""

Range = tuple[float, float]

UNHEDGED_SHARE = 0.2  # of a number of one digit, which may be rounded: "four times" for 4.4
_ROUNDED_SHARE = 0.03  # of a number of several digits and zeros
_OPEN = 1 - 1e-6  # so that 144 and 145, both whole, do not meet half-way
_ABOUT_SHARE = 0.15
_NEARLY_SHARE = 0.2
_HALF_ROUNDING = 0.1  # of "one and a half"
_ROUND_PERCENT = 2.5  # "40%" may be said of 42.4%
_HEDGE_REACH = 28  # characters before a number in which its hedge begins
_NOUN_REACH = 60  # characters around a number in which the counted thing is named

_LANGUAGES = ("en", "it", "es", "zh")
_ANY = (-inf, inf)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure, with the values that its words allow.

    A number has one range; a date three, of year, month and day, where what is not told may be
    anything. `text[start:end]` of the text it was read from is the figure with its hedge.
    """

    kind: str  # "multiple", "percent", "money", "count", "duration", "date", "power", …
    unit: str  # the currency, the base unit or the counted thing; "" where none is known
    value: float | None  # in the unit, as stated; None of a date or of an order of magnitude
    ranges: tuple[Range, ...]
    hedge: Hedge | None
    start: int
    end: int

    def may_equal(self, other: "Figure") -> bool:
        """Whether some value is allowed by both; of figures of one kind and unit."""
        return all(
            max(low, other_low) <= min(high, other_high)
            for (low, high), (other_low, other_high) in zip(self.ranges, other.ranges, strict=True)
        )

    def equals(self, other: "Figure") -> bool:
        """Whether both give the same value, whatever the hedge."""
        if self.value is None or other.value is None:
            return self.ranges == other.ranges
        return isclose(self.value, other.value, rel_tol=1e-3)


def figures(text: str, language: str) -> list[Figure]:
    """Return the figures of a text, in order.

    >>> [(f.kind, f.value, f.hedge) for f in figures("Up to 4,4 volte, in 40 giorni", "it")]
    [('multiple', 4.4, None), ('duration', 3456000.0, None)]
    """
    words = _lexicon(language)
    plain = text.translate(_WIDTHS)
    found = list(_dates(plain, words))
    taken = [(figure.start, figure.end) for figure in found]
    for number in _numbers(plain, words):
        if not any(number.start < end and start < number.end for start, end in taken):
            figure = _figure(plain, number, words)
            if figure is not None:
                found.append(figure)
                taken.append((number.start, figure.end))
    return sorted(found, key=lambda figure: figure.start)


def unsupported(stated: Sequence[Figure], source: Sequence[Figure]) -> list[Figure]:
    """Return the figures of a statement that its source does not give.

    A statement may be vaguer than its source ("December" of "3 December"), never more exact; a
    hedge is not compared, and neither is what is counted, which may be said in other words.
    """
    return [
        figure
        for figure in stated
        if not any(
            other.kind == figure.kind
            and (figure.kind == "count" or figure.unit == other.unit)
            and (figure.equals(other) or _contains(figure, other))
            for other in source
        )
    ]


def _contains(outer: Figure, inner: Figure) -> bool:
    return all(
        low <= inner_low and inner_high <= high
        for (low, high), (inner_low, inner_high) in zip(outer.ranges, inner.ranges, strict=True)
    )


@dataclass(frozen=True, slots=True)
class _Number:
    """A number in a text, before its unit and hedge are known."""

    start: int
    end: int
    value: float
    half: float  # how far the true value may lie from it by rounding
    kind: str = ""  # where the number's own word tells it: "twice", "half", "billions"
    ranges: tuple[Range, ...] = ()  # where they do not follow from the value
    bare: bool = False  # digits alone, which may belong to a name


class _Lexicon:
    """The words of a language, compiled."""

    def __init__(self, language: str) -> None:
        data = _data()
        own: dict[str, Any] = data[language]
        self.language = language
        self.chinese = language == "zh"
        self.comma_is_decimal = own["decimal"] == ","
        edge = "" if self.chinese else r"\b"

        def word(pattern: str) -> re.Pattern[str]:
            return re.compile(rf"{edge}(?:{pattern})(?!\w)" if edge else pattern, re.I)

        # "40B", "500k": no edge between the digits and the letter.
        self.scales = [
            (re.compile(rf"(?<![^\W\d_])(?:{pattern})(?!\w)", re.I), float(factor))
            for pattern, factor in own["scales"]
        ]
        self.plurals = [(word(pattern), float(size)) for pattern, size in own["plurals"]]
        self.words = [(word(pattern), float(value)) for pattern, value in own["words"]]
        self.multiples = [(word(p), float(value)) for p, value in own["multiples"]]
        self.halves = re.compile(rf"{edge}(?:{own['halves']})", re.I)
        self.half = re.compile(rf"\s*(?:{own['half']})(?!\w)" if edge else own["half"], re.I)
        self.join = re.compile(rf"\s*(?:[-–—~～]|{edge}{own['joins']}{edge})\s*", re.I)
        article = "" if self.chinese else r"(?:\s+(?:the|i|gli|il|le|la|el|los|las|un|una))?\s*"
        self.before = [
            (hedge, re.compile(rf"{edge}(?:{pattern}){article}$", re.I))
            for hedge, pattern in own["hedges"].items()
            if hedge not in ("before", "after") and pattern
        ]
        self.after = [
            (hedge, re.compile(rf"\s*(?:{pattern})", re.I))
            for hedge, pattern in own["after"].items()
        ]
        self.date_before = own["hedges"]["before"]
        self.date_after = own["hedges"]["after"]
        self.date_lead = own["dates"]
        function = own["function"]
        self.function = re.compile(rf"(?:{function})$", re.I) if function else None
        self.dates = _date_patterns(data["months"], self)

    def is_function_word(self, word: str) -> bool:
        """Whether a word is an article, a preposition and the like: never a name, nor counted."""
        return self.function is not None and self.function.match(word) is not None


@cache
def _data() -> dict[str, Any]:
    file = Path(__file__).with_name("figures.toml")
    return tomllib.loads(file.read_text(encoding="utf-8"))


@cache
def _lexicon(language: str) -> _Lexicon:
    return _Lexicon(language if language in _LANGUAGES else "en")


@cache
def _units() -> list[tuple[re.Pattern[str], str, str, float]]:
    rows = _data()["units"]
    return [(re.compile(pattern, re.I), kind, unit, float(f)) for pattern, kind, unit, f in rows]


@cache
def _currencies() -> list[tuple[re.Pattern[str], str]]:
    return [(re.compile(rf"(?:{p})\s?$", re.I), code) for p, code in _data()["currencies"]]


@cache
def nouns() -> list[tuple[str, re.Pattern[str]]]:
    """Return the classes of counted things, with the words for each in all languages."""
    return [(noun, re.compile(rf"(?<![a-zà-ÿ])(?:{p})", re.I)) for noun, p in _data()["nouns"]]


# Full-width forms and hard spaces, one character for one, so that offsets stay.
_WIDTHS = str.maketrans("０１２３４５６７８９．，％／－\u00a0\u202f\u2009", "0123456789.,%/-   ")

# --- numbers ---

_DIGITS = re.compile(
    r"(?<![\w.,:+])(?<![A-Za-z]-)[-−]?"
    r"(?P<digits>\d{1,3}(?: \d{3})++(?!\d)|\d++(?:[.,'’]\d+)*+)(?!:\d)"
)
_DIGITS_AFTER_HAN = re.compile(r"(?<=[\u4e00-\u9fff])(?P<digits>\d+(?:[.,]\d+)*)")
_HAN_NUMBER = re.compile(r"[零〇一二两三四五六七八九十百千万亿点]+")
_HAN_SCALE = re.compile(r"\s?(?P<scale>[百千万亿]+)")
_HAN_VAGUE = re.compile(r"[数几上](?P<scale>[十百千万亿]+)")
_HAN_SHARE = re.compile(r"百分之(?P<share>[零一二两三四五六七八九十百点]+|\d+(?:\.\d+)?)")
_HAN_SIZE = {"十": 10.0, "百": 1e2, "千": 1e3, "万": 1e4, "亿": 1e8}
_WORD = re.compile(r"[^\W\d_]+|[^\w\s]|\d+")
_SMALL = re.compile(r"\d")


def _numbers(text: str, words: _Lexicon) -> list[_Number]:
    """Return the numbers of a text; where two overlap, the one that is read first stands."""
    found: list[_Number] = []
    readers = (_han_shares, _vague, _multiples, _special, _digits, _spelled)
    for reader in readers:
        for number in reader(text, words):
            if not any(number.start < n.end and n.start < number.end for n in found):
                found.append(number)
    return _sums(text, sorted(found, key=lambda number: number.start))


def _sums(text: str, numbers: list[_Number]) -> list[_Number]:
    """Add what is said in one breath: "one million two hundred thousand", "1亿5000万"."""
    summed: list[_Number] = []
    for number in numbers:
        last = summed[-1] if summed else None
        if (
            last is not None
            and text[last.end : number.start] in ("", " ")
            and not (last.bare or number.bare or last.kind or number.kind)
            and last.half
            and last.value >= 1e6
            and last.value > number.value
        ):
            total = last.value + number.value
            summed[-1] = replace(last, end=number.end, value=total, half=number.half)
        else:
            summed.append(number)
    return summed


def _digits(text: str, words: _Lexicon) -> Iterator[_Number]:
    matches = list(_DIGITS.finditer(text))
    if words.chinese:
        matches += _DIGITS_AFTER_HAN.finditer(text)
    for match in matches:
        digits = match["digits"]
        readings = _readings(digits, words.comma_is_decimal)
        value = readings[0]
        end, factor, added = _scale(text, match.end(), words)
        # Two readings leave open which is meant; the figure then allows all between.
        ranges = ((min(readings) * factor, max(readings) * factor),) if len(readings) > 1 else ()
        half = (_HALF_ROUNDING if added else _rounding(digits, value)) * factor
        value = (value + added) * factor
        yield _Number(match.start(), end, value, half, ranges=ranges, bare=end == match.end())


def _readings(digits: str, comma_is_decimal: bool) -> list[float]:
    """Return what digits with separators may mean, the likelier first."""
    digits = re.sub(r"[ '’]", "", digits)
    thousands, decimal = (".", ",") if comma_is_decimal else (",", ".")
    if digits.count(thousands) == 1 and not re.search(
        rf"^[1-9]\d{{0,2}}{re.escape(thousands)}\d{{3}}(?:{re.escape(decimal)}\d+)?$", digits
    ):
        thousands, decimal = decimal, thousands  # 4.4 in a Spanish text, 4,4 in an English one
    if digits.count(decimal) > 1:
        digits = digits.replace(decimal, "")
    main = float(digits.replace(thousands, "").replace(decimal, "."))
    if comma_is_decimal and re.fullmatch(r"[1-9]\d{0,2},\d{3}", digits):
        return [main, float(digits.replace(",", ""))]  # as in Mexico
    return [main]


def _rounding(digits: str, value: float) -> float:
    """Return how far the true value may lie from one written with these digits."""
    fraction = re.search(r"[.,](\d+)$", digits)
    if fraction and value != int(value):
        return float(0.5 * 10 ** -len(fraction[1]))
    return _whole_rounding(value)


def _whole_rounding(value: float) -> float:
    if value == 0:
        return 0.5
    whole = str(int(abs(value)))
    zeros = len(whole) - len(whole.rstrip("0"))
    share = UNHEDGED_SHARE if len(whole) - zeros == 1 else _ROUNDED_SHARE
    return float(min(0.5 * 10**zeros, max(share * abs(value), 0.5 if value >= 10 else 0.0)))


def _scale(text: str, end: int, words: _Lexicon) -> tuple[int, float, float]:
    """Return where the magnitude after a number ends, its factor, and a half that was added.

    The number's value is (value + added) * factor: "two and a half million", "un milione e mezzo".
    """
    factor, added = 1.0, 0.0
    if words.chinese:
        if match := _HAN_SCALE.match(text, end):
            return match.end(), _han_product(match["scale"]), added
        return end, factor, added
    if match := words.half.match(text, end):
        added, end = 0.5, match.end()
    for _ in range(2):  # "twenty-five thousand million"
        space = re.match(r"[ -]?(?:di |de )?", text[end : end + 4])
        at = end + (space.end() if space else 0)
        for pattern, size in words.scales:
            if match := pattern.match(text, at):
                factor, end = factor * size, match.end()
                break
        else:
            break
    if factor > 1 and not added and (match := words.half.match(text, end)):
        added, end = 0.5, match.end()
    return end, factor, added


def _han_product(scale: str) -> float:
    return float(prod(_HAN_SIZE[character] for character in scale))


def _spelled(text: str, words: _Lexicon) -> Iterator[_Number]:
    yield from (_spelled_han(text) if words.chinese else _spelled_latin(text, words))


def _spelled_han(text: str) -> Iterator[_Number]:
    from cn2an import cn2an

    for match in _HAN_NUMBER.finditer(text):
        numeral = match[0].strip("点")
        if not numeral or (len(numeral) == 1 and numeral in "一点零〇百千万亿"):
            continue  # "一" is in a great many words
        start = match.start() + match[0].index(numeral)
        lead = "一" if numeral[0] in "百千万亿" else ""
        try:
            value = float(cn2an(lead + numeral, "smart"))
        except ValueError:
            continue
        if len(numeral) == 1 and not _is_measured_han(text, start + 1):
            continue
        yield _Number(start, start + len(numeral), value, _whole_rounding(value))


_HAN_MEASURED = re.compile(
    r"[倍个颗家台名位枚座天周年月日秒元]|小时|分钟|微秒|毫秒|纳米|纳秒|公里|美元|欧元|人"
)


def _is_measured_han(text: str, end: int) -> bool:
    return _HAN_MEASURED.match(text, end) is not None


class _Token:
    """A word as text2num takes it."""

    def __init__(self, word: str, apart: bool) -> None:
        self._word, self._apart = word, apart

    def text(self) -> str:
        return self._word

    def text_lowercase(self) -> str:
        return self._word.lower()

    def nt_separated(self, previous: "_Token") -> bool:
        return self._apart

    def not_a_number_part(self) -> bool:
        return self._apart


def _spelled_latin(text: str, words: _Lexicon) -> Iterator[_Number]:
    from text_to_num import find_numbers

    spans = [match.span() for match in _WORD.finditer(text)]
    # Millions and more are ours to read: text2num takes what follows them for their units.
    big = [any(p.fullmatch(text[slice(*s)]) and f > 1e3 for p, f in words.scales) for s in spans]
    tokens = [
        _Token("." if is_big else text[slice(*span)], is_big or text[span[0]].isdigit())
        for span, is_big in zip(spans, big, strict=True)
    ]
    for occurrence in find_numbers(tokens, words.language, threshold=0.0):
        start, end = spans[occurrence.start][0], spans[occurrence.end - 1][1]
        if occurrence.is_ordinal or _SMALL.search(text[start:end]):
            continue
        end, factor, added = _scale(text, end, words)
        if occurrence.value == 1 and factor == 1:
            continue  # an article, mostly
        half = _HALF_ROUNDING if added else _whole_rounding(occurrence.value)
        yield _Number(start, end, (occurrence.value + added) * factor, half * factor)
    for span, is_big in zip(spans, big, strict=True):  # "superano il milione"
        if is_big:
            factor = next(f for p, f in words.scales if p.fullmatch(text[slice(*span)]))
            yield _Number(*span, factor, _whole_rounding(1) * factor)


def _special(text: str, words: _Lexicon) -> Iterator[_Number]:
    for pattern, value in words.words:
        for match in pattern.finditer(text):
            end, factor, added = _scale(text, match.end(), words)
            if value > 1 or factor > 1:
                half = _HALF_ROUNDING * value * factor
                yield _Number(match.start(), end, (value + added) * factor, half)


def _multiples(text: str, words: _Lexicon) -> Iterator[_Number]:
    for pattern, value in words.multiples:
        for match in pattern.finditer(text):
            yield _Number(*match.span(), value, UNHEDGED_SHARE * value, "multiple")
    for match in words.halves.finditer(text):
        if not re.match(r"\s+(?:a|an|of (?:19|20)|del|de 20|the year)\b", text[match.end() :]):
            yield _Number(*match.span(), 50.0, _ROUND_PERCENT, "percent")


def _han_shares(text: str, words: _Lexicon) -> Iterator[_Number]:
    if not words.chinese:
        return
    from cn2an import cn2an

    for match in _HAN_SHARE.finditer(text):
        value = float(cn2an(match["share"], "smart"))
        yield _Number(*match.span(), value, 0.5, "percent")


def _vague(text: str, words: _Lexicon) -> Iterator[_Number]:
    """Yield orders of magnitude: "billions", "miles de millones", "数十亿"."""
    for match in _HAN_VAGUE.finditer(text) if words.chinese else ():
        low = _han_product(match["scale"])
        yield _Number(*match.span(), low, 0, "", ((low, inf),))
    plural = "|".join(pattern.pattern for pattern, _ in words.plurals)
    if not plural:
        return
    run = re.compile(rf"(?:{plural})(?: (?:of|di|de) (?:{plural}))*", re.I)
    for match in run.finditer(text):
        before = text[: match.start()].rstrip()
        if before and (before[-1].isdigit() or _ends_in_number(before, words)):
            continue  # "500 milioni", "due miliardi", "mil millones"
        low = 1.0
        for word in re.split(r" (?:of|di|de) ", match[0]):
            low *= next(size for pattern, size in words.plurals if pattern.fullmatch(word))
        kind = "money" if match[0].lower().startswith("multi") else ""
        yield _Number(*match.span(), low, 0, kind, ((low, inf),))


def _ends_in_number(text: str, words: _Lexicon) -> bool:
    from text_to_num import find_numbers

    last = _WORD.findall(text[-20:])[-1:]
    tokens = [_Token(word, False) for word in last]
    return bool(tokens) and any(
        not occurrence.is_ordinal
        for occurrence in find_numbers(tokens, words.language, threshold=0.0)
    )


# --- what a number measures ---


def _figure(text: str, number: _Number, words: _Lexicon) -> Figure | None:
    """Return the figure that a number is part of, or None if it is part of a name."""
    start, end, kind, unit, factor = number.start, number.end, number.kind, "", 1.0
    more = words.chinese and text[end : end + 1] in ("多", "余", "几")  # 50多万, 100多家
    if more:
        end += 1
        if scale := _HAN_SCALE.match(text, end):
            end, factor = scale.end(), _han_product(scale["scale"])
    high = _range_end(text, number, words) if not kind and not more else None
    if high is not None:
        end = high.end
    if not kind:
        kind, unit, unit_factor, end = _unit(text, end)
        factor *= unit_factor
        for pattern, code in _currencies():
            if lead := pattern.search(text, max(0, start - 4), start):
                kind, unit, start = "money", code, lead.start()
    if not kind:
        if number.bare and _is_name_part(text, start, end, words):
            return None
        kind = "count"
        unit, end = _counted(text, number, start, end, words)
    half = number.half
    if kind == "percent" and number.value % 10 == 0 and half:
        half = _ROUND_PERCENT
    elif kind == "percent":
        half = min(half, 0.5)
    half *= _OPEN
    low_high = (number.value - half) * factor, (number.value + half) * factor
    ranges: tuple[Range, ...] = (low_high,)
    value: float | None = number.value * factor
    hedge: Hedge | None = None
    if number.ranges:
        ranges = tuple((low * factor, high * factor) for low, high in number.ranges)
        if number.half == 0:
            value, hedge = None, "vague"
    if high is not None:
        # "3 to 5 million": the magnitude is told once.
        low = number.value * (high.factor if number.bare else 1.0)
        between = (low * factor, high.value * high.factor * factor)
        return Figure(kind, unit, None, (between,), "between", start, end)
    figure = Figure(kind, unit, value, ranges, hedge, start, end)
    if kind == "multiple" and words.chinese and _GROWS.search(text, max(0, start - 8), start):
        # 提高4倍 is said both of four times as much and of four times more.
        low, _ = figure.ranges[0]
        figure = replace(figure, ranges=((low, (number.value + 1) * 1.02),))
    if hedge is None:
        figure = _hedged(text, figure, words, more)
    return figure


_GROWS = re.compile(r"(?:提[高升]|增[加长]|上[升涨]|快|高|多|涨|升)了?$")


@dataclass(frozen=True, slots=True)
class _High:
    """The end of a range of numbers."""

    end: int
    value: float
    factor: float  # of the words of magnitude after it


def _range_end(text: str, number: _Number, words: _Lexicon) -> _High | None:
    """Return the number up to which a range goes: the 5 of "3-5" or "from 3 to 5"."""
    join = words.join.match(text, number.end)
    digits = _PLAIN_DIGITS.match(text, join.end()) if join else None
    if not digits:
        return None
    value = _readings(digits[0], words.comma_is_decimal)[0]
    end, factor, _ = _scale(text, digits.end(), words)
    low = number.value * (factor if number.bare else 1.0)
    return _High(end, value, factor) if low < value * factor else None


_PLAIN_DIGITS = re.compile(r"\d+(?:[.,]\d+)*(?![\w-]*[A-Z])")


def _unit(text: str, end: int) -> tuple[str, str, float, int]:
    """Return kind, unit, factor and end of the unit that follows a number; kind "" if none."""
    space = re.match(r"[\s-]?(?:(?:di|de|of)\s)?", text[end : end + 5])
    at = end + (space.end() if space else 0)
    for pattern, kind, unit, factor in _units():
        if match := pattern.match(text, at):
            return kind, unit, factor, match.end()
    return "", "", 1.0, end


_CLAUSE_END = re.compile(r"[;:。；：，、()（）]|,(?!\d)|(?<!\d)\.(?!\d)|\.\s")
_NEXT_WORDS = re.compile(r"(?:[ -]+(?:di |de |of )?(?P<word>[^\W\d_][\w'’.-]*))")


def _counted(text: str, number: _Number, start: int, end: int, words: _Lexicon) -> tuple[str, int]:
    """Return the class of what is counted, or its word, and where the figure then ends."""
    clause = _CLAUSE_END.search(text, end)
    stop = min(clause.start() if clause else len(text), end + _NOUN_REACH)
    behind = [(m.start(), noun, m.end()) for noun, p in nouns() if (m := p.search(text, end, stop))]
    if behind:
        at, noun, noun_end = min(behind)
        near = len(text[end:at].split()) <= 2 if not words.chinese else at - end <= 6
        if near:
            return noun, noun_end
    lead = [m.end() for m in _CLAUSE_END.finditer(text, max(0, start - _NOUN_REACH), start)]
    begin = max(lead[-1] if lead else 0, start - _NOUN_REACH)
    if number.half == 0:
        return "", end  # of "billions" the thing is named at once or not at all
    front = [(m.start(), noun) for noun, p in nouns() for m in p.finditer(text, begin, start)]
    following = None if words.chinese else _NEXT_WORDS.match(text, end)
    if following and not words.is_function_word(following["word"]):
        return following["word"].casefold(), following.end()
    if front:
        return min(front)[1], end  # what the clause begins with is its subject
    return (min(behind)[1], end) if behind else ("", end)


_WORD_BEFORE = re.compile(r"(?P<word>[A-Za-zÀ-ÿ0-9:.+’'-]*[A-Za-zÀ-ÿ][A-Za-zÀ-ÿ0-9:.+’'-]*)[ -]?$")


def _is_name_part(text: str, start: int, end: int, words: _Lexicon) -> bool:
    """Whether bare digits belong to the name before them, as in Trainium 3."""
    if re.match(r"[A-Za-z]", text[end : end + 1]):
        return True  # 3D, 5G
    before = _WORD_BEFORE.search(text[:start])
    if not before:
        return False
    word = before["word"]
    if not any(character.isupper() for character in word):
        return False
    return not words.is_function_word(word.rstrip(".:"))


def _hedged(text: str, figure: Figure, words: _Lexicon, more: bool) -> Figure:
    """Return the figure with the hedge around it, and the ranges that this leaves."""
    hedge, start, end = ("above" if more else None), figure.start, figure.end
    begin = max(0, start - _HEDGE_REACH)
    hits = [(m.start(), -len(m[0]), name) for name, p in words.before
            if (m := p.search(text[begin:start]))]  # fmt: skip
    if hits and hedge is None:
        at, _, hedge = min(hits)
        start = begin + at
    elif hedge is None:
        for name, pattern in words.after:
            if match := pattern.match(text, end):
                hedge, end = name, match.end()
                break
    if hedge is None:
        return figure
    low, high = figure.ranges[0]
    value = figure.value or high
    spans: dict[str, Range] = {
        "most": (-inf, high),
        "below": (-inf, value),
        "least": (low, inf),
        "above": (value, inf),
        "nearly": (min(low, value * (1 - _NEARLY_SHARE)), value),
        "about": (min(low, value * (1 - _ABOUT_SHARE)), max(high, value * (1 + _ABOUT_SHARE))),
    }
    known: dict[str, Hedge] = {name: name for name in spans}  # type: ignore[misc]
    return replace(figure, hedge=known[hedge], ranges=(spans[hedge],), start=start, end=end)


# --- dates ---

_YEAR = r"(?P<year>(?:19|20)\d\d)(?![\w%]|[.,]\d)"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th|º|°)?(?!\d)"
_OF = r"(?:\s*,)?\s+(?:of\s+|de\s+|del\s+|di\s+|dell')?"
_QUARTER = (
    r"(?:Q(?P<q>[1-4])|(?:the |il |el )?(?:"
    r"(?P<q1>first|primo|primer)|(?P<q2>second|secondo|segundo)|"
    r"(?P<q3>third|terzo|tercer)|(?P<q4>fourth|quarto|cuarto))\s+(?:quarter|trimestre))"
)
_HALF_YEAR = (
    r"(?:(?P<h1>first|primo|primer|prima|primera)|(?P<h2>second|secondo|segundo|seconda|segunda))"
    r"\s+(?:half|semestre|metà|mitad)"
)
_DECADE = (
    r"(?:the\s+)?(?P<decade>(?:19|20)\d)0s\b"
    r"|(?:anni|años|década de(?: los)?)\s+['’]?(?:19)?(?P<tens>[2-9])0\b"
)
_HAN_DATE = (
    r"(?:(?P<year>(?:19|20)\d\d)年)(?:(?P<month>1[0-2]|0?[1-9])月(?:(?P<day>[0-3]?\d)[日号])?"
    r"|第?(?P<hq>[一二三四1-4])季度|(?P<h1>上半年)|(?P<h2>下半年))?",
    r"(?<!\d)(?P<month>1[0-2]|0?[1-9])月(?:(?P<day>[0-3]?\d)[日号])?",
)
_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_HAN_BEFORE = re.compile(r"(?:年底)?(?:之前|以前|前)")
_HAN_AFTER = re.compile(r"(?:年底)?(?:之后|以后|后)")


def _date_patterns(months: list[str], words: _Lexicon) -> list[re.Pattern[str]]:
    iso = r"(?<![\d-])(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)(?![\d-])"
    if words.chinese:
        return [re.compile(pattern) for pattern in (iso, *_HAN_DATE)]
    named = "|".join(f"(?P<m{i}>{pattern})" for i, pattern in enumerate(months, 1))
    month = rf"\b(?:{named})(?!\w)"
    patterns = [
        iso,
        rf"(?<![\d.,])\b{_DAY}(?:\s+of|\s+de)?\s+{month}(?:{_OF}{_YEAR})?",
        rf"{month}\s+{_DAY}(?:,?\s+{_YEAR})?",
        rf"{month}{_OF}{_YEAR}",
        rf"\b{_QUARTER}(?:{_OF}{_YEAR})?",
        rf"\b{_HALF_YEAR}{_OF}{_YEAR}",
        _DECADE,
        rf"(?<=\b)(?P<lead>{words.date_lead})\s+{month}",
        rf"(?<![\w.,/$€£¥-])(?<![$€£¥] ){_YEAR}",
    ]
    return [re.compile(pattern, re.I) for pattern in patterns]


def _dates(text: str, words: _Lexicon) -> Iterator[Figure]:
    taken: list[tuple[int, int]] = []
    for pattern in words.dates:
        for match in pattern.finditer(text):
            start, end = match.span()
            if any(start < other_end and other_start < end for other_start, other_end in taken):
                continue
            told = match.groupdict()
            if set(name for name, part in told.items() if part) == {"year"} and not words.chinese:
                if _unit(text, end)[0] or _is_name_part(text, start, end, words):
                    continue
                if _counts_at(text, end) or _scale(text, end, words)[1] > 1:
                    continue
            if told.get("lead"):
                start = match.end("lead") + 1
            ranges = _date_ranges(told)
            if ranges is not None:
                taken.append((start, end))
                yield _hedged_date(text, Figure("date", "", None, ranges, None, start, end), words)


def _counts_at(text: str, end: int) -> bool:
    return any(re.match(rf"\s+(?:\w+\s+)?(?:{p.pattern})", text[end:], re.I) for _, p in nouns())


def _date_ranges(told: dict[str, str | None]) -> tuple[Range, ...] | None:
    """Return the ranges of year, month and day, or None if there is no such day."""
    year, month, day = _ANY, _ANY, _ANY
    if told.get("year"):
        year = _exactly(told["year"])
    if told.get("decade") or told.get("tens"):
        first = int(told["decade"] or 0) * 10 or 1900 + 10 * int(told["tens"] or 0)
        year = (first, first + 9)
    quarter = (
        told.get("q") or told.get("hq") or next((n for n in "1234" if told.get(f"q{n}")), None)
    )
    half = next((n for n in (1, 2) if told.get(f"h{n}")), None)
    named = next((n for n in range(1, 13) if told.get(f"m{n}")), None)
    if quarter:
        number = _QUARTERS[quarter]
        month = (3 * number - 2, 3 * number)
    elif half:
        month = (6 * half - 5, 6 * half)
    elif named or told.get("month"):
        month = _exactly(named or told["month"])
    if told.get("day"):
        day = _exactly(told["day"])
        if not 1 <= day[0] <= 31:
            return None
    return year, month, day


def _exactly(number: str | int | None) -> Range:
    return float(number or 0), float(number or 0)


def _hedged_date(text: str, figure: Figure, words: _Lexicon) -> Figure:
    """Return the date with the values left by "before" or "after": of years, else anything."""
    before = after = None
    if words.chinese:
        before = _HAN_BEFORE.match(text, figure.end)
        after = _HAN_AFTER.match(text, figure.end)
    else:
        lead = text[max(0, figure.start - _HEDGE_REACH) : figure.start]
        before = re.search(rf"\b(?:{words.date_before})\s+(?:the |il |el )?$", lead, re.I)
        after = re.search(rf"\b(?:{words.date_after})\s+(?:the |il |el )?$", lead, re.I)
    if not before and not after:
        return figure
    year, month, _ = figure.ranges
    if month != _ANY:
        year = _ANY
    year = (-inf, year[1]) if before else (year[0], inf)
    return replace(figure, ranges=(year, _ANY, _ANY), hedge="most" if before else "least")
