"""Articles added to the folder and removed from it, over HTTP."""

import os
import time
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

from app.doors.api.services import Services
from app.doors.api.upload_routes import MAX_FILES
from index.folder.corpus import MAX_UPLOAD_BYTES
from tests.app.doors.api.test_source_routes import states

Upload = Callable[..., Any]


@pytest.fixture
def upload(client: TestClient, services: Services) -> Upload:
    """Sends files, and waits until they are indexed."""

    def send(*files: tuple[str, bytes], replace: bool = False) -> Any:
        parts = [("file", (name, data)) for name, data in files]
        response = client.post(f"/api/sources?replace={replace}", files=parts)
        assert services.indexing.wait(60)
        return response

    return send


def files(corpus: Path) -> list[str]:
    return [path.relative_to(corpus).as_posix() for path in corpus.rglob("*") if path.is_file()]


def test_an_article_is_added_found_and_removed(
    client: TestClient, corpus: Path, upload: Upload
) -> None:
    text = b"# Boats\n\nThe mayor of Bergen paints nine boats every winter.\n"
    (result,) = upload(("some/where\\boats.md", text)).json()
    assert (result["source"], result["problem"]) == ("boats.md", None)
    assert (corpus / "boats.md").read_bytes() == text
    assert states(client)["boats.md"] == "indexed"
    question = {"question": "How many boats does the mayor paint?"}
    answer = client.post("/api/ask", json=question).json()
    assert answer["evidence"][0]["source"] == "boats.md"
    assert client.delete("/api/sources/boats.md").status_code == 204
    assert not (corpus / "boats.md").exists()


@pytest.mark.parametrize(
    "name",
    [
        "会议\u3000纪要.md",
        "Notes 9.41\u202fPM.md",
        "گزارش\u200cها.md",
        "👩\u200d🔬 lab.md",
        "cafe\u0301.md",
    ],
)
def test_an_article_of_any_name_is_added_read_and_removed(
    client: TestClient, corpus: Path, upload: Upload, name: str
) -> None:
    (result,) = upload((name, b"A whale was seen.")).json()
    assert (result["source"], result["problem"]) == (name, None)
    assert (corpus / name).exists()
    assert states(client)[name] == "indexed"
    for form in ("NFC", "NFD"):
        asked = unicodedata.normalize(form, name)
        assert client.get(f"/api/sources/{quote(asked)}").json()["source"] == name
        scoped = {"question": "What was seen?", "sources": [asked]}
        answer = client.post("/api/ask", json=scoped).json()
        assert {each["source"] for each in answer["evidence"]} <= {name}
    asked = unicodedata.normalize("NFC", name)
    assert client.delete(f"/api/sources/{quote(asked)}").status_code == 204
    assert not (corpus / name).exists()


def test_a_name_that_is_no_text_is_named_in_every_list(client: TestClient, corpus: Path) -> None:
    (corpus / os.fsdecode(b"\xff.md")).write_bytes(b"A whale.")
    assert client.post("/api/index").status_code == 202
    wait_until(lambda: r"\udcff.md" in states(client))
    problems = client.get("/api/index").json()["problems"]
    assert [problem["source"] for problem in problems] == [r"\udcff.md"]


def wait_until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_an_article_is_replaced_only_on_request(corpus: Path, upload: Upload) -> None:
    original = (corpus / "harbour.md").read_bytes()
    (refused,) = upload(("harbour.md", b"Something else.")).json()
    assert refused["is_taken_name"]
    assert "article of that name" in refused["problem"]
    assert (corpus / "harbour.md").read_bytes() == original
    (taken,) = upload(("harbour.md", b"Something else."), replace=True).json()
    assert taken["source"] == "harbour.md"
    assert (corpus / "harbour.md").read_bytes() == b"Something else."


@pytest.mark.parametrize(
    ("name", "data", "line"),
    [
        ("picture.png", b"x", "only .md, .markdown, .txt"),
        ("picture.md", b"\x89PNG\r\n\x1a\n" + bytes(100), "not text"),
        ("empty.md", b"  \n", "is empty"),
        (".hidden.md", b"x", "no name for an article"),
        ("../../.md", b"x", "no name for an article"),
        ("README.md", b"x", "describes the folder"),
        ("a" * 300 + ".md", b"x", "too long a name"),
        ("CON\u202e.md", b"x", "no name for an article"),
    ],
)
def test_a_file_that_is_no_article_is_named_and_the_others_are_taken(
    corpus: Path, upload: Upload, name: str, data: bytes, line: str
) -> None:
    before = set(files(corpus))
    refused, taken = upload((name, data), ("good.md", b"Nine boats are painted.")).json()
    assert line in refused["problem"]
    assert "\n" not in refused["problem"]
    assert taken["source"] == "good.md"
    assert set(files(corpus)) == before | {"good.md"}


def test_an_upload_is_bounded(client: TestClient, upload: Upload) -> None:
    many = upload(*[(f"{i}.md", b"text") for i in range(MAX_FILES + 1)])
    assert many.status_code == 400
    assert str(MAX_FILES) in many.json()["detail"]
    large = upload(("long.md", b"x" * MAX_UPLOAD_BYTES))
    assert large.status_code == 413
    assert "At most 20 MB" in large.json()["detail"]


@pytest.mark.parametrize("source", ["../pyproject.toml", "nothing.md", "%2e%2e/pyproject.toml"])
def test_only_an_article_is_removed(client: TestClient, source: str) -> None:
    assert client.delete(f"/api/sources/{source}").status_code == 404


def test_the_last_article_stays(client: TestClient, corpus: Path, services: Services) -> None:
    *others, last = files(corpus)
    for name in others:
        (corpus / name).unlink()
    response = client.delete(f"/api/sources/{last}")
    assert response.status_code == 409
    assert "only article" in response.json()["detail"]
    assert (corpus / last).exists()


def test_an_upload_without_a_file_is_refused(upload: Upload) -> None:
    assert upload().status_code in (411, 422)
