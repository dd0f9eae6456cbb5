"""What CLDR has of a language and of its regions."""

import pytest

from index.language.figures.affixes import Affix
from index.language.figures.cldr import LocaleData, locale_data


def known(language: str) -> LocaleData:
    data = locale_data(language)
    assert data is not None
    return data


@pytest.mark.parametrize(
    ("language", "decimal", "group"),
    [
        ("de", ",", "."),
        ("en", ".", ","),
        ("fr", ",", "\u202f"),
        ("sv", ",", "\u00a0"),
        ("hi", ".", ","),
    ],
)
def test_separators_are_those_of_the_language(language: str, decimal: str, group: str) -> None:
    assert (known(language).decimal, known(language).group) == (decimal, group)


def test_where_the_language_is_official_regions_add_their_grouping_signs() -> None:
    assert "." in known("ar").regional_groups  # as in Morocco
    assert "." not in known("en").regional_groups  # as in English written in Germany


@pytest.mark.parametrize("language", ["xx", "", "la-Latn", "ht"])
def test_a_language_without_names_of_months_is_not_known(language: str) -> None:
    assert locale_data(language) is None


def test_months_have_the_names_of_regions_and_of_other_scripts() -> None:
    assert {"Januar", "Jänner"} <= set(known("de").months[0])
    assert {"јануар", "januar"} <= set(known("sr").months[0])


def test_an_inflected_month_has_a_stem_where_no_other_begins_so() -> None:
    assert known("ru").month_stems[0] == "январ"
    assert known("pl").month_stems[3] == "kwie"
    assert set(known("de").month_stems) == {""}


@pytest.mark.parametrize(
    ("language", "order"), [("de", "day"), ("pt", "day"), ("en", None), ("ja", None)]
)
def test_the_order_of_a_date_in_digits_is_known_where_regions_agree(
    language: str, order: str | None
) -> None:
    assert known(language).first_in_dates == order


def test_words_of_magnitude_have_the_size_of_the_language() -> None:
    def size(language: str, word: str) -> float:
        sizes = {affix.text: size for affix, size in known(language).scales}
        return sizes[word]

    assert size("de", "Billionen") == 1e12
    assert size("pt", "bilhões") == 1e9
    assert size("pt", "biliões") == 1e12  # in Portugal
    assert size("hi", "लाख") == 1e5
    assert size("ja", "億") == 1e8


def test_a_unit_has_its_words_in_every_plural_form() -> None:
    words = {affix.text for affix in known("ru").units["duration-year"]}
    assert {"год", "года", "лет"} <= words
    assert Affix("siku", is_before=True) in known("sw").units["duration-day"]
