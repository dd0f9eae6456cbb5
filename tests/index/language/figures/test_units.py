"""What a number measures is read after it and before it."""

import itertools

import pytest

from index.language.figures.lexicon import Lexicon, Measure, lexicon_for
from index.language.figures.units import unit_after, unit_before, unit_words


def words(language: str) -> Lexicon:
    lexicon = lexicon_for(language)
    assert lexicon is not None
    return lexicon


@pytest.mark.parametrize(
    ("language", "text", "measure"),
    [
        ("en", "5 km", Measure("length", "m", 1000)),
        ("de", "5 Tagen", Measure("duration", "s", 86400)),
        ("fr", "5 Go", Measure("memory", "GB", 1)),
        ("ru", "5 ГБ", Measure("memory", "GB", 1)),
        ("ja", "5GBの", Measure("memory", "GB", 1)),
        ("hi", "5 प्रतिशत", Measure("percent", "", 1)),
        ("it", "5 €", Measure("money", "EUR", 1)),
        ("fr", "5 d’euros", Measure("money", "EUR", 1)),
        ("ro", "5 de dolari americani", Measure("money", "USD", 1)),
        ("ko", "5 달러를", Measure("money", "USD", 1)),
        ("pl", "5 zł", Measure("money", "PLN", 1)),
    ],
)
def test_a_unit_after_a_number_is_read(language: str, text: str, measure: Measure) -> None:
    found = unit_after(text, 1, words(language))
    assert found is not None
    assert found[0] == measure


@pytest.mark.parametrize(
    "units",
    [
        ("GB/s", "TB/s", "PB/s"),
        ("GB per second", "TB per second", "PB per second"),
        ("Gbps", "Tbps"),
        ("Gbit/s", "Tbit/s"),
        ("TFLOPS", "PFLOPS", "EFLOPS"),
        ("TFLOP", "PFLOP", "EFLOP"),
        ("teraflops", "petaflops", "exaflops"),
        ("MB", "GB", "TB", "PB"),
        ("kWh", "MWh", "GWh", "TWh"),
        ("W", "kW", "MW", "GW"),
        ("MHz", "GHz"),
        ("ns", "µs", "ms"),
    ],
)
def test_each_prefix_is_a_thousand_times_the_one_before(units: tuple[str, ...]) -> None:
    for smaller, larger in itertools.pairwise(units):
        one, thousand = (unit_after(f"5 {unit}", 1, words("en")) for unit in (larger, smaller))
        assert one is not None
        assert thousand is not None
        assert (one[0].kind, one[0].unit) == (thousand[0].kind, thousand[0].unit)
        assert one[0].factor == pytest.approx(1000 * thousand[0].factor)


@pytest.mark.parametrize(
    ("language", "text"), [("en", "5 boats"), ("en", "5 $10 notes"), ("sv", "5 ore"), ("en", "5")]
)
def test_other_words_are_no_unit(language: str, text: str) -> None:
    assert unit_after(text, 1, words(language)) is None


@pytest.mark.parametrize(
    ("language", "text", "unit", "start"),
    [
        ("en", "for $5", "USD", 4),
        ("pt", "R$ 5", "BRL", 0),
        ("en", "US$ 5", "USD", 0),
        ("de", "CHF 5", "CHF", 0),
        ("tr", "%5", "", 0),
    ],
)
def test_a_currency_or_a_sign_before_a_number_is_read(
    language: str, text: str, unit: str, start: int
) -> None:
    found = unit_before(text, text.index("5"), words(language))
    assert found is not None
    assert (found[0].unit, found[1]) == (unit, start)


def test_units_are_found_in_a_question_in_any_of_our_languages() -> None:
    def kinds(text: str) -> set[str]:
        return {kind for pattern, kind in unit_words() if pattern.search(text)}

    assert kinds("quante ore") == kinds("几个小时") == {"duration"}
