"""The page has the same messages in every language, and uses each of them."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from app.doors.web.page import STATIC
from app.phrases import LANGUAGES

FILES = sorted((STATIC / "messages").glob("*.json"))
SCRIPTS = "".join(path.read_text("utf-8") for path in STATIC.glob("*.js"))


def messages(path: Path) -> dict[str, Any]:
    return dict(json.loads(path.read_text(encoding="utf-8")))


def names(message: object) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", json.dumps(message)))


def test_every_language_has_a_file() -> None:
    assert tuple(path.stem for path in FILES) == LANGUAGES


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_message_is_there_with_the_same_names(path: Path) -> None:
    english, own = messages(STATIC / "messages" / "en.json"), messages(path)
    assert own.keys() == english.keys()
    for key, message in english.items():
        assert type(own[key]) is type(message), key
        assert names(own[key]) == names(message), key
    for key, message in own.items():
        if isinstance(message, dict):
            assert message.keys() <= {"one", "other"} and "other" in message, key


def test_every_message_is_used() -> None:
    families = ("library.", "state.", "source.", "badge.", "unread.")
    for key in messages(FILES[0]):
        assert f'"{key}"' in SCRIPTS or key.startswith(families), key
    for key in re.findall(r'\bt\("([^"]+)"', SCRIPTS):
        assert key in messages(FILES[0]), key
