"""Questions to begin with come from the articles, are of several kinds, and are answered."""

from collections.abc import Callable
from pathlib import Path

import pytest

from app.assistant import Assistant
from app.doors.suggestions.starters import examples
from tests.files import write

SUMMARY = "Summarise the article “A quiet harbour”"
QUAY = """\
---
title: The quay
language: en
---
# The quay

## How long is the quay of Lovund?

The quay of Lovund is 90 metres long.

## Who keeps the quay of Lovund?

Karen Ottesen keeps the quay of Lovund.

## A storm at the quay

A storm is said to have broken the quay. It stood again in spring.
"""
# Both are near to the question for the topic, and both have it.
ROADS = "Articles are about the road to Senja. Which, nobody knows."
FERRIES = "Which ferries are about to go to Senja, articles tell."
MOLDE = "Vamos a Molde. Hay barcos en Molde."  # a name that no English article has


@pytest.fixture
def quay(corpus: Path) -> None:
    write(corpus, "quay.md", QUAY)
    for name, text in (("roads", ROADS), ("ferries", FERRIES)):
        write(corpus, f"{name}.md", f"---\ntitle: {name} to Senja\nlanguage: en\n---\n{text}")
    for number in (1, 2):
        text = f"---\ntitle: Molde {number}\nlanguage: es\n---\n{MOLDE}"
        write(corpus, f"es/{number}.md", text)


@pytest.mark.usefixtures("quay")
def test_examples_are_of_several_kinds_and_answered(assistant: Assistant) -> None:
    assistant.prepare()
    offered = examples(assistant, "en")
    assert offered == [
        "How long is the quay of Lovund?",
        SUMMARY,
        "Who keeps the quay of Lovund?",
        "Which articles are about Senja?",
    ]
    assert all(assistant.ask(question).citations for question in offered)


def test_what_articles_ask_in_another_language_comes_last(
    assistant: Assistant, corpus: Path
) -> None:
    write(corpus, "quay.md", QUAY)
    assistant.prepare()
    assert examples(assistant, "zh") == [
        "总结文章《港口》",
        "哪些文章提到了Skagen？",
        "总结文章《A quiet harbour》",
        "How long is the quay of Lovund?",
    ]


def test_two_summaries_at_most_are_offered(assistant: Assistant, corpus: Path) -> None:
    for year in range(2010, 2020):
        text = f"---\ntitle: Boat{year}\npublished: {year}-01-01\n---\nBoat{year} was seen."
        write(corpus, f"{year}.md", text)
    assistant.prepare()
    offered = [each for each in examples(assistant, "en") if each.startswith("Summarise")]
    assert offered == [SUMMARY, "Summarise the article “Boat2019”"]


def test_summaries_begin_with_articles_in_the_language_of_who_asks(assistant: Assistant) -> None:
    assistant.prepare()
    assert examples(assistant, "es")[0] == "Resume el artículo «El puerto»"


def test_a_question_that_another_article_answers_is_no_example(
    assistant: Assistant, corpus: Path
) -> None:
    # Its answer is far from the question that leads to it, and another article has all words of it.
    write(corpus, "faq.md", "# Boats\n\n## Who keeps the mill?\n\n" + "See the list below. " * 9)
    write(corpus, "mill.md", "# Mills\n\nWho keeps the mill is Karen Ottesen.\n")
    assistant.prepare()
    assert "Who keeps the mill?" not in examples(assistant, "en")
    write(
        corpus, "faq.md", "# Boats\n\n## Who keeps the mill?\n\nKaren keeps the mill, who else.\n"
    )
    write(corpus, "mill.md", "# Mills\n\nNothing.\n")
    assistant.library.sync()
    assert "Who keeps the mill?" in examples(assistant, "en")


def test_what_is_taken_for_another_kind_of_question_is_no_example(
    assistant: Assistant, corpus: Path
) -> None:
    write(corpus, "faq.md", "# Boats\n\n## Who are you?\n\nWho you are: the keeper, are you?\n")
    assistant.prepare()
    assert "Who are you?" not in examples(assistant, "en")


def test_an_article_that_cannot_be_found_by_its_title_is_no_example(
    assistant: Assistant, corpus: Path
) -> None:
    for name in ("a", "b"):
        write(corpus, f"{name}.md", "---\ntitle: Zaphod\n---\nA mill stands here.")
    assistant.prepare()
    offered = [question for question in examples(assistant, "en") if "Zaphod" in question]
    assert offered == ["Summarise the article “Zaphod”"]  # of the one that is found


def test_a_question_that_does_not_fit_on_a_button_is_no_example(
    assistant: Assistant, corpus: Path
) -> None:
    write(corpus, "fair.md", f"---\ntitle: {'A fair ' * 50}\n---\nA fair is held here.")
    assistant.prepare()
    assert not any("fair" in question for question in examples(assistant, "en"))


def test_eight_questions_at_most_are_tried(
    assistant: Assistant, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = "".join(f"## Why {n}?\n\n| - |\n|---|\n| of it |\n\n" for n in range(20))
    write(corpus, "faq.md", f"---\ntitle: x\nlanguage: en\n---\n{asked}")
    assistant.prepare()
    tried: list[str] = []
    try_out: Callable[..., object] = assistant.try_out

    def counted(question: str, **options: object) -> object:
        tried.append(question)
        return try_out(question, **options)

    monkeypatch.setattr(assistant, "try_out", counted)
    examples(assistant, "en")
    assert len(tried) == 8
