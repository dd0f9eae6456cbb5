"""Patterns for dates from CLDR's date formats: "d. MMMM y" for "3. März 2025"."""

import re
import unicodedata
from collections.abc import Sequence

from index.language.figures.lexicon import Lexicon

# Letters of a format, and what stands between them; quotation marks enclose letters.
_PART = re.compile(r"(?P<letters>y+|M+|L+|d+|Q+|G+|[A-Za-z]+)|'(?P<quoted>[^']*)'|(?P<other>.)")
_FIELDS = {
    "y": r"(?P<year>(?:1\d|20)\d\d)(?![\d%]|[.,]\d)",
    "M": r"(?P<month>1[0-2]|0?[1-9])(?!\d)",
    "d": r"(?P<day>[0-3]?\d)(?:er|e|º|°)?(?!\d)",
    "G": r"(?:\D{1,6}?)?",  # the era
}
_SHORT = 3  # letters of a format from which on they stand for a name
_MONTH_ALONE = "LLLL"
_NO_DAY_OF_MONTH = "(?!間|간| 동안)"  # "5日間" is for five days, not on the fifth
_LONE = 4  # letters of a name that is a month by itself
_STEM, _LONG_STEM = 3, 4  # letters of a month's stem, beside a year and without one
_ENDING = r"[^\W\d_]{0,4}"


def format_patterns(lexicon: Lexicon) -> list[re.Pattern[str]]:
    """Return the patterns that follow from a language's date formats, the more complete first."""
    formats = sorted([*lexicon.locale.date_formats, _MONTH_ALONE], key=_completeness, reverse=True)
    return [
        # A month by itself is one only as CLDR writes it: Mart is March, mart may be a word.
        re.compile(pattern, 0 if date_format == _MONTH_ALONE else re.I)
        for date_format in formats
        if (pattern := _pattern(date_format, lexicon)) is not None
    ]


def _completeness(date_format: str) -> tuple[int, int]:
    """Return how many parts of a date a format has, and how long they are written."""
    letters = re.sub("'[^']*'|[^yMLdQ]", "", date_format)
    return len(set(letters.replace("L", "M"))), len(letters)


def _pattern(date_format: str, lexicon: Lexicon) -> str | None:
    """Return the pattern of a format; None if it has a part that is not read, or is a number."""
    pattern, between, last = "", "", ""
    parts = _PART.findall(date_format)
    for letters, quoted, other in parts:
        if not letters:
            between += _literal(quoted or other)
            continue
        field = _field(letters, date_format, lexicon)
        if field is None:
            return None
        pattern += _end(last, between, lexicon) + between + field
        between, last = "", letters
    begin = r"(?<![\w.,])" if lexicon.has_case else r"(?<![\d.,])"
    pattern = begin + pattern + _end(last, between, lexicon)
    if sum(bool(letters) for letters, *_ in parts) > 1 or len(last) >= _SHORT:
        # What follows the last part need not be there: the "г." of Russian years.
        return f"{pattern}(?:{between})?" if between else pattern
    has_word = re.search(r"[^\W\d_]", between) is not None  # "2025年", not "2025"
    return pattern + between + (_NO_DAY_OF_MONTH if last[0] == "d" else "") if has_word else None


def _field(letters: str, date_format: str, lexicon: Lexicon) -> str | None:
    """Return the pattern of one part of a date, given by its letters."""
    letter = letters[0].replace("L", "M")
    if letter == "Q":
        quarters = lexicon.locale.quarters
        return named("q", [[re.escape(name) for name in names] for names in quarters])
    if letter != "M" or len(letters) < _SHORT:
        return None if letters == "yy" else _FIELDS.get(letter)
    names = _short_months if len(letters) == _SHORT else _months
    return named("m", names(date_format, lexicon))


def _end(letters: str, between: str, lexicon: Lexicon) -> str:
    """Return the pattern for the end of a name: no letter, unless the format has one there."""
    if len(letters) < _SHORT or re.match(r"[^\W\d_]", between):
        return ""
    return r"(?![^\W_])" if lexicon.has_case else r"(?!\d)"


def _literal(text: str) -> str:
    """Return the pattern of what stands between two parts; only letters have to be there."""
    return "".join(
        r"\s*" if c.isspace() else re.escape(c) if c.isalpha() else f"{re.escape(c)}?" for c in text
    )


def _short_months(date_format: str, lexicon: Lexicon) -> list[list[str]]:
    """Return the patterns of abbreviations; without a year, of those with a full stop or digit."""
    has_year = "y" in date_format
    stop = r"\.?" if has_year else ""
    return [
        [
            _month(name.rstrip(".") if has_year else name, date_format, lexicon) + stop
            for name in names
            if has_year or not _is_word(name)
        ]
        for names in lexicon.locale.short_months
    ]


def _months(date_format: str, lexicon: Lexicon) -> list[list[str]]:
    """Return the patterns of names, and of the stems of inflected ones."""
    # "mai" by itself may be another word: it is "more" in Romanian.
    least = _LONE if date_format == _MONTH_ALONE else 1
    least_stem = _STEM if "y" in date_format else _LONG_STEM
    return [
        [
            _month(name, date_format, lexicon)
            for name in names
            if len(name) >= least or _has_digit(name)
        ]
        + ([re.escape(stem) + _ENDING] if len(stem) >= least_stem else [])
        for names, stem in zip(lexicon.locale.months, lexicon.locale.month_stems, strict=True)
    ]


def _month(name: str, date_format: str, lexicon: Lexicon) -> str:
    """Return the pattern of a name.

    In a script without case a short one must not be part of a word, like the May in میلیارد.
    """
    if lexicon.has_case or _has_digit(name) or len(name) > _LONE:
        return re.escape(name)
    begin = r"(?<!\w)" if date_format[0] in "ML" else ""  # else the format says what is before it
    return rf"{begin}{re.escape(name)}(?!\w)"


def _is_word(name: str) -> bool:
    """Whether a name has letters only, with the vowel signs of some scripts."""
    return all(unicodedata.category(character)[0] in "LM" for character in name)


def _has_digit(name: str) -> bool:
    return any(character.isdigit() for character in name)


def named(letter: str, names: Sequence[Sequence[str]]) -> str | None:
    """Return a pattern whose groups are a letter with a number, m1 to m12; None without names."""
    groups = [
        f"(?P<{letter}{i}>{'|'.join(sorted(patterns, key=len, reverse=True))})"
        for i, patterns in enumerate(names, 1)
        if patterns
    ]
    return f"(?:{'|'.join(groups)})" if groups else None
