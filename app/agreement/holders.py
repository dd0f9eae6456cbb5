"""Who holds a place that only one can hold: two sources that name two holders contradict."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from itertools import combinations

from app.agreement.asked import Asked
from app.agreement.findings import Difference, Stated
from app.agreement.lexicon import classes, patterns
from app.agreement.names import names
from app.evidence import Evidence
from app.figures import figures

_WORD = r"[A-ZÀ-Þ][A-Za-zÀ-ÿ0-9'’.-]*"
_NAME = rf"{_WORD}(?: (?:de |von |van |bin |al-)?{_WORD}){{0,3}}"
_SPELLED_ALIKE = 0.75  # Gorbachev and Gorbachov, of difflib's ratio
_OF = r"(?:of|at|for|di|de|del|della|dell['’]) ?(?:the |la |el )?"
_IS = r"(?:, |: | is | è | es |, is |, è |, es )"
_THE = r"(?:the |il |la |el |l['’])?"
# Moods in which a sentence does not say who holds a place now.
_NOT_NOW = frozenset({"plan", "maybe", "past", "denied"})


@dataclass(frozen=True, slots=True)
class _Held:
    """That a sentence names the holder of a place."""

    place: int
    source: str
    holder: str
    words: frozenset[str]
    dates: frozenset[tuple[tuple[float, float], ...]]


def contradictions(
    question: str, asked: Asked, evidence: Sequence[Evidence]
) -> Iterator[Difference]:
    """Yield the different holders that sources name of the place a question asks about.

    Only where whose place it is stands right beside it: an "Amazon CEO" is not that of AWS.
    """
    for role in classes("roles", question):
        held = [h for place, e in enumerate(evidence) for h in _held(role, place, e, asked)]
        opposed = {
            i
            for (i, one), (j, other) in combinations(enumerate(held), 2)
            if _contradict(one, other)
            for i in (i, j)
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
            holder = match["holder"].strip(".,'’ ")
            # Of whom it is has to be what is asked about, and not the holder.
            if names(f"x {match['whose']}") & asked.names and not names(holder) & asked.names:
                words = frozenset(re.findall(r"\w+", holder.casefold()))
                yield _Held(place, chunk.source, holder, words, dates)
                return


def _contradict(one: _Held, other: _Held) -> bool:
    return one.source != other.source and one.dates == other.dates and not _is_same_name(one, other)


def _is_same_name(one: _Held, other: _Held) -> bool:
    """Whether two names share a word, however it is spelled in their languages."""
    return any(
        SequenceMatcher(None, a, b).ratio() >= _SPELLED_ALIKE
        for a in one.words
        for b in other.words
    )


def _stated(held: Sequence[_Held]) -> Iterator[Stated]:
    """Yield each holder once, with the places of all that name him."""
    left = list(held)
    while left:
        first = left[0]
        same = [h for h in left if _is_same_name(h, first)]
        yield Stated(first.holder, tuple(dict.fromkeys(h.place for h in same)))
        left = [h for h in left if h not in same]


@cache
def _wordings(role: str) -> list[re.Pattern[str]]:
    """Return how a text says who holds a place."""
    role, holder, whose = f"(?i:{role})", f"(?P<holder>{_NAME})", f"(?P<whose>{_NAME}?)"
    of_whom = rf"(?: {_OF}{whose})"
    return [
        # Amazon CEO Andy Jassy; AWS's chief executive, Matt Garman; AWS首席执行官Matt Garman
        re.compile(
            rf"{whose}(?:['’]s)?(?: |的|(?=[\u4e00-\u9fff])){role}(?:,? |是|为|：|)?{holder}"
        ),
        # the CEO of Amazon, Andy Jassy; il CEO di Amazon è Andy Jassy
        re.compile(rf"{role}{of_whom}{_IS}{holder}"),
        # Andy Jassy, CEO of Amazon; Andy Jassy es el director ejecutivo de Amazon
        re.compile(rf"{holder}{_IS}{_THE}{role}{of_whom}(?![\w'’])"),
        # Andy Jassy, Amazon CEO; Andy Jassy is Amazon's chief executive
        re.compile(rf"{holder}{_IS}{whose}(?:['’]s)? {role}"),
    ]
