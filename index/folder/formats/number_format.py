"""How a spreadsheet shows a number or a date: Excel's number formats.

The one library for it does not work with the babel that we use.
"""

import datetime
import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext

# Literal words in quotes or behind a backslash, a space as wide as a sign, a repeated sign, a
# condition, a colour or a currency in brackets; then what stands for digits and parts of a date.
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|_(?P<space>.)|\*(?P<fill>.)'
    r"|\[\$(?P<currency>[^\]-]*)(?:-[^\]]*)?\]|\[(?P<elapsed>h+|m+|s+)\]|\[(?P<bracket>[^\]]*)\]"
    r"|(?P<half>AM/PM|A/P|上午/下午)|(?P<general>General)|(?P<exponent>E[+-]0+)"
    r"|(?P<part>y+|m+|d+|h+|s+(?:\.0+)?|e+|b+|g+)|(?P<digits>[0#?][0#?,.]*(?:\.[0#?]*)?|\.[0#?]+)"
    r"|(?P<text>@)|(?P<percent>%)|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_SECTION = re.compile(r'((?:"[^"]*"|\\.|\[[^\]]*\]|[^;])*)(?:;|$)', re.DOTALL)
# A cell without a format shows so many digits and a point, and very large and small numbers by
# their power of ten.
_GENERAL = 11
_PRECISION = 700  # digits: of the largest number, and of the smallest
_SMALLEST, _LARGEST = 1e-4, 1e11
# Excel stores its own short date so, and shows it as each country writes it.
_LOCAL = ("mm-dd-yy", "m/d/yy h:mm", "m/d/yyyy", "m/d/yyyy h:mm")

Value = bool | int | float | datetime.datetime | datetime.date | datetime.time | datetime.timedelta


def show(value: Value, code: str) -> str:
    """Return how a cell with a value shows it in the format `code`, in English conventions.

    A date in a format that differs from country to country is written as 2025-12-03.
    """
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        with localcontext(Context(prec=_PRECISION)):
            return _show_number(value, code)
    if isinstance(value, datetime.timedelta):
        return _show_elapsed(value, code)
    return _show_date(value, _sections(code)[0])


def _sections(code: str) -> list[str]:
    sections = [match[1] for match in _SECTION.finditer(code)]
    return (
        sections[:-1] if len(sections) > 1 and not sections[-1] and code[-1:] != ";" else sections
    )


def _show_number(value: float, code: str) -> str:
    sections = _sections(code)
    if any("[<" in each or "[>" in each or "[=" in each for each in sections):
        return _general(value)  # which section counts depends on conditions: no guess
    number = abs(Decimal(repr(value)))
    is_signed = value < 0
    section = sections[0]
    if value < 0 and len(sections) > 1:
        section, is_signed = sections[1], False
    elif value == 0 and len(sections) > 2:
        section = sections[2]
    if not section.strip():  # such a format hides its cell
        return "" if ";" in code else _general(value)
    tokens = [
        (kind, match[kind]) for match in _TOKEN.finditer(section) if (kind := match.lastgroup)
    ]
    patterns = [words for kind, words in tokens if kind == "digits"]
    if len(patterns) != 1 or "/" in section:  # text, a number in groups, a fraction
        return _general(value) if patterns else _written(tokens, _general(value))
    (digits,) = patterns
    number *= Decimal(100) ** sum(kind == "percent" for kind, _ in tokens)
    if (scale := re.search(r"(,+)(?:\.|$)", digits)) is not None:
        number /= Decimal(1000) ** len(scale[1])
    exponent = next((words for kind, words in tokens if kind == "exponent"), None)
    shown = _digits(number, digits, exponent)
    sign = "-" if is_signed and any(each in "123456789" for each in shown) else ""
    return sign + _written(tokens, shown)


def _written(tokens: Sequence[tuple[str, str]], number: str) -> str:
    """Return the words of a format, with a number in the place of its digits."""
    words = []
    for kind, part in tokens:
        if kind in ("digits", "general", "text"):
            words.append(number)
        elif kind in ("quoted", "escaped", "currency", "percent", "other"):
            words.append(part)
        elif kind == "space":
            words.append(" ")
    return "".join(words).strip()


def _digits(number: Decimal, pattern: str, exponent: str | None) -> str:
    whole, _, decimals = pattern.partition(".")
    if exponent:
        power = number.adjusted() if number else 0
        number = number.scaleb(-power)
        return f"{_digits(number, pattern, None)}E{power:+0{len(exponent) - 1}}"
    places = sum(sign in "0#?" for sign in decimals)
    least = decimals.count("0")
    rounded = number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    shown = f"{rounded:,f}" if re.search(r"[0#?],+[0#?]", whole) else f"{rounded:f}"
    integer, _, fraction = shown.partition(".")
    while len(fraction) > least and fraction.endswith("0"):
        fraction = fraction[:-1]
    missing = whole.count("0") - len(integer.replace(",", ""))
    integer = "0" * max(0, missing) + integer
    if integer == "0" and "0" not in whole:
        integer = ""
    return f"{integer}.{fraction}" if fraction else integer


