"""Words that are numbers by themselves are read."""

from math import inf

import pytest

from index.language.figures.lexicon import Lexicon, lexicon_for
from index.language.figures.set_words import dozens, magnitudes, multiples


def words(language: str) -> Lexicon:
    lexicon = lexicon_for(language)
    assert lexicon is not None
    return lexicon


@pytest.mark.parametrize(
    ("language", "text", "kind", "value"),
    [
        ("en", "twice as fast", "multiple", 2),
        ("it", "il triplo", "multiple", 3),
        ("en", "half of them", "percent", 50),
        ("es", "la mitad", "percent", 50),
    ],
)
def test_a_multiple_or_a_share_is_read(language: str, text: str, kind: str, value: float) -> None:
    (number,) = multiples(text, words(language))
    assert (number.kind, number.value) == (kind, value)


def test_half_a_year_is_no_share() -> None:
    assert list(multiples("half of 2025", words("en"))) == []


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [("en", "a dozen", 12), ("en", "half a million", 5e5), ("it", "mezzo milione", 5e5)],
)
def test_dozens_and_parts_of_a_million_are_read(language: str, text: str, value: float) -> None:
    number = next(dozens(text, words(language)))
    assert number.value == value


def test_an_order_of_magnitude_is_the_least_value() -> None:
    (number,) = magnitudes("miles de millones", words("es"))
    assert number.vague
    assert number.ranges == ((1e9, inf),)


@pytest.mark.parametrize(
    ("language", "text"), [("it", "500 milioni"), ("it", "due miliardi"), ("de", "Millionen")]
)
def test_a_word_of_magnitude_after_a_number_is_no_order_of_magnitude(
    language: str, text: str
) -> None:
    assert list(magnitudes(text, words(language))) == []
