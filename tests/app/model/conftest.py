"""Assistants whose answers a scripted model writes."""

from collections.abc import Callable

import pytest

from app.assistant import Assistant
from app.model.answerer import ModelAnswerer
from app.support.checker import SupportChecker
from tests.app.conftest import MakeAssistant
from tests.encoders import BagOfWords
from tests.models import BY_WORDS, ScriptedModel
from tests.readers import WordReader

NAME = "openai:scripted"
MakeScripted = Callable[[ScriptedModel], Assistant]


@pytest.fixture
def scripted(make_assistant: MakeAssistant) -> MakeScripted:
    """Returns an assistant that has a model answer."""

    def make(model: ScriptedModel) -> Assistant:
        checker = SupportChecker(BagOfWords(), WordReader(), BY_WORDS)
        articles = make_assistant().library.articles
        return make_assistant(ModelAnswerer(model, NAME, checker, articles))

    return make