def _general(value: float) -> str:
    """Return a number as a wide cell without a format shows it."""
    if isinstance(value, int) or (value == int(value) and abs(value) < _LARGEST):
        return str(int(value))
    if _SMALLEST <= abs(value) < _LARGEST:
        shown = f"{value:.{max(0, _GENERAL - 1 - len(str(abs(int(value)))))}f}"
        return shown.rstrip("0").rstrip(".") if "." in shown else shown
    mantissa, _, power = f"{value:.6g}".partition("e")
    return f"{mantissa}E{power}" if power else mantissa


def _show_date(value: datetime.datetime | datetime.date | datetime.time, code: str) -> str:
    matches = list(_TOKEN.finditer(code))
    kinds = [match.lastgroup for match in matches]
    if "part" not in kinds or "[$-F" in code.upper() or code.lower() in _LOCAL:
        return _iso(value)
    moment = value
    if isinstance(moment, datetime.time):
        moment = datetime.datetime.combine(datetime.date(1900, 1, 1), moment)
    elif not isinstance(moment, datetime.datetime):
        moment = datetime.datetime.combine(moment, datetime.time())
    words = []
    for i, match in enumerate(matches):
        part = match[match.lastgroup or 0]
        match match.lastgroup:
            case "part":
                shown = _part(part.lower(), moment, _is_minute(matches, i), "half" in kinds)
                if shown is None:
                    return _iso(value)
                words.append(shown)
            case "half":
                words.append("AM" if moment.hour < 12 else "PM")
            case "quoted" | "escaped" | "other":
                words.append(part)
            case "space":
                words.append(" ")
            case "elapsed" | "digits" | "exponent" | "general":
                return _iso(value)
    return "".join(words).strip()


def _part(part: str, moment: datetime.datetime, is_minute: bool, is_half: bool) -> str | None:
    """Return a part of a date; None where its form is not known, or in a local calendar."""
    hour = (moment.hour % 12 or 12) if is_half else moment.hour
    whole, _, decimals = part.partition(".")
    if is_minute:
        return f"{moment.minute:0{min(len(part), 2)}}"
    match whole[0], len(whole):
        case "y", length:
            return f"{moment.year % 100:02}" if length <= 2 else f"{moment.year:04}"
        case "m", 1 | 2 as length:
            return f"{moment.month:0{length}}"
        case "m", 5:
            return f"{moment:%B}"[0]
        case "m", length:
            return f"{moment:%b}" if length == 3 else f"{moment:%B}"
        case "d", 1 | 2 as length:
            return f"{moment.day:0{length}}"
        case "d", length:
            return f"{moment:%a}" if length == 3 else f"{moment:%A}"
        case "h", length:
            return f"{hour:0{min(length, 2)}}"
        case "s", length:
            fraction = f".{moment.microsecond:06}"[: len(decimals) + 1] if decimals else ""
            return f"{moment.second:0{min(length, 2)}}{fraction}"
    return None


def _is_minute(matches: list[re.Match[str]], index: int) -> bool:
    """Whether an m is of minutes: after hours or before seconds."""
    if matches[index][0].lower() not in ("m", "mm"):
        return False
    parts = [match for match in matches if match.lastgroup in ("part", "elapsed")]
    position = parts.index(matches[index])
    before = parts[position - 1][0].lower().strip("[")[0] if position else ""
    after = parts[position + 1][0].lower()[0] if position + 1 < len(parts) else ""
    return before == "h" or after == "s"


def _iso(value: datetime.datetime | datetime.date | datetime.time) -> str:
    if isinstance(value, datetime.datetime):
        if value.time() == datetime.time():
            return value.date().isoformat()
        return value.isoformat(" ", "seconds" if value.second else "minutes")
    if isinstance(value, datetime.time):
        return value.isoformat("seconds" if value.second else "minutes")
    return value.isoformat()


def _show_elapsed(value: datetime.timedelta, code: str) -> str:
    seconds = int(value.total_seconds())
    minutes, second = divmod(abs(seconds), 60)
    hour, minute = divmod(minutes, 60)
    shown = f"{hour}:{minute:02}:{second:02}" if "s" in code.lower() else f"{hour}:{minute:02}"
    return f"-{shown}" if seconds < 0 else shown
