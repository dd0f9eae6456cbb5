"""Whether two figures are of the same thing: likely, or so surely that they may conflict."""

from app.agreement.focus import Asked
from app.agreement.stated_figures import Claim
from app.agreement.stems import overlap
from app.agreement.subject import About
from index.language.figures import nouns

_PARALLEL = 0.6  # share of the shorter sentence's words that are in the other
# What happens to something, rather than what it has: never mixed in a conflict.
_EVENTS = frozenset(
    ("purchase", "investment", "layoffs", "injuries", "founded", "born", "died",
     "launched", "opened", "closed", "completed")
)  # fmt: skip
_PEOPLE = frozenset(("employee", "user", "customer", "dead", "injured", "student"))


def same_measure(a: Claim, b: Claim) -> bool:
    """Whether two figures can be compared as numbers."""
    if a.figure.kind != b.figure.kind:
        return False
    if a.figure.unit == b.figure.unit:
        return True
    units = {a.figure.unit, b.figure.unit}
    if a.figure.kind != "count":
        return a.figure.kind == "money" and "" in units
    if "person" in units and units & _PEOPLE:
        return bool(a.about.aspects & b.about.aspects)
    # What is counted in words that no class has may be the same in another language.
    return a.language != b.language and not units <= {noun for noun, _ in nouns()}


def same_thing(asked: Asked, a: Claim, b: Claim) -> bool:
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
    if not all(date.may_equal(other) for date in a.dates for other in b.dates):
        return False
    if asked.names and not x.names & y.names:
        return False
    return bool(
        x.aspects & y.aspects
        or _is_same_count(a, b)
        or (a.language == b.language and overlap(x.words, y.words) >= _PARALLEL / 2)
        or (a.is_answer and b.is_answer)
    )


def surely_same_thing(asked: Asked, a: Claim, b: Claim) -> bool:
    """Whether two figures of one measure are so surely of one thing that both cannot be true."""
    x, y = a.about, b.about
    if x.moods or y.moods or x.scopes != y.scopes:
        return False
    if x.directions and y.directions and not x.directions & y.directions:
        return False
    if x.product != y.product or x.names & asked.names != y.names & asked.names:
        return False
    if (x.leading - y.names | y.leading - x.names) - asked.names:
        return False
    if _has_year(a) != _has_year(b):
        return False
    if x.apposition - y.words or y.apposition - x.words:
        return False
    if "vague" in (a.figure.hedge, b.figure.hedge):
        return False
    if asked.aspects and not asked.aspects & (x.aspects | y.aspects) and x.aspects | y.aspects:
        return False
    if x.all_aspects & _EVENTS != y.all_aspects & _EVENTS:
        return False
    if a.language == b.language == "zh":
        # Names cannot be told from other words, so nothing much may differ.
        return len(x.words & y.words) >= _PARALLEL * max(len(x.words), len(y.words), 1)
    if a.language == b.language:
        bar = _PARALLEL / 2 if a.is_answer and b.is_answer else _PARALLEL
        return overlap(x.words, y.words) >= bar
    asked_for = _is_same_count(a, b) and a.figure.unit in asked.nouns
    return bool(x.aspects & y.aspects) or asked_for


def _is_same_count(a: Claim, b: Claim) -> bool:
    return a.figure.kind == "count" and a.figure.unit == b.figure.unit != ""


def _times(about: About) -> frozenset[str]:
    return about.scopes - {"each", "total"}


def _has_year(claim: Claim) -> bool:
    return any(date.ranges[0][0] > 0 for date in claim.dates)
