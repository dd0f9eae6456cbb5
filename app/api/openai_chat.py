"""OpenAI's chat protocol, so that programs which speak it can use the articles as a model."""

import asyncio
import json
import re
import time
import uuid
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import asdict
from http import HTTPStatus
from typing import Any, Literal

from fastapi import APIRouter, HTTPException
from fastapi.responses import JSONResponse, Response
from fastapi.sse import EventSourceResponse, format_sse_event
from pydantic import BaseModel, ConfigDict, Field

from app.answer import Answer, Piece, Turn, Withdrawal
from app.api.services import Services
from app.phrases import LANGUAGES, phrases
from app.question import check_question
from index.errors import CorpusChatError

MODEL = "corpus-chat"

_DIVIDER = "\n\n* * *\n\n"  # what stands before it was withdrawn: this protocol takes nothing back
# Our own list of sources, at the end of an earlier answer.
_SOURCES = re.compile(
    rf"\n\n(?:{'|'.join(re.escape(phrases(code).sources) for code in LANGUAGES)})\n.*", re.DOTALL
)


class Part(BaseModel):
    """A part of a message; only text is read."""

    type: str
    text: str = ""


class Message(BaseModel):
    """A message of the conversation so far."""

    role: Literal["system", "developer", "user", "assistant", "tool"]
    content: str | list[Part] | None = None

    def text(self) -> str:
        """Return what it says."""
        if isinstance(self.content, list):
            return "\n".join(part.text for part in self.content)
        return self.content or ""


class Request(BaseModel):
    """What is asked for. A temperature and the like say nothing to us and are passed over."""

    model_config = ConfigDict(extra="ignore")

    model: str
    messages: list[Message] = Field(min_length=1, max_length=1000)
    stream: bool = False


def openai_router(services: Services) -> APIRouter:
    """Return the routes that a client of OpenAI's calls."""
    router = APIRouter(prefix="/v1", tags=["OpenAI's protocol"])

    @router.get("/models")
    def list_models() -> dict[str, Any]:
        """Return the one model there is."""
        model = {"id": MODEL, "object": "model", "created": 0, "owned_by": MODEL}
        return {"object": "list", "data": [model]}

    @router.post("/chat/completions", response_model=None)
    def complete(request: Request) -> Response:
        """Answer the last question of a conversation.

        The text ends with the list of sources; `citations` of the message, or of the last delta
        with content, has them as objects.
        """
        if request.model != MODEL:
            raise HTTPException(
                HTTPStatus.NOT_FOUND, f"There is no model {request.model!r}; ask for {MODEL!r}."
            )
        question, history = _conversation(request.messages)
        check_question(question)
        head = {"id": f"chatcmpl-{uuid.uuid4().hex}", "created": int(time.time()), "model": MODEL}
        parts = _parts(services, question, history)
        if request.stream:
            return EventSourceResponse(_streamed(head, parts))
        *deltas, last = parts
        text = "".join(delta["content"] for delta in (*deltas, last))
        message = {"role": "assistant", "content": text, "citations": last["citations"]}
        choice = {"index": 0, "message": message, "finish_reason": "stop"}
        usage = {"prompt_tokens": 0, "completion_tokens": 0, "total_tokens": 0}
        return JSONResponse(
            head | {"object": "chat.completion", "choices": [choice], "usage": usage}
        )

    return router


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
            turns.append(Turn(question, _SOURCES.sub("", message.text())))
            question = ""
    return question, turns


def _parts(services: Services, question: str, history: Sequence[Turn]) -> Iterator[dict[str, Any]]:
    """Yield an answer in deltas; the last has the list of sources, and the citations."""
    for event in services.assistant.stream(question, history=history):
        if isinstance(event, Piece):
            yield {"content": event.text}
        elif isinstance(event, Withdrawal):
            yield {"content": _DIVIDER}
        elif isinstance(event, Answer):
            text = "".join(f"\n\n{notice}" for notice in event.notices) + _list_of_sources(event)
            citations = [asdict(citation) for citation in event.citations]
            yield {"content": text, "citations": citations}


def _list_of_sources(answer: Answer) -> str:
    if not answer.citations:
        return ""
    lines = [
        f"[{c.number}] {c.title}, {c.source}:{c.line_start}" + (f", {c.url}" if c.url else "")
        for c in answer.citations
    ]
    return "\n\n" + "\n".join([phrases(answer.language).sources, *lines])


async def _streamed(head: dict[str, Any], parts: Iterator[dict[str, Any]]) -> AsyncIterator[bytes]:
    def chunk(delta: dict[str, Any], finish: str | None = None) -> bytes:
        choice = {"index": 0, "delta": delta, "finish_reason": finish}
        whole = head | {"object": "chat.completion.chunk", "choices": [choice]}
        return format_sse_event(data_str=json.dumps(whole, ensure_ascii=False))

    yield chunk({"role": "assistant", "content": ""})
    try:
        while (delta := await asyncio.to_thread(next, parts, None)) is not None:
            yield chunk(delta)
        yield chunk({}, "stop")
    except CorpusChatError as error:
        told = {"error": {"message": str(error), "type": "server_error"}}
        yield format_sse_event(data_str=json.dumps(told, ensure_ascii=False))
    yield format_sse_event(data_str="[DONE]")
