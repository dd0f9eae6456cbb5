"""The names in a text, in whatever of the four languages and its script."""

import re

from app.agreement.vocabulary import attributions, patterns

_WORD = re.compile(r"[A-Za-zÀ-ÖØ-öø-ÿ](?:[A-Za-zÀ-ÖØ-öø-ÿ0-9’'+&.-]*[A-Za-zÀ-ÖØ-öø-ÿ0-9])?")
_DIGIT = re.compile(r"\d")
_NOT_NAMES = re.compile(
    r"(?:AI|IA|CEO|CFO|CTO|GPUs?|CPUs?|TPUs?|USD|EUR|GBP|US|PC|TV|IT|Capex|"
    r"January|February|March|April|May|June|July|August|September|October|November|December|"
    r"Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|[TPGM]i?B|[GMk]?W|GHz|TFLOPS)$"
)
# Words that begin a sentence with a capital and are no names.
_ORDINARY = re.compile(
    r"(?:the|an?|in|on|at|by|of|for|from|to|and|but|or|with|its?|his|her|their|our|this|that|these|"
    r"those|about|around|more|less|over|under|up|nearly|almost|some|each|every|all|both|only|just|"
    r"how|what|when|who|which|where|why|is|are|was|were|does|did|do|has|have|according|after|"
    r"before|since|during|today|now|energy|networking|systems?|customers?|companies|revenue|sales|"
    r"il|lo|la|i|gli|le|l|un|una|uno|di|a|da|nel|nella|con|su|per|tra|fra|secondo|quant[oaie]|"
    r"quando|chi|cosa|quale|che|oggi|oltre|circa|più|fino|ogni|dopo|prima|gli|ha|sono|è|"
    r"el|los|las|una|de|del|en|con|por|para|según|cuánt[oa]s?|cuándo|quién|qué|cuál|dónde|hoy|más|"
    r"hasta|unos|unas|cada|desde|tras|al|se|su|sus|ya|es|son|cerca|casi|aziende|clienti|empresas|"
    r"clientes|l'\w+|dell'\w+|nell'\w+|all'\w+|[a-zà-ÿ]*ed|[a-zà-ÿ]*ly|[a-zà-ÿ]*mente)$",
    re.I,
)
_GENERATION = re.compile(
    r"\b([A-Z][A-Za-z]{2,})[ -](\d{1,2})(?!\d|[.,]\d|%|\s?(?:x\b|times|volte|veces|倍|million))"
)
_PRODUCT = re.compile(r"(?<![A-Za-z])[A-Z][A-Za-z-]*\d+")
_COMPARISON_REACH = 24  # characters before a name
_NAME = r"((?:[A-Z][\w’'.-]*\s?){1,4})"
_PLACE = re.compile(
    r"\b(?:in|at|en|a|nel|nella|nello|nell['’]|negli|nei|for|of|for the|in the|across|within|por|"
    r"para|per|del|della|della|dello|de)\s?" + _NAME
)


def names(text: str) -> frozenset[str]:
    """Return the names in a text, each word by itself, a product with its number: trainium3."""
    found = {name for name, pattern in patterns("names", flags=0).items() if pattern.search(text)}
    joined = _join_generations(text)
    for match in _WORD.finditer(joined):
        word = match[0]
        capitals = sum(character.isupper() for character in word)
        inside = capitals > word[0].isupper() or _DIGIT.search(word)
        if not capitals or _NOT_NAMES.match(word):
            continue
        if inside or not _starts_sentence(joined, match.start()) or not _ORDINARY.match(word):
            found.add(_bare(word))
    return frozenset(found)


def is_product(name: str) -> bool:
    """Whether a name is one with a number."""
    return re.fullmatch(r"[a-z][a-z-]*\d+[a-z]?", name) is not None


def product(text: str) -> str | None:
    """Return the first name with a number that nothing is compared with."""
    joined = _join_generations(text)
    comparison = patterns("comparisons")["pattern"]
    for match in _PRODUCT.finditer(joined):
        if not comparison.search(joined[max(0, match.start() - _COMPARISON_REACH) : match.start()]):
            return _bare(match[0])
    return None


def located(text: str) -> frozenset[str]:
    """Return the names that say where or for whom something holds."""
    # After a word, so that no name begins a sentence.
    return frozenset().union(*(names(f"x {match[1]}") for match in _PLACE.finditer(text)))


def without_attributions(text: str) -> str:
    """Return the text with the names of who is quoted blanked out."""
    for pattern in attributions(_NAME):
        for match in pattern.finditer(text):
            start, end = match.span(1)
            text = text[:start] + " " * (end - start) + text[end:]
    return text


def _join_generations(text: str) -> str:
    """Return the text with "Trainium 3" as one word."""
    return _GENERATION.sub(r"\1\2", text)


def _starts_sentence(text: str, start: int) -> bool:
    before = text[:start].rstrip(" \"“”'¿¡(")
    return not before or before[-1] in ".!?:。！？：\n"


def _bare(word: str) -> str:
    word = re.sub(r"[’']s$", "", word).casefold().strip(".'’-")
    return word[:-1] if len(word) > 4 and word.endswith("s") and not word.endswith("ss") else word
