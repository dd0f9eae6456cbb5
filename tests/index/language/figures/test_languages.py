"""Figures are read in any language that CLDR knows, as babel writes them there."""

import datetime
from collections.abc import Sequence

import pytest
from babel.dates import format_date, format_skeleton
from babel.numbers import (
    format_compact_decimal,
    format_currency,
    format_decimal,
    format_percent,
)
from babel.units import format_unit
from hypothesis import given
from hypothesis import strategies as st

from index.language.detection import UNKNOWN
from index.language.figures import Figure, can_read, figures, unsupported

LANGUAGES = (
    "de", "pt", "fr", "nl", "sv", "pl", "ru", "tr", "ja", "ko", "ar", "hi", "cs", "uk",
    "en", "it", "es", "zh", "ca", "da", "fi", "el", "hu", "id", "vi", "th", "he", "fa", "bn", "ur",
)  # fmt: skip
languages = pytest.mark.parametrize("language", LANGUAGES)


def read(text: str, language: str) -> Figure:
    (figure,) = figures(text, language)
    return figure


@languages
@given(st.integers(1, 10**12))
def test_a_whole_number_is_read_as_it_is_written(language: str, number: int) -> None:
    assert read(format_decimal(number, locale=language), language).value == number


@languages
@given(st.integers(10, 10**9), st.integers(1, 9))
def test_decimals_are_read_as_they_are_written(language: str, whole: int, tenths: int) -> None:
    number = whole + tenths / 10
    assert read(format_decimal(number, locale=language), language).value == pytest.approx(number)


@languages
@pytest.mark.parametrize("number", [3_000_000, 40_000_000, 2_000_000_000, 7_000_000_000_000])
def test_words_of_magnitude_are_read(language: str, number: int) -> None:
    text = format_compact_decimal(number, format_type="long", locale=language)
    assert read(text, language).value == pytest.approx(number)


@languages
@given(st.dates(datetime.date(1900, 1, 1), datetime.date(2099, 12, 31)))
def test_a_date_is_read_with_its_month_by_name(language: str, date: datetime.date) -> None:
    figure = read(format_date(date, "long", locale=language), language)
    assert figure.kind == "date"
    assert figure.ranges == tuple((part, part) for part in (date.year, date.month, date.day))


@languages
@given(st.dates(datetime.date(1900, 1, 1), datetime.date(2099, 12, 31)))
def test_a_date_is_read_in_its_medium_form(language: str, date: datetime.date) -> None:
    figure = read(format_date(date, "medium", locale=language), language)
    assert figure.ranges == tuple((part, part) for part in (date.year, date.month, date.day))


@languages
@pytest.mark.parametrize("month", range(1, 13))
def test_a_month_of_a_year_is_read(language: str, month: int) -> None:
    text = format_skeleton("yMMMM", datetime.date(2025, month, 1), locale=language)
    figure = read(text, language)
    assert figure.kind == "date"
    assert figure.ranges[:2] == ((2025, 2025), (month, month))


@languages
@pytest.mark.parametrize("code", ["EUR", "USD", "GBP"])
def test_money_is_read_by_its_symbol_and_by_its_name(language: str, code: str) -> None:
    by_symbol = format_currency(
        1500, code, locale=language, currency_digits=False, format="#,##0 ¤"
    )
    by_name = format_currency(1500, code, locale=language, format_type="name")
    for text in (by_symbol, by_name):
        figure = read(text, language)
        assert (figure.kind, figure.unit, figure.value) == ("money", code, 1500)


@languages
def test_a_percentage_is_read(language: str) -> None:
    figure = read(format_percent(0.4, locale=language), language)
    assert (figure.kind, figure.value) == ("percent", 40)


