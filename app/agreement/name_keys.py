"""The names by which sentences are compared, across languages."""

import re

from app.agreement.vocabulary import attributions, patterns
from index.language.names import name_words
from index.language.scripts import CAPITAL

_PRODUCT = re.compile(r"[a-z][a-z-]*\d+[a-z]?")  # a name with a number: trainium3
_DIGITS = re.compile(r"\d+")
_COMPARISON_REACH = 24  # characters before a name
_NAME = rf"((?:[{CAPITAL}][\w’'.-]*\s?){{1,4}})"
_LOCATION = re.compile(
    r"\b(?i:in|at|en|a|nel|nella|nello|nell['’]|negli|nei|for|of|for the|in the|across|within|por|"
    r"para|per|del|della|della|dello|de)\s?" + _NAME
)


def name_keys(text: str, *, starts_sentence: bool = True) -> frozenset[str]:
    """Return the keys of the names in a text, each word by itself.

    Names that have another form in another language come under one key: 亚马逊 is amazon.
    """
    known = {name for name, pattern in patterns("names", flags=0).items() if pattern.search(text)}
    found = (name.key for name in name_words(text, starts_sentence=starts_sentence))
    return frozenset(known.union(found))


def numbers(text: str) -> frozenset[str]:
    """Return the numbers that a text has in digits: of a version, a model, a year, a section."""
    return frozenset(_DIGITS.findall(text))


def is_product(key: str) -> bool:
    """Whether the key of a name ends in a number."""
    return _PRODUCT.fullmatch(key) is not None


def product(text: str) -> str | None:
    """Return the key of the first name with a number that nothing is compared with."""
    comparison = patterns("comparisons")["pattern"]
    for name in name_words(text):
        before = text[max(0, name.start - _COMPARISON_REACH) : name.start]
        if is_product(name.key) and not comparison.search(before):
            return name.key
    return None


def located(text: str) -> frozenset[str]:
    """Return the keys of the names that say where or for whom something holds."""
    found = (name_keys(m[1], starts_sentence=False) for m in _LOCATION.finditer(text))
    return frozenset().union(*found)


def without_attributions(text: str) -> str:
    """Return the text with spaces in place of the names of those who are quoted."""
    for pattern in attributions(_NAME):
        for match in pattern.finditer(text):
            start, end = match.span(1)
            text = text[:start] + " " * (end - start) + text[end:]
    return text
