"""POST /api/ask: an answer as one object, or as events while it is written; and examples."""

import asyncio
import json
from collections.abc import AsyncIterator, Generator
from dataclasses import asdict
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Header
from fastapi.responses import JSONResponse, Response
from fastapi.sse import EventSourceResponse, format_sse_event
from pydantic import BaseModel, Field

from app.answer import Answer, Event, Piece, Statement
from app.doors.api.problems import UNFORESEEN, details, status_of
from app.doors.api.services import Services
from app.doors.conversations.conversations import MAX_TURN, KeptAnswer
from app.doors.suggestions.starters import examples
from app.phrases import FALLBACK
from app.question.question import MAX_CHARACTERS, Turn, check_question
from app.steps import stepped
from index.errors import CorpusChatError
from index.search import Scope

Events = Generator[tuple[str, dict[str, Any]], None, None]
"""The events of an answer: their names and their contents."""

_STREAM = "text/event-stream"
_POLL_S = 0.3
_MAX_PAST_ANSWER = 20_000  # characters


class PastTurn(BaseModel):
    """An earlier question and its answer."""

    question: str = Field(max_length=MAX_CHARACTERS)
    answer: str = Field(default="", max_length=_MAX_PAST_ANSWER)


class AskRequest(BaseModel):
    """A question, the turns before it, and the articles to answer it from."""

    question: str = Field(max_length=20_000)
    history: list[PastTurn] = Field(default_factory=list, max_length=100)
    conversation: str | None = Field(
        None,
        pattern=r"^[\w-]{1,64}$",
        description="keep the answer in this conversation; its earlier turns are the history",
    )
    turn: int | None = Field(
        None,
        ge=0,
        le=MAX_TURN,
        description="the number of a turn, from 0, to ask again; it and later turns are replaced",
    )
    page: str | None = Field(
        None, pattern="^[a-z]{2}$", description="the language of the page that asks, ISO 639-1"
    )
    languages: set[str] | None = Field(None, max_length=200, description="ISO 639-1; null: all")
    sources: set[str] | None = Field(
        None, max_length=10_000, description="paths below the folder; null: all"
    )

    def scope(self) -> Scope:
        """Return the articles to answer the question from."""
        return Scope.of(self.languages, self.sources)


def ask_router(services: Services) -> APIRouter:
    """Return the routes that answer questions and offer some."""
    router = APIRouter(prefix="/api", tags=["asking"])

    @router.post("/ask", response_model=None, responses={200: {"content": {_STREAM: {}}}})
    def ask(request: AskRequest, accept: Annotated[str, Header()] = "") -> Response:
        """Answer a question: one object, or with `Accept: text/event-stream` as events.

        The events are `turn` where a conversation is kept, `preparing` while the index is being
        built, `piece` and `statement` as they come, `withdrawal` where all pieces so far are
        withdrawn, and last `answer`, the same object, or `error`.
        """
        question = check_question(request.question).text
        if request.conversation is None:
            history = [Turn(turn.question, turn.answer) for turn in request.history]
            number = None
        else:
            history = _history(services, request.conversation, request.turn)
            number = services.conversations.ask(request.conversation, question, request.turn)
        events = _answer(services, request, question, number, history)
        if _STREAM in accept:
            return EventSourceResponse(_stream(services, request, number, events))
        *_, (_, answer) = events
        return JSONResponse(answer)

    @router.get("/examples")
    def offer_examples(language: str = FALLBACK) -> list[str]:
        """Return questions to begin with, in `language`; none before the index is ready."""
        return examples(services.assistant, language) if services.assistant.is_ready else []

    return router


def _history(services: Services, conversation: str, end: int | None) -> list[Turn]:
    """Return the turns of a conversation before the one with the number `end`."""
    return [
        Turn(turn.question, turn.answer.answer.text if turn.answer else "")
        for turn in services.conversations.open(conversation).turns[:end]
    ]


def _answer(
    services: Services, request: AskRequest, question: str, number: int | None, history: list[Turn]
) -> Events:
    """Yield the events of an answer; the answer is kept before it is yielded."""
    scope = request.scope()
    for event in services.assistant.stream(
        question, history=history, scope=scope, page=request.page
    ):
        if isinstance(event, Answer) and request.conversation is not None and number is not None:
            kept = KeptAnswer(event, scope)
            services.conversations.answer(request.conversation, number, question, kept)
        yield _name_and_content(event)


async def _stream(
    services: Services, request: AskRequest, number: int | None, events: Events
) -> AsyncIterator[bytes]:
    """Yield `events` as server-sent events.

    When the client leaves, this ends and closes `events`, which stops a model that is writing.
    """
    if number is not None:
        yield _encode("turn", {"conversation": request.conversation, "turn": number})
    while not services.indexing.wait(0) and not services.assistant.is_ready:
        progress = services.indexing.progress
        yield _encode("preparing", {"done": progress.done, "total": progress.total})
        await asyncio.sleep(_POLL_S)
    try:
        async for event in stepped(events):
            yield _encode(*event)
    except CorpusChatError as error:
        yield _encode("error", details(status_of(error), str(error)))
    except Exception:
        yield _encode("error", details(HTTPStatus.INTERNAL_SERVER_ERROR, UNFORESEEN))
        raise


def _name_and_content(event: Event) -> tuple[str, dict[str, Any]]:
    if isinstance(event, Answer):
        return "answer", event.to_json()
    if isinstance(event, Piece):
        citation = asdict(event.citation) if event.citation else None
        return "piece", {"text": event.text, "citation": citation, "warning": event.is_warning}
    if isinstance(event, Statement):
        return "statement", asdict(event)
    return "withdrawal", {}


def _encode(name: str, data: dict[str, Any]) -> bytes:
    return format_sse_event(event=name, data_str=json.dumps(data, ensure_ascii=False))
