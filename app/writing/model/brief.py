"""What a language model says when a line is all that is wanted: it is not waited for long."""

import threading
from concurrent.futures import Future
from dataclasses import dataclass

from langchain_core.language_models import BaseChatModel, LanguageModelInput

from app.writing.model.failures import LanguageModelError, named_failures

SECONDS = 20.0
_TOKENS = 100
_CHARACTERS = 400  # some servers send many tokens at a time


@dataclass(frozen=True, slots=True)
class Brief:
    """What a model said."""

    text: str
    is_whole: bool  # False: it was stopped after as much as this


def ask_briefly(
    model: BaseChatModel, prompt: LanguageModelInput, seconds: float = SECONDS
) -> Brief:
    """Return what a model says, of which it is stopped after 100 tokens.

    Raises:
        LanguageModelError: it did not answer, or had not ended after `seconds`.
    """
    said: Future[Brief] = Future()
    is_over = threading.Event()
    # A server that is silent, or sends signs of life only, holds up whoever reads from it. The
    # thread does not keep the program from ending.
    arguments = (model, prompt, said, is_over)
    threading.Thread(target=_listen, args=arguments, daemon=True).start()
    try:
        return said.result(seconds)
    except TimeoutError:
        raise LanguageModelError("time-out") from None
    finally:
        is_over.set()


def _listen(
    model: BaseChatModel,
    prompt: LanguageModelInput,
    said: Future[Brief],
    is_over: threading.Event,
) -> None:
    try:
        with named_failures():
            said.set_result(_read(model, prompt, is_over))
    except LanguageModelError as error:
        said.set_exception(error)


def _read(model: BaseChatModel, prompt: LanguageModelInput, is_over: threading.Event) -> Brief:
    text = ""
    for count, chunk in enumerate(model.stream(prompt), start=1):  # about a token each
        text += chunk.text
        if is_over.is_set() or count >= _TOKENS or len(text) > _CHARACTERS:
            return Brief(text, is_whole=False)
    return Brief(text, is_whole=True)
