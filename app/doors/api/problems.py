"""Errors as problem details (RFC 9457)."""

from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from app.doors.conversations.conversations import UnknownConversationError
from app.question.question import QuestionError
from index.errors import CorpusChatError, UnknownArticleError, UploadError

UNFORESEEN = "The program failed; the terminal shows where."

_STATUS: dict[type[CorpusChatError], HTTPStatus] = {
    QuestionError: HTTPStatus.UNPROCESSABLE_ENTITY,
    UnknownConversationError: HTTPStatus.NOT_FOUND,
    UnknownArticleError: HTTPStatus.NOT_FOUND,
    UploadError: HTTPStatus.CONFLICT,
}


def add_problem_handlers(app: FastAPI) -> None:
    """Have `app` answer every error with problem details."""

    def handle_known(request: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, CorpusChatError)
        return respond(request, status_of(error), str(error))

    def handle_http(request: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, HTTPException)
        response = respond(request, HTTPStatus(error.status_code), str(error.detail))
        response.headers.update(error.headers or {})
        return response

    def handle_validation(request: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, RequestValidationError)
        lines = (
            f"{'.'.join(str(part) for part in issue['loc'][1:]) or 'the body'}: {issue['msg']}"
            for issue in error.errors()
        )
        return respond(request, HTTPStatus.UNPROCESSABLE_ENTITY, "; ".join(lines))

    def handle_unforeseen(request: Request, error: Exception) -> JSONResponse:
        return respond(request, HTTPStatus.INTERNAL_SERVER_ERROR, UNFORESEEN)

    app.add_exception_handler(Exception, handle_unforeseen)
    app.add_exception_handler(CorpusChatError, handle_known)
    app.add_exception_handler(HTTPException, handle_http)
    app.add_exception_handler(RequestValidationError, handle_validation)


def status_of(error: CorpusChatError) -> HTTPStatus:
    """Return the HTTP status of one of our errors: 503, unless the request was at fault."""
    return _STATUS.get(type(error), HTTPStatus.SERVICE_UNAVAILABLE)


def details(status: HTTPStatus, detail: str) -> dict[str, Any]:
    """Return problem details; the status alone says which kind of problem it is."""
    return {"type": "about:blank", "title": status.phrase, "status": status, "detail": detail}


def problem(status: HTTPStatus, detail: str) -> JSONResponse:
    """Return a response with problem details."""
    return _response(details(status, detail))


def respond(request: Request, status: HTTPStatus, detail: str) -> JSONResponse:
    """Return a response with problem details; OpenAI's clients also get their `error` object."""
    content = details(status, detail)
    if request.url.path.startswith("/v1/"):
        is_ours = status >= HTTPStatus.INTERNAL_SERVER_ERROR
        kind = "server_error" if is_ours else "invalid_request_error"
        content["error"] = {"message": detail, "type": kind, "param": None, "code": None}
    return _response(content)


def _response(content: dict[str, Any]) -> JSONResponse:
    status = content["status"]
    return JSONResponse(content, status_code=status, media_type="application/problem+json")
