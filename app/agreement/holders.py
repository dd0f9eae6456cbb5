"""Who holds an office that only one can hold: two sources that name two holders contradict."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from itertools import combinations

from app.agreement.findings import Difference, Stated
from app.agreement.focus import Asked
from app.agreement.names import names
from app.agreement.vocabulary import classes, patterns
from app.evidence.ranking import Evidence
from index.language.figures import figures

_WORD = r"[A-ZÀ-Þ][A-Za-zÀ-ÿ0-9'’.-]*"
_LINK = r"(?: (?:de |von |van |bin |al-)?"
_WHOSE = rf"(?P<whose>{_WORD}{_LINK}{_WORD}){{0,3}}?)"
# A family name alone might be any word that begins a sentence.
_HOLDER = rf"(?P<holder>{_WORD}{_LINK}{_WORD}){{1,3}})"
_SPELLED_ALIKE = 0.75  # Gorbachev and Gorbachov, of difflib's ratio
_OF = r" (?:of|at|for|di|de|del|della|dell['’]) ?(?:the |la |el )?"
_IS = r"(?:: | is | è | es )"
_THE = r"(?:the |il |la |el |l['’])?"
_END = r"(?=[,.;:。，]|$)"
# Not the holder, or not yet or any more.
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
    """That a sentence names the holder of an office."""

    place: int
    source: str
    holder: str
    last: str  # word of the name
    dates: frozenset[tuple[tuple[float, float], ...]]


def contradictions(
    question: str, asked: Asked, evidence: Sequence[Evidence]
) -> Iterator[Difference]:
    """Yield the different holders that sources name of the office a question asks about.

    Only where whose office it is stands right beside it: an "Amazon CEO" is not that of AWS.
    """
    if not _WHO.search(question):
        return
    for role in classes("roles", question):
        held = [h for place, e in enumerate(evidence) for h in _held(role, place, e, asked)]
        opposed = {
            opponent
            for (i, one), (j, other) in combinations(enumerate(held), 2)
            if _contradict(one, other)
            for opponent in (i, j)
        }
        if opposed:
            yield Difference(question, tuple(_stated([held[i] for i in sorted(opposed)])))


def _held(role: str, place: int, evidence: Evidence, asked: Asked) -> Iterator[_Held]:
    text, chunk = evidence.text, evidence.passage.chunk
    if classes("moods", text) & _NOT_NOW:
        return
    dates = frozenset(f.ranges for f in figures(text, chunk.language) if f.kind == "date")
    for pattern in _wordings(patterns("roles")[role].pattern):
        for match in pattern.finditer(text):
            if any(_NOT_QUITE.search(text[: match.start(g)]) for g in ("role", "whose", "holder")):
                return
            # Of whom it is has to be what is asked about, and not the holder.
            if names(f"x {match['whose']}") & asked.names and not (
                names(f"x {match['holder']}") & asked.names
            ):
                holder = match["holder"].strip(".,'’ ")
                last = re.findall(r"\w+", holder.casefold())[-1]
                yield _Held(place, chunk.source, holder, last, dates)
                return


def _contradict(one: _Held, other: _Held) -> bool:
    return one.source != other.source and one.dates == other.dates and not _is_same_name(one, other)


def _is_same_name(one: _Held, other: _Held) -> bool:
    """Whether two names end in one word, however it is spelled in their languages."""
    return SequenceMatcher(None, one.last, other.last).ratio() >= _SPELLED_ALIKE


def _stated(held: Sequence[_Held]) -> Iterator[Stated]:
    """Yield each holder once, with the places of all that name them."""
    left = list(held)
    while left:
        first = left[0]
        same = [h for h in left if _is_same_name(h, first)]
        yield Stated(first.holder, tuple(dict.fromkeys(h.place for h in same)))
        left = [h for h in left if h not in same]


@cache
def _wordings(role: str) -> list[re.Pattern[str]]:
    """Return how a text says who holds an office."""
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
