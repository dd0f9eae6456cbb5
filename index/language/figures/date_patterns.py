"""The ways in which dates are written, as patterns whose groups name the parts.

`m1` to `m12` are named months, `q1` to `q4` named quarters, `h1` and `h2` halves of a year.
"""

import re
from collections.abc import Sequence
from functools import cache

from index.language.figures import cldr
from index.language.figures.lexicon import Lexicon, tables
from index.language.scripts import is_spaced

_ISO = r"(?<![\d-])(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)(?![\d-])"
_YEAR = r"(?P<year>(?:19|20)\d\d)(?![\w%]|[.,]\d)"
_DATED_YEAR = r"(?P<year>(?:1\d|20)\d\d)(?![\w%]|[.,]\d)"  # beside a month it is no number
_OLD_YEAR = r"(?P<year>1[0-8]\d\d)(?![\w%]|[.,]\d)"  # or a number of something
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th|º|°)?(?!\d)"
_OF = r"(?:\s*,)?\s+(?:of\s+|de\s+|del\s+|di\s+|dell')?"
_QUARTER = (
    r"(?:Q(?P<quarter>[1-4])|(?:the |il |el )?(?:"
    r"(?P<q1>first|primo|primer)|(?P<q2>second|secondo|segundo)|"
    r"(?P<q3>third|terzo|tercer)|(?P<q4>fourth|quarto|cuarto))\s+(?:quarter|trimestre)\b)"
)
_HALF_YEAR = (
    r"(?:(?P<h1>first|primo|primer|prima|primera)|(?P<h2>second|secondo|segundo|seconda|segunda))"
    r"\s+(?:half|semestre|metà|mitad)"
)
_DECADE = (
    r"(?:the\s+)?(?P<decade>(?:19|20)\d)0s\b"
    r"|(?:anni|años|década de(?: los)?)\s+['’]?(?:19)?(?P<tens>[2-9])0\b"
)
_CENTURY = (
    r"\b(?P<century>\d{1,2})(?:st|nd|rd|th|º|°)\s+(?:century|secolo)\b"
    r"|\b(?P<roman>[IVX]{1,5})\s+secolo\b|\bsiglo\s+(?P<siglo>[IVX]{1,5})\b"
)
_HAN_YEAR = r"(?P<year>(?:1\d|20)\d\d)"
_HAN_NO_MONTH = "份?间|球|租|薪|饼|票|天|有余"  # what goes on after 月, where it is no month
_HAN_MONTH = (
    r"(?:(?P<month>1[0-2]|0?[1-9])|(?P<written>十[一二]?|[一二三四五六七八九]))"
    rf"\s?月(?!{_HAN_NO_MONTH})"
)
_HAN_DAY = r"(?:\s?(?P<day>[0-3]?\d)\s?[日号])?"
_HAN = (
    r"(?P<decade>(?:19|20)\d)0\s?年代(?!价)",
    rf"{_HAN_YEAR}\s?年(?:\s?{_HAN_MONTH}{_HAN_DAY}"
    r"|第?(?P<quarter>[一二三四1-4])季度|(?P<h1>上半年)|(?P<h2>下半年))?",
    rf"{_HAN_YEAR}(?=\s?[到至–—-]\s?(?:1\d|20)\d\d\s?年)",
    rf"(?<![\d个单唯统同任某每前近头]){_HAN_MONTH}{_HAN_DAY}",
    # Of the last century, unless another one is named.
    r"(?:(?:20|二十)\s?世纪|上个?世纪|(?<!世纪)(?<!世纪 ))\s?(?<!\d)(?P<tens>[2-9])0\s?年代(?!价)",
    r"(?<!\d)(?P<century>\d{1,2})\s?世纪",
)


@cache
def date_patterns(words: Lexicon) -> list[re.Pattern[str]]:
    """Return the patterns of a language's dates, the more complete first."""
    if words.chinese:
        return [re.compile(pattern) for pattern in (_ISO, *_HAN)]
    if not words.is_own:
        formats = cldr.date_formats(words.language)
        months = cldr.months(words.language)
        own = (pattern for each in formats if (pattern := _from_format(each, months)))
        return [re.compile(pattern, re.I) for pattern in (_ISO, *own, rf"(?<![\w.,/$€£¥-]){_YEAR}")]
    named = "|".join(f"(?P<m{i}>{pattern})" for i, pattern in enumerate(tables()["months"], 1))
    month = rf"\b(?:{named})(?!\w)"
    patterns = (
        _ISO,
        rf"(?<![\d.,])\b{_DAY}(?:\s+of|\s+de)?\s+{month}(?:{_OF}{_DATED_YEAR})?",
        rf"{month}\s+{_DAY}(?:,?\s+{_DATED_YEAR})?",
        rf"{month}{_OF}{_DATED_YEAR}",
        rf"\b{_QUARTER}(?:{_OF}{_YEAR})?",
        rf"\b{_HALF_YEAR}{_OF}{_YEAR}",
        _DECADE,
        _CENTURY,
        rf"\b(?P<lead>{words.date_lead})\s+{month}",
        rf"(?<![\w.,/$€£¥-])(?<![$€£¥] ){_YEAR}",
        rf"\b(?P<lead>{words.date_lead})\s+{_OLD_YEAR}",
        rf"(?<=[(–—-]){_OLD_YEAR}(?=\)|[–—-]\d)",
    )
    return [re.compile(pattern, re.I) for pattern in patterns]


_FIELD = re.compile(r"'(?P<quoted>[^']*)'|(?P<field>y+|[ML]+|d+)|(?P<other>[^'yMLd]+)")


def _from_format(written: str, months: Sequence[Sequence[str]]) -> str | None:
    """Return the pattern of dates in a format of CLDR's, such as "d. MMMM y".

    None where the format has a field that is not read, or a year of two digits.
    """
    pattern = ""
    for match in _FIELD.finditer(written):
        field = match["field"]
        if field is None:
            pattern += _literal(match["quoted"] or match["other"] or "")
        elif field[0] == "y":
            if field == "yy":
                return None
            pattern += r"(?P<year>(?:1\d|20)\d\d)(?!\d)"
        elif field[0] == "d":
            pattern += r"(?P<day>[0-3]?\d)(?!\d)"
        elif len(field) > 2:
            named = (
                rf"(?P<m{i}>{'|'.join(map(_name, names))})" for i, names in enumerate(months, 1)
            )
            pattern += f"(?:{'|'.join(named)})"
        else:
            pattern += r"(?P<month>1[0-2]|0?[1-9])(?!\d)"
    # What follows the last field, as in "2025 г.", need not be there.
    return rf"(?<![\w.,/-])(?:{pattern.rstrip()})" if re.search(r"[yMLd]", written) else None


def _literal(text: str) -> str:
    """Return the pattern of what stands between the fields of a date."""
    parts = (re.escape(part) for part in re.split(r"\s+", text.replace("\u200f", "")))
    return r"\s*".join(parts)


def _name(name: str) -> str:
    """Return the pattern of a month's name; a short one may lack its full stop."""
    edge = r"(?!\w)" if name[-1].isalpha() and is_spaced(name) else ""
    return re.escape(name) + edge
