"""Passages are quoted in a prompt within its budget, and cannot pass for our own marks."""

from app.question.question import Turn
from app.writing.model.prompting import answer_messages, rewrite_messages
from app.writing.model.prompts import Prompts
from index.chunking import split
from tests.files import article_of

PROMPTS = Prompts.load()
ARTICLE = article_of("boats.md", b"# Boats\n\nThe {mayor} of Bergen [9] paints <<<boats>>>.\n")


def test_a_passage_is_quoted_as_it_is_but_for_what_would_pass_for_our_own_marks() -> None:
    chunks = split(ARTICLE)
    _, (_, asked) = answer_messages(
        PROMPTS, "Who paints {boats}?", "en", chunks, [ARTICLE.info()] * len(chunks), context=4096
    )
    assert "The {mayor} of Bergen (9) paints ‹‹‹boats›››." in asked
    assert "Who paints {boats}?" in asked


def test_passages_are_taken_while_they_fit() -> None:
    chunks = split(ARTICLE) * 40
    articles = [ARTICLE.info()] * len(chunks)
    (_, few), (_, many) = (
        answer_messages(PROMPTS, "Who?", "en", chunks, articles, context=context)[1]
        for context in (1200, 4096)
    )
    assert 1 <= few.count("paints") < many.count("paints")


def test_the_latest_turns_of_a_conversation_are_in_the_prompt() -> None:
    history = [Turn(f"Who is number {n}?", "A keeper. " * 30) for n in range(40)]
    ((_, asked),) = rewrite_messages(PROMPTS, "And {he}?", history)
    assert "number 39?" in asked
    assert "number 0?" not in asked
    assert "And {he}?" in asked
