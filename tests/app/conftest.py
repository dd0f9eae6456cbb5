"""Assistants over the small corpus, with the stand-in for an encoder."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.assistant import Assistant
from app.question.heads import QuestionHeads
from app.question.question import Kind
from app.settings import Settings
from app.writing.composition import Answerer
from app.writing.model.answerer import ModelAnswerer
from app.writing.support.checker import SupportChecker
from tests.encoders import BagOfWords
from tests.models import BY_WORDS as SUPPORT_BY_WORDS
from tests.models import ScriptedModel
from tests.readers import BY_WORDS, WordReader

MakeAssistant = Callable[..., Assistant]
MakeScripted = Callable[[ScriptedModel], Assistant]

MODEL = "openai:scripted"


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


@pytest.fixture
def taken_for(monkeypatch: pytest.MonkeyPatch) -> Callable[[Kind], None]:
    """Has every question taken for one of a kind: nothing was learned about this encoder."""

    def take(kind: Kind) -> None:
        monkeypatch.setattr(QuestionHeads, "kind", lambda _heads, _text: kind)

    return take


@pytest.fixture
def scripted(make_assistant: MakeAssistant) -> MakeScripted:
    """Returns an assistant that has a model answer."""

    def make(model: ScriptedModel) -> Assistant:
        checker = SupportChecker(BagOfWords(), WordReader(), SUPPORT_BY_WORDS)
        articles = make_assistant().library.articles
        return make_assistant(ModelAnswerer(model, MODEL, checker, articles))

    return make
