"""A real model behind a real server: llama.cpp on loopback, called as any user's would be.

It is far too small to answer well. What is tested is all between it and the answer.
"""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from app.answer import Answer, Piece
from app.assistant import Assistant
from app.phrases import phrases
from app.settings import Settings
from app.writing.model.answerer import ModelAnswerer
from app.writing.model.failures import LanguageModelError
from app.writing.model.provider import open_model
from app.writing.support.checker import SupportChecker
from tests.app.conftest import MakeAssistant
from tests.app.test_assistant import ASKED, assert_sound
from tests.encoders import BagOfWords
from tests.files import write
from tests.llama_server import CONTEXT, llama_server
from tests.models import BY_WORDS
from tests.readers import WordReader

NAME = "openai:smollm2"

pytestmark = pytest.mark.real


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with llama_server() as address:
        yield address


def assistant_at(make: MakeAssistant, address: str, timeout_s: float = 60) -> Assistant:
    model = open_model(NAME, address, timeout_s=timeout_s)
    checker = SupportChecker(BagOfWords(), WordReader(), BY_WORDS)
    return make(ModelAnswerer(model, NAME, checker, make().library.articles))


def failed(failure: str) -> str:
    words = phrases("en")
    return words.model_failed.format(model=NAME, failure=words.failures[failure])


@contextmanager
def within_time() -> Iterator[None]:
    """Skip the test where the machine is too busy for a line in 20 seconds."""
    try:
        yield
    except LanguageModelError as error:
        if error.failure != "time-out":
            raise
        pytest.skip("the machine is too busy for a model")


def test_its_words_stream_and_its_answer_is_sound(
    make_assistant: MakeAssistant, corpus: Path, server: str
) -> None:
    *events, answer = assistant_at(make_assistant, server).stream(ASKED)
    assert isinstance(answer, Answer)
    assert_sound(answer, corpus)
    assert len([event for event in events if isinstance(event, Piece)]) > 3


def test_a_stopped_question_leaves_the_server_free(
    make_assistant: MakeAssistant, server: str
) -> None:
    """Both of its places are taken by answers that are stopped; a third comes at once."""
    assistant = assistant_at(make_assistant, server)
    assistant.ask(ASKED)
    for _ in range(2):
        events = assistant.stream(ASKED)
        next(events)
        events.close()
    started = time.monotonic()
    next(assistant.stream(ASKED))
    assert time.monotonic() - started < 10


def test_two_conversations_at_once_do_not_mix(
    make_assistant: MakeAssistant, corpus: Path, server: str
) -> None:
    assistant = assistant_at(make_assistant, server)
    questions = [ASKED, "¿Cuándo cerró el puerto de Skagen a los cargueros?"]
    with ThreadPoolExecutor(2) as threads:
        answers = list(threads.map(assistant.ask, questions))
    assert [answer.question for answer in answers] == questions
    assert [answer.language for answer in answers] == ["en", "es"]
    for answer in answers:
        assert_sound(answer, corpus)


def test_a_prompt_beyond_its_context_is_shortened(
    make_assistant: MakeAssistant, corpus: Path, server: str
) -> None:
    """Chinese takes this model three tokens a character, more than is reckoned with."""
    sentence = "奥特森是灯塔的看守人，" + "他每天早晨都要擦拭灯塔的玻璃和铜器，" * 12
    for number in range(12):
        write(corpus, f"zh{number}.md", f"# 灯塔{number}\n\n{sentence}第{number}天。\n")
    assistant = assistant_at(make_assistant, server)
    answer = assistant.ask("奥特森是灯塔的看守人，他每天早晨都要擦拭什么？")
    assert failed("overflow") not in answer.notices
    assert sum(len(p.chunk.text) for p in answer.passages) * 3 > CONTEXT
    assert_sound(answer, corpus)


def test_a_server_that_is_slow_is_not_waited_for(
    make_assistant: MakeAssistant, corpus: Path, server: str
) -> None:
    answer = assistant_at(make_assistant, server, timeout_s=0.001).ask(ASKED)
    assert answer.notices == (failed("time-out"),)
    assert answer.answered
    assert_sound(answer, corpus)


def test_a_server_that_is_not_there_is_named_as_such(
    make_assistant: MakeAssistant, corpus: Path
) -> None:
    answer = assistant_at(make_assistant, "http://127.0.0.1:9/v1").ask(ASKED)
    assert answer.notices == (failed("unreachable"),)
    assert answer.model is None
    assert_sound(answer, corpus)


def test_a_server_that_ends_half_way_leaves_the_articles_words(
    make_assistant: MakeAssistant, corpus: Path
) -> None:
    with llama_server() as address:
        assistant = assistant_at(make_assistant, address)
        events = assistant.stream(ASKED)
        assert isinstance(next(events), Piece)
    *_, answer = events
    assert isinstance(answer, Answer)
    # Some of the answer may have been on its way already, whole.
    assert answer.notices in ((failed("broken"),), (failed("unreachable"),), ())
    assert_sound(answer, corpus)


def test_it_rewrites_a_follow_up_or_says_nothing(server: str) -> None:
    model = open_model(NAME, server)
    answerer = ModelAnswerer(
        model, NAME, SupportChecker(BagOfWords(), WordReader(), BY_WORDS), dict
    )
    with within_time():
        said = answerer.rewrite("And who looks after it?", [])
    assert said is None or ("\n" not in said and len(said) <= 400)


def test_status_shows_what_it_says(server: str) -> None:
    answerer = ModelAnswerer(
        open_model(NAME, server), NAME, SupportChecker(BagOfWords(), WordReader(), BY_WORDS), dict
    )
    with within_time():
        said = answerer.check()
    assert said
    assert "\n" not in said
    gone = ModelAnswerer(
        open_model(NAME, "http://127.0.0.1:9/v1"),
        NAME,
        SupportChecker(BagOfWords(), WordReader(), BY_WORDS),
        dict,
    )
    with pytest.raises(LanguageModelError) as raised:
        gone.check()
    assert raised.value.failure == "unreachable"


def test_the_settings_are_all_it_takes(settings: Settings, server: str) -> None:
    chosen = settings.model_copy(update={"llm": NAME, "llm_base_url": server})
    assistant = Assistant(chosen, encoder=BagOfWords())
    try:
        assert assistant.ask(ASKED).question == ASKED
    finally:
        assistant.library.close()
