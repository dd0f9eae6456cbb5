"""The index: how far indexing has come, and the request to index again."""

from http import HTTPStatus

from fastapi import APIRouter
from pydantic import BaseModel

from app.doors.api.services import Services
from index.errors import CorpusChatError, Problem
from index.folder.extraction import SUFFIXES


class IndexState(BaseModel):
    """How far indexing has come."""

    is_ready: bool  # whether questions are answered
    is_working: bool
    done: int
    total: int
    error: str | None
    problems: tuple[Problem, ...]  # with files that could not be read, or only in part
    articles: int
    languages: list[str]
    suffixes: list[str]  # of the files that can be read


def indexing_router(services: Services) -> APIRouter:
    """Return the routes to the index."""
    router = APIRouter(prefix="/api", tags=["sources"])
    assistant, indexing = services.assistant, services.indexing

    @router.get("/index")
    def show_index() -> IndexState:
        """Say how far indexing has come, and what could not be read."""
        progress = indexing.progress
        error = progress.error
        try:
            infos = (
                list(assistant.library.articles().values()) if assistant.library.is_built else []
            )
        except CorpusChatError as failure:  # the index is being built, or cannot be used
            infos = []
            if not progress.is_working:
                error = error or str(failure)
        return IndexState(
            is_ready=assistant.is_ready,
            is_working=progress.is_working,
            done=progress.done,
            total=progress.total,
            error=error,
            problems=progress.problems,
            articles=len(infos),
            languages=sorted({info.language for info in infos}),
            suffixes=list(SUFFIXES),
        )

    @router.post("/index", status_code=HTTPStatus.ACCEPTED)
    def index_again() -> None:
        """Bring the index in step with the folder, in the background."""
        indexing.start()

    return router