@languages
@pytest.mark.parametrize(
    ("unit", "kind", "value"),
    [
        ("duration-hour", "duration", 5 * 3600),
        ("length-kilometer", "length", 5000),
        ("power-megawatt", "power", 5e6),
        ("digital-gigabyte", "memory", 5),
    ],
)
def test_units_are_read(language: str, unit: str, kind: str, value: float) -> None:
    figure = read(format_unit(5, unit, "long", locale=language), language)
    assert (figure.kind, figure.value) == (kind, value)


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [
        ("500.000 Chips", "de", 500_000),
        ("1,5 Chips", "de", 1.5),
        ("500 000 puces", "fr", 500_000),
        ("1\u202f500,50 euros", "fr", 1500.5),
        ("1’500’000 Franken", "de", 1_500_000),
        ("12,34,567 रुपये", "hi", 1_234_567),
        ("٥٠٠٬٠٠٠", "ar", 500_000),
        ("١٫٥", "ar", 1.5),
        ("約500,000個", "ja", 500_000),
        ("約500 000個", "ja", 500_000),
        ("约500 000个", "zh", 500_000),
        ("약50만 개", "ko", 500_000),
        ("zweiundzwanzig Leute", "de", 22),
        ("३५,०००", "hi", 35_000),
        ("R$ 1.500,50", "pt", 1500.5),
        ("%50", "tr", 50),
        ("yüzde 50", "tr", 50),
        ("3만 5천 명", "ko", 35_000),
        ("milioni 5", "sw", 5_000_000),
        ("5 triệu", "vi", 5_000_000),
    ],
)
def test_separators_and_digits_of_each_country_are_read(
    text: str, language: str, value: float
) -> None:
    assert read(text, language).value == value


def test_a_noun_before_a_number_makes_no_name_of_it() -> None:
    assert [f.value for f in figures("Etwa 300 Mitarbeiter", "de")] == [300]
    assert figures("Trainium 3 ist schnell", "de") == []


@pytest.mark.parametrize("language", [UNKNOWN, "xx", ""])
def test_in_a_language_that_is_not_known_there_are_no_figures(language: str) -> None:
    assert not can_read(language)
    assert figures("500.000 on 3 May 2025", language) == []


def supported(stated: tuple[str, str], source: tuple[str, str]) -> bool:
    def found(text: tuple[str, str]) -> Sequence[Figure]:
        return figures(*text)

    return not unsupported(found(stated), found(source))


@pytest.mark.parametrize(
    ("stated", "source"),
    [
        (("Velora has 500,000 users.", "en"), ("Velora hat 500.000 Nutzer.", "de")),
        (("Velora has 300 employees.", "en"), ("Etwa 300 Mitarbeiter hat Velora.", "de")),
        (("Costs fell by 40%.", "en"), ("Os custos caíram 40 por cento.", "pt")),
        (("It rose by 40 percent.", "en"), ("40퍼센트 증가했다.", "ko")),
        (("Velora wurde am 3. Mai 1971 gegründet.", "de"), ("Founded on 3 May 1971.", "en")),
        (("Il coûte 1,5 milliard d’euros.", "fr"), ("It costs 1.5 billion euros.", "en")),
        (("It costs 300 kronor.", "en"), ("Det kostar 300 kr.", "sv")),
        (("It cost $5 million.", "en"), ("5 milyon dolara mal oldu.", "tr")),
        (("It opened in January 2025.", "en"), ("Открылся в январе 2025 года.", "ru")),
        (("It took five years.", "en"), ("Nach 5 Jahren war es fertig.", "de")),
        (("It is four times as fast.", "en"), ("Il est 4 fois plus rapide.", "fr")),
        (("1,234 people came.", "en"), ("Es kamen 1,234 Menschen.", "de")),
        (("5 million people came.", "en"), ("5 milyonu geldi.", "tr")),
    ],
)
def test_a_true_statement_is_supported_across_languages(
    stated: tuple[str, str], source: tuple[str, str]
) -> None:
    assert supported(stated, source)


@pytest.mark.parametrize(
    ("stated", "source"),
    [
        (("Velora has 500 users.", "en"), ("Velora hat 500.000 Nutzer.", "de")),
        (("Costs fell by 45%.", "en"), ("Os custos caíram 40 por cento.", "pt")),
        (("Velora wurde am 3. Juni 1971 gegründet.", "de"), ("Founded on 3 May 1971.", "en")),
        (("It costs 300 euros.", "en"), ("Det kostar 300 kr.", "sv")),
        (("30,000 people came.", "en"), ("3万5000人が来た。", "ja")),
        (("It cost 5 dollars.", "en"), ("5백만 달러가 들었다.", "ko")),
        (("It took five years.", "en"), ("Nach 5 Tagen war es fertig.", "de")),
        (("A million people came.", "en"), ("Millionen Menschen kamen.", "de")),
    ],
)
def test_another_figure_is_not(stated: tuple[str, str], source: tuple[str, str]) -> None:
    assert not supported(stated, source)
