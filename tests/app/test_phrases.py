"""The program says the same in every language it speaks."""

import json
import string
from collections.abc import Mapping
from pathlib import Path

import pytest

from app.phrases import FALLBACK, phrases
from tests.files import PROJECT

FILES = sorted((PROJECT / "app" / "phrases").glob("*.json"))
ENGLISH = json.loads((PROJECT / "app" / "phrases" / "en.json").read_text(encoding="utf-8"))


def placeholders(words: Mapping[str, object]) -> dict[str, set[str]]:
    return {
        key: {name for _, name, _, _ in string.Formatter().parse(value) if name is not None}
        for key, value in words.items()
        if isinstance(value, str)
    }


def test_the_languages_of_the_corpus_are_spoken() -> None:
    assert {"en", "es", "it", "zh"} <= {file.stem for file in FILES}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_language_has_all_phrases_with_their_placeholders(file: Path) -> None:
    words = json.loads(file.read_text(encoding="utf-8"))
    assert placeholders(words) == placeholders(ENGLISH)
    assert words["languages"].keys() == ENGLISH["languages"].keys()
    assert all(words["languages"].values())
    assert all(value for value in words.values())


def test_other_languages_are_answered_in_english() -> None:
    assert phrases("und") == phrases("sv") == phrases(FALLBACK)


def test_a_language_without_a_name_is_called_by_its_code() -> None:
    assert phrases("es").language("it") == "italiano"
    assert phrases("es").language("xx") == "xx"
