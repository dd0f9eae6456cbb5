"""Names are compared by keys, across languages and without those who are quoted."""

import pytest

from app.agreement.name_keys import is_product, located, name_keys, product, without_attributions


def test_a_name_has_one_key_in_every_language() -> None:
    assert name_keys("亚马逊发布了Trainium3。") == name_keys("and Amazon launched Trainium 3")


@pytest.mark.parametrize(("key", "expected"), [("trainium3", True), ("h100", True), ("aws", False)])
def test_a_product_is_a_name_with_a_number(key: str, expected: bool) -> None:
    assert is_product(key) is expected


def test_the_product_of_a_sentence_is_not_what_it_is_compared_with() -> None:
    assert product("Compared with Trainium2, Trainium 3 is faster.") == "trainium3"
    assert product("It is faster than Trainium2.") is None


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("300 people in Bergen and for Velora", {"bergen", "velora"}),
        ("300 empleados en Ávila", {"ávila"}),
        ("300 people in Łódź", {"łódź"}),
        ("300 people in the house", set()),
    ],
)
def test_names_after_a_preposition_say_where_something_holds(text: str, names: set[str]) -> None:
    assert located(text) == names


@pytest.mark.parametrize("speaker", ["Matt Garman", "Álvaro Ibáñez", "Şule Öztürk"])
def test_whoever_is_quoted_is_not_what_a_sentence_is_about(speaker: str) -> None:
    text = f"According to {speaker}, Trainium3 is faster."
    stated = without_attributions(text)
    assert len(stated) == len(text)
    assert name_keys(stated) == {"trainium3"}
