"""The ways in which dates are written, as patterns whose groups name the parts.

`m1` to `m12` are named months, `q1` to `q4` named quarters, `h1` and `h2` halves of a year.
"""

import re
from collections.abc import Sequence
from functools import cache

from index.language.figures.date_formats import format_patterns, named
from index.language.figures.lexicon import Lexicon

_ISO = r"(?<![\d-])(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)(?![\d-])"
# In digits: 2025/6/5, 5.6.2025, 5/6/2025. Marks of writing direction are spaces.
_ANY_YEAR = r"(?P<year>(?:1\d|20)\d\d)"
_YEAR_FIRST = (
    rf"(?<![\w/.-]){_ANY_YEAR}\s?(?P<sign>[/.])\s?"
    r"(?P<month>\d\d?)\s?(?P=sign)\s?(?P<day>\d\d?)(?![\w/-]|\.\d)"
)
_YEAR_LAST = (
    r"(?<![\w/.-])(?P<first>\d\d?)\s?(?P<sign>[/.-])\s?"
    rf"(?P<second>\d\d?)\s?(?P=sign)\s?{_ANY_YEAR}(?![\w/-]|\.\d)"
)
_YEAR = r"(?P<year>(?:19|20)\d\d)(?![\w%]|[.,]\d)"
_DATED_YEAR = r"(?P<year>(?:1\d|20)\d\d)(?![\w%]|[.,]\d)"  # beside a month it is no number
_OLD_YEAR = r"(?P<year>1[0-8]\d\d)(?![\w%]|[.,]\d)"  # or a number of something
_ONLY_YEAR = rf"(?<![\w.,/$€£¥-])(?<![$€£¥] ){_YEAR}"
_OLD_SPAN = rf"(?<=[(–—-]){_OLD_YEAR}(?=\)|[–—-]\d)"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th|º|°)?(?!\d)"
_OF = r"(?:\s*,)?\s+(?:of\s+|de\s+|del\s+|di\s+|dell['’])?"
GAP = r"(?:\s+|(?<=['’]))"  # after a word that leads to a date; there is none after "dell'"
_QUARTER = (
    r"(?:Q(?P<quarter>[1-4])|(?:the |il |el )?(?:"
    r"(?P<q1>first|primo|primer)|(?P<q2>second|secondo|segundo)|"
    r"(?P<q3>third|terzo|tercer)|(?P<q4>fourth|quarto|cuarto))\s+(?:quarter|trimestre)\b)"
)
_SHORT_QUARTER = r"\bQ(?P<quarter>[1-4])\b"
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
def date_patterns(lexicon: Lexicon) -> list[re.Pattern[str]]:
    """Return the patterns of a language's dates, the more complete first."""
    numeric = [re.compile(pattern) for pattern in (_ISO, _YEAR_FIRST, _YEAR_LAST)]
    if lexicon.is_chinese:
        return numeric + [re.compile(pattern) for pattern in _HAN]
    if lexicon.is_rich:
        return numeric + [re.compile(pattern, re.I) for pattern in _rich_patterns(lexicon)]
    others = [re.compile(pattern) for pattern in (_ONLY_YEAR, _SHORT_QUARTER, _OLD_SPAN)]
    return numeric + format_patterns(lexicon) + others


def _rich_patterns(lexicon: Lexicon) -> Sequence[str]:
    """Return the patterns of English, Italian and Spanish."""
    locale = lexicon.locale
    # An abbreviation without its full stop is a month beside a year only: "set" in "in 5 set".
    year = r"(?=\.?,?\s+(?:\d\d?,?\s+)?(?:of\s+|del?\s+|di\s+)?(?:1\d|20)\d\d\b)"
    months = [list(map(re.escape, names)) for names in locale.months]
    for patterns, names, short in zip(months, locale.months, locale.short_months, strict=True):
        for name in sorted({name.rstrip(".") for name in short} - set(names)):
            patterns += [rf"{re.escape(name)}\.", re.escape(name) + year]
    month = rf"\b{named('m', months)}(?!\w)"
    lead = f"(?P<lead>{lexicon.date_lead}{GAP})"
    return (
        rf"(?<![\d.,])\b{_DAY}(?:\s+of|\s+de)?\s+{month}(?:{_OF}{_DATED_YEAR})?",
        rf"{month}\s+{_DAY}(?:,?\s+{_DATED_YEAR})?",
        rf"{month}{_OF}{_DATED_YEAR}",
        rf"\b{_QUARTER}(?:{_OF}{_YEAR})?",
        rf"\b{_HALF_YEAR}{_OF}{_YEAR}",
        _DECADE,
        _CENTURY,
        rf"\b{lead}{month}",
        _ONLY_YEAR,
        rf"\b{lead}{_OLD_YEAR}",
        _OLD_SPAN,
    )
