"""A problem is one line, whatever the name of its file."""

import pytest

from index.errors import ArticleError, Problem, reason


def test_a_problem_names_its_file() -> None:
    assert str(Problem("a/港.md", "is empty.")) == "a/港.md: is empty."
    assert str(ArticleError("a.md", "is empty.")) == "a.md: is empty."


def test_a_name_that_cannot_be_shown_is_written_in_ascii() -> None:
    assert str(Problem("two\nlines.md", "is empty.")) == r"'two\nlines.md': is empty."
    assert str(Problem("a\udcff.md", "is empty.")) == r"'a\udcff.md': is empty."


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OSError("no room"), "no room"),
        (ValueError("\n  first line \nsecond line"), "first line "),
        (KeyError(), "KeyError"),
        (RuntimeError("  "), "RuntimeError"),
    ],
)
def test_the_reason_of_a_librarys_error_is_one_line(error: Exception, said: str) -> None:
    assert reason(error) == said
