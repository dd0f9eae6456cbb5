"""The web chat's application: our own routes first, then the page."""

import socket
import sys
import threading
from collections.abc import Callable
from typing import Any

import uvicorn
from fastapi import FastAPI
from fastapi.responses import Response
from fastapi.staticfiles import StaticFiles

from app.assistant import Assistant
from app.doors.api.doors import open_doors
from app.doors.api.services import Services
from app.doors.conversations.conversations import Conversations
from app.doors.indexing import Indexing
from app.doors.web.gradio_offline import gr
from app.doors.web.guard import Guard
from app.doors.web.page import STATIC, build_page
from app.settings import Settings
from index.errors import CorpusChatError
from index.sync import SyncReport

_STYLES = ("frame", "chat", "source", "conversations", "library")
_HEAD = (
    "".join(f'<link rel="stylesheet" href="/page/{name}.css">' for name in _STYLES)
    + """
<meta name="viewport" content="width=device-width, initial-scale=1">
"""
)
_GRACE_S = 3  # for requests that are being answered when the server stops
_HOSTS = ("127.0.0.1", "localhost")


class _Fresh(StaticFiles):
    """Files that a browser asks for again each time, so that it shows no older version."""

    def file_response(self, *arguments: Any, **options: Any) -> Response:
        response = super().file_response(*arguments, **options)
        response.headers["Cache-Control"] = "no-cache"
        return response


class ServerError(CorpusChatError):
    """The web chat cannot be opened at its address."""


def serve(settings: Settings, on_report: Callable[[SyncReport], None]) -> None:
    """Open the web chat and run until it is stopped; call `on_report` after each indexing.

    Raises:
        ServerError: the port is in use or not allowed.
    """
    with listen(settings) as listening:
        assistant = Assistant(settings)
        indexing = Indexing(assistant, on_report)
        app = create_app(Services(assistant, indexing, Conversations(settings.conversations)))
        indexing.start()
        threading.Thread(target=_follow, args=[indexing], name="watching", daemon=True).start()
        print(f"Corpus Chat: http://{settings.chat_host}:{settings.chat_port} (Ctrl+C stops it)")
        server = uvicorn.Server(
            # Some streams end only when the client ends them.
            uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=_GRACE_S)
        )
        server.run(sockets=[listening])


def _follow(indexing: Indexing) -> None:
    try:
        indexing.follow()
    except CorpusChatError as error:
        print(error, file=sys.stderr)


def create_app(services: Services) -> FastAPI:
    """Return the application: first every other door, then the page."""
    settings = services.assistant.settings
    app = open_doors(services)
    app.add_middleware(Guard, hosts=_HOSTS, port=settings.chat_port)
    app.mount("/page", _Fresh(directory=STATIC), name="page")
    gr.mount_gradio_app(
        app,
        build_page(services.assistant),
        path="/",
        server_name=settings.chat_host,
        server_port=settings.chat_port,
        head=_HEAD,
        theme=gr.themes.Soft(
            primary_hue="teal",
            neutral_hue="slate",
            font=["system-ui", "sans-serif"],  # knows every script that the machine can show
            font_mono=["ui-monospace", "monospace"],
        ),
        footer_links=[],
        run_history=False,
        ssr_mode=False,
        max_file_size="1mb",
    )
    return app


def listen(settings: Settings) -> socket.socket:
    """Take the port before any slow work, so that a port in use is reported at once.

    Raises:
        ServerError: the port is in use or not allowed.
    """
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    if sys.platform != "win32":
        # A server that was just stopped can start again; on Windows the option means another thing.
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((settings.chat_host, settings.chat_port))
        listening.listen()
    except OSError as error:
        listening.close()
        raise ServerError(
            f"The web chat cannot use port {settings.chat_port} ({error.strerror}); "
            "stop what uses it, or set CHAT_PORT to another."
        ) from error
    return listening
