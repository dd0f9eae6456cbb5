"""The numbers of a text are found once, and parts of one number are added."""

import pytest

from index.language.figures.lexicon import lexicon_for
from index.language.figures.numbers import numbers


@pytest.mark.parametrize(
    ("language", "text", "values"),
    [
        ("en", "one million two hundred thousand", [1.2e6]),
        ("en", "5 million 3 boats", [5e6, 3]),
        ("en", "twice, 40 and a dozen", [2, 40, 12]),
        ("zh", "1亿5000万", [1.5e8]),
        ("zh", "3万5000", [35_000]),
        ("ja", "3万5000人", [35_000]),
        ("ko", "3만 5천 명", [35_000]),
        ("ko", "3만 5000명", [35_000]),
        ("hi", "5 लाख 20 हज़ार", [520_000]),
        ("de", "2 Millionen 500 Tausend", [2.5e6]),
        ("de", "5 Tausend 3 Millionen", [5e3, 3e6]),
        ("fr", "deux millions cinq cent mille", [2.5e6]),
    ],
)
def test_numbers_are_read_in_order(language: str, text: str, values: list[float]) -> None:
    lexicon = lexicon_for(language)
    assert lexicon is not None
    assert [number.value for number in numbers(text, lexicon)] == values
