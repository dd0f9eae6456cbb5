"""Numbers in words are read in the languages of text2num."""

import pytest

from index.language.figures.lexicon import Lexicon, lexicon_for
from index.language.figures.spelled import ends_in_number, spelled


def words(language: str) -> Lexicon:
    lexicon = lexicon_for(language)
    assert lexicon is not None
    return lexicon


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("en", "forty-six boats", 46),
        ("it", "quarantasei barche", 46),
        ("es", "cuarenta y seis barcos", 46),
        ("de", "zweiundzwanzig Leute", 22),
        ("fr", "deux millions de bateaux", 2e6),
        ("nl", "vijf miljoen", 5e6),
        ("pt", "vinte e um barcos", 21),
        ("it", "il milione", 1e6),
    ],
)
def test_number_words_are_read(language: str, text: str, value: float) -> None:
    (number,) = spelled(text, words(language))
    assert number.value == value


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "one boat"),
        ("en", "the third boat"),
        ("de", "Millionen Menschen"),
        ("pl", "dwadzieścia jeden"),
        ("en", "46 boats"),
    ],
)
def test_an_article_an_ordinal_or_many_millions_are_no_number(language: str, text: str) -> None:
    assert list(spelled(text, words(language))) == []


def test_the_last_word_may_be_a_number_word() -> None:
    assert ends_in_number("about two", words("en"))
    assert not ends_in_number("two boats", words("en"))
