"""Every error becomes problem details, and its status says whose fault it is."""

import pytest
from fastapi import FastAPI, HTTPException
from fastapi.testclient import TestClient

from app.doors.api.problems import UNFORESEEN, add_problem_handlers
from app.doors.conversations.conversations import ConversationError, UnknownConversationError
from app.question.question import QuestionError
from index.errors import (
    CorpusChatError,
    IndexUnavailableError,
    UnknownArticleError,
    UploadError,
)


def client_of(error: Exception) -> TestClient:
    """Return a client of an application whose every GET request fails with `error`."""
    app = FastAPI()
    add_problem_handlers(app)

    @app.get("/{path:path}")
    def fail(path: str, number: int = 0) -> None:
        raise error

    return TestClient(app, raise_server_exceptions=False)


@pytest.mark.parametrize(
    ("error", "status", "title"),
    [
        (QuestionError("No word."), 422, "Unprocessable Entity"),
        (UnknownConversationError("No such conversation."), 404, "Not Found"),
        (UnknownArticleError("No such article."), 404, "Not Found"),
        (UploadError("No room."), 409, "Conflict"),
        (IndexUnavailableError("No index."), 503, "Service Unavailable"),
        (ConversationError("No file."), 503, "Service Unavailable"),
    ],
)
def test_an_error_of_ours_is_said_in_its_line(
    error: CorpusChatError, status: int, title: str
) -> None:
    response = client_of(error).get("/")
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json() == {
        "type": "about:blank", "title": title, "status": status, "detail": str(error)
    }  # fmt: skip


def test_an_error_that_nobody_foresaw_is_not_quoted() -> None:
    response = client_of(ZeroDivisionError("secret")).get("/")
    assert (response.status_code, response.json()["detail"]) == (500, UNFORESEEN)


def test_the_headers_of_an_http_error_are_kept() -> None:
    response = client_of(HTTPException(405, "Not so.", {"Allow": "POST"})).get("/")
    assert (response.status_code, response.headers["allow"]) == (405, "POST")
    assert response.json()["detail"] == "Not so."


def test_what_is_invalid_is_named() -> None:
    response = client_of(AssertionError()).get("/", params={"number": "many"})
    assert response.status_code == 422
    assert response.json()["detail"].startswith("number: ")


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (QuestionError("No word."), "invalid_request_error"),
        (IndexUnavailableError("No index."), "server_error"),
    ],
)
def test_openais_clients_find_the_error_where_they_look_for_it(
    error: CorpusChatError, kind: str
) -> None:
    content = client_of(error).get("/v1/models").json()
    assert content["detail"] == str(error)
    assert content["error"] == {"message": str(error), "type": kind, "param": None, "code": None}
