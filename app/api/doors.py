"""All doors but the page, on one application."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from fastapi_offline import FastAPIOffline

from app.api.ask import ask_router
from app.api.conversations import conversations_router
from app.api.health import health_router
from app.api.openai_chat import openai_router
from app.api.problems import add_problem_handlers
from app.api.services import Services
from app.api.sources import sources_router
from app.api.tools import PATH, build_tools

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
    return app
