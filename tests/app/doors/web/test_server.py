"""The routes beside the page, and who may call them."""

import subprocess
import sys
import time
from pathlib import Path

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


@pytest.fixture
def chat_corpus(chat: Server) -> Path:
    return chat.corpus


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Host": "evil.example"}, 403),
        ({"Host": "127.0.0.1:1"}, 403),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}, 200),
    ],
    ids=[
        "ours",
        "other host",
        "other port",
        "other origin",
        "no origin",
        "an image elsewhere",
        "a link elsewhere",
    ],
)
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
def test_requests_of_other_sites_are_refused(
    chat_url: str, path: str, headers: dict[str, str], status: int
) -> None:
    response = httpx.get(chat_url + path, headers=headers)
    assert response.status_code == status
    if status == 403:
        assert response.text.count("\n") == 1


def test_the_pages_own_origin_is_let_in(chat_url: str) -> None:
    assert httpx.get(chat_url, headers={"Origin": chat_url}).status_code == 200


def test_the_page_may_load_nothing_from_elsewhere(chat_url: str) -> None:
    policy = httpx.get(chat_url).headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "http" not in policy


def test_a_source_is_cut_at_the_quotation(chat_url: str, chat_corpus: Path) -> None:
    text = (chat_corpus / ARTICLE).read_text(encoding="utf-8")
    quote = "Mellanox"
    answer = httpx.get(
        f"{chat_url}/api/sources/{ARTICLE}", params={"start": text.index(quote), "quote": quote}
    ).json()
    assert answer["place"] == "as cited"
    assert text.endswith(answer["before"] + answer["quote"] + answer["after"])
    assert "language:" not in answer["before"]


@pytest.mark.parametrize(
    ("quote", "place"), [("Mellanox", "moved"), ("never said", "gone"), ("language: es", "gone")]
)
def test_a_quotation_that_is_elsewhere_is_found_again_or_said_to_be_gone(
    chat_url: str, quote: str, place: str
) -> None:
    url = f"{chat_url}/api/sources/{ARTICLE}"
    assert httpx.get(url, params={"start": 3, "quote": quote}).json()["place"] == place


@pytest.mark.parametrize(
    "source",
    ["nothing.md", "README.md", "../pyproject.toml", "%2e%2e/pyproject.toml", "/etc/passwd"],
)
def test_only_indexed_articles_are_shown(chat_url: str, source: str) -> None:
    response = httpx.get(f"{chat_url}/api/sources/{source}")
    assert response.status_code == 404


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


def test_a_second_chat_on_the_port_is_refused_from_the_first_moment() -> None:
    settings = Settings(chat_port=free_port())
    with listen(settings), pytest.raises(ServerError, match="CHAT_PORT"):
        listen(settings)
