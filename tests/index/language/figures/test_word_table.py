"""The longest word beside a number is found, and no part of another word."""

import pytest

from index.language.figures.affixes import Affix
from index.language.figures.word_table import WordTable

TABLE = WordTable(
    [
        (Affix("Millionen"), "million"),
        (Affix("mil"), "thousand"),
        (Affix("mil millones"), "milliard"),
        (Affix("Mio.", is_short=True), "million"),
        (Affix("Go", is_short=True), "gigabyte"),
        (Affix("R$", is_before=True, is_short=True), "real"),
        (Affix("milioni", is_before=True), "million"),
        (Affix("일", is_glued=True), "day"),
        (Affix("दिन"), "day"),
        (Affix("İngiliz sterlini"), "pound"),
    ]
)


@pytest.mark.parametrize(
    ("text", "meaning", "end"),
    [
        ("5 Millionen Euro", "million", 11),
        ("5 MILLIONEN", "million", 11),
        ("5-Millionen-Stadt", "million", 11),
        ("5 mil", "thousand", 5),
        ("5 mil millones", "milliard", 14),
        ("5 Mio. Euro", "million", 6),
        ("5 Mio Euro", "million", 5),
        ("5Go", "gigabyte", 3),
        ("5일", "day", 2),
        ("5일에", "day", 2),
        ("5 दिनों में", "day", 5),
        ("5 İngiliz sterlini", "pound", 18),
    ],
)
def test_a_word_after_a_number_is_found(text: str, meaning: str, end: int) -> None:
    assert TABLE.after(text, 1) == (meaning, end)


@pytest.mark.parametrize(
    "text", ["5", "5 millas", "5 GO", "5 go", "5 일본", "5 Millionenstadt", "5, Mio.", "5 R$"]
)
def test_another_word_is_not(text: str) -> None:
    assert TABLE.after(text, 1) is None


@pytest.mark.parametrize(
    ("text", "meaning", "start"),
    [("R$ 5", "real", 0), ("R$5", "real", 0), ("ni milioni 5", "million", 3)],
)
def test_a_word_before_a_number_is_found(text: str, meaning: str, start: int) -> None:
    assert TABLE.before(text, text.index("5")) == (meaning, start)


@pytest.mark.parametrize("text", ["5", "AR$ 5", "r$ 5", "xmilioni 5", "mil 5"])
def test_part_of_a_word_before_a_number_is_not(text: str) -> None:
    assert TABLE.before(text, text.index("5")) is None


def test_a_long_word_may_have_an_ending_where_that_is_wanted() -> None:
    table = WordTable([(Affix("Jahre"), "year"), (Affix("Tag"), "day")], endings=True)
    assert table.after("5 Jahren", 1) == ("year", 8)
    assert table.after("5 Jahreszahlen", 1) is None
    assert table.after("5 Tagung", 1) is None


def test_a_word_of_the_table_has_its_meaning_without_a_number() -> None:
    assert TABLE.get("millionen") == "million"
    assert TABLE.get("milioni") is None  # it stands before numbers
