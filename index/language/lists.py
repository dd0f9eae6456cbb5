"""How a language joins the last two of a list: by the word for "and" of Unicode's CLDR."""

from functools import cache

from babel import Locale, UnknownLocaleError


@cache
def joining(language: str) -> str | None:
    """Return what stands between two things, as " and " does; None if CLDR does not know."""
    try:
        two: str = Locale(language).list_patterns["standard"]["2"]
    except (UnknownLocaleError, ValueError):
        return None
    return two.replace("{0}", "").replace("{1}", "")
