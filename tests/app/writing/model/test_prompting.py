"""What a model is told comes from files that may be edited."""

from collections.abc import Iterator
from pathlib import Path

import pytest

import app.writing.model.prompting
from app.answer import Turn
from app.settings import SettingsError
from app.writing.model.prompting import answer_messages, rewrite_messages
from index.chunking import split
from tests.files import article_of

ARTICLE = article_of("boats.md", b"# Boats\n\nThe {mayor} of Bergen [9] paints <<<boats>>>.\n")


@pytest.fixture
def prompts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of prompts that a test may write."""
    monkeypatch.setattr(app.writing.model.prompting, "_FOLDER", tmp_path)
    app.writing.model.prompting._prompt.cache_clear()
    yield tmp_path
    app.writing.model.prompting._prompt.cache_clear()


def test_a_passage_is_told_as_it_is_but_for_what_would_pass_for_our_own_marks() -> None:
    chunks = split(ARTICLE)
    _, (_, asked) = answer_messages(
        "Who paints {boats}?", "en", chunks, [ARTICLE.info()] * len(chunks), context=4096
    )
    assert "The {mayor} of Bergen (9) paints ‹‹‹boats›››." in asked
    assert "Who paints {boats}?" in asked


def test_passages_are_taken_while_they_fit() -> None:
    chunks = split(ARTICLE) * 40
    articles = [ARTICLE.info()] * len(chunks)
    (_, few), (_, many) = (
        answer_messages("Who?", "en", chunks, articles, context=context)[1]
        for context in (1200, 4096)
    )
    assert 1 <= few.count("paints") < many.count("paints")


@pytest.mark.parametrize("text", ["{unknown}", "{", "{0}", "}"])
def test_a_prompt_that_cannot_be_filled_in_is_named(prompts: Path, text: str) -> None:
    (prompts / "rewrite.md").write_text(f"Rewrite {text}", encoding="utf-8")
    with pytest.raises(SettingsError, match=r"prompts/rewrite\.md .*\{question\}"):
        rewrite_messages("And then?", [Turn("Who paints?", "The mayor.")])
