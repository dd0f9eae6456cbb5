"""An extracted text knows the page or paragraph of each position in it."""

import pytest

from index.folder.formats.extracted import Extracted, join_paragraphs, one_line


@pytest.mark.parametrize(("offset", "page"), [(0, 1), (9, 1), (10, 3), (11, 3), (99, 4)])
def test_a_position_is_on_the_last_page_that_begins_before_it(offset: int, page: int) -> None:
    extracted = Extracted(text="…", pages=(0, 10, 10, 20))  # the second page is empty
    assert extracted.page(offset) == page
    assert extracted.paragraph(offset) is None


def test_paragraphs_are_counted_in_a_text_without_lines_or_pages() -> None:
    extracted = Extracted(text="One.\n\nTwo.\n\nThree.")
    positions = [extracted.text.index(word) for word in ("One", "Two", "Three")]
    assert [extracted.paragraph(position) for position in positions] == [1, 2, 3]
    assert extracted.page(0) is None
    assert Extracted(text="One.", encoding="utf-8").paragraph(0) is None


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (" two\n lines\t here ", "two lines here"),
        ("a\x00b\x0bc\ud800d", "ab cd"),
        (" \x07 ", None),
        ("", None),
        (None, None),
    ],
)
def test_one_line_has_only_what_can_be_shown(text: str | None, line: str | None) -> None:
    assert one_line(text) == line


def test_empty_paragraphs_are_left_out() -> None:
    assert join_paragraphs(["One\nline.", " ", "", "Two."]) == "One line.\n\nTwo."
