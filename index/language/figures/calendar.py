"""The words of the calendar: no month and no day of the week is a name to ask about."""

from functools import cache

from index.language.figures.cldr import locale_data


@cache
def calendar_words(language: str) -> frozenset[str]:
    """Return the names of months and days in a language (ISO 639-1), in small letters."""
    data = locale_data(language)
    kinds = (data.months, data.short_months, data.days) if data else ()
    return frozenset(name.casefold() for kind in kinds for names in kind for name in names)
