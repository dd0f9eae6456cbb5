"""Words beside numbers are taken from CLDR's patterns."""

from typing import Any

import pytest
from babel.numbers import parse_pattern

from index.language.figures.affixes import Affix, common_start, currencies, scales, units

DOLLARS = ("USD", "CAD", "AUD", "NZD", "SGD", "HKD")


def money(
    names: dict[str, str], symbols: dict[str, str], form: str = "{0} {1}"
) -> dict[str, dict[str, str] | dict[str, dict[str, str]]]:
    plurals: dict[str, dict[str, str]] = {}
    return {
        "currency_names": names,
        "currency_names_plural": plurals,
        "currency_symbols": symbols,
        "currency_unit_patterns": {"other": form},
    }


@pytest.mark.parametrize(
    ("size", "pattern", "affix", "factor"),
    [
        ("1000000", "0 Millionen", Affix("Millionen"), 1e6),
        ("10000000", "00 Millionen", Affix("Millionen"), 1e6),
        ("10000000", "0000万", Affix("万", is_glued=True), 1e4),
        ("1000000", "0\u00a0Mio'.'", Affix("Mio."), 1e6),
        ("1000000", "milioni 0;milioni -0", Affix("milioni", is_before=True), 1e6),
    ],
)
def test_a_word_of_magnitude_has_the_factor_that_its_zeros_leave(
    size: str, pattern: str, affix: Affix, factor: float
) -> None:
    data = {"compact_decimal_formats": {"long": {"other": {size: parse_pattern(pattern)}}}}
    assert list(scales(data, [])) == [(affix, factor)]


def test_a_region_adds_words_and_changes_none() -> None:
    def compact(patterns: dict[str, str]) -> dict[str, Any]:
        parsed = {size: parse_pattern(pattern) for size, pattern in patterns.items()}
        return {"compact_decimal_formats": {"long": {"other": parsed}}}

    found = scales(
        compact({"1000000000": "0 bilhões"}),
        [compact({"1000000000000": "0 bilhões", "1000": "0 milhar"})],
    )
    assert list(found) == [(Affix("bilhões"), 1e9), (Affix("milhar"), 1e3)]


def test_a_pattern_without_a_number_or_per_unit_gives_no_word() -> None:
    patterns = {"long": {"two": "يومان", "few": "{0} أيام", "per": "{0} في اليوم"}}
    assert units({"unit_patterns": {"duration-day": patterns}}) == {
        "duration-day": (Affix("أيام"),)
    }


def test_the_word_that_all_dollars_share_is_the_american_one() -> None:
    kinds = ("américain", "canadien", "australien", "néo-zélandais", "de Singapour", "de Hong Kong")
    names = dict(zip(DOLLARS, (f"dollar {kind}" for kind in kinds), strict=True))
    found = list(currencies(money(names, {})))
    assert (Affix("dollar"), "USD") in found
    assert not any(affix.text in ("de", "canadien") for affix, _ in found)


def test_gold_and_a_letter_alone_are_no_money() -> None:
    names = {"XAU": "or", "ZAR": "rand", "XAF": "franc CFA"}
    found = {affix.text for affix, _ in currencies(money(names, {"ZAR": "R", "XAF": "FCFA"}))}
    assert found == {"rand", "ZAR", "franc CFA", "XAF", "FCFA"}


def test_names_stand_before_numbers_where_the_language_puts_them_there() -> None:
    found = dict(currencies(money({"EUR": "ယူရို"}, {}, form="{1} {0}")))
    assert found[Affix("ယူရို", is_before=True)] == "EUR"


@pytest.mark.parametrize(
    ("words", "start"),
    [(["январь", "января"], "январ"), (["ab"], "ab"), (["ab", "cd"], ""), ([], "")],
)
def test_words_may_have_a_common_start(words: list[str], start: str) -> None:
    assert common_start(words) == start
