"""Figures are read from the words and numerals of four languages."""

from math import isfinite

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.language.figures import figures, unsupported


@pytest.mark.parametrize(
    ("language", "text", "kind", "value", "hedge"),
    [
        ("en", "half a million chips", "count", 500_000, None),
        ("it", "mezzo milione di chip", "count", 500_000, None),
        ("it", "500.000 chip", "count", 500_000, None),
        ("es", "500 000 chips", "count", 500_000, None),
        ("zh", "50万颗芯片", "count", 500_000, None),
        ("zh", "五十多万人", "count", 500_000, "above"),
        ("en", "$1,000 million", "money", 1e9, None),
        ("es", "mil millones de dólares", "money", 1e9, None),
        ("zh", "十亿美元", "money", 1e9, None),
        ("en", "two and a half million people", "count", 2.5e6, None),
        ("es", "un millón y medio", "count", 1.5e6, None),
        ("en", "one million two hundred thousand", "count", 1.2e6, None),
        ("es", "superan el millón", "count", 1e6, "above"),
        ("es", "varios miles de millones de dólares", "money", None, "vague"),
        ("en", "up to 4.4 times faster", "multiple", 4.4, "most"),
        ("it", "fino a 4,4 volte", "multiple", 4.4, "most"),
        ("zh", "4倍以上", "multiple", 4, "least"),
        ("zh", "百分之四十", "percent", 40, None),
        ("it", "sotto i 10 microsecondi", "duration", 1e-5, "below"),
        ("en", "3 to 5 million users", "count", None, "between"),
    ],
)
def test_a_figure_is_read(
    language: str, text: str, kind: str, value: float | None, hedge: str | None
) -> None:
    (figure,) = figures(text, language)
    assert (figure.kind, figure.hedge) == (kind, hedge)
    assert figure.value == (None if value is None else pytest.approx(value))


@pytest.mark.parametrize("name", ["Trainium2", "Trainium 3", "H100", "GPT-4", "re:Invent 2025"])
def test_a_number_in_a_name_is_no_figure(name: str) -> None:
    assert figures(f"We looked at {name} for a while.", "en") == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "on 3 December 2025"),
        ("it", "il 3 dicembre 2025"),
        ("es", "el 3 de diciembre de 2025"),
        ("zh", "2025年12月3日"),
        ("zh", "2025 年 12 月 3 日"),
        ("zh", "2025年十二月3日"),
    ],
)
def test_a_date_has_year_month_and_day(language: str, text: str) -> None:
    (figure,) = figures(text, language)
    assert figure.kind == "date"
    assert figure.ranges == ((2025, 2025), (12, 12), (3, 3))


@pytest.mark.parametrize(
    ("language", "text", "years"),
    [
        ("en", "It was founded in 1852.", (1852, 1852)),
        ("it", "il chimico John Mayow (1641-1679)", (1641, 1641)),
        ("it", "nel V secolo", (401, 500)),
        ("es", "a finales del siglo XIX", (1801, 1900)),
        ("en", "in the 19th century", (1801, 1900)),
        ("en", "On September 24, 1759, it began", (1759, 1759)),
        ("zh", "19世纪的桥", (1801, 1900)),
        ("zh", "1321 年至 1323 年", (1321, 1321)),
        ("zh", "在1321到1323年之间", (1321, 1321)),
        ("zh", "20 世纪 80 年代", (1980, 1989)),
        ("zh", "上世纪70年代以来", (1970, 1979)),
        ("zh", "1980年代", (1980, 1989)),
    ],
)
def test_older_years_and_centuries_are_dates(
    language: str, text: str, years: tuple[int, int]
) -> None:
    first = figures(text, language)[0]
    assert (first.kind, first.ranges[0]) == ("date", years)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The cost of 1500 chips"),
        ("en", "In May 1500 people were laid off"),
        ("es", "En mayo, 1500 trabajadores se fueron"),
        ("it", "A marzo 1200 dipendenti"),
    ],
)
def test_a_number_of_things_is_no_old_year(language: str, text: str) -> None:
    years = [figure.ranges[0] for figure in figures(text, language) if figure.kind == "date"]
    assert not {(1500, 1500), (1200, 1200)} & set(years)


@pytest.mark.parametrize(
    "text", ["单一月份", "统一月租", "每三月一次", "五月天的歌", "阿波罗11月球任务"]
)
def test_what_only_looks_like_a_chinese_month_is_none(text: str) -> None:
    assert not any(figure.kind == "date" for figure in figures(text, "zh"))


