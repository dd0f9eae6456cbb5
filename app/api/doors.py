"""All doors but the page, on one application."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from http import HTTPStatus

from fastapi import FastAPI, HTTPException, Request
from fastapi_offline import FastAPIOffline

from app.api.ask import ask_router
from app.api.conversations import conversations_router
from app.api.health import health_router
from app.api.openai_chat import openai_router
from app.api.problems import add_problem_handlers
from app.api.services import Services
from app.api.sources import sources_router
from app.api.tools import PATH, build_tools

_METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"]
_ROUTERS = (ask_router, sources_router, conversations_router, health_router, openai_router)


def open_doors(services: Services) -> FastAPI:
    """Return the application over `services`."""
    tools = build_tools(services.assistant)
    # Each call stands alone, so that nothing is kept between them.
    served = tools.streamable_http_app(
        streamable_http_path=PATH, stateless_http=True, json_response=True
    )

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with tools.session_manager.run():
            yield

    app = FastAPIOffline(title="Corpus Chat", redoc_url=None, lifespan=lifespan)
    add_problem_handlers(app)
    for router in _ROUTERS:
        app.include_router(router(services))
    app.router.routes.extend(served.routes)

    # Before the page, whose own answer to what is not there is another.
    @app.api_route("/api/{rest:path}", methods=_METHODS, include_in_schema=False)
    @app.api_route("/v1/{rest:path}", methods=_METHODS, include_in_schema=False)
    def nothing(request: Request) -> None:
        line = f"There is no {request.method} {request.url.path}; /docs names what there is."
        raise HTTPException(HTTPStatus.NOT_FOUND, line)

    return app
