"""A problem is one line, whatever the name of its file."""

from index.errors import ArticleError, Problem


def test_a_problem_names_its_file() -> None:
    assert str(Problem("a/港.md", "is empty.")) == "a/港.md: is empty."
    assert str(ArticleError("a.md", "is empty.")) == "a.md: is empty."


def test_a_name_that_cannot_be_shown_is_written_in_ascii() -> None:
    assert str(Problem("two\nlines.md", "is empty.")) == r"'two\nlines.md': is empty."
    assert str(Problem("a\udcff.md", "is empty.")) == r"'a\udcff.md': is empty."
