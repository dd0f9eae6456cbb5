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
    """Have `app` answer what goes wrong with problem details."""

    def of_ours(request: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, CorpusChatError)
        return respond(request, status_of(error), str(error))

    def of_http(request: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, HTTPException)
        response = respond(request, HTTPStatus(error.status_code), str(error.detail))
        response.headers.update(error.headers or {})
        return response

    def of_validation(request: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, RequestValidationError)
        lines = (
            f"{'.'.join(str(part) for part in each['loc'][1:]) or 'the body'}: {each['msg']}"
            for each in error.errors()
        )
        return respond(request, HTTPStatus.UNPROCESSABLE_ENTITY, "; ".join(lines))

    def of_nobody(request: Request, error: Exception) -> JSONResponse:
        return respond(request, HTTPStatus.INTERNAL_SERVER_ERROR, UNFORESEEN)

    app.add_exception_handler(Exception, of_nobody)
    app.add_exception_handler(CorpusChatError, of_ours)
    app.add_exception_handler(HTTPException, of_http)
    app.add_exception_handler(RequestValidationError, of_validation)


def status_of(error: CorpusChatError) -> HTTPStatus:
    """Return the HTTP status of one of our errors; most are the server's, not the asker's."""
    return _STATUS.get(type(error), HTTPStatus.SERVICE_UNAVAILABLE)


def details(status: HTTPStatus, detail: str) -> dict[str, Any]:
    """Return problem details; its kind is said by the status alone."""
    return {"type": "about:blank", "title": status.phrase, "status": status, "detail": detail}


def problem(status: HTTPStatus, detail: str) -> JSONResponse:
    """Return a response with problem details."""
    return _response(details(status, detail))


def respond(request: Request, status: HTTPStatus, detail: str) -> JSONResponse:
    """Return problem details, with what OpenAI's clients look for where they are asking."""
    told = details(status, detail)
    if request.url.path.startswith("/v1/"):
        is_ours = status >= HTTPStatus.INTERNAL_SERVER_ERROR
        kind = "server_error" if is_ours else "invalid_request_error"
        told["error"] = {"message": detail, "type": kind, "param": None, "code": None}
    return _response(told)


def _response(told: dict[str, Any]) -> JSONResponse:
    return JSONResponse(told, status_code=told["status"], media_type="application/problem+json")
