"""One finder of names, for every script that has capital letters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.language.names import name_words, names


def found(text: str) -> list[str]:
    return [name.text for name in names(text)]


def keys(text: str) -> list[str]:
    return [name.key for name in name_words(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("who met Matt Garman in New York", ["Matt Garman", "New York"]),
        ("he came to Łódź and Šibenik", ["Łódź", "Šibenik"]),
        ("потом Путин приехал в Париж", ["Путин", "Париж"]),
        ("στην Αθήνα", ["Αθήνα"]),
        ("亚马逊的Trainium3由Matt Garman发布", ["Trainium3", "Matt Garman"]),
        ("the iPhone 15 and the Trainium 3 chip", ["iPhone 15", "Trainium 3"]),
        ("they sold 40 Boeing 737s and AT&T", ["Boeing", "AT&T"]),
        ("of Amazon 40% is owned", ["Amazon"]),
        ("raised for Anthropic 8 billion", ["Anthropic"]),
        ("ad Anthropic 8 miliardi", ["Anthropic"]),
        ("ad Anthropic 8 mila", ["Anthropic"]),
        ("a Anthropic 8 millones", ["Anthropic"]),
        ("a Anthropic 8 mil millones", ["Anthropic"]),
        ("给Anthropic 8 亿", ["Anthropic"]),
        ("the Trainium 3 board", ["Trainium 3"]),
        ("no names at all, 42 of them", []),
    ],
)
def test_names_are_found_whole(text: str, expected: list[str]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("e poi l'iPhone", ["iphone"]),
        ("L'Amazon di Seattle", ["amazon", "seattle"]),
        ("i chip dell’Anthropic", ["anthropic"]),
        ("un altro d'Amazon", ["amazon"]),
        ("and O'Brien said", ["o'brien"]),
        ("All'inizio era così", []),
    ],
)
def test_an_elided_article_is_no_part_of_a_name(text: str, expected: list[str]) -> None:
    assert keys(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("as De Vries said", ["de", "vries"]),
        ("as The Times said", ["the", "times"]),
        ("Google's new H100s and TPUv5s", ["google", "h100", "tpuv5"]),
        ("at Texas Instruments", ["texas", "instruments"]),
    ],
)
def test_a_name_keeps_its_own_letters(text: str, expected: list[str]) -> None:
    assert keys(text) == expected


@pytest.mark.parametrize("text", ["Trainium 3", "Trainium3", "Trainium-3", "TRAINIUM3"])
def test_a_product_has_one_key_however_it_is_written(text: str) -> None:
    assert keys(f"the {text}") == ["trainium3"]


@pytest.mark.parametrize(
    "text",
    ["The chip is fast.", "Energy use fell.", "Quando arriva?", "¿Cuánto cuesta?", "It's on."],
)
def test_a_word_that_begins_a_sentence_is_no_name_by_its_capital_alone(text: str) -> None:
    assert found(text) == []


def test_a_first_word_may_be_a_name_and_is_not_sure() -> None:
    assert [(n.text, n.is_sure) for n in names("Ottesen looks after it. The other is Hansen.")] == [
        ("Ottesen", False),
        ("Hansen", True),
    ]
    (name,) = name_words("Ottesen looks after it.", starts_sentence=False)
    assert name.is_sure


def test_months_and_common_abbreviations_are_no_names() -> None:
    assert found("in December the CEO of an AI company sold GPUs of 2 PFLOPS in the US") == []


@given(st.text())
def test_names_stand_where_they_say(text: str) -> None:
    for finder in (names, name_words):
        positions = [(name.start, name.end) for name in finder(text)]
        assert positions == sorted(positions)
        assert all(text[name.start : name.end] == name.text for name in finder(text))
        assert all(name.key for name in finder(text))
