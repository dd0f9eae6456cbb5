"""What is kept: conversations, what was thought of their answers, and exports of both."""

import json
from dataclasses import asdict
from http import HTTPStatus
from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query
from fastapi.responses import PlainTextResponse, Response
from pydantic import BaseModel, Field, StringConstraints

from app.doors.api.services import Services
from app.doors.conversations.conversations import Conversation, Rating, Summary
from app.doors.conversations.export import to_markdown, to_questions
from app.doors.suggestions import suggest
from index.search import Scope


class Title(BaseModel):
    """A conversation's new title."""

    title: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]


class Feedback(BaseModel):
    """What someone thinks of an answer."""

    rating: Rating | None
    comment: str = Field("", max_length=2000)


PlaceInPath = Annotated[int, Path(ge=0, le=1_000_000)]


class Begun(BaseModel):
    """A new conversation."""

    id: str


def conversations_router(services: Services) -> APIRouter:
    """Return the routes over the conversations that are kept."""
    router = APIRouter(prefix="/api", tags=["conversations"])
    kept = services.conversations

    @router.get("/conversations")
    def list_conversations(
        search: str = "", limit: Annotated[int, Query(ge=1, le=1000)] = 100
    ) -> list[Summary]:
        """Return the latest conversations, those in which `search` stands."""
        return kept.list(search, limit)

    @router.post("/conversations", status_code=HTTPStatus.CREATED)
    def begin() -> Begun:
        """Begin a conversation; it is listed once something was asked in it."""
        return Begun(id=kept.begin())

    @router.get("/conversations/{conversation}")
    def open_conversation(conversation: str) -> Conversation:
        """Return a conversation with its answers."""
        return kept.open(conversation)

    @router.patch("/conversations/{conversation}", status_code=HTTPStatus.NO_CONTENT)
    def rename(conversation: str, new: Title) -> None:
        """Give a conversation another title."""
        kept.rename(conversation, new.title)

    @router.delete("/conversations/{conversation}", status_code=HTTPStatus.NO_CONTENT)
    def delete(conversation: str) -> None:
        """Forget a conversation."""
        kept.delete(conversation)

    @router.put(
        "/conversations/{conversation}/turns/{place}/feedback", status_code=HTTPStatus.NO_CONTENT
    )
    def rate(conversation: str, place: PlaceInPath, feedback: Feedback) -> None:
        """Keep what someone thinks of an answer."""
        kept.rate(conversation, place, feedback.rating, feedback.comment)

    @router.get("/conversations/{conversation}/turns/{place}/suggestions")
    def suggest_next(conversation: str, place: PlaceInPath) -> list[str]:
        """Return questions to ask next that the articles answer; they are kept with it."""
        turns = kept.open(conversation).turns
        answer = turns[place].answer if place < len(turns) else None
        if answer is None:
            return []
        if "suggestions" not in answer:
            scope = answer.get("scope", {})
            answer["suggestions"] = suggest(
                services.assistant,
                answer["question"],
                answer["language"],
                [(each["source"], each["text"]) for each in answer["passages"]],
                Scope.of(scope.get("languages"), scope.get("sources")),
            )
            kept.answer(conversation, place, turns[place].question, answer)
        return list(answer["suggestions"])

    @router.get("/conversations/{conversation}/export")
    def export(conversation: str, form: Literal["markdown", "json"] = "markdown") -> Response:
        """Return a conversation as a file."""
        whole = kept.open(conversation)
        if form == "json":
            text = json.dumps(asdict(whole), ensure_ascii=False, indent=1)
            return _file(text, "conversation.json", "application/json")
        return _file(to_markdown(whole), "conversation.md", "text/markdown")

    @router.get("/feedback", response_class=PlainTextResponse)
    def export_feedback() -> Response:
        """Return the answers that were rated good, as a file for `python -m app eval`."""
        lines = "".join(f"{line}\n" for line in to_questions(kept.rated()))
        return _file(lines, "rated.jsonl", "application/jsonl")

    return router


def _file(text: str, name: str, kind: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(text, media_type=f"{kind}; charset=utf-8", headers=headers)
