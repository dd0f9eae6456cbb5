"""The names in a text, in whatever script has capital letters.

A name is a word with a capital letter, unless it begins a sentence and is an ordinary word. The
number after it belongs to it where it is one of several of its kind: Trainium 3.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from index.language.figures.lexicon import scale_words
from index.language.scripts import WIDE

_LETTER = rf"[^\W_{WIDE}]"  # or a digit
_WORD = re.compile(rf"{_LETTER}(?:(?:{_LETTER}|[’'+&.-])*{_LETTER})?")
_NUMBERED = re.compile(r"[^\W\d_]{3,}")
_GAP = re.compile(r"[ -]")  # between the words of one name

# "l'iPhone", "dell'Amazon", and "L'Amazon" at the beginning of a sentence; not "O'Brien".
_ELISION = re.compile(r"(?:[a-zà-ÿ]{1,6}|[LD]|Un|Dell|All|Nell|Dall|Sull|Quell)[’'](?=\w)")
_POSSESSIVE = re.compile(r"[’']s$")
_PLURAL = re.compile(r"(?<=[^\W_a-zà-ÿ])s$")  # H100s, GPUs

_SENTENCE_ENDS = ".!?:。！？：\n"
_OPENING = " \"“”'‘«¿¡("

# Capitals that are no names: abbreviations of common words, units, months and days.
_NOT_NAMES = re.compile(
    r"(?:AI|IA|CEO|CFO|CTO|GPUs?|CPUs?|TPUs?|USD|EUR|GBP|US|PC|TV|IT|Capex|"
    r"January|February|March|April|May|June|July|August|September|October|November|December|"
    r"Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|[TPGM]i?B|[GMk]?W|GHz|[TPE]?FLOPS)"
)
# Ordinary words that often begin a sentence.
_ORDINARY = re.compile(
    r"(?:the|an?|in|on|at|by|of|for|from|to|and|but|or|with|its?|his|her|their|our|this|that|these|"
    r"those|about|around|more|less|over|under|up|nearly|almost|some|each|every|all|both|only|just|"
    r"how|what|when|who|which|where|why|is|are|was|were|does|did|do|has|have|according|after|"
    r"before|since|during|today|now|energy|networking|systems?|customers?|companies|revenue|sales|"
    r"il|lo|la|i|gli|le|l|un|una|uno|di|a|da|nel|nella|con|su|per|tra|fra|secondo|quant[oaie]|"
    r"quando|chi|cosa|quale|che|oggi|oltre|circa|più|fino|ogni|dopo|prima|gli|ha|sono|è|"
    r"el|los|las|una|de|del|en|con|por|para|según|cuánt[oa]s?|cuándo|quién|qué|cuál|dónde|hoy|más|"
    r"hasta|unos|unas|cada|desde|tras|al|se|su|sus|ya|es|son|cerca|casi|aziende|clienti|empresas|"
    r"clientes|[a-zà-ÿ]*ed|[a-zà-ÿ]*ly|[a-zà-ÿ]*mente)",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Name:
    """A name, `text[start:end]` of the text that it was found in."""

    text: str
    start: int
    end: int
    is_sure: bool = True  # False: it begins a sentence, so it may be an ordinary word

    @property
    def key(self) -> str:
        """The name in the form in which two are compared: "Trainium 3" is trainium3.

        It is in lower case, and without the plural s of capitals and digits (GPUs, H100s).
        """
        return re.sub(r"[ -](?=\d+$)", "", _PLURAL.sub("", self.text).casefold())


def name_words(text: str, *, starts_sentence: bool = True) -> list[Name]:
    """Return the single words of the names in a text, in order.

    `starts_sentence` says whether the text begins a sentence, so that its first word may be an
    ordinary one with a capital.
    """
    return list(_words(text, starts_sentence=starts_sentence))


def names(text: str) -> list[Name]:
    """Return the names in a text, in order; neighbouring words are one name.

    A name is as sure as its first word.
    """
    runs: list[Name] = []
    for word in _words(text, starts_sentence=True):
        last = runs[-1] if runs else None
        if last is not None and _GAP.fullmatch(text, last.end, word.start):
            runs[-1] = Name(text[last.start : word.end], last.start, word.end, last.is_sure)
        else:
            runs.append(word)
    return runs


def _words(text: str, *, starts_sentence: bool) -> Iterator[Name]:
    for start, end, is_elided in _spans(text):
        word = text[start:end]
        if not any(letter.isupper() for letter in word) or _NOT_NAMES.fullmatch(word):
            continue
        may_be_ordinary = _is_capitalized_only(word) and _begins_sentence(
            text, start, starts_sentence
        )
        if may_be_ordinary and (is_elided or _ORDINARY.fullmatch(word)):
            continue
        number = _number().match(text, end) if _NUMBERED.fullmatch(word) else None
        end = number.end() if number else end
        yield Name(text[start:end], start, end, is_sure=not may_be_ordinary)


@cache
def _number() -> re.Pattern[str]:
    """Return the pattern for the number of one of several: Trainium 3, Llama-4.

    It is not that of "Amazon 40% of …" or "Anthropic 8 miliardi".
    """
    counts = rf"[倍百千万亿]|(?:x|times|volte|veces|(?i:{scale_words()}))(?!\w)"
    return re.compile(rf"[ -]\d{{1,2}}(?!\w|[.,]\d|%|\s?(?:{counts}))")


def _spans(text: str) -> Iterator[tuple[int, int, bool]]:
    """Yield the span of each word, and whether it is an elided article with a common word.

    An article that is elided before a name is left out, and so is the ending of a possessive.
    """
    for match in _WORD.finditer(text):
        start, end = match.span()
        possessive = _POSSESSIVE.search(text, start, end)
        end = possessive.start() if possessive else end
        elision = _ELISION.match(text, start, end)
        if elision and any(letter.isupper() for letter in text[elision.end() : end]):
            yield elision.end(), end, False
        else:
            yield start, end, elision is not None


def _is_capitalized_only(word: str) -> bool:
    """Whether the only capital is the first letter, as in a word that begins a sentence."""
    return not any(letter.isupper() or letter.isdigit() for letter in word[1:])


def _begins_sentence(text: str, start: int, starts_sentence: bool) -> bool:
    before = text[:start].rstrip(_OPENING)
    return before[-1] in _SENTENCE_ENDS if before else starts_sentence
