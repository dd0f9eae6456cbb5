"""Questions to begin with and to ask next come from the articles, and these answer them."""

import dataclasses
from pathlib import Path

import pytest

from app.assistant import Assistant
from app.doors.suggestions import examples, suggest
from index.chunking import Chunk
from index.search import EVERYTHING, Passage, Scope
from tests.app.test_assistant import ASKED
from tests.files import write

# The stand-in for an encoder compares words: "is" and a name are most of "What is Lovund?".
ISLANDS = "On Lovund is a mill. On Molde is a fair. On Senja is a quay. On AI is a page."
SUMMARY = "Summarise the article “A quiet harbour”"


@pytest.fixture(autouse=True)
def islands(corpus: Path) -> None:
    write(corpus, "islands.md", ISLANDS)


def suggestions(
    assistant: Assistant,
    text: str,
    *,
    question: str = "Where?",
    source: str = "harbour.md",
    scope: Scope = EVERYTHING,
) -> list[str]:
    """Return what is suggested after `question`, if `text` in `source` is found for it."""
    passage = Passage(Chunk("id", source, 0, len(text), text, language="en"), 1.0)
    answer = dataclasses.replace(assistant.ask("xyzzy"), question=question, passages=(passage,))
    return suggest(assistant, answer, scope)


def test_the_last_question_asks_for_a_summary_of_the_best_article(assistant: Assistant) -> None:
    *_, last = suggest(assistant, assistant.ask(ASKED), EVERYTHING)
    assert last == SUMMARY
    assert assistant.ask(last).answered


def test_a_name_is_offered_if_the_articles_say_what_it_is(assistant: Assistant) -> None:
    assert suggestions(assistant, "We saw Lovund and Zaphod.") == ["What is Lovund?", SUMMARY]


def test_a_name_at_the_beginning_of_a_sentence_may_be_any_word(assistant: Assistant) -> None:
    assert suggestions(assistant, "We left. Lovund was behind us.") == [SUMMARY]


def test_neither_a_name_in_the_question_nor_a_short_one_is_offered(assistant: Assistant) -> None:
    text = "We saw Lovund and AI."
    assert suggestions(assistant, text, question="Where is LOVUND?") == [SUMMARY]


def test_two_names_at_most_are_offered(assistant: Assistant) -> None:
    assert len(suggestions(assistant, "We saw Lovund, Molde and Senja.")) == 3


def test_suggestions_keep_to_the_scope_of_the_question(assistant: Assistant) -> None:
    text = "We saw Lovund."
    assert suggestions(assistant, text, scope=Scope.of(None, ["harbour.md"])) == [SUMMARY]


def test_an_article_that_was_removed_is_not_offered(assistant: Assistant) -> None:
    assert suggestions(assistant, "We saw boats.", source="gone.md") == []


def test_examples_ask_for_summaries_in_the_language_of_who_asks(assistant: Assistant) -> None:
    assistant.prepare()
    offered = examples(assistant, "es")
    assert offered[0] == "Resume el artículo «El puerto»"
    assert "Resume el artículo «A quiet harbour»" in offered
    assert all(assistant.ask(question).citations for question in offered)


def test_examples_begin_with_the_newest_articles(assistant: Assistant, corpus: Path) -> None:
    for year in range(2010, 2020):
        text = f"---\ntitle: Boat{year}\npublished: {year}-01-01\n---\nBoat{year} was seen."
        write(corpus, f"{year}.md", text)
    assistant.prepare()
    newest = [f"Summarise the article “Boat{year}”" for year in (2019, 2018, 2017)]
    assert examples(assistant, "en") == [SUMMARY, *newest]


def test_a_title_that_does_not_fit_on_a_button_is_no_example(
    assistant: Assistant, corpus: Path
) -> None:
    write(corpus, "fair.md", f"---\ntitle: {'A fair ' * 50}\n---\nA fair is held here.")
    assistant.prepare()
    assert not any("fair" in question for question in examples(assistant, "en"))
