"""Conversations that are kept, ratings of their answers, and exports of both."""

import json
from dataclasses import replace
from http import HTTPStatus
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query
from fastapi.responses import PlainTextResponse, Response
from pydantic import BaseModel, Field, StringConstraints

from app.doors.api.services import Services
from app.doors.conversations.conversations import MAX_TITLE, MAX_TURN, Rating, Summary
from app.doors.conversations.export import to_markdown, to_questions
from app.doors.suggestions.following import suggest


class Title(BaseModel):
    """A conversation's new title."""

    title: Annotated[
        str, StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_TITLE)
    ]


class Feedback(BaseModel):
    """A rating of an answer, and a comment."""

    rating: Rating | None
    comment: str = Field("", max_length=2000)


TurnInPath = Annotated[int, Path(ge=0, le=MAX_TURN)]


class NewConversation(BaseModel):
    """A new conversation."""

    id: str


def conversations_router(services: Services) -> APIRouter:
    """Return the routes to the conversations that are kept."""
    router = APIRouter(prefix="/api", tags=["conversations"])
    conversations = services.conversations

    @router.get("/conversations")
    def list_conversations(
        search: str = "", limit: Annotated[int, Query(ge=1, le=1000)] = 100
    ) -> list[Summary]:
        """Return the latest conversations that contain `search`."""
        return conversations.list(search, limit)

    @router.post("/conversations", status_code=HTTPStatus.CREATED)
    def begin() -> NewConversation:
        """Begin a conversation; it is listed once a question was asked in it."""
        return NewConversation(id=conversations.begin())

    @router.get("/conversations/{conversation}")
    def open_conversation(conversation: str) -> dict[str, Any]:
        """Return a conversation with its answers."""
        return conversations.open(conversation).to_json()

    @router.patch("/conversations/{conversation}", status_code=HTTPStatus.NO_CONTENT)
    def rename(conversation: str, new: Title) -> None:
        """Give a conversation another title."""
        conversations.rename(conversation, new.title)

    @router.delete("/conversations/{conversation}", status_code=HTTPStatus.NO_CONTENT)
    def delete(conversation: str) -> None:
        """Delete a conversation."""
        conversations.delete(conversation)

    @router.put(
        "/conversations/{conversation}/turns/{turn}/feedback", status_code=HTTPStatus.NO_CONTENT
    )
    def rate(conversation: str, turn: TurnInPath, feedback: Feedback) -> None:
        """Keep a rating of an answer."""
        conversations.rate(conversation, turn, feedback.rating, feedback.comment)

    @router.get("/conversations/{conversation}/turns/{turn}/suggestions")
    def suggest_next(conversation: str, turn: TurnInPath) -> list[str]:
        """Return questions to ask next that the articles answer; keep them with the answer."""
        turns = conversations.open(conversation).turns
        answered = turns[turn].answer if turn < len(turns) else None
        if answered is None:
            return []
        if answered.suggestions is None:
            earlier = [each.answer.answer for each in turns[:turn] if each.answer is not None]
            offered = suggest(services.assistant, answered.answer, answered.scope, earlier)
            answered = replace(answered, suggestions=tuple(offered))
            conversations.answer(conversation, turn, turns[turn].question, answered)
        return list(answered.suggestions or ())

    @router.get("/conversations/{conversation}/export")
    def export(conversation: str, form: Literal["markdown", "json"] = "markdown") -> Response:
        """Return a conversation as a file."""
        whole = conversations.open(conversation)
        if form == "json":
            text = json.dumps(whole.to_json(), ensure_ascii=False, indent=1)
            return _file(text, "conversation.json", "application/json")
        return _file(to_markdown(whole), "conversation.md", "text/markdown")

    @router.get("/feedback", response_class=PlainTextResponse)
    def export_feedback() -> Response:
        """Return the answers that were rated good, as a file for `python -m app eval`."""
        lines = "".join(f"{line}\n" for line in to_questions(conversations.rated()))
        return _file(lines, "rated.jsonl", "application/jsonl")

    return router


def _file(text: str, name: str, kind: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(text, media_type=f"{kind}; charset=utf-8", headers=headers)
