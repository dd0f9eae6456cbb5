"""How a language writes numbers, dates, units and money: Unicode's CLDR, by babel.

The one module that knows babel. A language that CLDR does not know has nothing here.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Literal, TypeVar

if TYPE_CHECKING:
    from babel import Locale

T = TypeVar("T")

_SPACES = " \u00a0\u202f\u200f"
_NUMBER = re.compile(r"[\d.,٫]+")
_COUNTS = (0, 1, 2, 3, 5, 11, 100, 1.5)  # that call for every plural form of any language
_SKELETONS = ("yMMMMd", "yMMMd", "yMMMM", "yMMM", "MMMMd", "MMMd")


def is_known(language: str) -> bool:
    """Whether CLDR knows the language, an ISO 639-1 code."""
    return _locale(language) is not None


def decimal_separator(language: str) -> str:
    """Return the separator before decimals; numerals are taken to be European."""
    symbols = _known(language).number_symbols
    return str(symbols.get("latn", {}).get("decimal", "."))


def magnitudes(language: str) -> list[tuple[str, float]]:
    """Return the words after a number that multiply it, longest first: "Millionen", "Mio."."""
    found: dict[str, float] = {}
    for formats in _known(language).compact_decimal_formats.values():
        for by_size in formats.values():
            for size, pattern in by_size.items():
                digits = str(pattern.pattern).count("0")
                word = str(pattern.pattern).replace("'", "").strip("0" + _SPACES)
                if word and digits:
                    found[word] = float(size) / 10.0 ** (digits - 1)
    return _longest_first(found)


def months(language: str) -> list[list[str]]:
    """Return the names of each of the twelve months, long and short, in every form."""
    by_context = _known(language).months
    return [
        sorted(
            {
                str(by_context[context][width][number])
                for context in ("format", "stand-alone")
                for width in ("wide", "abbreviated")
                if number in by_context[context][width]
            },
            key=len,
            reverse=True,
        )
        for number in range(1, 13)
    ]


def date_formats(language: str) -> list[str]:
    """Return the patterns of dates, such as "d. MMMM y", the longest first."""
    locale = _known(language)
    formats = [locale.date_formats[width].pattern for width in ("long", "medium", "short")]
    skeletons = locale.datetime_skeletons
    formats += [str(skeletons[name]) for name in _SKELETONS if name in skeletons]
    return sorted(set(formats), key=len, reverse=True)


def units(language: str) -> list[tuple[str, list[str]]]:
    """Return the words for each unit, which is named by CLDR's id, such as "duration-hour"."""
    ids = _known(language).unit_display_names
    return [(str(unit), sorted(_unit_words(str(unit), language), key=len)) for unit in ids]


def currency_names(language: str) -> list[tuple[str, str]]:
    """Return the names of currencies with their codes, longest first."""
    from babel.numbers import get_currency_name, list_currencies

    locale = _known(language)
    found: dict[str, str] = {}
    for code in sorted(list_currencies(locale)):
        for count in (None, 1, 2, 5):
            found.setdefault(get_currency_name(code, count, locale=locale), code)
    return _longest_first(found)


def currency_symbols(language: str) -> list[tuple[str, str]]:
    """Return the symbols of currencies with their codes, longest first."""
    from babel.numbers import get_currency_symbol, list_currencies

    locale = _known(language)
    pairs = {get_currency_symbol(code, locale): code for code in sorted(list_currencies(locale))}
    return _longest_first(pairs)


def _unit_words(unit: str, language: str) -> Iterator[str]:
    from babel.units import format_unit

    lengths: tuple[Literal["long", "short"], ...] = ("long", "short")
    words = set()
    for length in lengths:
        for count in _COUNTS:
            text = format_unit(count, unit, length, locale=language)
            number = _NUMBER.match(text)
            word = text[number.end() :].strip(_SPACES) if number else ""
            if word:
                words.add(word)
    yield from words


def _longest_first(found: dict[str, T]) -> list[tuple[str, T]]:
    return sorted(found.items(), key=lambda pair: (-len(pair[0]), pair[0]))


def _known(language: str) -> "Locale":
    locale = _locale(language)
    assert locale is not None, f"ask is_known({language!r}) first"
    return locale


@cache
def _locale(language: str) -> "Locale | None":
    from babel import Locale, UnknownLocaleError

    try:
        locale = Locale.parse(language)
    except (UnknownLocaleError, ValueError):
        return None
    # "und" for undetermined is resolved to English.
    return locale if locale.language == language else None
