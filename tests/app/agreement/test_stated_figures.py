"""The figures of a sentence, each with the part of the sentence that belongs to it."""

from app.agreement.stated_figures import stated_figures
from tests.app.agreement.sentences import sentence

TEXT = "In 2024 Velora had 300 employees, and its revenue rose by 40%."


def test_each_figure_has_its_own_part_of_the_sentence() -> None:
    _, employees, revenue = stated_figures(2, sentence("a.md", "en", TEXT))
    assert (employees.text, employees.position, employees.source) == ("300 employees", 2, "a.md")
    assert employees.subject.aspects == {"staff"}
    assert revenue.subject.aspects == {"revenue"}
    assert revenue.subject.directions == {"up"}
    assert [date.kind for date in revenue.dates] == ["date"]


def test_only_the_marked_answer_is_a_figure_of_its_sentence() -> None:
    marked = sentence("a.md", "en", TEXT, start=50, answer="40%")
    (figure,) = stated_figures(0, marked)
    assert (figure.text, figure.is_answer) == ("40%", True)
