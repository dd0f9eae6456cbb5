"""POST /api/ask: an answer as one object, or as events while it is written."""

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
from app.doors.conversations.conversations import KeptAnswer
from app.question.question import MAX_CHARACTERS, Turn, check_question
from app.steps import stepped
from index.errors import CorpusChatError
from index.search import Scope

Events = Generator[tuple[str, dict[str, Any]], None, None]
"""What happens, by name."""

_STREAM = "text/event-stream"
_POLL_S = 0.3
_LONGEST_ANSWER = 20_000  # characters of an earlier one


class PastTurn(BaseModel):
    """An earlier question, and what was answered."""

    question: str = Field(max_length=MAX_CHARACTERS)
    answer: str = Field(default="", max_length=_LONGEST_ANSWER)


class AskRequest(BaseModel):
    """A question, what came before it, and which articles it is asked of."""

    question: str = Field(max_length=20_000)
    history: list[PastTurn] = Field(default_factory=list, max_length=100)
    conversation: str | None = Field(
        None,
        pattern=r"^[\w-]{1,64}$",
        description="keep it there; what was asked there before is the history",
    )
    turn: int | None = Field(
        None,
        ge=0,
        le=1_000_000,
        description="ask this turn again, from 0; it and later ones are replaced",
    )
    languages: set[str] | None = Field(None, max_length=200, description="ISO 639-1; null: all")
    sources: set[str] | None = Field(
        None, max_length=10_000, description="paths below the folder; null: all"
    )

    def scope(self) -> Scope:
        """Return the articles it is asked of."""
        return Scope.of(self.languages, self.sources)


def ask_router(services: Services) -> APIRouter:
    """Return the route over an assistant."""
    router = APIRouter(prefix="/api", tags=["asking"])

    @router.post("/ask", response_model=None, responses={200: {"content": {_STREAM: {}}}})
    def ask(asked: AskRequest, accept: Annotated[str, Header()] = "") -> Response:
        """Answer a question: one object, or with `Accept: text/event-stream` as events.

        The events are `preparing` while the index is being built, `turn` where a conversation is
        kept, `piece` and `statement` as they come, `withdrawal` where all pieces so far are taken
        back, and last `answer`, the same object, or `error`.
        """
        question = check_question(asked.question).text
        if asked.conversation is None:
            history = [Turn(turn.question, turn.answer) for turn in asked.history]
            number = None
        else:
            history = _history(services, asked.conversation, asked.turn)
            number = services.conversations.ask(asked.conversation, question, asked.turn)
        events = _kept(services, asked, question, number, history)
        if _STREAM in accept:
            return EventSourceResponse(_streamed(services, asked, number, events))
        *_, (_, answer) = events
        return JSONResponse(answer)

    return router


def _history(services: Services, conversation: str, end: int | None) -> list[Turn]:
    """Return the turns of a conversation before the one with the number `end`."""
    return [
        Turn(turn.question, turn.answer.answer.text if turn.answer else "")
        for turn in services.conversations.open(conversation).turns[:end]
    ]


def _kept(
    services: Services, asked: AskRequest, question: str, number: int | None, history: list[Turn]
) -> Events:
    """Yield the events of an answer by name; the answer is kept before it is shown."""
    scope = asked.scope()
    for event in services.assistant.stream(question, history=history, scope=scope):
        if isinstance(event, Answer) and asked.conversation is not None and number is not None:
            kept = KeptAnswer(event, scope)
            services.conversations.answer(asked.conversation, number, question, kept)
        yield _named(event)


async def _streamed(
    services: Services, asked: AskRequest, number: int | None, events: Events
) -> AsyncIterator[bytes]:
    """Yield events as they go over the wire.

    This ends when nobody listens any more, and stops `events` and a model that is writing.
    """
    if number is not None:
        yield _event("turn", {"conversation": asked.conversation, "turn": number})
    while not services.indexing.wait(0) and not services.assistant.is_ready:
        progress = services.indexing.progress
        yield _event("preparing", {"done": progress.done, "total": progress.total})
        await asyncio.sleep(_POLL_S)
    try:
        async for event in stepped(events):
            yield _event(*event)
    except CorpusChatError as error:
        yield _event("error", details(status_of(error), str(error)))
    except Exception:
        yield _event("error", details(HTTPStatus.INTERNAL_SERVER_ERROR, UNFORESEEN))
        raise


def _named(event: Event) -> tuple[str, dict[str, Any]]:
    """Return an event's name and its content."""
    if isinstance(event, Answer):
        return "answer", event.to_json()
    if isinstance(event, Piece):
        citation = asdict(event.citation) if event.citation else None
        return "piece", {"text": event.text, "citation": citation, "warning": event.is_warning}
    if isinstance(event, Statement):
        return "statement", asdict(event)
    return "withdrawal", {}


def _event(name: str, data: dict[str, Any]) -> bytes:
    return format_sse_event(event=name, data_str=json.dumps(data, ensure_ascii=False))
