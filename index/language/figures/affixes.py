"""The words and symbols beside a number, as CLDR's patterns have them: "0 Millionen", "{0} km"."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

_MARKS = re.compile("[\u200e\u200f\u061c]")  # of writing direction
_COMPACT = re.compile(r"(?P<before>[^0]*)(?P<zeros>0+)(?P<after>[^0]*)")
_UNIT = re.compile(r"(?P<before>.*)\{0\}(?P<after>.*)")
_NO_CURRENCY = "XXX"
_DOLLARS = ("USD", "CAD", "AUD", "NZD", "SGD", "HKD")
_SHORT = 2  # letters of a word that says too little
_INFLECTED = 5  # letters of a name that may have lost an ending


@dataclass(frozen=True, slots=True)
class Affix:
    """A word or symbol that stands before or after a number."""

    text: str
    is_before: bool = False
    is_glued: bool = False  # CLDR puts no space between it and the number
    is_short: bool = False  # a symbol or an abbreviation, whose letter case counts


def scales(language: Mapping[str, Any], regions: Sequence[Any]) -> Iterator[tuple[Affix, float]]:
    """Yield the words of magnitude with their factors.

    A region adds its long words; where it gives one another size, the language's own stays.
    """
    found = [*_compact(language, "long"), *_compact(language, "short")]
    words = {affix.text for affix, _ in found}
    yield from found
    for region in regions:
        yield from (pair for pair in _compact(region, "long") if pair[0].text not in words)


def _compact(source: Mapping[str, Any], width: str) -> Iterator[tuple[Affix, float]]:
    """Yield the words of compact formats, such as "0 Millionen" for 1000000.

    The factor follows from the size and the zeros, so it is right for long and short scales.
    """
    for by_size in _items(source, "compact_decimal_formats", width):
        for size, pattern in by_size.items():
            positive = str(pattern.pattern).partition(";")[0]
            match = _COMPACT.fullmatch(_MARKS.sub("", positive.replace("'", "")))
            affix = _affix(match, is_short=width == "short")
            if match and affix:
                yield affix, float(size) / 10 ** (len(match["zeros"]) - 1)


def _items(source: Mapping[str, Any], *keys: str) -> list[Mapping[Any, Any]]:
    """Return the mappings under some keys of CLDR's data, which may be missing or an alias."""
    for key in keys:
        source = source.get(key, {}) if isinstance(source, Mapping) else {}
    values = source.values() if isinstance(source, Mapping) else ()
    return [value for value in values if isinstance(value, Mapping)]


def units(language: Mapping[str, Any]) -> dict[str, tuple[Affix, ...]]:
    """Return the words for each unit, by CLDR's name of it: "length-kilometer"."""
    return {
        name: tuple(
            affix
            for width in ("long", "short")
            for plural, pattern in patterns.get(width, {}).items()
            if plural != "per"
            and (affix := _affix(_UNIT.fullmatch(plain(pattern)), is_short=width == "short"))
        )
        for name, patterns in language["unit_patterns"].items()
    }


def _affix(match: re.Match[str] | None, *, is_short: bool) -> Affix | None:
    """Return the word on one side of a pattern's number; None if there is none, or one on each."""
    if match is None:
        return None
    before, after = match["before"], match["after"]
    words = [plain(side) for side in (before, after) if plain(side)]
    if len(words) != 1:
        return None
    return Affix(words[0], bool(plain(before)), len(words[0]) == len(before + after), is_short)


def currencies(language: Mapping[str, Any]) -> Iterator[tuple[Affix, str]]:
    """Yield names, symbols and codes of currencies, and the word for any dollar as American."""
    names, plurals = language["currency_names"], language["currency_names_plural"]
    symbols = language["currency_symbols"]
    codes = [code for code in dict.fromkeys([*names, *symbols]) if _is_money(code, symbols)]
    forms = {
        code: [names[code], *plurals.get(code, {}).values()] for code in codes if code in names
    }
    # "{1} {0}": the name comes first.
    is_before = any(f.startswith("{1}") for f in language["currency_unit_patterns"].values())
    for code in forms:
        for name in forms[code]:
            yield Affix(plain(name), is_before), code
    for word in _dollars(forms):
        yield Affix(word, is_before), _DOLLARS[0]
    for code in codes:
        for text in (code, plain(symbols.get(code, code))):
            if len(text) > 1 or not text.isalpha():
                yield Affix(text, is_short=True), code
                yield Affix(text, is_before=True, is_short=True), code


def _is_money(code: str, symbols: Mapping[str, str]) -> bool:
    """Whether a code is no gold, test or the like: those have an X, and no symbol."""
    return code != _NO_CURRENCY and (not code.startswith("X") or code in symbols)


def _dollars(forms: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Yield what the names of all dollars share: "dollars" of "dollars canadiens"."""
    names = [[plain(name).lower() for name in forms.get(code, ())] for code in _DOLLARS]
    if not all(names):
        return
    words = {word for own in names for name in own for word in name.split()}
    # Where no spaces divide words, what the names begin with.
    words.add(common_start([own[0] for own in names]))
    for word in sorted(words):
        is_shared = all(any(word in name for name in own) for own in names)
        if is_shared and (len(word) > _SHORT or (word and not word.isascii())):
            yield word
            if len(word) >= _INFLECTED:
                yield word[:-1]  # "dolar", where the names have "doları"


def common_start(words: Sequence[str]) -> str:
    """Return what all words begin with."""
    shared = takewhile(lambda letters: len(set(letters)) == 1, zip(*words, strict=False))
    return "".join(letters[0] for letters in shared).strip()


def plain(text: str) -> str:
    """Return `text` with every space as a plain one, and without marks of direction."""
    return re.sub(r"\s", " ", _MARKS.sub("", text)).strip()
