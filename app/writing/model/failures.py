"""What can go wrong between here and a language model, told without its words.

A provider's own message may hold a part of the key, an address or the whole prompt.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

from index.errors import CorpusChatError

Failure = Literal[
    "unreachable",  # nothing answers at its address
    "key",  # it wants another key
    "unknown model",
    "busy",  # too many questions, or no money left
    "overflow",  # the prompt is too long for it
    "time-out",
    "broken",  # it stopped half way
    "endless",  # it does not come to an end, or goes round in circles
    "rubbish",  # it answered, but with nothing that states something
    "failed",  # anything else
]

_BY_STATUS: dict[int, Failure] = {401: "key", 403: "key", 404: "unknown model", 429: "busy"}


class LanguageModelError(CorpusChatError):
    """A language model did not answer."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(f"The language model did not answer: {failure}.")
        self.failure = failure


@contextmanager
def named_failures() -> Iterator[None]:
    """Turn whatever a provider's client raises into a `LanguageModelError`."""
    try:
        yield
    except (LanguageModelError, GeneratorExit):
        raise
    except Exception as error:  # each client has its own kinds
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
        return "overflow"  # as llama.cpp words it
    if isinstance(error, ValueError) and str(error).startswith("No generation"):
        return "rubbish"  # LangChain, of a stream without a word
    status = getattr(error, "status_code", None)
    if isinstance(status, int):
        return _BY_STATUS.get(status, "failed")
    # Clients that raise what their transport raised: known by name, so as not to import them.
    names = {kind.__name__ for kind in type(error).__mro__}
    if any("Timeout" in name for name in names):
        return "time-out"
    if names & {"ConnectError", "ConnectionError"}:
        return "unreachable"
    return "broken" if names & {"RemoteProtocolError", "ReadError", "APIError"} else "failed"
