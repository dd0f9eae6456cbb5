"""Whatever a provider raises is named by one of a few words, without its own."""

import httpx
import pytest
from langchain_core import exceptions

from app.phrases import LANGUAGES, phrases
from app.writing.model.failures import Failure, LanguageModelError, named_failures


class StatusError(Exception):
    def __init__(self, status: int) -> None:
        super().__init__("sk-secret")
        self.status_code = status


@pytest.mark.parametrize(
    ("error", "failure"),
    [
        (exceptions.ModelAuthenticationError("sk-secret"), "key"),
        (exceptions.ModelNotFoundError("no"), "unknown model"),
        (exceptions.ContextOverflowError("no"), "overflow"),
        (exceptions.ModelInvalidRequestError("the context is exceeded"), "overflow"),
        (StatusError(401), "key"),
        (StatusError(404), "unknown model"),
        (StatusError(429), "busy"),
        (StatusError(500), "failed"),
        (httpx.ConnectError("no"), "unreachable"),
        (httpx.ReadTimeout("no"), "time-out"),
        (httpx.RemoteProtocolError("no"), "broken"),
        (ValueError("No generation chunks were returned"), "rubbish"),
        (ZeroDivisionError(), "failed"),
    ],
)
def test_an_error_has_one_name(error: Exception, failure: Failure) -> None:
    with pytest.raises(LanguageModelError) as raised, named_failures():
        raise error
    assert raised.value.failure == failure
    assert "sk-secret" not in str(raised.value)
    assert phrases("en").failures[failure] in str(raised.value)
    assert len(str(raised.value).splitlines()) == 1
    assert all(failure in phrases(language).failures for language in LANGUAGES)


def test_a_named_failure_and_a_stopped_generator_pass_through() -> None:
    with pytest.raises(LanguageModelError, match="without end"), named_failures():
        raise LanguageModelError("endless")
    with pytest.raises(GeneratorExit), named_failures():
        raise GeneratorExit
