"""A request to sum up an article is met with the sentences it opens with."""

from pathlib import Path

import pytest

from app.assistant import Assistant
from app.writing.summary import asks_for_summary


@pytest.mark.parametrize(
    "question",
    [
        "Summarise the article about the harbour",
        "can you summarize this article?",
        "Please give me a short summary of it",
        "Riassumi l'articolo sul porto",
        "Puoi riassumere l'articolo sul porto?",
        "Resume el artículo sobre el puerto",
        "¿Puedes resumir el artículo?",
        "请总结这篇文章",
        "概括一下关于港口的文章",
    ],
)
def test_a_request_to_sum_up_is_known(question: str) -> None:
    assert asks_for_summary(question)


@pytest.mark.parametrize(
    "question",
    ["Who summarised the report?", "Chi riassume il caso?", "¿Qué resumen dio?", "谁总结了报告？"],
)
def test_a_question_about_a_summary_is_a_question(question: str) -> None:
    assert not asks_for_summary(question)


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


def test_an_article_that_is_not_there_is_not_summed_up(assistant: Assistant) -> None:
    assert not assistant.ask("Summarise the article about the Rialto").answered