def test_what_a_date_leaves_out_may_be_anything() -> None:
    month, day, other = figures("December 2025, 3 December 2025, October 2025", "en")
    assert month.may_equal(day)
    assert not month.may_equal(other)


@pytest.mark.parametrize(
    ("one", "other", "both"),
    [
        ("four times", "4.4 times", True),
        ("more than four times", "up to 4.4 times", True),
        ("four times", "six times", False),
        ("nearly 500 chips", "480 chips", True),
        ("more than 500 chips", "480 chips", False),
        ("500,000 chips", "512,345 chips", True),
        ("144 chips", "145 chips", False),
    ],
)
def test_a_hedge_or_a_round_number_leaves_room(one: str, other: str, both: bool) -> None:
    (a,), (b,) = figures(one, "en"), figures(other, "en")
    assert a.may_equal(b) is b.may_equal(a) is both


def test_in_chinese_growth_by_four_times_may_be_to_five() -> None:
    (grown,), (five,) = figures("性能提高了4倍", "zh"), figures("性能是5倍", "zh")
    assert grown.may_equal(five)


def test_a_statement_is_held_to_the_figures_of_its_source() -> None:
    source = figures("Oltre 500.000 chip dal 3 dicembre 2025", "it")
    assert not unsupported(figures("half a million chips in December 2025", "en"), source)
    (wrong,) = unsupported(figures("600,000 chips", "en"), source)
    assert wrong.value == 600_000


@given(st.text(alphabet="0123456789.,%$ km多万亿年月半halfmillion-–", max_size=40))
def test_every_figure_lies_within_its_text_in_order(text: str) -> None:
    for language in ("en", "it", "es", "zh"):
        found = figures(text, language)
        assert found == sorted(found, key=lambda figure: figure.start)
        for figure in found:
            assert 0 <= figure.start < figure.end <= len(text)
            assert figure.ranges
            assert all(low <= high for low, high in figure.ranges)


SIGNS = (
    *("1", "2", "12", "100", "2025", "0", ".", ",", "'", "’", " ", "-", "−", "–", "/", ":", "%"),
    *(
        "$",
        "€",
        "x",
        "k",
        "B",
        "bn",
        "km",
        "GB/s",
        "TFLOPS",
        "\u202f",
        "٣",
        "٫",
        "１",
        "²",
        "(",
        "H",
    ),
)
WORDS = {
    "en": "one twenty hundred thousand million half a dozen and an quarter of first Q1 May up to s",
    "it": "uno venti mila miliardi mezzo dozzina e metà secolo V trimestre marzo nell' fino a più",
    "es": "uno cien mil millones medio media docena y siglo XX trimestre mayo hasta más de o por",
    "zh": " ".join("零〇一两三十百千万亿点数几上多年月日世纪代半倍个颗") + " 百分之 以上 不到 季度",
    "de": "ein zwanzig hundert tausend Millionen Mrd. halb Mai Jan. und mal einundzwanzig null 3.",
    "fr": "un vingt cent mille milliard quatre-vingt demi siècle mars janv. et virgule 1er d'",
}


@pytest.mark.parametrize("language", WORDS)
@given(st.data())
def test_no_text_is_beyond_reading(language: str, data: st.DataObject) -> None:
    part = st.sampled_from((*SIGNS, *WORDS[language].split()))
    space = data.draw(st.sampled_from(("", " ")))
    text = space.join(data.draw(st.lists(part, max_size=14)))
    for figure in figures(text, language):
        assert 0 <= figure.start < figure.end <= len(text)
        assert figure.value is None or isfinite(figure.value)


@pytest.mark.parametrize("language", WORDS)
@pytest.mark.parametrize(
    "text",
    [
        "1" * 310,
        "3-" + "1" * 400,
        "百分之" + "1" * 400,
        "0" + "亿" * 60,
        "50多" + "亿" * 60 + "人",
        "九" * 400,
        "million " * 300,
        "nine hundred " * 200,
    ],
)
def test_no_length_is_beyond_reading(language: str, text: str) -> None:
    for figure in figures(text, language):
        assert figure.value is None or isfinite(figure.value)
        assert all(low <= high for low, high in figure.ranges)


@given(st.integers(min_value=2, max_value=10**9))
def test_a_whole_number_is_read_as_each_language_writes_it(number: int) -> None:
    if 1900 <= number < 2100:
        return  # a year
    for language, written in (
        ("en", f"{number:,}"),
        ("it", f"{number:,}".replace(",", ".")),
        ("es", f"{number:,}".replace(",", ".")),
        ("zh", str(number)),
    ):
        (figure,) = figures(f"{written} chips", language)
        assert figure.value == number
