"""The web chat as a server: every path is guarded, and its port is its own."""

import subprocess
import sys
import time

import httpx
import pytest

from app.doors.web.server import ServerError, listen
from app.settings import PROJECT, Settings
from tests.app.doors.web.conftest import Server
from tests.files import free_port

pytestmark = pytest.mark.real

ARTICLE = "es-trainium-negocio.md"


@pytest.fixture
def chat_url(chat: Server) -> str:
    """The address of a chat that is ready."""
    deadline = time.monotonic() + 60
    while httpx.get(f"{chat.url}/readyz").status_code == 503:
        assert time.monotonic() < deadline
        time.sleep(0.2)
    return chat.url


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/config",
        f"/api/sources/{ARTICLE}",
        "/page/chat.js",
        "/openapi.json",
        "/docs",
        "/v1/models",
        "/healthz",
    ],
)
def test_every_path_is_guarded(chat_url: str, path: str) -> None:
    response = httpx.get(chat_url + path)
    assert response.status_code == 200
    assert "default-src 'self'" in response.headers["Content-Security-Policy"]
    refused = httpx.get(chat_url + path, headers={"Origin": "http://evil.example"})
    assert refused.status_code == 403


def test_the_pages_own_origin_is_let_in(chat_url: str) -> None:
    assert httpx.get(chat_url, headers={"Origin": chat_url}).status_code == 200


def test_a_port_in_use_is_said_in_one_line(chat_url: str) -> None:
    port = chat_url.rpartition(":")[2]
    run = subprocess.run(
        [sys.executable, "-m", "app", "chat"],
        cwd=PROJECT,
        env={"CHAT_PORT": port, "PATH": ""},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert run.returncode == 1
    assert run.stderr.count("\n") == 1
    assert f"port {port}" in run.stderr
    assert "CHAT_PORT" in run.stderr


def test_a_second_chat_on_the_port_is_refused_at_once() -> None:
    settings = Settings(chat_port=free_port())
    with listen(settings), pytest.raises(ServerError, match="CHAT_PORT"):
        listen(settings)
