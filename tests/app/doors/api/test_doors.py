"""Health, documentation, and what no door opens to."""

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from app.doors.api.doors import open_doors
from app.doors.api.services import Services
from app.phrases import phrases
from index.folder.corpus import MAX_UPLOAD_BYTES
from tests.app.conftest import MakeScripted
from tests.models import ScriptedModel


def test_it_lives_and_is_ready(client: TestClient) -> None:
    assert client.get("/healthz").json() == {"status": "live"}
    ready = client.get("/readyz")
    assert ready.status_code == 200
    assert ready.json()["status"] == "ready"
    assert ready.json()["model"] is None


def test_it_is_not_ready_before_the_index_is(client: TestClient, services: Services) -> None:
    services.assistant.is_ready = False
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.headers["content-type"] == "application/problem+json"


def test_the_documentation_comes_from_this_server(client: TestClient) -> None:
    page = client.get("/docs").text
    assert "swagger" in page
    assert "https://" not in page
    paths = client.get("/openapi.json").json()["paths"]
    assert {"/api/ask", "/api/sources/{source}", "/v1/chat/completions"} <= set(paths)


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/api/nothing"),
        ("GET", "/api/conversations/nothing"),
    ],
)
def test_what_is_not_there_is_a_problem(client: TestClient, method: str, path: str) -> None:
    response = client.request(method, path)
    assert response.status_code == 404
    assert response.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [("GET", "/api/ask", "POST"), ("PUT", "/v1/models", "GET"), ("PATCH", "/api/index", "GET")],
)
def test_another_method_is_named(client: TestClient, method: str, path: str, allowed: str) -> None:
    response = client.request(method, path)
    assert response.status_code == 405
    assert allowed in response.headers["allow"].split(", ")
    assert response.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("is_length_told", [True, False])
def test_what_is_too_large_is_not_read(client: TestClient, is_length_told: bool) -> None:
    def pieces() -> Iterator[bytes]:
        for _ in range(MAX_UPLOAD_BYTES // 1_000_000 + 1):
            yield b" " * 1_000_000

    content = b"".join(pieces()) if is_length_told else pieces()
    response = client.post("/api/ask", content=content)
    assert response.status_code == 413
    assert "At most 20 MB" in response.json()["detail"]


def test_it_is_not_ready_while_the_language_model_is_down(
    scripted: MakeScripted, services: Services
) -> None:
    model = ScriptedModel(says=[""], error=ConnectionError("refused"))
    assistant = scripted(model)
    assistant.prepare()
    down = Services(assistant, services.indexing, services.conversations)
    with TestClient(open_doors(down), base_url="http://127.0.0.1:7860") as client:
        response = client.get("/readyz")
        assert response.status_code == 503
        assert phrases("en").failures["unreachable"] in response.json()["detail"]
        assert client.get("/healthz").status_code == 200
