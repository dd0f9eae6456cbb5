"""What is counted by a number, and what has it in its name."""

import re
from functools import cache

from index.language.figures.lexicon import Lexicon, tables
from index.language.scripts import CASED

_REACH = 60  # characters around a number in which the counted thing is named
_NEAR, _NEAR_HAN = 2, 6  # words, or characters, between a number and its thing
_CLAUSE_END = re.compile(r"[;:。；：，、()（）]|,(?!\d)|(?<!\d)\.(?!\d)|\.\s")
_NEXT_WORD = re.compile(r"[ -]+(?:di |de |of )?(?P<word>[^\W\d_](?:[\w'’.-]*\w)?)")
_WORD_BEFORE = re.compile(rf"(?P<word>[{CASED}\d:.+’'-]*[{CASED}][{CASED}\d:.+’'-]*)[ -]?$")
_LETTER = re.compile(r"[A-Za-z]")
_VERSION_DIGITS = 2  # of a number in a name, where that is hard to tell: Trainium 3


@cache
def nouns() -> list[tuple[str, re.Pattern[str]]]:
    """Return the classes of counted things, with the words for each in all languages."""
    return [(noun, re.compile(rf"(?<![a-zà-ÿ])(?:{p})", re.I)) for noun, p in tables()["nouns"]]


def counted(text: str, start: int, end: int, lexicon: Lexicon, *, vague: bool) -> tuple[str, int]:
    """Return the class of what is counted, or its word, and where the figure then ends.

    Of an order of magnitude ("billions") the thing is named at once or not at all.
    """
    clause = _CLAUSE_END.search(text, end)
    stop = min(clause.start() if clause else len(text), end + _REACH)
    behind = [(m.start(), noun, m.end()) for noun, p in nouns() if (m := p.search(text, end, stop))]
    if behind:
        begin, noun, noun_end = min(behind)
        distance, most = len(text[end:begin].split()), _NEAR
        if lexicon.is_chinese:
            distance, most = begin - end, _NEAR_HAN
        if distance <= most:
            return noun, noun_end
    if vague:
        return "", end
    following = None if lexicon.is_chinese else _NEXT_WORD.match(text, end)
    if following and not lexicon.is_function_word(following["word"]):
        return following["word"].casefold(), following.end()
    begin = max(0, start - _REACH)
    begin = max([begin, *(m.end() for m in _CLAUSE_END.finditer(text, begin, start))])
    front = [(m.start(), noun) for noun, p in nouns() for m in p.finditer(text, begin, start)]
    if front:
        return min(front)[1], end  # what the clause begins with is its subject
    return (min(behind)[1], end) if behind else ("", end)


def is_class(thing: str) -> bool:
    """Whether this is the name of a class of counted things."""
    return any(noun == thing for noun, _ in nouns())


def is_counted_at(text: str, end: int) -> bool:
    """Whether a number is followed by a counted thing, with at most one word between."""
    return any(pattern.match(text, end) for pattern in _nouns_after_a_number())


@cache
def _nouns_after_a_number() -> list[re.Pattern[str]]:
    return [re.compile(rf"\s+(?:\w+\s+)?(?:{p.pattern})", re.I) for _, p in nouns()]


def is_name_part(text: str, start: int, end: int, lexicon: Lexicon) -> bool:
    """Whether bare digits belong to a name, as in Trainium 3, 3D and 5G."""
    if _LETTER.match(text, end) or _LETTER.match(text, max(0, start - 1), start):
        return True
    if not lexicon.is_rich and end - start > _VERSION_DIGITS:
        return False  # any word may have a capital, as nouns have in German
    before = _WORD_BEFORE.search(text, max(0, start - _REACH), start)
    if not before:
        return False
    word = before["word"]
    is_capital = any(character.isupper() for character in word)
    return is_capital and not lexicon.is_function_word(word.rstrip(".:"))
