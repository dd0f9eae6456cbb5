"""The words of the calendar in each language."""

import pytest

from index.language.figures.calendar import calendar_words


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", {"monday", "may", "sep"}),
        ("de", {"montag", "jänner"}),
        ("es", {"lunes", "enero"}),
        ("zh", {"星期一", "一月"}),
    ],
)
def test_days_and_months_are_words_of_the_calendar(language: str, words: set[str]) -> None:
    assert words <= calendar_words(language)


def test_no_words_are_known_of_an_unknown_language() -> None:
    assert calendar_words("xx") == frozenset()
