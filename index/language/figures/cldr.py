"""How a language writes numbers, dates, units and money: Unicode's CLDR, by babel.

This is the one module that knows babel. CLDR describes a language and, beside it, what differs
in a region of it ("Jänner" in Austria) or in another script. All are read.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from index.language.figures.affixes import (
    Affix,
    common_start,
    currencies,
    plain,
    scales,
    units,
)

_MONTHS, _QUARTERS, _DAYS = range(1, 13), range(1, 5), range(7)
_UNNAMED = "M01"  # January in CLDR's root, where a language has no names of months
_FORMATS = (
    "yMMMMd", "yMMMd", "yMMMM", "yMMM", "MMMMd", "MMMd", "y", "d", "yQQQQ", "yQQQ",
    "long", "medium",
)  # fmt: skip
_NUMERIC_FORMATS = ("yMd", "short")
_NUMERIC_DATE = re.compile(r"^(?:(?P<day>d)d?\W+MM?|MM?\W+dd?)\W+y$")


@dataclass(frozen=True, slots=True)
class LocaleData:
    """How a language writes numbers and dates."""

    decimal: str
    group: str
    regional_groups: frozenset[str]  # grouping signs of regions where the language is official
    scales: tuple[tuple[Affix, float], ...]  # words of magnitude, each with its factor
    units: Mapping[str, tuple[Affix, ...]]  # by CLDR's name of the unit: "length-kilometer"
    currencies: tuple[tuple[Affix, str], ...]  # names and symbols, each with its ISO 4217 code
    months: tuple[tuple[str, ...], ...]  # the names of each, beside a day and alone
    month_stems: tuple[str, ...]  # what the forms of each begin with; "" if they do not differ
    short_months: tuple[tuple[str, ...], ...]
    quarters: tuple[tuple[str, ...], ...]
    days: tuple[tuple[str, ...], ...]  # the names of each day of the week, from Monday
    date_formats: tuple[str, ...]  # such as "d. MMMM y"
    first_in_dates: Literal["day", "month"] | None  # of 5/6/2025; None where regions differ


@cache
def locale_data(language: str) -> LocaleData | None:
    """Return what CLDR knows of a language, given as ISO 639-1; None where it knows nothing."""
    from babel import localedata

    if not localedata.exists(language):
        return None
    data = localedata.LocaleDataDict(dict(localedata.load(language).items()))
    named = data.get("months", {}).get("format", {}).get("wide", {})
    if named.get(1, _UNNAMED) == _UNNAMED:
        return None
    regions = _regions(language)
    sources: list[Mapping[str, Any]] = [data, *regions.values()]
    months = _names(sources, "months", "wide", _MONTHS)
    quarters = (_names(sources, "quarters", w, _QUARTERS) for w in ("wide", "abbreviated"))
    return LocaleData(
        decimal=data["number_symbols"]["latn"]["decimal"],
        group=data["number_symbols"]["latn"]["group"],
        regional_groups=frozenset(_regional_groups(language, regions)),
        scales=tuple(scales(data, list(regions.values()))),
        units=units(data),
        currencies=tuple(currencies(data)),
        months=months,
        month_stems=_stems(months, data["months"]),
        short_months=_names(sources, "months", "abbreviated", _MONTHS),
        days=_names(sources, "days", "wide", _DAYS),
        quarters=tuple(wide + short for wide, short in zip(*quarters, strict=True)),
        date_formats=tuple(dict.fromkeys(_formats(sources, _FORMATS))),
        first_in_dates=_first_in_dates(sources),
    )


def _regions(language: str) -> dict[str, Mapping[str, Any]]:
    """Return what regions and scripts of a language have of their own, by identifier."""
    from babel import localedata

    return {
        name: localedata.load(name, merge_inherited=False)
        for name in sorted(localedata.locale_identifiers())
        if name.startswith(f"{language}_")
    }


def _regional_groups(language: str, regions: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    from babel.languages import get_official_languages

    for name, region in regions.items():
        group = region.get("number_symbols", {}).get("latn", {}).get("group")
        if group and language in get_official_languages(name.rpartition("_")[2]):
            yield group


def _names(
    sources: Sequence[Mapping[str, Any]], kind: str, width: str, numbers: range
) -> tuple[tuple[str, ...], ...]:
    """Return the names of months, quarters or days, in a date and alone, longest first."""
    found: dict[int, set[str]] = {number: set() for number in numbers}
    for source in sources:
        for context in ("format", "stand-alone"):
            names = source.get(kind, {}).get(context, {})
            names = names.get(width) if isinstance(names, Mapping) else None
            for number, name in names.items() if isinstance(names, Mapping) else ():
                found[number].add(plain(name))
    return tuple(
        tuple(sorted(found[number] - {""}, key=lambda name: (-len(name), name)))
        for number in numbers
    )


def _stems(
    months: Sequence[Sequence[str]], by_context: Mapping[str, Mapping[str, Mapping[int, str]]]
) -> tuple[str, ...]:
    """Return what the forms of each month begin with, if they differ and no other begins so.

    CLDR has no form for "in January": января is there, январе is not.
    """
    if by_context["format"]["wide"] == by_context["stand-alone"]["wide"]:
        return ("",) * len(months)
    lower = [[name.lower() for name in names] for names in months]
    stems = [common_start(names) for names in lower]
    return tuple(
        ""
        if any(name.startswith(stem) for names in lower if names is not own for name in names)
        else stem
        for stem, own in zip(stems, lower, strict=True)
    )


def _formats(sources: Sequence[Mapping[str, Any]], names: Sequence[str]) -> Iterator[str]:
    """Yield the formats of dates by these names, of a language and then of its regions."""
    for source in sources:
        formats = {**source.get("datetime_skeletons", {}), **source.get("date_formats", {})}
        for name in names:
            if isinstance(pattern := getattr(formats.get(name), "pattern", None), str):
                yield plain(pattern)


def _first_in_dates(sources: Sequence[Mapping[str, Any]]) -> Literal["day", "month"] | None:
    matches = [_NUMERIC_DATE.match(pattern) for pattern in _formats(sources, _NUMERIC_FORMATS)]
    is_day_first = {match["day"] is not None for match in matches if match}
    if len(is_day_first) != 1:
        return None
    return "day" if is_day_first.pop() else "month"


@cache
def joining(language: str) -> str | None:
    """Return what stands between the last two of a list, as " and " does; None if unknown."""
    from babel import Locale, UnknownLocaleError

    try:
        two: str = Locale(language).list_patterns["standard"]["2"]
    except (UnknownLocaleError, ValueError):
        return None
    return two.replace("{0}", "").replace("{1}", "")
