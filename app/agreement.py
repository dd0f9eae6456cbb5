"""What several sources say alike, what they put differently, and where they contradict each other.

Two sentences are compared only if they speak of the same thing, and a contradiction is reported
only if much says so and nothing against it: a false one is worse than a missed one.
"""

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any, Literal, Protocol

from app.evidence import Evidence
from app.figures import Figure, figures, nouns
from app.question import Question
from index.embedding import Vectors
from index.scripts import bigrams, is_wide

# Of two sentences that state the same, in two languages and in one, where they look more alike;
# fitted with tests/quality/measure_agreement.py to the bundled encoder.
_SAME_ACROSS = 0.91
_SAME_WITHIN = 0.95
_NEAR = 1.5  # how many times as large one of two varying values may be
_PARALLEL = 0.6  # share of the shorter sentence's words that are in the other
# What happens to something, rather than what it has: never mixed in a conflict.
_EVENTS = frozenset(
    ("purchase", "investment", "layoffs", "injuries", "founded", "born", "died",
     "launched", "opened", "closed", "completed")
)  # fmt: skip
_PEOPLE = frozenset(("employee", "user", "customer", "dead", "injured", "student"))
_DIGIT = re.compile(r"\d")

Relation = Literal["same", "variation", "conflict"]


class SentenceEncoder(Protocol):
    """What comparing sentences across languages needs of an encoder."""

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Return a unit vector for each text."""
        ...


@dataclass(frozen=True, slots=True)
class Shared:
    """A statement that several sources make: the words of the best, and the places of all."""

    statement: str
    places: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Stated:
    """A value as its best source words it, and the places of all that give it."""

    value: str
    places: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """Values that sources give for one thing, that of the best sentence first."""

    subject: str  # the names that the sentences share, or the question
    values: tuple[Stated, ...]


@dataclass(frozen=True, slots=True)
class Findings:
    """What a comparison found, by places in the evidence.

    A variation is a figure that is hedged or rounded differently; values that cannot all be true
    are a conflict.
    """

    agreements: tuple[Shared, ...] = ()
    variations: tuple[Difference, ...] = ()
    conflicts: tuple[Difference, ...] = ()


def compare(
    question: Question, evidence: Sequence[Evidence], encoder: SentenceEncoder | None = None
) -> Findings:
    """Compare what the sentences of different sources say of what is asked.

    With an encoder, sentences that state the same without a figure are found as well.
    """
    asked = _Asked(question)
    claims = [
        claim for place, sentence in enumerate(evidence) for claim in _claims(place, sentence)
    ]
    known = frozenset(asked.names).union(*(claim.about.names for claim in claims))
    claims = [claim for claim in claims if asked.concerns(claim)]
    relations = {
        (a, b): relation
        for a, b in combinations(range(len(claims)), 2)
        if (relation := _relate(asked, claims[a], claims[b], known)) is not None
    }
    agreements, variations, conflicts = [], [], []
    for group in _connected(len(claims), relations):
        values = _values([claims[i] for i in group])
        agreements += [
            Shared(evidence[value.places[0]].text, value.places)
            for value in values
            if _sources(evidence, value.places) > 1
        ]
        opposed = {
            claims[i].place
            for pair, relation in relations.items()
            if relation == "conflict" and set(pair) <= set(group)
            for i in pair
        }
        subject = _subject(question, [claims[i] for i in group])
        if opposed:
            against = tuple(value for value in values if opposed & set(value.places))
            conflicts.append(Difference(subject, against))
        elif len(values) > 1:
            variations.append(Difference(subject, tuple(values)))
    agreements += _alike(asked, evidence, agreements, encoder)
    return Findings(tuple(_largest(agreements)), tuple(variations), tuple(conflicts))


# --- what a sentence says ---


@dataclass(frozen=True, slots=True)
class _About:
    """What a sentence, or the part of it around a figure, speaks of."""

    names: frozenset[str]
    leading: frozenset[str]  # names before the figure, and where it holds after it
    product: str | None  # the first name with a number that nothing is compared with: trainium3
    aspects: frozenset[str]  # those named nearest to the figure
    all_aspects: frozenset[str]
    moods: frozenset[str]
    scopes: frozenset[str]
    directions: frozenset[str]
    words: frozenset[str]
    apposition: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Claim:
    """A figure of a sentence."""

    place: int
    source: str
    language: str
    text: str  # as it stands
    figure: Figure
    dates: tuple[Figure, ...]  # the others of the sentence
    about: _About
    is_answer: bool  # it was marked as the answer


class _Asked:
    """What a question asks for."""

    def __init__(self, question: Question) -> None:
        self.names = _names(question.text)
        self.products = frozenset(name for name in self.names if _is_product(name))
        self.aspects = _classes("aspects", question.text)
        self.kind = next(
            (kind for kind, pattern in _patterns("asked").items() if pattern.search(question.text)),
            None,
        )
        self.nouns = {noun for noun, pattern in nouns() if pattern.search(question.text)}

    def concerns(self, claim: _Claim) -> bool:
        """Whether a figure answers, or is of a kind that the question may ask for."""
        figure = claim.figure
        if claim.is_answer:
            return True
        if self.kind == "date" or self.kind == "duration":
            return figure.kind in ("date", "duration") and (
                figure.kind == self.kind or self.kind == "duration"
            )
        return figure.kind != "date" and self.kind != "none"


def _claims(place: int, evidence: Evidence) -> Iterator[_Claim]:
    """Yield the figures of a sentence, or only those that were marked as the answer."""
    language = evidence.passage.chunk.language
    found = figures(evidence.text, language)
    span = evidence.answer
    for i, figure in enumerate(found):
        is_answer = span is not None and (
            figure.start < span[1] - evidence.start and span[0] - evidence.start < figure.end
        )
        if span is not None and not is_answer:
            continue
        begin = _boundary(evidence.text, found[i - 1].end, figure.start) if i else 0
        last = i + 1 == len(found)
        stop = len(evidence.text) if last else _end(evidence.text, figure.end, found[i + 1].start)
        yield _Claim(
            place,
            evidence.passage.chunk.source,
            language,
            evidence.text[figure.start : figure.end],
            figure,
            tuple(f for f in found if f.kind == "date" and f is not figure),
            _about(evidence.text, figure, begin, stop),
            is_answer,
        )


_SEPARATOR = re.compile(r"[,;:，；：。、]\s?|\s(?:and|e|y|ed|while|mentre|mientras)\s")


def _boundary(text: str, start: int, end: int) -> int:
    """Return where, between two figures, the part that belongs to the second begins."""
    cuts = [match.end() for match in _SEPARATOR.finditer(text, start, end)]
    return cuts[0] if cuts else start


def _end(text: str, start: int, end: int) -> int:
    """Return where, between two figures, the part that belongs to the first ends."""
    cut = _SEPARATOR.search(text, start, end)
    return cut.start() if cut else end


def _about(text: str, figure: Figure, begin: int, stop: int) -> _About:
    part = text[begin:stop]
    told = _without_attributions(text)
    first = _names(told[: figure.start])
    rest = text[: figure.start] + text[figure.end :]
    return _About(
        names=_names(told),
        leading=first | _located(told[figure.end :]),
        product=_product(told),
        aspects=_nearest_aspects(part, figure.start - begin, figure.end - begin)
        or _classes("aspects", text),
        all_aspects=_classes("aspects", part),
        moods=_classes("moods", part),
        scopes=_classes("scopes", part),
        directions=_classes("directions", part),
        words=_words(rest),
        apposition=_apposition(text),
    )


def _nearest_aspects(part: str, start: int, end: int) -> frozenset[str]:
    """Return the aspect named nearest to a figure, with those that are listed beside it."""
    hits = sorted(
        (max(start - match.end(), match.start() - end, 0), match.start(), match.end(), aspect)
        for aspect, pattern in _patterns("aspects").items()
        for match in pattern.finditer(part)
    )
    if not hits:
        return frozenset()
    _, first, last, aspect = hits[0]
    found = {aspect}
    for _, other_start, other_end, other in hits[1:]:
        between = part[min(last, other_end) : max(first, other_start)]
        if _LISTED.fullmatch(between) or (other_start < last and first < other_end):
            found.add(other)
    return frozenset(found)


_LISTED = re.compile(r"\s*(?:and|e|y|与|和|及|、|,|per|en|in|ed|as well as)?\s*", re.I)


# --- names ---

_CAPITAL = re.compile(r"[A-Za-zÀ-ÖØ-öø-ÿ](?:[A-Za-zÀ-ÖØ-öø-ÿ0-9’'+&.-]*[A-Za-zÀ-ÖØ-öø-ÿ0-9])?")
_NOT_NAMES = re.compile(
    r"(?:AI|IA|CEO|CFO|CTO|GPUs?|CPUs?|TPUs?|USD|EUR|GBP|US|PC|TV|IT|Capex|"
    r"January|February|March|April|May|June|July|August|September|October|November|December|"
    r"Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|[TPGM]i?B|[GMk]?W|GHz|TFLOPS)$"
)
_GENERATION = re.compile(
    r"\b([A-Z][A-Za-z]{2,})[ -](\d{1,2})(?!\d|[.,]\d|%|\s?(?:x\b|times|volte|veces|倍|million))"
)
_NAME = r"((?:[A-Z][\w’'.-]*\s?){1,4})"


def _names(text: str) -> frozenset[str]:
    """Return the names in a text, each word by itself, a product with its number: trainium3."""
    found = {name for name, pattern in _patterns("names", flags=0).items() if pattern.search(text)}
    joined = _join_generations(text)
    for match in _CAPITAL.finditer(joined):
        word = match[0]
        capitals = sum(character.isupper() for character in word)
        inside = capitals > word[0].isupper() or _DIGIT.search(word)
        if not capitals or _NOT_NAMES.match(word):
            continue
        if _starts_sentence(joined, match.start()) and not inside and not _may_start(word):
            continue
        found.add(_bare(word))
    return frozenset(found)


def _bare(word: str) -> str:
    word = re.sub(r"[’']s$", "", word).casefold().strip(".'’-")
    return word[:-1] if len(word) > 4 and word.endswith("s") and not word.endswith("ss") else word


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


def _may_start(word: str) -> bool:
    """Whether a word that begins a sentence is rather a name than any word."""
    return _ORDINARY.match(word) is None


def _starts_sentence(text: str, start: int) -> bool:
    before = text[:start].rstrip(" \"“”'¿¡(")
    return not before or before[-1] in ".!?:。！？：\n"


def _join_generations(text: str) -> str:
    """Return the text with "Trainium 3" as one word."""
    return _GENERATION.sub(r"\1\2", text)


def _is_product(name: str) -> bool:
    return bool(re.fullmatch(r"[a-z][a-z-]*\d+[a-z]?", name))


def _product(text: str) -> str | None:
    joined = _join_generations(text)
    comparison = _patterns("comparisons")["pattern"]
    for match in re.finditer(r"(?<![A-Za-z])[A-Z][A-Za-z-]*\d+", joined):
        if not comparison.search(joined[max(0, match.start() - 24) : match.start()]):
            return _bare(match[0])
    return None


def _without_attributions(text: str) -> str:
    """Return the text with the names of who is quoted blanked out."""
    for pattern in _attributions():
        for match in pattern.finditer(text):
            start, end = match.span(1)
            text = text[:start] + " " * (end - start) + text[end:]
    return text


@cache
def _attributions() -> list[re.Pattern[str]]:
    patterns = _data()["attributions"]["patterns"]
    return [re.compile(re.sub("NAME", lambda _: _NAME, pattern)) for pattern in patterns]


_PLACE = re.compile(
    r"\b(?:in|at|en|a|nel|nella|nello|nell['’]|negli|nei|for|of|for the|in the|across|within|por|"
    r"para|per|del|della|della|dello|de)\s?" + _NAME
)


def _located(text: str) -> frozenset[str]:
    """Return the names that say where or for whom something holds."""
    return frozenset().union(*(_names(f"x {match[1]}") for match in _PLACE.finditer(text)))


# --- words ---

_TOKEN = re.compile(r"[^\W\d_]{4,}|[\u3400-\u9fff]{2}")
_APPOSITION = re.compile(
    r"[A-Z][\w’'-]*\s?(?:,\s(?P<told>[^,.;]{4,60}),|\((?P<noted>[^)]{4,40})\))"
)


def _words(text: str) -> frozenset[str]:
    """Return the stems of the words of a text that are not names; pairs of Chinese characters."""
    return frozenset(
        word[:5] for word in _TOKEN.findall(bigrams(text)) if word.islower() or is_wide(word[0])
    )


def _apposition(text: str) -> frozenset[str]:
    """Return the words by which a name is told apart: "Jordan, a professor of statistics,"."""
    return frozenset().union(*(_words(m["told"] or m["noted"]) for m in _APPOSITION.finditer(text)))


def _overlap(a: frozenset[str], b: frozenset[str]) -> float:
    return len(a & b) / min(len(a), len(b)) if a and b else 0.0


@cache
def _data() -> dict[str, Any]:
    file = Path(__file__).with_name("agreement.toml")
    return tomllib.loads(file.read_text(encoding="utf-8"))


@cache
def _patterns(table: str, flags: int = re.I) -> dict[str, re.Pattern[str]]:
    return {name: re.compile(pattern, flags) for name, pattern in _data()[table].items()}


def _classes(table: str, text: str) -> frozenset[str]:
    return frozenset(name for name, p in _patterns(table).items() if p.search(text))


# --- how two figures stand to each other ---


def _relate(asked: _Asked, a: _Claim, b: _Claim, known: frozenset[str]) -> Relation | None:
    """Return how two figures of different sources stand to each other, if they can be compared."""
    if a.source == b.source or not _same_measure(a, b) or not _same_thing(asked, a, b):
        return None
    if _wording(a.figure) == _wording(b.figure) and a.figure.equals(b.figure):
        return "same"
    if a.figure.may_equal(b.figure):
        unlike = (a.about.moods ^ b.about.moods) - {"plan"}
        return "variation" if _is_near(a.figure, b.figure) and not unlike else None
    return "conflict" if _surely_same_thing(asked, a, b) else None


def _same_measure(a: _Claim, b: _Claim) -> bool:
    if a.figure.kind != b.figure.kind:
        return False
    if a.figure.unit == b.figure.unit:
        return True
    if a.figure.kind != "count":
        return a.figure.kind == "money" and "" in (a.figure.unit, b.figure.unit)
    units = {a.figure.unit, b.figure.unit}
    if "person" in units and units & _PEOPLE:
        return bool(a.about.aspects & b.about.aspects)
    classes = {noun for noun, _ in nouns()}
    # What is counted in words that no class has may be the same in another language.
    return a.language != b.language and not units <= classes


def _same_thing(asked: _Asked, a: _Claim, b: _Claim) -> bool:
    """Whether nothing tells what two figures are figures of apart, and something binds them."""
    x, y = a.about, b.about
    if x.product and y.product and x.product != y.product:
        return False
    if asked.products and not {x.product, y.product} <= asked.products | {None}:
        return False
    if x.aspects and y.aspects and not x.aspects & y.aspects:
        return False
    if "down" in x.directions ^ y.directions and "up" in x.directions ^ y.directions:
        return False
    if _times(x) != _times(y) and _times(x) and _times(y):
        return False
    if not all(d.may_equal(e) for d in a.dates for e in b.dates):
        return False
    shared = x.names & y.names
    bound = (
        x.aspects & y.aspects
        or (a.figure.unit == b.figure.unit and a.figure.kind == "count" and a.figure.unit)
        or (a.language == b.language and _overlap(x.words, y.words) >= _PARALLEL / 2)
        or (a.is_answer and b.is_answer)
    )
    return bool(bound) and bool(shared or not asked.names)


def _times(about: _About) -> frozenset[str]:
    return about.scopes - {"each", "total"}


def _surely_same_thing(asked: _Asked, a: _Claim, b: _Claim) -> bool:
    """Whether two figures of one measure are so surely of one thing that both cannot be true."""
    x, y = a.about, b.about
    if x.moods or y.moods or x.scopes != y.scopes:
        return False
    if x.directions and y.directions and not x.directions & y.directions:
        return False
    if x.product != y.product or x.names & asked.names != y.names & asked.names:
        return False
    if not x.names & y.names and asked.names:
        return False
    if (x.leading - y.names | y.leading - x.names) - asked.names:
        return False
    years = [any(date.ranges[0][0] > 0 for date in claim.dates) for claim in (a, b)]
    if years[0] != years[1]:
        return False
    if x.apposition - y.words or y.apposition - x.words:
        return False
    if a.figure.hedge == "vague" or b.figure.hedge == "vague":
        return False
    if asked.aspects and not asked.aspects & (x.aspects | y.aspects) and x.aspects | y.aspects:
        return False
    if _events(x) != _events(y):
        return False
    if a.language == b.language == "zh":
        # Names cannot be told from other words, so nothing much may differ.
        shared = len(x.words & y.words)
        return shared >= _PARALLEL * max(len(x.words), len(y.words), 1)
    if a.language == b.language:
        bar = _PARALLEL / 2 if a.is_answer and b.is_answer else _PARALLEL
        return _overlap(x.words, y.words) >= bar
    counted = a.figure.kind == "count" and a.figure.unit == b.figure.unit != ""
    asked_for = counted and a.figure.unit in asked.nouns
    return bool(x.aspects & y.aspects) or asked_for


def _events(about: _About) -> frozenset[str]:
    return about.all_aspects & _EVENTS


def _wording(figure: Figure) -> str | None:
    """Return the direction in which a figure is hedged."""
    return {"least": "above", "below": "most"}.get(figure.hedge or "", figure.hedge)


def _is_near(a: Figure, b: Figure) -> bool:
    if a.kind == "date":
        return any(low > 0 for figure in (a, b) for low, _ in figure.ranges[:1])
    if "between" in (a.hedge, b.hedge):
        return True
    if a.value is None or b.value is None:
        return a.hedge == b.hedge or a.kind == "money"
    low, high = sorted((a.value, b.value))
    return low > 0 and high / low <= _NEAR


# --- what was found, put together ---


def _connected(count: int, relations: dict[tuple[int, int], Relation]) -> Iterator[list[int]]:
    """Yield the groups of claims that are related, directly or through others."""
    group = list(range(count))
    for a, b in relations:
        old, new = group[b], group[a]
        group = [new if g == old else g for g in group]
    for g in dict.fromkeys(group):
        members = [i for i in range(count) if group[i] == g]
        if len(members) > 1:
            yield members


def _values(claims: Sequence[_Claim]) -> list[Stated]:
    """Return the different values of some claims, with the places of each."""
    different: list[list[_Claim]] = []
    for claim in claims:
        for group in different:
            first = group[0].figure
            if _wording(first) == _wording(claim.figure) and first.equals(claim.figure):
                group.append(claim)
                break
        else:
            different.append([claim])
    return [
        Stated(group[0].text, tuple(dict.fromkeys(claim.place for claim in group)))
        for group in different
    ]


def _subject(question: Question, claims: Sequence[_Claim]) -> str:
    """Return what the claims are about: the product, as the question or a source writes it."""
    products = {claim.about.product for claim in claims} - {None}
    return str(products.pop()).capitalize() if len(products) == 1 else question.text


def _sources(evidence: Sequence[Evidence], places: Sequence[int]) -> int:
    return len({evidence[place].passage.chunk.source for place in places})


def _alike(
    asked: _Asked,
    evidence: Sequence[Evidence],
    found: Sequence[Shared],
    encoder: SentenceEncoder | None,
) -> Iterator[Shared]:
    """Yield the best sentence with those of other sources that state the same in other words."""
    if encoder is None or len(evidence) < 2:
        return
    cosines = (vectors := encoder.encode_passages([e.text for e in evidence])) @ vectors.T
    taken = {place for shared in found for place in shared.places}
    read = [figures(e.text, e.passage.chunk.language) for e in evidence]
    names = [_names(e.text) for e in evidence]
    for best in range(len(evidence)):
        if best in taken:
            continue
        same = [
            place
            for place in range(best + 1, len(evidence))
            if place not in taken
            and cosines[best, place] >= _same_cosine(evidence[best], evidence[place])
            and evidence[place].passage.chunk.source != evidence[best].passage.chunk.source
            and _products(names[best]) == _products(names[place])
            and names[best] & asked.names == names[place] & asked.names
            and (_overlap(names[best], names[place]) >= 0.5 or not names[best] | names[place])
            and _give_the_same(read[best], read[place])
            and _give_the_same(read[place], read[best])
        ]
        if same:
            taken |= {best, *same}
            yield Shared(evidence[best].text, (best, *same))


def _same_cosine(a: Evidence, b: Evidence) -> float:
    alike = a.passage.chunk.language == b.passage.chunk.language
    return _SAME_WITHIN if alike else _SAME_ACROSS


def _products(names: frozenset[str]) -> frozenset[str]:
    return frozenset(name for name in names if _is_product(name))


def _give_the_same(some: Sequence[Figure], others: Sequence[Figure]) -> bool:
    """Whether each of some figures is among others, whatever the hedge."""
    return all(any(f.kind == other.kind and f.equals(other) for other in others) for f in some)


def _largest(shared: Sequence[Shared]) -> list[Shared]:
    """Return the statements whose places are not all among those of another."""
    kept: list[Shared] = []
    for one in sorted(shared, key=lambda s: -len(s.places)):
        if not any(set(one.places) <= set(other.places) for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda s: s.places)
