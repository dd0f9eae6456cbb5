"""The language of a text is detected, or said to be unknown."""

import pytest

from index.language.detection import UNKNOWN, detect_language, is_language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("How many chips does Project Rainier use?", "en"),
        ("Quanti chip usa il Project Rainier?", "it"),
        ("¿Cuántos chips usa el Project Rainier?", "es"),
        ("雷尼尔项目使用了多少芯片？", "zh"),
        ("Wie viele Chips verwendet das Projekt?", "de"),
        ("The harbour closed to freighters. Twelve fishing boats are left there. " * 5, "en"),
    ],
)
def test_the_language_of_questions_and_texts_is_detected(text: str, language: str) -> None:
    assert detect_language(text) == language


@pytest.mark.parametrize("text", ["", "1987", "?! …", "🙂"])
def test_a_text_without_letters_has_no_language(text: str) -> None:
    assert detect_language(text) == UNKNOWN


@pytest.mark.parametrize(
    ("text", "likely", "language"),
    [
        ("E Meta?", "it", "it"),
        ("¿Y ChatGPT?", "es", "es"),
        ("And Meta?", "en", "en"),
        ("2019?", "zh", "zh"),
        ("🙂", "it", "it"),
        ("Quanti chip usa il Project Rainier?", "en", "it"),
        ("How many chips does Project Rainier use?", "zh", "en"),
        ("Quanti chip?", "unheard of", "it"),
    ],
)
def test_a_short_text_is_likely_in_the_language_of_what_came_before(
    text: str, likely: str, language: str
) -> None:
    assert detect_language(text, likely=likely) == language


@pytest.mark.parametrize(
    ("text", "folder", "language"),
    [
        ("rent", ["en"], "en"),
        ("hotel cost", ["en"], "en"),
        ("Lienwei headcount", ["en", "it", "es", "zh"], "en"),
        ("Wie viele Chips verwendet das Projekt?", ["en", "it"], "de"),
        ("多少钱？", ["en"], "zh"),
    ],
)
def test_a_few_words_are_likely_in_a_language_of_the_articles(
    text: str, folder: list[str], language: str
) -> None:
    assert detect_language(text, folder=folder) == language


def test_a_code_has_two_small_letters() -> None:
    assert is_language("en")
    assert not any(map(is_language, ("EN", "eng", "e1", "", UNKNOWN)))


@pytest.mark.parametrize(
    ("text", "page", "language"),
    [
        ("2019?", "it", "it"),
        ("rent", "en", "en"),
        ("Quanti chip usa il Project Rainier?", "en", "it"),
        ("多少钱？", "es", "zh"),
    ],
)
def test_a_few_words_are_likely_in_the_language_of_the_page(
    text: str, page: str, language: str
) -> None:
    assert detect_language(text, page=page) == language
