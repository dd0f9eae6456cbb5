"""The word for "and" is known in any language of CLDR."""

import pytest

from index.language.figures.cldr import joining


@pytest.mark.parametrize(
    ("language", "word"), [("en", " and "), ("it", " e "), ("zh", "和"), ("ja", "、"), ("xx", None)]
)
def test_joining(language: str, word: str | None) -> None:
    assert joining(language) == word
