"""A quotation is found again at the position nearest to its old one, and never in the header."""

import pytest

from index.folder.quotation import find_again

TEXT = "boat --- a boat, two boats, no boat"
BODY = TEXT.index("---")


@pytest.mark.parametrize(
    ("start", "found"),
    [
        (0, 11),  # the one in the header is nearer
        (11, 11),
        (15, 11),
        (18, 21),
        (21, 21),
        (30, 31),
        (99, 31),
    ],
)
def test_the_nearest_of_several_is_found(start: int, found: int) -> None:
    assert find_again(TEXT, "boat", start, BODY) == found


def test_a_quotation_that_is_gone_is_not_found() -> None:
    assert find_again(TEXT, "whale", 11, BODY) == -1
    assert find_again("boat ---", "boat", 0, 5) == -1
