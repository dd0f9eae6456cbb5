"""All doors but the page, in one application."""

import itertools
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from http import HTTPStatus

from fastapi import FastAPI, HTTPException, Request
from fastapi_offline import FastAPIOffline
from starlette.routing import Match

from app.doors.api.ask_routes import ask_router
from app.doors.api.conversation_routes import conversations_router
from app.doors.api.health_routes import health_router
from app.doors.api.index_routes import indexing_router
from app.doors.api.limits import BodyLimit
from app.doors.api.openai_routes import openai_router
from app.doors.api.problems import add_problem_handlers
from app.doors.api.services import Services
from app.doors.api.source_routes import sources_router
from app.doors.api.tools import PATH, build_tools
from app.doors.api.upload_routes import uploads_router
from index.folder.corpus import MAX_UPLOAD_BYTES

_METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"]
_ROUTERS = (
    ask_router,
    sources_router,
    uploads_router,
    indexing_router,
    conversations_router,
    health_router,
    openai_router,
)


def open_doors(services: Services) -> FastAPI:
    """Return the application that gives access to `services`."""
    tools = build_tools(services.assistant)
    # Stateless: each call stands alone, and nothing is kept between calls.
    served = tools.streamable_http_app(
        streamable_http_path=PATH, stateless_http=True, json_response=True
    )

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with tools.session_manager.run():
            yield

    app = FastAPIOffline(title="Corpus Chat", redoc_url=None, lifespan=lifespan)
    app.add_middleware(BodyLimit, limit=MAX_UPLOAD_BYTES)
    add_problem_handlers(app)
    for router in _ROUTERS:
        app.include_router(router(services))
    app.router.routes.extend(served.routes)
    _add_not_found(app)
    return app


def _add_not_found(app: FastAPI) -> None:
    """Answer every other path of the API with a problem that names the methods it allows, if any.

    To be called before the page is added, which would answer unknown paths in its own way.
    """
    routes = list(app.routes)

    @app.api_route("/api/{rest:path}", methods=_METHODS, include_in_schema=False)
    @app.api_route("/v1/{rest:path}", methods=_METHODS, include_in_schema=False)
    def not_found(request: Request) -> None:
        line = f"There is no {request.method} {request.url.path}; /docs names what there is."
        # Copies of the scope, since a route that matches writes into it.
        scopes = [{**request.scope, "method": method} for method in _METHODS]
        matches = [any(r.matches(scope)[0] is Match.FULL for r in routes) for scope in scopes]
        allowed = list(itertools.compress(_METHODS, matches))
        if not allowed:
            raise HTTPException(HTTPStatus.NOT_FOUND, line)
        headers = {"Allow": ", ".join(allowed)}
        raise HTTPException(HTTPStatus.METHOD_NOT_ALLOWED, line, headers)
