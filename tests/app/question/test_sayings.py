"""What is said to the letter is known, with the language that it is said in."""

import pytest

from app.phrases import LANGUAGES, phrases
from app.question.sayings import said, sayings


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hello!", ("greeting", "en")),
        ("  grazie   MILLE ", ("thanks", "it")),
        ("¿Quién eres?", ("who", "es")),
        ("你有哪些文章", ("folder", "zh")),
        ("Which articles are about boats and nets?", ("topic", "en")),
        ("Puoi riassumere l'articolo su Skagen?", ("summary", "it")),
        ("no", None),  # in three languages
        ("Hello, who built it?", None),
        ("Who is Ottesen?", None),
        ("What are articles about?", None),
    ],
)
def test_what_is_said_to_the_letter(text: str, expected: tuple[str, str] | None) -> None:
    assert said(text) == expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_programs_own_requests_are_known(language: str) -> None:
    assert said(phrases(language).ask_summary.format(title="Boats: 12?")) == ("summary", language)
    assert said(phrases(language).ask_topic.format(topic="Skagen")) == ("topic", language)
    assert said(phrases(language).ask_name.format(name="Skagen")) is None
    assert said(phrases(language).ask_section.format(title="Boats", section="Nets")) is None


def test_every_kind_has_sayings_in_every_language() -> None:
    assert all(set(languages) == set(LANGUAGES) for languages in sayings().values())
