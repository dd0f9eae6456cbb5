"""Words that were divided at the end of a line."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from index.language.scripts import is_wide

_SOFT = "\xad"  # shows only where it divides a word
HYPHENS = ("-", "‐", _SOFT)
_WORD = re.compile(r"[^\W_]+(?:[-‐][^\W_]+)*")
_LAST = re.compile(r"[^\W_]+(?:[-‐][^\W_]+)*(?=[-‐\xad]$)")
_SUSPENDED = ("and", "or", "und", "oder", "bis", "et", "ou")  # "fore- and hindsight"
_WHOLE = 4  # letters: if both parts of a word are words that long, it is one with a hyphen


class Hyphens:
    """Joins lines, and knows from the rest of a document which hyphens are a word's own."""

    def __init__(self, columns: Iterable[Sequence[str]]) -> None:
        """Take the lines of each part of the document."""
        self._counts: Counter[str] = Counter()
        ends: list[tuple[str, str]] = []
        for lines in columns:
            for before, line in pairwise(["", *lines]):
                words = [_plain(word) for word in _WORD.findall(line)]
                if before.endswith(HYPHENS):
                    ends.append((before, line))
                    words = words[1:]
                self._counts.update(words[:-1] if line.endswith(HYPHENS) else words)
        known = [self._known(*parts) for end in ends if (parts := _parts(*end))]
        self._are_own = known.count(True) > 0 and known.count(False) == 0

    def joined(self, lines: Sequence[str]) -> str:
        """Return lines as one, with words that were divided in one piece."""
        text = lines[0]
        for line in lines[1:]:
            text = self._with(text, line)
        return text.replace(_SOFT, "")

    def _with(self, text: str, line: str) -> str:
        if not text or not line:
            return text + line
        if not text.endswith(HYPHENS):
            return text + ("" if is_wide(text[-1]) and is_wide(line[0]) else " ") + line
        parts = _parts(text, line)
        if parts is None:  # a dash
            return text if not line else f"{text} {line}"
        if parts[1] in _SUSPENDED:
            return f"{text} {line}"
        if text.endswith(_SOFT):
            return text[:-1] + line
        return (text if self._is_own(*parts) else text[:-1]) + line

    def _is_own(self, left: str, right: str) -> bool:
        """Whether the hyphen between two parts is the word's own."""
        is_upper = left.isupper() and right.isupper()
        if not (right[0].islower() or is_upper) or not left[-1].isalpha():
            return True
        known = self._known(left, right)
        if known is not None:
            return known
        if self._are_own:
            return True
        return all(len(part) >= _WHOLE and self._counts[_plain(part)] > 0 for part in (left, right))

    def _known(self, left: str, right: str) -> bool | None:
        """Whether the document has a hyphen in this word elsewhere; None if it has it nowhere."""
        own = self._counts[_plain(f"{left}-{right}")]
        none = self._counts[_plain(left + right)]
        return None if own == none else own > none


def _parts(text: str, line: str) -> tuple[str, str] | None:
    """Return the parts of a word that the end of a text and a line may have divided."""
    left, right = _LAST.search(text), _WORD.match(line)
    return (left[0], right[0]) if left and right else None


def _plain(word: str) -> str:
    return word.casefold().replace("‐", "-").replace(_SOFT, "")
