"""Numbers in Chinese characters are read."""

from math import inf, isfinite

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.language.figures.han import han_magnitudes, han_shares, han_spelled
from index.language.figures.lexicon import Lexicon, lexicon_for

CHARACTERS = "零〇一二两三四五六七八九十百千万亿点"


@pytest.fixture(scope="module")
def chinese() -> Lexicon:
    lexicon = lexicon_for("zh")
    assert lexicon is not None
    return lexicon


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("百分之四十", 40),
        ("百分之3.5", 3.5),
        ("他百分之百同意。", 100),
        ("百分之一千", 1000),
        ("百分之三十点。", 30),
    ],
)
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


@pytest.mark.parametrize("numeral", ["〇十四", "百百", "十点点五", "亿八", "九" * 400])
def test_characters_that_make_no_number_together_are_none(chinese: Lexicon, numeral: str) -> None:
    assert list(han_spelled(f"{numeral}人", chinese)) == []
    assert list(han_shares(f"百分之{numeral}", chinese)) == []


@given(st.text(CHARACTERS, max_size=100))
def test_any_run_of_numerals_is_a_number_or_none(chinese: Lexicon, run: str) -> None:
    found = [
        *han_spelled(run, chinese),
        *han_shares(f"百分之{run}", chinese),
        *han_magnitudes(f"数{run}", chinese),
    ]
    assert all(isfinite(number.value) for number in found)
