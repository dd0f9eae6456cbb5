"""Dates have the parts that are stated, in the order of their language."""

import pytest

from index.language.figures.dates import dates
from index.language.figures.figure import ANY, Figure, Range
from index.language.figures.lexicon import lexicon_for


def read(text: str, language: str) -> list[Figure]:
    lexicon = lexicon_for(language)
    assert lexicon is not None
    return list(dates(text, lexicon))


def on(year: int | None, month: int | None, day: int | None = None) -> tuple[Range, ...]:
    return tuple(ANY if part is None else (part, part) for part in (year, month, day))


@pytest.mark.parametrize(
    ("language", "text", "ranges"),
    [
        ("en", "Jan 3, 2025", on(2025, 1, 3)),
        ("en", "in December", on(None, 12)),
        ("de", "am 3. Dezember 2025", on(2025, 12, 3)),
        ("de", "3. Jänner 2025", on(2025, 1, 3)),
        ("de", "im Dezember", on(None, 12)),
        ("fr", "le 1er janvier 2025", on(2025, 1, 1)),
        ("fr", "3 févr. 2025", on(2025, 2, 3)),
        ("pt", "3 de dezembro de 2025", on(2025, 12, 3)),
        ("ru", "в январе 2025 года", on(2025, 1)),
        ("pl", "w marcu 2025", on(2025, 3)),
        ("he", "3 בינואר 2025", on(2025, 1, 3)),
        ("hu", "2025. január 3.", on(2025, 1, 3)),
        ("eu", "2025(e)ko abenduaren 26(a)", on(2025, 12, 26)),
        ("ja", "2025年12月3日", on(2025, 12, 3)),
        ("ja", "5日", on(None, None, 5)),
        ("ko", "12월 3일에", on(None, 12, 3)),
        ("vi", "3 tháng 12, 2025", on(2025, 12, 3)),
        ("it", "nell'aprile", on(None, 4)),
        ("it", "prima dell’agosto", (ANY, ANY, ANY)),
        ("it", "dall'ottobre", on(None, 10)),
        ("it", "il 3 marzo dell’1852", on(1852, 3, 3)),
        ("it", "2025-12-03", on(2025, 12, 3)),
        ("it", "12.03.2025", on(2025, 3, 12)),
        ("de", "3/12/2025", on(2025, 12, 3)),
        ("en", "12/25/2025", on(2025, 12, 25)),
        ("ar", "03 /12 /2025", on(2025, 12, 3)),
        ("ko", "2025. 12. 3.", on(2025, 12, 3)),
    ],
)
def test_a_date_is_read_as_its_language_writes_it(
    language: str, text: str, ranges: tuple[Range, ...]
) -> None:
    (date,) = read(text, language)
    assert date.ranges == ranges


def test_a_quarter_is_three_months() -> None:
    for language, text in (("en", "Q2 2025"), ("de", "2. Quartal 2025"), ("ja", "2025年第2四半期")):
        (date,) = read(text, language)
        assert date.ranges == ((2025, 2025), (4, 6), ANY)


def test_the_order_of_digits_is_open_where_regions_differ() -> None:
    (date,) = read("5/6/2025", "en")
    assert date.ranges == ((2025, 2025), (5, 6), (5, 6))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("it", "in 5 set"),
        ("de", "5 Junioren"),
        ("ro", "mai mult"),
        ("fa", "26 میلیارد"),
        ("tr", "ocak"),
        ("ja", "5日間"),
        ("de", "45.13.2025"),
        ("de", "Die 2025 Euro"),
    ],
)
def test_what_only_looks_like_a_date_is_none(language: str, text: str) -> None:
    assert read(text, language) == []


@pytest.mark.parametrize(
    ("language", "text", "stated"),
    [
        ("it", "nell'aprile", "aprile"),
        ("it", "nel  mese, in  aprile", "aprile"),
        ("en", "in  December", "December"),
    ],
)
def test_a_date_begins_after_the_word_that_leads_to_it(
    language: str, text: str, stated: str
) -> None:
    (date,) = read(text, language)
    assert text[date.start : date.end] == stated


@pytest.mark.parametrize(
    ("language", "text", "years"),
    [
        ("en", "before 2020", (float("-inf"), 2020)),
        ("it", "dopo il 2020", (2020, float("inf"))),
        ("zh", "2020年之前", (float("-inf"), 2020)),
    ],
)
def test_before_and_after_leave_one_end_open(language: str, text: str, years: Range) -> None:
    (date,) = read(text, language)
    assert date.ranges == (years, ANY, ANY)
