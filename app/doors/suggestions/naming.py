"""Names that are worth a question: a capital alone may be that of any word.

A name stands within the sentences of the text. It has several words or stands in several places,
and is none of the words that the text also has in small letters, nor of the calendar's.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from app.doors.suggestions.candidate import Place
from index.chunking import Chunk, quotable_spans
from index.language.figures.calendar import calendar_words
from index.language.names import Name, names

_LEAST = 3  # characters: "AI" and "IT" are no names to ask about
_SEVERAL = 2
_MOST = 200  # names that are compared with each other
_WORD = re.compile(r"[^\W\d_]+")
_MARKS = " *_`~[(“”\"'«»—–-"  # may stand before the first word of a sentence


@dataclass(slots=True)
class NameInTexts:
    """A name and where it stands."""

    forms: Counter[str] = field(default_factory=Counter)  # how it is written, counted
    places: list[Place] = field(default_factory=list)  # the sentences that have it

    @property
    def text(self) -> str:
        """The name as it is mostly written."""
        return self.forms.most_common(1)[0][0]

    @property
    def sources(self) -> set[str]:
        """The articles that have it."""
        return {place.source for place in self.places}

    def is_in(self, places: Iterable[Place]) -> bool:
        """Whether it stands in one of these places."""
        return any(own.overlaps(place) for place in places for own in self.places)


def names_worth_asking(chunks: Iterable[Chunk]) -> list[NameInTexts]:
    """Return the names in these texts that are worth a question, those in most sentences first."""
    found: dict[str, NameInTexts] = {}
    small: set[str] = set()  # words that stand in small letters
    calendar: set[str] = set()
    for chunk in chunks:
        small.update(word for word in _WORD.findall(chunk.text) if word.islower())
        calendar |= calendar_words(chunk.language)
        for name, place in _names(chunk):
            known = found.setdefault(name.key, NameInTexts())
            known.forms[name.text] += 1
            known.places.append(place)
    worth = [name for name in found.values() if _is_worth_asking(name, small | calendar)]
    worth.sort(key=lambda name: -len(name.places))
    worth = worth[:_MOST]
    return [name for name in worth if not any(_is_part(name, other) for other in worth)]


def _names(chunk: Chunk) -> Iterator[tuple[Name, Place]]:
    """Yield the names within the sentences and the items of a text, each with its sentence.

    What begins a sentence may be any word; in tables, all cells begin one.
    """
    for start, end in quotable_spans(chunk):
        block = next((b for b in chunk.blocks if b.start <= chunk.start + start < b.end), None)
        if block is None or block.kind in ("paragraph", "item"):
            sentence = chunk.text[start:end].lstrip(_MARKS)
            place = Place(chunk.source, chunk.start + start, chunk.start + end)
            for name in {name.key: name for name in names(sentence) if name.is_sure}.values():
                yield name, place


def _is_worth_asking(name: NameInTexts, ordinary: set[str]) -> bool:
    words = _WORD.findall(name.text)
    if len(name.text) < _LEAST or all(word.casefold() in ordinary for word in words):
        return False
    return len(words) >= _SEVERAL or len(name.places) >= _SEVERAL


def _is_part(name: NameInTexts, other: NameInTexts) -> bool:
    """Whether a name is most often a part of another: Ottesen, of Karen Ottesen."""
    is_within = set(name.text.split()) < set(other.text.split())
    return is_within and len(name.places) <= len(other.places)
