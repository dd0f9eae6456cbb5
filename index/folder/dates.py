"""The day that a text of any language names."""

import datetime

# Only what names a day of the calendar: not "yesterday", nor "4 November" of some year.
_STATED = {"REQUIRE_PARTS": ["day", "month", "year"], "PARSERS": ["absolute-time"]}
_ORDERS = ("DMY", "MDY")
_LONGEST = 60  # characters; what is longer is a sentence


def day(value: str, language: str | None = None) -> str | None:
    """Return the day that `value` states, as ISO 8601; None if it states none, or may mean two.

    A time zone is left as it is: what is counted is the day where it was written.
    """
    try:
        return datetime.datetime.fromisoformat(value).date().isoformat()
    except ValueError:
        has_year = len(value) <= _LONGEST and any(map(str.isdecimal, value))
        return _written_out(value, language) if has_year else None


def _written_out(value: str, language: str | None) -> str | None:
    import dateparser  # many rules for many languages, and most dates are ISO 8601

    # Where days are written with full stops, the day comes first.
    orders = _ORDERS[:1] if "." in value else _ORDERS
    # English stands in for any other; one that is not named is told by the words.
    for languages in ([language], ["en"]) if language else (None,):
        try:
            moments = [
                dateparser.parse(
                    value, languages=languages, settings=_STATED | {"DATE_ORDER": order}
                )
                for order in orders
            ]
        except (ValueError, OverflowError, RecursionError):  # an unknown language among others
            continue
        days = {moment.date().isoformat() for moment in moments if moment is not None}
        if days:
            return days.pop() if len(days) == 1 else None
    return None
