"""JSON gives all that its records say, as a table or as lists, and never another number."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.folder.formats.extracted import UnreadableError
from index.folder.formats.records import load


def test_records_of_the_same_fields_are_a_table() -> None:
    lines = b'{"pier": "first", "berths": 80}\n{"pier": "second", "berths": null}\n\n'
    for data in (lines, b'[{"pier": "first", "berths": 80}, {"pier": "second"}]'):
        read = load(data)
        assert read.text == "| pier | berths |\n| --- | --- |\n| first | 80 |\n| second |  |"
        assert read.place(read.text.index("second")) == "#2"


def test_other_records_are_lists_below_their_names() -> None:
    data = [{"name": "The pool", "hours": {"summer": [8, 22]}, "is_open": True}, "A note."]
    assert load(json.dumps(data).encode()).text.split("\n\n") == [
        "## The pool",
        "- name: The pool\n- hours:\n  - summer:\n    - 8\n    - 22\n- is_open: true",
        "A note.",
    ]
    assert load(b'{"pool": {"closes": "at ten"}}').text == "- pool:\n  - closes: at ten"


def test_lines_that_are_not_json_are_counted() -> None:
    read = load(b'{"a": "x"}\n{"a": \n{"a": "y"}\n')
    assert read.problem == "has lines that are not JSON (1), the first is line 2."
    with pytest.raises(UnreadableError, match="is not JSON"):
        load(b"no json")


@pytest.mark.parametrize("number", ["1.10", "1e400", "12345678901234567890.12345", "-0", "007"])
def test_a_number_is_as_it_is_written(number: str) -> None:
    if number == "007":
        number = '"007"'
    assert load(f'{{"n": {number}}}'.encode()).text == f"- n: {number.strip(chr(34))}"


JSON = st.recursive(
    st.integers() | st.booleans() | st.text("abc xyz", max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("kl"), inner, max_size=3),
)


@given(st.lists(JSON, min_size=1, max_size=4))
def test_no_number_is_lost(values: list[object]) -> None:
    text = load(json.dumps(values).encode()).text

    def numbers(value: object) -> list[int]:
        if isinstance(value, bool | str):
            return []
        if isinstance(value, int):
            return [value]
        inside = value.values() if isinstance(value, dict) else value
        assert not isinstance(inside, str)
        return [number for each in inside for number in numbers(each)]  # type: ignore[attr-defined]

    for number in numbers(values):
        assert str(number) in text
