"""OpenAI's chat protocol, so that programs which speak it can use the articles as a model."""

import json
import re
import time
import uuid
from collections.abc import AsyncIterator, Generator, Sequence
from dataclasses import asdict
from http import HTTPStatus
from typing import Any

from fastapi import APIRouter, HTTPException
from fastapi.responses import JSONResponse, Response
from fastapi.sse import EventSourceResponse, format_sse_event
from pydantic import BaseModel, Field

from app.answer import Answer, Piece, Withdrawal
from app.doors.api.services import Services
from app.doors.rendering import place_name
from app.phrases import LANGUAGES, phrases
from app.question.question import Turn, check_question
from app.steps import stepped
from index.errors import CorpusChatError

MODEL = "corpus-chat"

_MODEL = {"id": MODEL, "object": "model", "created": 0, "owned_by": MODEL}
_USAGE = {"prompt_tokens": 0, "completion_tokens": 0, "total_tokens": 0}  # nobody pays
# The text before it is withdrawn: this protocol cannot take text back.
_DIVIDER = "\n\n* * *\n\n"
# The list of sources that we put at the end of an earlier answer.
_SOURCES = re.compile(
    rf"\n\n(?:{'|'.join(re.escape(phrases(code).sources) for code in LANGUAGES)})\n.*", re.DOTALL
)


class MessagePart(BaseModel):
    """A part of a message; only text is read."""

    type: str
    text: str | None = None


class Message(BaseModel):
    """A message of the conversation so far."""

    role: str
    content: str | list[MessagePart] | None = None

    def text(self) -> str:
        """Return the text of the message."""
        if isinstance(self.content, list):
            return "\n".join(part.text or "" for part in self.content)
        return self.content or ""


class StreamOptions(BaseModel):
    """Options of a stream: whether a last chunk states the usage."""

    include_usage: bool | None = False


class CompletionRequest(BaseModel):
    """A request for an answer. A temperature and the like mean nothing here and are ignored."""

    model: str
    messages: list[Message] = Field(min_length=1, max_length=1000)
    stream: bool | None = False
    stream_options: StreamOptions | None = None


def openai_router(services: Services) -> APIRouter:
    """Return the routes that a client of OpenAI's calls."""
    router = APIRouter(prefix="/v1", tags=["OpenAI's protocol"])

    @router.get("/models")
    def list_models() -> dict[str, Any]:
        """Return the one model there is."""
        return {"object": "list", "data": [_MODEL]}

    @router.get("/models/{model}")
    def show_model(model: str) -> dict[str, Any]:
        """Return the model of this name."""
        _check_model(model)
        return _MODEL

    @router.post("/chat/completions", response_model=None)
    def complete(request: CompletionRequest) -> Response:
        """Answer the last question of a conversation.

        The text ends with the list of sources; `citations` of the message, or of the last delta
        with content, has them as objects.
        """
        _check_model(request.model)
        question, history = _conversation(request.messages)
        check_question(question)
        head = {"id": f"chatcmpl-{uuid.uuid4().hex}", "created": int(time.time()), "model": MODEL}
        if request.stream:
            options = request.stream_options or StreamOptions()
            deltas = _deltas(services, question, history)
            return EventSourceResponse(
                _stream(head, deltas, includes_usage=bool(options.include_usage))
            )
        answer = services.assistant.ask(question, history=history)
        text = answer.text + _ending(answer)
        message = {"role": "assistant", "content": text, "citations": _citations(answer)}
        choice = {"index": 0, "message": message, "finish_reason": "stop"}
        return JSONResponse(
            head | {"object": "chat.completion", "choices": [choice], "usage": _USAGE}
        )

    return router


def _check_model(model: str) -> None:
    if model != MODEL:
        raise HTTPException(
            HTTPStatus.NOT_FOUND, f"There is no model {model!r}; ask for {MODEL!r}."
        )


def _conversation(messages: Sequence[Message]) -> tuple[str, list[Turn]]:
    """Return the last question, and the turns before it."""
    turns: list[Turn] = []
    question = ""
    for message in messages:
        if message.role == "user":
            if question:
                turns.append(Turn(question, ""))
            question = message.text()
        elif message.role == "assistant" and question:
            said = message.text().rpartition(_DIVIDER)[2]
            turns.append(Turn(question, _SOURCES.sub("", said)))
            question = ""
    return question, turns


def _deltas(
    services: Services, question: str, history: Sequence[Turn]
) -> Generator[dict[str, Any], None, None]:
    """Yield an answer as deltas; the last has the list of sources, and the citations."""
    for event in services.assistant.stream(question, history=history):
        if isinstance(event, Piece):
            yield {"content": event.text}
        elif isinstance(event, Withdrawal):
            yield {"content": _DIVIDER}
        elif isinstance(event, Answer):
            yield {"content": _ending(event), "citations": _citations(event)}


def _citations(answer: Answer) -> list[dict[str, Any]]:
    return [asdict(citation) for citation in answer.citations]


def _ending(answer: Answer) -> str:
    """Return the end of a message, after the answer's text: notices, and the list of sources."""
    notices = "".join(f"\n\n{notice}" for notice in answer.notices)
    if not answer.citations:
        return notices
    lines = [
        f"[{c.number}] {c.title}, {place_name(c)}" + (f", {c.url}" if c.url else "")
        for c in answer.citations
    ]
    return notices + "\n\n" + "\n".join([phrases(answer.language).sources, *lines])


async def _stream(
    head: dict[str, Any], deltas: Generator[dict[str, Any], None, None], *, includes_usage: bool
) -> AsyncIterator[bytes]:
    def encode(event: dict[str, Any]) -> bytes:
        return format_sse_event(data_str=json.dumps(event, ensure_ascii=False))

    def chunk(delta: dict[str, Any], finish: str | None = None) -> bytes:
        choice = {"index": 0, "delta": delta, "finish_reason": finish}
        return encode(head | {"object": "chat.completion.chunk", "choices": [choice]})

    yield chunk({"role": "assistant", "content": ""})
    try:
        async for delta in stepped(deltas):
            yield chunk(delta)
        yield chunk({}, "stop")
        if includes_usage:
            yield encode(head | {"object": "chat.completion.chunk", "choices": [], "usage": _USAGE})
    except CorpusChatError as error:
        yield encode({"error": {"message": str(error), "type": "server_error"}})
    yield format_sse_event(data_str="[DONE]")
