"""The words of a text that are not names, as stems."""

import re

from index.language.scripts import CAPITAL, bigrams, is_wide

_WORD = re.compile(r"[^\W\d_]{4,}|[\u3400-\u9fff]{2}")
_STEM = 5  # characters
_APPOSITION = re.compile(
    rf"[{CAPITAL}][\w’'-]*\s?"
    r"(?:,\s(?P<between>[^,.;]{4,60}),|\((?P<bracketed>[^)]{4,40})\))"
)


def stems(text: str) -> frozenset[str]:
    """Return the stems of the words of a text that are not names; pairs of Chinese characters."""
    return frozenset(
        word[:_STEM] for word in _WORD.findall(bigrams(text)) if word.islower() or is_wide(word[0])
    )


def apposition(text: str) -> frozenset[str]:
    """Return the stems that explain who a name is: "Jordan, a professor of statistics,"."""
    explained = (m["between"] or m["bracketed"] for m in _APPOSITION.finditer(text))
    return frozenset().union(*map(stems, explained))


def overlap(a: frozenset[str], b: frozenset[str]) -> float:
    """Return the share of the smaller set that is in the other."""
    return len(a & b) / min(len(a), len(b)) if a and b else 0.0
