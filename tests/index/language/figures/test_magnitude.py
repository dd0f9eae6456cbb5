"""The words of magnitude around a number change its value."""

import pytest

from index.language.figures.lexicon import Lexicon, lexicon_for
from index.language.figures.magnitude import Magnitude, han_size, magnitude, magnitude_before


def words(language: str) -> Lexicon:
    lexicon = lexicon_for(language)
    assert lexicon is not None
    return lexicon


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("en", "5", Magnitude(1)),
        ("en", "5 million", Magnitude(9, 1e6)),
        ("en", "25 thousand million", Magnitude(19, 1e9)),
        ("en", "2 and a half million", Magnitude(20, 1e6, 0.5)),
        ("es", "1 millón y medio", Magnitude(16, 1e6, 0.5)),
        ("de", "5 Mrd. Euro", Magnitude(6, 1e9)),
        ("pl", "5 tysięcy", Magnitude(9, 1e3)),
        ("tr", "5 milyonu", Magnitude(9, 1e6, is_sure=False)),
        ("zh", "5百万", Magnitude(3, 1e6)),
        ("ja", "5千万", Magnitude(3, 1e7)),
        ("ko", "5백만", Magnitude(3, 1e6)),
    ],
)
def test_the_words_after_a_number_are_read(language: str, text: str, found: Magnitude) -> None:
    end = len(text) - len(text.lstrip("0123456789"))
    assert magnitude(text, end, words(language)) == found


def test_a_word_of_magnitude_may_stand_before_its_number() -> None:
    assert magnitude_before("ni elfu 5", 8, words("sw")) == (1e3, 3)
    assert magnitude_before("ni 5", 3, words("sw")) == (1, 3)


def test_chinese_characters_of_magnitude_are_multiplied() -> None:
    assert han_size("十万") == 1e5


def test_a_run_of_them_is_read_as_far_as_it_may_be_meant() -> None:
    assert magnitude("5" + "亿" * 60, 1, words("zh")).factor == 1e32
