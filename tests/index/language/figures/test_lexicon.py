"""Which languages have words for figures, and where they come from."""

import pytest

from index.language.detection import UNKNOWN
from index.language.figures.lexicon import Lexicon, can_read, lexicon_for


def words(language: str) -> Lexicon:
    lexicon = lexicon_for(language)
    assert lexicon is not None
    return lexicon


@pytest.mark.parametrize(
    ("language", "is_read"),
    [("en", True), ("zh", True), ("de", True), ("sw", True), (UNKNOWN, False), ("tl", False)],
)
def test_a_language_is_read_if_cldr_knows_it(language: str, is_read: bool) -> None:
    assert can_read(language) is is_read


def test_hedges_and_function_words_are_there_for_the_languages_of_figures_toml_alone() -> None:
    assert words("it").before
    assert words("it").is_function_word("di")
    assert not words("de").before
    assert not words("de").is_function_word("der")
    languages = ("en", "it", "es", "zh", "ja", "ko")
    assert [name for name in languages if words(name).is_rich] == ["en", "it", "es", "zh"]


def test_a_language_without_words_of_its_own_has_the_symbols_of_all() -> None:
    def read(language: str, text: str) -> set[str]:
        return {m.kind for pattern, m in words(language).units if pattern.fullmatch(text)}

    assert read("en", "GB") == read("ja", "GB") == {"memory"}
    assert read("it", "ore") == {"duration"}
    assert read("sv", "ore") == set()


def test_scripts_without_capitals_are_told_apart() -> None:
    assert words("ru").has_case
    assert not words("ar").has_case


def test_words_that_only_begin_like_one_of_magnitude_are_known_as_such() -> None:
    pattern = words("de").inflected_scales
    assert pattern is not None
    assert pattern.match(" Millionäre")
    assert not pattern.match(" Mitarbeiter")
    assert words("en").inflected_scales is None
