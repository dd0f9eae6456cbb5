"""Numbers in Chinese characters are read."""

from math import inf

import pytest

from index.language.figures.han import han_magnitudes, han_shares, han_spelled
from index.language.figures.lexicon import Lexicon, lexicon_for


@pytest.fixture
def chinese() -> Lexicon:
    lexicon = lexicon_for("zh")
    assert lexicon is not None
    return lexicon


@pytest.mark.parametrize(("text", "value"), [("百分之四十", 40), ("百分之3.5", 3.5)])
def test_a_percentage_is_read(chinese: Lexicon, text: str, value: float) -> None:
    (number,) = han_shares(text, chinese)
    assert (number.value, number.kind) == (value, "percent")


def test_an_order_of_magnitude_has_no_upper_end(chinese: Lexicon) -> None:
    (number,) = han_magnitudes("数十亿美元", chinese)
    assert number.vague
    assert number.ranges == ((1e9, inf),)


@pytest.mark.parametrize(
    ("text", "values"),
    [("五十人", [50]), ("两百万", [2e6]), ("十亿", [1e9]), ("三倍", [3]), ("三心二意", [])],
)
def test_a_single_character_is_a_number_before_a_measure_word_only(
    chinese: Lexicon, text: str, values: list[float]
) -> None:
    assert [number.value for number in han_spelled(text, chinese)] == values
