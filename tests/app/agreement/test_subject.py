"""What a sentence is about, and which aspect a figure in it measures."""

from app.agreement.subject import Subject, subject_of
from index.language.figures import figures


def subject(text: str, index: int = 0) -> Subject:
    return subject_of(text, figures(text, "en")[index], (0, len(text)))


def test_the_names_the_product_and_the_mood_are_known() -> None:
    found = subject("Amazon plans to sell 300 Trainium3 servers to Anthropic.")
    assert {"amazon", "anthropic", "trainium3"} <= found.names
    assert found.product == "trainium3"
    assert found.moods == {"plan"}


def test_a_figure_measures_the_aspect_that_is_named_nearest() -> None:
    text = "Its cost fell, and its speed is 4 times higher."
    assert subject(text).aspects == {"speed"}
    assert subject(text).all_aspects == {"cost", "speed"}


def test_aspects_that_are_listed_together_are_measured_together() -> None:
    assert subject("Its speed and memory are 4 times larger.").aspects == {"speed", "memory"}


def test_names_that_say_where_a_figure_holds_are_leading() -> None:
    found = subject("Velora has 300 employees in Bergen.")
    assert found.leading == {"velora", "bergen"}
