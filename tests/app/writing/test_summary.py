"""A request to sum up an article is met with the sentences it opens with."""

from pathlib import Path

from app.assistant import Assistant
from tests.files import write

HARBOUR = """\
# The harbour

The harbour opened in May. It is deep. Is it? Boats come.

Much later there is more about boats and nets.
"""


def test_an_article_is_summed_up_by_its_opening(assistant: Assistant, corpus: Path) -> None:
    (corpus / "harbour.md").write_text(HARBOUR, encoding="utf-8")
    answer = assistant.ask("Summarise the article about the harbour that opened in May")
    assert answer.answered
    assert answer.text.startswith("“The harbour” begins like this:")
    assert [citation.quote for citation in answer.citations] == [
        "The harbour opened in May.",
        "It is deep.",
        "Boats come.",
    ]


def test_the_article_whose_title_is_asked_for_goes_before_those_that_say_more_of_it(
    assistant: Assistant, corpus: Path
) -> None:
    write(corpus, "a.md", "---\ntitle: Rialto and Skagen\n---\nTwelve boats are left.")
    write(corpus, "b.md", "---\ntitle: Boats\n---\nRialto and Skagen: summarise the article.")
    answer = assistant.ask("Summarise the article “Rialto and Skagen”")
    assert [citation.quote for citation in answer.citations] == ["Twelve boats are left."]


def test_an_article_that_is_not_there_is_not_summed_up(assistant: Assistant) -> None:
    assert not assistant.ask("Summarise the article about the Rialto").answered


MANUAL = """\
# The pump

Keep this manual. It is short.

## Cleaning

Rinse it. Dry it.

## Errors ##

| Code | Meaning |
|---|---|
| E1 | Empty |

## Warranty

It lasts two years. Seals are excluded.
"""


def test_an_article_in_sections_is_summed_up_by_their_openings(
    assistant: Assistant, corpus: Path
) -> None:
    (corpus / "pump.md").write_text(MANUAL, encoding="utf-8")
    answer = assistant.ask("Summarise the article about the pump")
    assert answer.text.startswith("“The pump”, section by section:")
    shown = [part.partition("”")[0] for part in answer.text.split("“")[2:]]
    assert shown == [
        "The pump\nKeep this manual.",
        "Cleaning\nRinse it.",
        "Code: E1 · Meaning: Empty",
        "Warranty\nIt lasts two years.",
    ]
    assert {citation.quote for citation in answer.citations} >= {"Cleaning", "Warranty"}
