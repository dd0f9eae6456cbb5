"""Words that stand beside a number, each with its meaning."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Generic, TypeVar

from index.language.figures.affixes import Affix

Meaning = TypeVar("Meaning")

_BETWEEN = (" ", "-")  # what may stand between a number and its word
_BETWEEN_MOST = 2  # of them; a mark of writing direction counts as a space
_STEM = 4  # letters of a word that may have an ending
_ENDING = re.compile(r"[^\W\d_]{1,3}(?!\w)")


class WordTable(Generic[Meaning]):
    """Finds the longest word that stands before or after a number.

    Letter case counts in abbreviations and symbols only. A word that CLDR writes without a space
    is not found behind one. With `endings`, a long word may have an ending that CLDR does not
    have: "Jahren".
    """

    def __init__(self, entries: Iterable[tuple[Affix, Meaning]], *, endings: bool = False) -> None:
        entries = list(entries)
        self._endings = endings
        self._after = _Words([entry for entry in entries if not entry[0].is_before])
        self._before = _Words([entry for entry in entries if entry[0].is_before])

    def get(self, word: str) -> Meaning | None:
        """Return the meaning of a word that stands after numbers, or None if there is none."""
        return self._after.get(word)

    def after(self, text: str, end: int) -> tuple[Meaning, int] | None:
        """Return the meaning of the word after a number that ends here, and the word's end."""
        for begin in range(end, end + _BETWEEN_MOST + 1):
            for length in self._after.lengths(text[begin : begin + 1]):
                stop = begin + length
                if stop > len(text):
                    continue
                meaning = self._after.get(text[begin:stop], is_apart=begin > end)
                if meaning is None:
                    continue
                if not self._after.is_cut(text, begin, stop):
                    return meaning, stop
                if self._endings and length >= _STEM and (ending := _ENDING.match(text, stop)):
                    return meaning, ending.end()
            if not text.startswith(_BETWEEN, begin):
                break
        return None

    def before(self, text: str, start: int) -> tuple[Meaning, int] | None:
        """Return the meaning of the word before a number that starts here, and the word's start."""
        for stop in range(start, max(0, start - _BETWEEN_MOST - 1), -1):
            for length in self._before.lengths(text[stop - 1]):
                begin = stop - length
                if begin < 0:
                    continue
                meaning = self._before.get(text[begin:stop], is_apart=stop < start)
                if meaning is not None and not (begin and _is_joined(text[begin - 1 : begin + 1])):
                    return meaning, begin
            if not text.endswith(_BETWEEN, 0, stop):
                break
        return None


class _Words(Generic[Meaning]):
    """The words on one side of a number."""

    def __init__(self, entries: Iterable[tuple[Affix, Meaning]]) -> None:
        self._exact: dict[str, Meaning] = {}
        self._folded: dict[str, Meaning] = {}
        glued: set[str] = set()
        spaced: set[str] = set()
        lengths: dict[str, set[int]] = {}  # by the character beside the number
        for affix, meaning in entries:
            text = affix.text if affix.is_short else _fold(affix.text)
            # "Mio." and, where the full stop is left out, "Mio".
            for word in (text, text.rstrip(".") or text):
                (self._exact if affix.is_short else self._folded).setdefault(word, meaning)
                lengths.setdefault(_fold(word[-1 if affix.is_before else 0]), set()).add(len(word))
                (glued if affix.is_glued else spaced).add(word)
        self._glued = glued - spaced
        self._lengths = {key: sorted(found, reverse=True) for key, found in lengths.items()}

    def lengths(self, character: str) -> Sequence[int]:
        """Return the lengths of the words with this character beside the number, longest first."""
        return self._lengths.get(_fold(character), ())

    def get(self, word: str, *, is_apart: bool = False) -> Meaning | None:
        """Return the meaning of a word, which a space or a hyphen may set apart from the number."""
        meaning = self._exact.get(word)
        if meaning is None:
            word = _fold(word)
            meaning = self._folded.get(word)
        return None if is_apart and word in self._glued else meaning

    def is_cut(self, text: str, begin: int, stop: int) -> bool:
        """Whether the word goes on after `stop`, and so is another one."""
        word, following = text[begin:stop], text[stop : stop + 1]
        if _is_caseless(word[-1]) and word in self._exact and _fold(word) not in self._folded:
            return following.isalnum()  # no ending follows an abbreviation
        return _is_joined(word[-1] + following)


def _fold(word: str) -> str:
    """Return a word in small letters and of the same length: İ stays as it is."""
    small = word.lower()
    if len(small) == len(word):
        return small
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in word)


def _is_joined(pair: str) -> bool:
    """Whether two characters belong to one word.

    They do not where one is of a script without case: Chinese has no spaces, and in Korean or
    Hindi an ending follows the word directly.
    """
    return len(pair) == len("ab") and all(
        (character.isalnum() or character == "_") and not _is_caseless(character)
        for character in pair
    )


def _is_caseless(character: str) -> bool:
    return unicodedata.category(character) == "Lo"
