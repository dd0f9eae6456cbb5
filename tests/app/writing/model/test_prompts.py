"""Prompts may be edited; what cannot be filled in is named before anything is asked."""

from pathlib import Path

import pytest

from app.settings import SettingsError
from app.writing.model.prompts import Prompts

WHOLE = {
    "answer": "Answer in {language}.",
    "question": "{passages} {question} {language}",
    "rewrite": "{conversation} {question}",
    "check": "Say yes.",
}


def folder_of(tmp_path: Path, **texts: str) -> Path:
    for name, text in (WHOLE | texts).items():
        (tmp_path / f"{name}.md").write_text(text, encoding="utf-8")
    return tmp_path


def test_the_prompts_that_ship_can_be_filled_in() -> None:
    assert "{passages}" in Prompts.load().question


def test_an_edited_prompt_is_used(tmp_path: Path) -> None:
    edited = "Say {{in brackets}} in {language}."
    assert Prompts.load(folder_of(tmp_path, answer=edited)).answer == edited


@pytest.mark.parametrize(
    "text", ["{unknown}", "{", "{0}", "}", "{}", "{question.x}", "{question!z}", "{question:{x}}"]
)
def test_a_prompt_that_cannot_be_filled_in_is_named(tmp_path: Path, text: str) -> None:
    with pytest.raises(SettingsError, match=r"prompts/rewrite\.md ") as raised:
        Prompts.load(folder_of(tmp_path, rewrite=f"{{conversation}} {{question}} {text}"))
    assert "\n" not in str(raised.value)


def test_every_missing_variable_of_every_prompt_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as raised:
        Prompts.load(folder_of(tmp_path, answer="Answer.", question="{question}"))
    assert "prompts/answer.md lacks {language}." in str(raised.value)
    assert "prompts/question.md lacks {passages}, {language}." in str(raised.value)


def test_a_missing_or_unreadable_prompt_is_named(tmp_path: Path) -> None:
    folder = folder_of(tmp_path)
    (folder / "answer.md").write_bytes(b"\xff\xfe\xff")
    with pytest.raises(SettingsError, match=r"answer\.md cannot be read \(it is not UTF-8"):
        Prompts.load(folder)
    (folder / "answer.md").unlink()
    with pytest.raises(SettingsError, match=r"answer\.md cannot be read \(No such file"):
        Prompts.load(folder)
