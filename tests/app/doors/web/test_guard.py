"""Requests from pages of other sites are refused, and the page may load nothing from them."""

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from app.doors.web.guard import Guard


async def greet(request: Request) -> PlainTextResponse:
    return PlainTextResponse("Hello.", headers={"X-Own": "kept"})


def guarded(port: int = 7860) -> TestClient:
    """Return a client of an application behind the guard, at an address of this machine."""
    app = Starlette(routes=[Route("/", greet)])
    app.add_middleware(Guard, hosts=("127.0.0.1", "localhost"), port=port)
    return TestClient(app, base_url=f"http://127.0.0.1:{port}")


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Host": "localhost:7860"},
        {"Origin": "http://127.0.0.1:7860"},
        {"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "cors"},
        {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"},
    ],
    ids=["no browser", "other name", "own origin", "own script", "a link elsewhere"],
)
def test_requests_of_this_machine_are_answered(headers: dict[str, str]) -> None:
    response = guarded().get("/", headers=headers)
    assert (response.status_code, response.text) == (200, "Hello.")


@pytest.mark.parametrize(
    ("headers", "named"),
    [
        ({"Host": "evil.example"}, "evil.example"),
        ({"Host": "127.0.0.1:1"}, "127.0.0.1:1"),
        ({"Host": "127.0.0.1"}, "127.0.0.1"),
        ({"Host": ""}, ""),
        ({"Origin": "http://evil.example"}, "http://evil.example"),
        ({"Origin": "https://127.0.0.1:7860"}, "https://127.0.0.1:7860"),
        ({"Origin": "null"}, "null"),
        ({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"}, "another site"),
    ],
    ids=[
        "other host",
        "other port",
        "no port",
        "no host",
        "other origin",
        "other scheme",
        "no origin",
        "an image elsewhere",
    ],
)
def test_requests_of_other_sites_are_refused_in_a_line(headers: dict[str, str], named: str) -> None:
    response = guarded().get("/", headers=headers)
    assert response.status_code == 403
    assert response.text == (
        f"Requests from {named!r} are refused; open http://127.0.0.1:7860 instead.\n"
    )


def test_browsers_do_not_name_the_default_port() -> None:
    assert guarded(80).get("/", headers={"Host": "127.0.0.1"}).status_code == 200


def test_an_answer_forbids_the_page_to_load_anything_from_elsewhere() -> None:
    headers = guarded().get("/").headers
    assert "default-src 'self'" in headers["Content-Security-Policy"]
    assert "http" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Own"] == "kept"
