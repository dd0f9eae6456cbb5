"""The words of a language by which figures are known: CLDR's, with those of figures.toml on top."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from index.language.detection import UNKNOWN
from index.language.figures.affixes import Affix
from index.language.figures.cldr import LocaleData, locale_data
from index.language.figures.figure import Hedge
from index.language.figures.word_table import WordTable

# After a hedge, also elided or in one with a preposition: "oltre l'80%", "fino all'80%", "más del".
_ARTICLE = r"(?:\s+(?:the|i|gli|il|le|la|el|los|las|un|una)|\s*l['’]|l(?=\s))"
_LONG = 4  # letters of a word of magnitude that may have an ending


@dataclass(frozen=True, slots=True)
class Measure:
    """What a unit or a currency measures."""

    kind: str
    unit: str
    factor: float  # from a number of it to the value in `unit`


class Lexicon:
    """The words of a language, compiled; figures.toml has an example of each of its own."""

    def __init__(self, language: str, locale: LocaleData) -> None:
        own: dict[str, Any] = tables().get(language, {})
        self.language = language
        self.is_chinese = language == "zh"
        self.is_rich = "hedges" in own  # figures.toml has more for it than CLDR
        self.has_case = any(name.lower() != name.upper() for name in sum(locale.months, ()))
        self.locale = locale
        self.scales, self.scale_table = self._scales(own), WordTable(locale.scales)
        self.inflected_scales = _inflected(locale) if self.has_case and not self.is_rich else None
        self.units = _units(self)
        self.unit_table = WordTable(_cldr_units(locale), endings=not self.is_rich)
        self.currency_table = WordTable(_currencies(locale))
        self._compile_number_words(own)
        self._compile_hedges(own)
        self.date_lead: str = own.get("dates", "")
        self._function = re.compile(own.get("function", ""), re.I)

    def _scales(self, own: dict[str, Any]) -> list[tuple[re.Pattern[str], float]]:
        # "40B", "500k": no edge between the digits and the letter.
        begin, end = (r"(?<![^\W\d_])", r"(?!\w)") if self.has_case else ("", "")
        return [
            (re.compile(f"{begin}(?:{pattern}){end}", re.I), float(factor))
            for pattern, factor in own.get("scales", ())
        ]

    def _compile_number_words(self, own: dict[str, Any]) -> None:
        def word(pattern: str) -> re.Pattern[str]:
            return re.compile(pattern if self.is_chinese else rf"\b(?:{pattern})(?!\w)", re.I)

        edge = "" if self.is_chinese else r"\b"
        self.plurals = [(word(p), float(size)) for p, size in own.get("plurals", ())]
        self.words = [(word(p), float(value)) for p, value in own.get("words", ())]
        self.multiples = [(word(p), float(value)) for p, value in own.get("multiples", ())]
        halves, half, joins = own.get("halves"), own.get("half"), own.get("joins")
        self.halves = re.compile(f"{edge}(?:{halves})", re.I) if halves else None
        self.half = re.compile(rf"\s*(?:{half})(?!\w)", re.I) if half else None
        dash = "[-–—~～〜]"
        between = f"(?:{dash}|{edge}{joins}{edge})" if joins else dash
        self.join = re.compile(rf"\s*{between}\s*", re.I)

    def _compile_hedges(self, own: dict[str, Any]) -> None:
        edge, article = ("", "") if self.is_chinese else (r"\b", rf"{_ARTICLE}?\s*")
        hedges = dict(own.get("hedges", {}))
        self.date_before: str = hedges.pop("before", "")
        self.date_after: str = hedges.pop("after", "")
        self.before: list[tuple[Hedge, re.Pattern[str]]] = [
            (hedge, re.compile(rf"{edge}(?:{pattern}){article}$", re.I))
            for hedge, pattern in hedges.items()
        ]
        self.after: list[tuple[Hedge, re.Pattern[str]]] = [
            (hedge, re.compile(rf"\s*(?:{pattern})", re.I))
            for hedge, pattern in own.get("after", {}).items()
        ]

    def is_function_word(self, word: str) -> bool:
        """Whether a word is an article, a preposition and the like: never a name, nor counted."""
        return self._function.fullmatch(word) is not None


@cache
def lexicon_for(language: str) -> Lexicon | None:
    """Return the words of a language, or None where CLDR does not know it."""
    locale = None if language == UNKNOWN else locale_data(language)
    return Lexicon(language, locale) if locale else None


def can_read(language: str) -> bool:
    """Whether figures are read in a language; in any other nothing is to be compared."""
    return lexicon_for(language) is not None


@cache
def tables() -> dict[str, Any]:
    """Return the tables of figures.toml."""
    file = Path(__file__).with_name("figures.toml")
    return tomllib.loads(file.read_text(encoding="utf-8"))


def scale_words() -> str:
    """Return a pattern of the words of magnitude in figures.toml, of all its languages."""
    languages = (table for table in tables().values() if isinstance(table, dict))
    return "|".join(words for table in languages for words, _ in table.get("scales", ()))


def unit_rows() -> list[tuple[str, str, Measure, str]]:
    """Return the rows of units: symbols, words, what they measure, and CLDR's name of the unit."""
    return [
        (symbols, words, Measure(kind, unit, float(factor)), name)
        for symbols, words, kind, unit, factor, name in tables()["units"]
    ]


def _units(lexicon: Lexicon) -> list[tuple[re.Pattern[str], Measure]]:
    """Return the units of figures.toml: of a language without words there, the symbols alone."""
    # By re.ASCII a symbol ends where a Japanese or a Korean letter follows.
    flags = re.I if lexicon.has_case or lexicon.is_rich else re.I | re.A
    rows = [
        ("|".join(filter(None, (symbols, words if lexicon.is_rich else ""))), measure)
        for symbols, words, measure, _ in unit_rows()
    ]
    return [(re.compile(pattern, flags), measure) for pattern, measure in rows if pattern]


def _cldr_units(locale: LocaleData) -> Iterator[tuple[Affix, Measure]]:
    """Yield CLDR's words for the units of figures.toml."""
    for _, _, measure, name in unit_rows():
        for affix in locale.units.get(name, ()):
            letters = affix.text.rstrip(".")
            # A single letter is too often something else.
            if not affix.is_short or len(letters) > 1 or not letters.isalpha():
                yield affix, measure


def _currencies(locale: LocaleData) -> Iterator[tuple[Affix, Measure]]:
    for affix, code in locale.currencies:
        yield affix, Measure("money", code, 1.0)


def _inflected(locale: LocaleData) -> re.Pattern[str] | None:
    """Return a pattern for words that begin like one of magnitude: "milyonu", "Millionäre"."""
    words = {affix.text for affix, _ in locale.scales if not (affix.is_short or affix.is_before)}
    stems = sorted((word for word in words if len(word) >= _LONG), key=len, reverse=True)
    return (
        re.compile(rf"[ -]?({'|'.join(map(re.escape, stems))})[^\W\d_]+", re.I) if stems else None
    )
