"""What a sentence is about, and the part of it around a figure."""

import re
from dataclasses import dataclass

from app.agreement.name_keys import located, name_keys, product, without_attributions
from app.agreement.stems import apposition, stems
from app.agreement.vocabulary import classes, patterns
from index.language.figures import Figure
from index.language.sentences import Span

_LISTED = re.compile(r"\s*(?:and|e|y|与|和|及|、|,|per|en|in|ed|as well as)?\s*", re.I)


@dataclass(frozen=True, slots=True)
class Subject:
    """What a sentence is about, and the part of it around a figure."""

    names: frozenset[str]
    leading: frozenset[str]  # names before the figure, and those after it that say where it holds
    located: frozenset[str]  # the names that say where or for whom something holds
    product: str | None  # the first name with a number that nothing is compared with: trainium3
    aspects: frozenset[str]  # the one named nearest to the figure, and those listed beside it
    all_aspects: frozenset[str]
    moods: frozenset[str]
    scopes: frozenset[str]
    directions: frozenset[str]
    words: frozenset[str]
    apposition: frozenset[str]


def subject_of(text: str, figure: Figure, part: Span) -> Subject:
    """Return what a sentence is about; `part` is the span of it that belongs to the figure."""
    begin, end = part
    own = text[begin:end]
    stated = without_attributions(text)
    where = located(stated[figure.end :])
    return Subject(
        names=name_keys(stated),
        leading=name_keys(stated[: figure.start]) | where,
        located=located(stated[: figure.start]) | where,
        product=product(stated),
        aspects=_nearest_aspects(own, figure.start - begin, figure.end - begin)
        or classes("aspects", text),
        all_aspects=classes("aspects", own),
        moods=classes("moods", own),
        scopes=classes("scopes", own),
        directions=classes("directions", own),
        words=stems(text[: figure.start] + text[figure.end :]),
        apposition=apposition(text),
    )


def _nearest_aspects(part: str, start: int, end: int) -> frozenset[str]:
    """Return the aspect named nearest to a figure, with those that are listed beside it."""
    hits = sorted(
        (max(start - match.end(), match.start() - end, 0), match.start(), match.end(), aspect)
        for aspect, pattern in patterns("aspects").items()
        for match in pattern.finditer(part)
    )
    if not hits:
        return frozenset()
    _, first, last, nearest = hits[0]
    found = {nearest}
    for _, other_start, other_end, other in hits[1:]:
        between = part[min(last, other_end) : max(first, other_start)]
        if _LISTED.fullmatch(between) or (other_start < last and first < other_end):
            found.add(other)
    return frozenset(found)
