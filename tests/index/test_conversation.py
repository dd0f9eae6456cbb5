"""A question in a conversation is read below the ones before it."""

import pytest

from index.conversation import in_conversation


@pytest.mark.parametrize(
    ("earlier", "expected"),
    [
        ([], "And its keeper?"),
        (["How tall is it?"], "How tall is it?\nAnd its keeper?"),
        (["One?", "Two?"], "One?\nTwo?\nAnd its keeper?"),
        (["One?", "Two?", "Three?"], "Two?\nThree?\nAnd its keeper?"),
        (["One " * 200], f"{'One ' * 75}\nAnd its keeper?"),
    ],
)
def test_the_last_two_questions_stand_above(earlier: list[str], expected: str) -> None:
    assert in_conversation(earlier, "And its keeper?") == expected
