"""Assistants over the small corpus, with the stand-in for an encoder."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.assistant import Assistant
from app.composition import Answerer
from app.settings import Settings
from tests.encoders import BagOfWords
from tests.readers import BY_WORDS

MakeAssistant = Callable[..., Assistant]


@pytest.fixture
def settings(corpus: Path, index_dir: Path) -> Settings:
    return Settings(
        corpus_dir=corpus,
        index_dir=index_dir,
        reader=None,
        conversations=index_dir.parent / "conversations.sqlite",
    )


@pytest.fixture
def make_assistant(settings: Settings) -> Iterator[MakeAssistant]:
    """Makes assistants, and closes their indexes."""
    made: list[Assistant] = []

    def make(answerer: Answerer | None = None) -> Assistant:
        made.append(
            Assistant(settings, encoder=BagOfWords(), answerer=answerer, calibration=BY_WORDS)
        )
        return made[-1]

    yield make
    for assistant in made:
        assistant.library.close()


@pytest.fixture
def assistant(make_assistant: MakeAssistant) -> Assistant:
    return make_assistant()
