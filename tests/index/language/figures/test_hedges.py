"""A hedge widens what a figure allows."""

from math import inf

import pytest

from index.language.figures.figure import Figure, Hedge, Range
from index.language.figures.hedges import hedged, weakened
from index.language.figures.lexicon import lexicon_for

HUNDRED = Figure("count", "", 100, ((97, 103),), None, 0, 3)


@pytest.mark.parametrize(
    ("hedge", "allowed"),
    [
        ("most", (-inf, 103)),
        ("below", (-inf, 100)),
        ("least", (97, inf)),
        ("above", (100, inf)),
        ("nearly", (80, 100)),
        ("about", (85, 115)),
    ],
)
def test_a_hedge_allows_other_values(hedge: Hedge, allowed: Range) -> None:
    figure = weakened(HUNDRED, hedge)
    assert figure.hedge == hedge
    assert figure.ranges[0] == pytest.approx(allowed)


def test_a_hedge_counts_from_zero_as_from_any_value() -> None:
    zero = Figure("count", "", 0, ((-0.5, 0.5),), None, 0, 1)
    assert weakened(zero, "above").ranges == ((0, inf),)
    assert weakened(zero, "below").ranges == ((-inf, 0),)


@pytest.mark.parametrize(
    ("language", "before", "after", "hedge"),
    [
        ("en", "up to ", "", "most"),
        ("en", "more than the ", "", "above"),
        ("it", "", " o più", "least"),
        ("it", "oltre l'", "", "above"),
        ("it", "più dell’", "", "above"),
        ("it", "meno dell'", "", "below"),
        ("it", "fino all'", "", "most"),
        ("it", "non più del ", "", "most"),
        ("it", "non meno dell'", "", "least"),
        ("es", "más del ", "", "above"),
        ("es", "no más del ", "", "most"),
        ("es", "en torno al ", "", "about"),
        ("zh", "", "以上", "least"),
        ("en", "some time ago, ", "", None),
        ("de", "mehr als ", "", None),
    ],
)
def test_a_hedge_is_found_on_either_side(
    language: str, before: str, after: str, hedge: Hedge | None
) -> None:
    text = f"{before}100{after}"
    lexicon = lexicon_for(language)
    assert lexicon is not None
    end = len(before) + 3
    figure = hedged(text, Figure("count", "", 100, ((97, 103),), None, len(before), end), lexicon)
    assert figure.hedge == hedge
    if hedge:
        assert text[figure.start : figure.end] == text
