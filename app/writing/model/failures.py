"""What can go wrong with a language model, named without quoting its provider.

A provider's own message may contain part of the key, an address or the whole prompt.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

from app.phrases import FALLBACK, phrases
from index.errors import CorpusChatError

Failure = Literal[
    "unreachable",  # nothing answers at its address
    "key",  # it refused the key
    "unknown model",
    "busy",  # it has too many questions, or the account has no money left
    "overflow",  # the prompt is too long for it
    "time-out",
    "broken",  # it stopped half way
    "endless",  # it does not come to an end, or repeats itself
    "rubbish",  # its text states nothing
    "failed",  # anything else
]

_NEXT: dict[Failure, str] = {
    "unreachable": "start its server, or correct LLM_BASE_URL",
    "key": "set the right key in the environment or in .env",
    "unknown model": "correct the name in LLM or the path in LLM_BASE_URL, or fetch the model "
    "(ollama pull NAME)",
    "busy": "ask again later, or look at the account",
    "overflow": "have its server make room for more tokens",
    "time-out": "ask again, as its server may have been loading it; if that does not help, "
    "set a smaller model",
    "broken": "see what its server reports",
    "endless": "set an instruct model of 3 billion parameters or more",
    "rubbish": "set an instruct model of 3 billion parameters or more that does not think aloud",
    "failed": "see what its server reports",
}
"""What to do next."""

_BY_STATUS: dict[int, Failure] = {401: "key", 403: "key", 404: "unknown model", 429: "busy"}


class LanguageModelError(CorpusChatError):
    """A language model did not answer."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(
            f"The language model did not answer ({phrases(FALLBACK).failures[failure]}); "
            f"{_NEXT[failure]}."
        )
        self.failure = failure


@contextmanager
def named_failures() -> Iterator[None]:
    """Raise whatever a provider's client raises as a `LanguageModelError`."""
    try:
        yield
    except (LanguageModelError, GeneratorExit):
        raise
    except Exception as error:  # each client has its own classes
        raise LanguageModelError(_failure(error)) from error


def _failure(error: Exception) -> Failure:
    from langchain_core import exceptions

    kinds: tuple[tuple[type[Exception], Failure], ...] = (
        (exceptions.ModelAuthenticationError, "key"),
        (exceptions.ModelPermissionDeniedError, "key"),
        (exceptions.ModelNotFoundError, "unknown model"),
        (exceptions.ModelRateLimitError, "busy"),
        (exceptions.ContextOverflowError, "overflow"),
        (exceptions.ModelTimeoutError, "time-out"),
        (exceptions.ModelConnectionError, "unreachable"),
    )
    for kind, failure in kinds:
        if isinstance(error, kind):
            return failure
    if isinstance(error, exceptions.ModelInvalidRequestError) and "context" in str(error):
        return "overflow"  # llama.cpp says it like this
    if isinstance(error, ValueError) and str(error).startswith("No generation"):
        return "rubbish"  # LangChain says this of an empty stream
    status = getattr(error, "status_code", None)
    if isinstance(status, int):
        return _BY_STATUS.get(status, "failed")
    # Some clients raise what their transport raised; by name, none of these has to be imported.
    names = {kind.__name__ for kind in type(error).__mro__}
    if any("Timeout" in name for name in names):
        return "time-out"
    if names & {"ConnectError", "ConnectionError"}:
        return "unreachable"
    return "broken" if names & {"RemoteProtocolError", "ReadError", "APIError"} else "failed"
