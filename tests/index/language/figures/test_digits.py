"""Digits are read with the separators of their language."""

import pytest

from index.language.figures.digits import digits, readings
from index.language.figures.lexicon import Lexicon, lexicon_for


def words(language: str) -> Lexicon:
    lexicon = lexicon_for(language)
    assert lexicon is not None
    return lexicon


@pytest.mark.parametrize(
    ("language", "written", "value"),
    [
        ("en", "1,234", 1234),
        ("en", "1.234", 1.234),
        ("de", "1.234", 1234),
        ("de", "1.234.567,8", 1_234_567.8),
        ("de", "1,234.5", 1234.5),
        ("de", "4.4", 4.4),
        ("de", "1’234.50", 1234.5),
        ("it", "0,123", 0.123),
        ("fr", "1 500,50", 1500.5),
        ("fr", "12 345 678", 12_345_678),
        ("hi", "1,00,000", 100_000),
        ("en", "12,34,567.8", 1_234_567.8),
        ("ar", "1'234.5", 1234.5),
    ],
)
def test_separators_have_one_reading(language: str, written: str, value: float) -> None:
    assert readings(written, words(language)) == [value]


@pytest.mark.parametrize(
    ("language", "written", "both"),
    [
        ("it", "1,234", [1.234, 1234]),
        ("de", "1,234", [1.234, 1234]),
        ("fr", "1.234", [1234, 1.234]),
        ("ar", "1.234", [1.234, 1234]),
    ],
)
def test_a_sign_that_may_group_or_divide_leaves_both_readings(
    language: str, written: str, both: list[float]
) -> None:
    assert readings(written, words(language)) == both


@pytest.mark.parametrize("written", ["1.2.3", "192.168.0.1", "5'10", "12.03.2025", "1,2,3"])
def test_what_is_not_grouped_as_a_number_is_none(written: str) -> None:
    assert readings(written, words("de")) == readings(written, words("en")) == []


@pytest.mark.parametrize("written", ["1" * 310, "1," + "234," * 200 + "567", "1." + "1" * 400])
def test_what_has_more_digits_than_any_number_in_a_text_is_none(written: str) -> None:
    assert readings(written, words("en")) == []


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("ja", "約500", 500),
        ("zh", "约500", 500),
        ("ar", "و500", 500),
        ("he", "ב-500", 500),
        ("ms", "USD970,450.00", 970_450),
        ("sw", "milioni 5", 5e6),
        ("de", "3,5 Mrd.", 3.5e9),
    ],
)
def test_a_number_is_read_beside_what_its_language_joins_to_it(
    language: str, text: str, value: float
) -> None:
    (number,) = digits(text, words(language))
    assert number.value == value


def test_a_word_that_only_begins_like_one_of_magnitude_leaves_the_number_open() -> None:
    (number,) = digits("5 Millionäre", words("de"))
    assert number.ranges == ((5, 5e6),)


@pytest.mark.parametrize("sign", "-−")
def test_a_number_is_read_without_its_sign(sign: str) -> None:
    (number,) = digits(f"at {sign}5 degrees", words("en"))
    assert (number.value, number.start) == (5, 3)


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "H100"), ("en", "10:30"), ("en", "v1.2"), ("zh", "上午10:30"), ("ja", "午前10:30")],
)
def test_digits_in_a_name_or_a_time_are_no_number(language: str, text: str) -> None:
    assert list(digits(text, words(language))) == []


@pytest.mark.parametrize(
    ("text", "half"), [("4.25", 0.005), ("144", 0.5), ("500", 50), ("5 million", 5e5)]
)
def test_a_number_may_be_rounded_as_far_as_it_is_round(text: str, half: float) -> None:
    (number,) = digits(text, words("en"))
    assert number.half == pytest.approx(half)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("It counted 10⁶ mussels.", [1e6]),
        ("3.2 × 10⁸ litres and 5", [3.2e8, 5]),
        ("Sono 3,2·10⁻⁹ grammi.", [3.2e-9]),
        ("In 2023¹ it had 10² pages.", [2023, 10]),  # the second may have the mark of a note
        ("10⁹⁹⁹⁹ is none", [10]),
    ],
)
def test_powers_of_ten_are_one_number(text: str, values: list[float]) -> None:
    found = [number.value for number in digits(text, words("en"))]
    assert found == pytest.approx(values)
