"""The list of articles and their texts over HTTP."""

from pathlib import Path

import pytest
from fastapi.testclient import TestClient


def states(client: TestClient) -> dict[str, str]:
    return {entry["source"]: entry["state"] for entry in client.get("/api/sources").json()}


def test_the_articles_are_listed_with_their_metadata(client: TestClient) -> None:
    entries = {entry["source"]: entry for entry in client.get("/api/sources").json()}
    harbour = entries["harbour.md"]
    assert harbour["title"] == "A quiet harbour"
    assert (harbour["language"], harbour["state"]) == ("en", "indexed")
    assert harbour["bytes"] > 100


def test_what_is_not_read_is_listed_with_the_reason(client: TestClient, corpus: Path) -> None:
    (corpus / "photo.png").write_bytes(b"x")
    assert client.get("/api/passed-over").json() == [{"source": "photo.png", "reason": "picture"}]


def test_a_quotation_that_moved_a_little_to_the_left_is_found(
    client: TestClient, corpus: Path
) -> None:
    path = corpus / "harbour.md"
    text = path.read_text(encoding="utf-8")
    quote = "A keeper named Ottesen looks after it."
    start = text.index(quote)
    path.write_text(text[: start - 6] + text[start - 1 :], encoding="utf-8")
    view = client.get("/api/sources/harbour.md", params={"start": start, "quote": quote}).json()
    assert (view["place"], view["start"]) == ("moved", start - 5)


def test_a_source_is_cut_at_the_quotation_or_at_a_span(client: TestClient, corpus: Path) -> None:
    text = (corpus / "harbour.md").read_text(encoding="utf-8")
    start = text.index("A keeper")
    for wanted in ({"quote": "A keeper"}, {"end": start + len("A keeper")}):
        view = client.get("/api/sources/harbour.md", params={"start": start, **wanted}).json()
        assert (view["quote"], view["start"], view["place"]) == ("A keeper", start, "as cited")
        assert text.endswith(view["before"] + view["quote"] + view["after"])
        assert "language:" not in view["before"]


@pytest.mark.parametrize(
    ("quote", "place"), [("A keeper", "moved"), ("never said", "gone"), ("language: en", "gone")]
)
def test_a_quotation_that_is_elsewhere_is_found_again_or_said_to_be_gone(
    client: TestClient, quote: str, place: str
) -> None:
    params: dict[str, str | int] = {"start": 3, "quote": quote}
    assert client.get("/api/sources/harbour.md", params=params).json()["place"] == place


def test_a_quotation_stays_in_place_where_only_the_rest_of_the_file_changes(
    client: TestClient, corpus: Path
) -> None:
    path = corpus / "harbour.md"
    text = path.read_text(encoding="utf-8")
    path.write_text(text + "\nNine boats are painted.\n", encoding="utf-8")
    params: dict[str, str | int] = {"start": text.index("A keeper"), "quote": "A keeper"}
    view = client.get("/api/sources/harbour.md", params=params).json()
    assert (view["place"], view["quote"]) == ("in place", "A keeper")


@pytest.mark.parametrize(
    "source",
    ["nothing.md", "README.md", "../pyproject.toml", "%2e%2e/pyproject.toml", "/etc/passwd"],
)
def test_only_indexed_articles_are_shown(client: TestClient, source: str) -> None:
    assert client.get(f"/api/sources/{source}").status_code == 404
