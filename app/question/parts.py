"""Two questions in one, such as "What does it cost and who makes it?"."""

import re
from collections.abc import Iterator
from functools import cache

from index.language.lists import joining
from index.language.sentences import sentences

_MOST = 3  # questions in one
_COMMA = r"[,;，；]\s*"
_ASKS = ("?", "？")

# The words that a question asks with. A head on the vectors of both parts found as many questions
# that were joined by us, and none of the short ones that people join ("and when is it due?").
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
        if sentence.endswith(_ASKS):
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
    for before, behind in _cuts(question, language):
        if language == "zh":
            both_ask = _SIGNS.search(before) and _SIGNS.search(behind)
        else:
            word = _WORDS.get(language, "(?!)")
            # At most a word such as "until" stands before it.
            begins = re.match(rf"¿?(?:\w{{1,5}}\s)?(?:{word})\b", behind, re.I)
            both_ask = begins and re.search(rf"\b(?:{word})\b", before, re.I)
        if both_ask:
            return [before, behind]
    return [question]


def _cuts(question: str, language: str) -> Iterator[tuple[str, str]]:
    """Yield what stands before and behind each comma, and each word for "and"."""
    for match in _joints(language).finditer(question):
        yield question[: match.start()].strip(), question[match.end() :].strip()


@cache
def _joints(language: str) -> re.Pattern[str]:
    """Return a pattern of what may stand between two questions."""
    word = joining(language)
    return re.compile(_COMMA if word is None else f"(?:{_COMMA})?{re.escape(word)}|{_COMMA}")
