"""The words of a question, in any language, and which of them are names."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from app.question.cues import LANGUAGES, Cues, cues
from index.language.detection import detect_language
from index.language.scripts import is_wide

_SHOUTED = 3  # words, from which capitals throughout are no names
_WORD = re.compile(r"[^\W_]+")
_GAP = re.compile(r"[ -]")  # between the words of one name


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a question: `text` in small letters, its place, and whether it is a name's."""

    text: str
    start: int
    end: int
    is_name: bool


def words_in(text: str, language: str | None) -> list[Word]:
    """Return the words of a text; `language` decides how Chinese is cut."""
    words = []
    shouted = text.isupper() and not is_chinese(text) and len(text.split()) > _SHOUTED
    for match in _WORD.finditer(text):
        for start, end in _pieces(text, *match.span(), language):
            piece = text[start:end]
            is_name = not shouted and _is_name(piece)
            words.append(Word(piece.lower(), start, end, is_name))
    for place, word in enumerate(words[1:], start=1):
        # The number of a name that has one: Trainium 3.
        last = words[place - 1]
        if word.text.isdecimal() and last.is_name and _GAP.fullmatch(text[last.end : word.start]):
            words[place] = Word(word.text, word.start, word.end, True)
    return words


def names_in(text: str, words: Sequence[Word]) -> list[str]:
    """Return the names in a text, each once, in order; words of a name stand side by side."""
    spans: list[tuple[int, int]] = []
    for word in words:
        if not word.is_name:
            continue
        if spans and _GAP.fullmatch(text[spans[-1][1] : word.start]):
            spans[-1] = (spans[-1][0], word.end)
        else:
            spans.append((word.start, word.end))
    return list(dict.fromkeys(text[start:end] for start, end in spans))


def language_of(question: str) -> str:
    """Return the language whose small words the question has most of.

    Detection by letters takes "And Meta?" for German.
    """
    if is_chinese(question):
        return "zh"
    words = [match[0].lower() for match in _WORD.finditer(question)]
    counts = {
        language: sum(word in cues(language).known for word in words)
        for language in LANGUAGES
        if language != "zh"
    }
    best = [language for language in counts if counts[language] == max(counts.values())]
    detected = detect_language(question)
    return detected if detected in best else best[0]


def is_chinese(text: str) -> bool:
    """Whether there is a character of a script without spaces in `text`."""
    return any(is_wide(character) for character in text)


def weigh(words: Iterable[Word]) -> int:
    """Return how many words these are; two Chinese characters count as one."""
    return sum((len(word.text) + 1) // 2 if is_wide(word.text[0]) else 1 for word in words)


def is_content(word: Word, known: Cues) -> bool:
    """Whether a word is more than one of the small words of its language."""
    return word.is_name or word.text not in known.known


def _pieces(text: str, start: int, end: int, language: str | None) -> list[tuple[int, int]]:
    """Return the words within a run of letters: Chinese is cut where a cue is."""
    if language != "zh" and not any(is_wide(character) for character in text[start:end]):
        return [(start, end)]
    return [match.span() for match in _chinese().finditer(text, start, end)]


@cache
def _chinese() -> re.Pattern[str]:
    """Return what finds a cue, a run of other characters up to the next cue, or a Latin word."""
    known = sorted((w for w in cues("zh").known if is_wide(w[0])), key=lambda w: -len(w))
    cue = "|".join(map(re.escape, known))
    return re.compile(rf"[A-Za-z0-9\u00c0-\u024f]+|{cue}|(?:(?!{cue}|[A-Za-z0-9\u00c0-\u024f]).)+")


def _is_name(word: str) -> bool:
    if len(word) < 2 or not word[0].isalpha() or word.lower() in _all_known():
        return False
    return word[0].isupper() or any(character.isupper() for character in word)


@cache
def _all_known() -> frozenset[str]:
    return frozenset().union(*(cues(language).known for language in LANGUAGES))
