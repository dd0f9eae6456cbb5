"""Two questions in one, such as "What does it cost and who makes it?"."""

import re
from functools import cache

from index.language.figures.cldr import joining
from index.language.sentences import sentences

_MOST = 3  # questions in one
_COMMA = r"[,;，；]\s*"
_ASKS = ("?", "？")

# The words that a question asks with, of these languages only. A head on the vectors of both parts
# was tried: it found long questions joined by us, but none as short as "and when is it due?".
_WORDS = {
    "en": "who|whom|whose|what|which|when|where|why|how",
    "es": "quién|quiénes|qué|cuál|cuáles|cuándo|dónde|cómo|cuánt[oa]s?",
    "it": "chi|che|cosa|cos|qual|quale|quali|quando|dove|dov|perché|come|com|quant[oaie]",
}
_SIGNS = re.compile("谁|什么|哪|几|多少|多久|多长|多大|多高|怎么|怎样|如何|为何|何时|吗")


def parts(question: str, language: str) -> list[str]:
    """Return the questions that one text asks, in its words; only the text if it asks one."""
    asked: list[str] = []
    stated = ""  # what stands before a question belongs to it
    for start, end in sentences(question, (0, len(question)), language):
        sentence = question[start:end]
        if sentence.endswith(_ASKS) or (asked and _begins_asking(sentence, language)):
            asked += _cut((stated + sentence).strip(), language)
            stated = ""
        else:
            stated += sentence + " "
    if not asked:
        asked = _cut(question, language)
    elif stated:
        asked[-1] = f"{asked[-1]} {stated.strip()}"
    return asked if 1 < len(asked) <= _MOST else [question]


def _cut(question: str, language: str) -> list[str]:
    """Return a question in two where both sides ask: at a comma or the word for "and"."""
    for match in _joints(language).finditer(question):
        before, behind = question[: match.start()].strip(), question[match.end() :].strip()
        if (
            _asks(before, language)
            and _begins_asking(behind, language)
            and not _goes_on_asking(before, behind, language)
        ):
            return [before, behind]
    return [question]


def _asks(words: str, language: str) -> bool:
    return _asking(language).search(words) is not None


def _begins_asking(words: str, language: str) -> bool:
    """Whether some words begin with one that asks; at most one such as "until" stands before it."""
    if language == "zh":
        return _asks(words, language)
    return re.match(rf"¿?(?:\w{{1,5}}\s)?{_asking(language).pattern}", words, re.I) is not None


def _goes_on_asking(before: str, behind: str, language: str) -> bool:
    """Whether the words on both sides only ask several things of one: when, where and with whom."""
    if language == "zh":
        return False
    word = _asking(language).pattern
    several = rf"{word}\s*(?:{_joints(language).pattern})\s*(?:\w{{1,5}}\s)?{word}"
    return (
        re.search(rf"{word}$", before, re.I) is not None
        or re.match(several, behind, re.I) is not None
    )


@cache
def _asking(language: str) -> re.Pattern[str]:
    if language == "zh":
        return _SIGNS
    return re.compile(rf"\b(?:{_WORDS.get(language, '(?!)')})\b", re.I)


@cache
def _joints(language: str) -> re.Pattern[str]:
    """Return a pattern of what may stand between two questions."""
    word = joining(language)
    return re.compile(_COMMA if word is None else f"(?:{_COMMA})?{re.escape(word)}|{_COMMA}")
