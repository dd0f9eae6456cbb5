"""Holders of offices that only one person can hold: two sources that name two contradict."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from itertools import combinations

from app.agreement.findings import Difference, Stated
from app.agreement.focus import Focus
from app.agreement.name_keys import name_keys
from app.agreement.vocabulary import classes, patterns
from app.evidence.evidence import Evidence
from index.language.figures import figures
from index.language.scripts import CAPITAL, WIDE

_WORD = rf"[{CAPITAL}](?:[^\W_{WIDE}]|['’.-])*"
_LINK = r"(?: (?:de |von |van |bin |al-)?"
_WHOSE = rf"(?P<whose>{_WORD}{_LINK}{_WORD}){{0,3}}?)"
# Two words at least: a family name alone might be any word that begins a sentence.
_HOLDER = rf"(?P<holder>{_WORD}{_LINK}{_WORD}){{1,3}})"
_SPELLED_ALIKE = 0.75  # Gorbachev and Gorbachov, of difflib's ratio
_OF = r" (?:of|at|for|di|de|del|della|dell['’]) ?(?:the |la |el )?"
_IS = r"(?:: | is | è | es )"
_THE = r"(?:the |il |la |el |l['’])?"
_END = r"(?=[,.;:。，]|$)"
# Someone who is not the holder, or not yet, or not any more.
_NOT_QUITE = re.compile(
    r"(?:\b(?:ex|vice|deputy|interim|acting|assistant|adjunt[oa]|aggiunt[oa]|"
    r"facente funzioni|en funciones|ad interim)[ -]?|[前副代]|\bex)\s*$",
    re.I,
)
_WHO = re.compile(r"\b(?:who|chi|quién(?:es)?)\b|谁|什么人|\b(?:name|nombre|nome)\b|叫什么", re.I)
# Moods in which a sentence does not say who holds an office now.
_NOT_NOW = frozenset({"plan", "maybe", "past", "denied"})


@dataclass(frozen=True, slots=True)
class _Held:
    """A sentence that names the holder of an office."""

    position: int  # in the evidence
    source: str
    holder: str
    last: str  # the last word of the name
    dates: frozenset[tuple[tuple[float, float], ...]]


def contradictions(
    question: str, focus: Focus, evidence: Sequence[Evidence]
) -> Iterator[Difference]:
    """Yield the different holders that sources name for the office that a question asks about.

    Whose office it is must stand right beside it: an "Amazon CEO" is not the one of AWS.
    """
    if not _WHO.search(question):
        return
    for role in classes("roles", question):
        held = [h for position, e in enumerate(evidence) for h in _held(role, position, e, focus)]
        opposed = {
            opponent
            for (i, one), (j, other) in combinations(enumerate(held), 2)
            if _contradict(one, other)
            for opponent in (i, j)
        }
        if opposed:
            yield Difference(question, tuple(_stated([held[i] for i in sorted(opposed)])))


def _held(role: str, position: int, evidence: Evidence, focus: Focus) -> Iterator[_Held]:
    text, chunk = evidence.text, evidence.passage.chunk
    if classes("moods", text) & _NOT_NOW:
        return
    dates = frozenset(f.ranges for f in figures(text, chunk.language) if f.kind == "date")
    for pattern in _wordings(patterns("roles")[role].pattern):
        for match in pattern.finditer(text):
            if any(_NOT_QUITE.search(text[: match.start(g)]) for g in ("role", "whose", "holder")):
                return
            # The question must be about whose office it is, and not about the holder.
            whose, holder = (
                name_keys(match[group], starts_sentence=False) for group in ("whose", "holder")
            )
            if whose & focus.names and not holder & focus.names:
                name = match["holder"].strip(".,'’ ")
                last = re.findall(r"\w+", name.casefold())[-1]
                yield _Held(position, chunk.source, name, last, dates)
                return


def _contradict(one: _Held, other: _Held) -> bool:
    return one.source != other.source and one.dates == other.dates and not _is_same_name(one, other)


def _is_same_name(one: _Held, other: _Held) -> bool:
    """Whether two names end in the same word, even if their languages spell it differently."""
    return SequenceMatcher(None, one.last, other.last).ratio() >= _SPELLED_ALIKE


def _stated(held: Sequence[_Held]) -> Iterator[Stated]:
    """Yield each holder once, with the positions of all sentences that name them."""
    left = list(held)
    while left:
        first = left[0]
        same = [h for h in left if _is_same_name(h, first)]
        yield Stated(first.holder, tuple(dict.fromkeys(h.position for h in same)))
        left = [h for h in left if h not in same]


@cache
def _wordings(role: str) -> list[re.Pattern[str]]:
    """Return the patterns of the ways to say who holds an office."""
    role = rf"(?:(?<![A-Za-zÀ-ÿ])|(?=[\u4e00-\u9fff]))(?P<role>(?i:{role}))"
    wordings = [
        # Amazon CEO Andy Jassy; AWS's chief executive, Matt Garman; AWS首席执行官Matt Garman
        rf"{_WHOSE}(?:['’]s)?(?: |的|(?=[\u4e00-\u9fff])){role}(?:,? ?|是|为|：){_HOLDER}",
        # the CEO of Amazon, Andy Jassy, said; il CEO di Amazon è Andy Jassy
        rf"{role}{_OF}{_WHOSE}{_IS}{_HOLDER}",
        rf"{role}{_OF}{_WHOSE}, {_HOLDER}{_END}",
        # Andy Jassy, CEO of Amazon, said; Andy Jassy es el director ejecutivo de Amazon
        rf"{_HOLDER}{_IS}{_THE}{role}{_OF}{_WHOSE}(?![\w'’])",
        rf"{_HOLDER}, {_THE}{role}{_OF}{_WHOSE}{_END}",
        # Andy Jassy, Amazon CEO, said; Andy Jassy is Amazon's chief executive
        rf"{_HOLDER}(?:{_IS}|, ){_WHOSE}(?:['’]s)? {role}{_END}",
    ]
    return [re.compile(wording) for wording in wordings]
