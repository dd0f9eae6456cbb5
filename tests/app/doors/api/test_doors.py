"""The application as a whole: its documentation, and requests that no route answers."""

import pytest
from fastapi.testclient import TestClient

from index.folder.corpus import MAX_UPLOAD_BYTES


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
def test_an_unknown_path_or_id_is_a_problem(client: TestClient, method: str, path: str) -> None:
    response = client.request(method, path)
    assert response.status_code == 404
    assert response.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [("GET", "/api/ask", "POST"), ("PUT", "/v1/models", "GET"), ("PATCH", "/api/index", "GET")],
)
def test_a_wrong_method_is_answered_with_the_right_ones(
    client: TestClient, method: str, path: str, allowed: str
) -> None:
    response = client.request(method, path)
    assert response.status_code == 405
    assert allowed in response.headers["allow"].split(", ")
    assert response.headers["content-type"] == "application/problem+json"


def test_a_body_that_is_too_large_is_a_problem(client: TestClient) -> None:
    response = client.post("/api/ask", content=b" " * (MAX_UPLOAD_BYTES + 1))
    assert response.status_code == 413
    assert response.headers["content-type"] == "application/problem+json"
    assert "At most 20 MB" in response.json()["detail"]
