"""A range has two ends."""

import pytest

from index.language.figures.between import Between, between
from index.language.figures.digits import digits
from index.language.figures.lexicon import lexicon_for


def read(text: str, language: str) -> Between | None:
    lexicon = lexicon_for(language)
    assert lexicon is not None
    return between(text, next(iter(digits(text, lexicon))), lexicon)


@pytest.mark.parametrize(
    ("language", "text", "low", "high"),
    [
        ("en", "3 to 5 million", 3e6, 5e6),
        ("en", "3 million to 5 million", 3e6, 5e6),
        ("it", "3-5", 3, 5),
        ("es", "300 000 y 310 000", 300_000, 310_000),
        ("de", "1.500–2.000", 1500, 2000),
        ("ja", "3〜5", 3, 5),
    ],
)
def test_the_ends_of_a_range_are_read(language: str, text: str, low: float, high: float) -> None:
    assert read(text, language) == Between(low, high, len(text))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "5 to 3"),
        ("en", "3 to be"),
        ("de", "3 und 5"),
        ("en", "3-1.2.3"),
        ("en", "3-5G"),
        ("en", "3-" + "5" * 400),
    ],
)
def test_two_numbers_are_not_always_a_range(language: str, text: str) -> None:
    assert read(text, language) is None
