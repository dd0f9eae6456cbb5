"""What is counted is named near its number, and some numbers are part of a name."""

import pytest

from index.language.figures.lexicon import Lexicon, lexicon_for
from index.language.figures.things import counted, is_class, is_counted_at, is_name_part


def words(language: str) -> Lexicon:
    lexicon = lexicon_for(language)
    assert lexicon is not None
    return lexicon


def span(text: str) -> tuple[int, int]:
    """Return where the first digits stand."""
    start = next(i for i, character in enumerate(text) if character.isdigit())
    rest = text[start:]
    return start, start + len(rest) - len(rest.lstrip("0123456789"))


@pytest.mark.parametrize(
    ("language", "text", "thing"),
    [
        ("en", "500 chips", "chip"),
        ("it", "500 nuovi dipendenti", "employee"),
        ("zh", "500名员工", "employee"),
        ("en", "500 boats", "boats"),
        ("en", "The chips number 500", "chip"),
        ("en", "500 in all", ""),
        ("de", "500 Boote", "boote"),
    ],
)
def test_a_counted_thing_is_its_class_or_its_word(language: str, text: str, thing: str) -> None:
    assert counted(text, *span(text), words(language), vague=False)[0] == thing


def test_what_billions_are_of_is_named_at_once() -> None:
    assert counted("billions of boats", 0, 8, words("en"), vague=True) == ("", 8)


@pytest.mark.parametrize(
    ("language", "text", "is_part"),
    [
        ("en", "Trainium 3", True),
        ("en", "About 500", False),
        ("en", "a 5G net", True),
        ("de", "Trainium 3", True),
        ("de", "Etwa 500", False),
        ("de", "in Berlin 500", False),
        ("ru", "Айфон 15", True),
        ("zh", "公司3", False),
    ],
)
def test_digits_beside_a_capital_word_may_be_part_of_a_name(
    language: str, text: str, is_part: bool
) -> None:
    assert is_name_part(text, *span(text), words(language)) is is_part


def test_classes_of_things_have_names_of_their_own() -> None:
    assert is_class("employee")
    assert not is_class("boats")


def test_a_thing_is_counted_with_at_most_one_word_between() -> None:
    assert is_counted_at("1500 new chips", 4)
    assert not is_counted_at("1500 of the new chips", 4)
