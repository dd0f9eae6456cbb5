"""Whether the program is running, and whether it is ready to answer."""

from http import HTTPStatus
from threading import Lock

from cachetools import TTLCache, cached
from fastapi import APIRouter
from fastapi.responses import JSONResponse

from app.doors.api.problems import problem
from app.doors.api.services import Services
from app.writing.model.failures import LanguageModelError
from index.errors import CorpusChatError

_MODEL_CHECK_S = 60  # until a language model is asked again whether it answers


def health_router(services: Services) -> APIRouter:
    """Return the routes that a supervisor of the program calls."""
    router = APIRouter(tags=["health"])

    @cached(TTLCache(maxsize=1, ttl=_MODEL_CHECK_S), lock=Lock())
    def model_failure() -> str | None:
        """Return why the language model does not answer; None if it does, or none is set."""
        try:
            services.assistant.check_model()
        except LanguageModelError as error:
            return str(error)
        return None

    @router.get("/healthz")
    async def live() -> dict[str, str]:
        """Say that the program is running."""
        return {"status": "live"}

    @router.get("/readyz", response_model=None)
    def ready() -> JSONResponse:
        """Say whether the index is open, and whether the language model that is set answers."""
        unavailable = HTTPStatus.SERVICE_UNAVAILABLE
        if not services.assistant.is_ready:
            line = services.indexing.progress.error or "The index is being prepared."
            return problem(unavailable, line)
        try:
            articles = len(services.assistant.library.articles())
            failure = model_failure()
        except CorpusChatError as error:
            return problem(unavailable, str(error))
        if failure is not None:
            return problem(unavailable, f"{services.assistant.settings.llm}: {failure}")
        model = services.assistant.settings.llm
        return JSONResponse({"status": "ready", "articles": articles, "model": model})

    return router
