"""The folder of articles over HTTP."""

from pathlib import Path

from fastapi.testclient import TestClient

from app.doors.api.services import Services


def states(client: TestClient) -> dict[str, str]:
    return {entry["source"]: entry["state"] for entry in client.get("/api/sources").json()}


def test_the_articles_are_listed_with_what_they_say_of_themselves(client: TestClient) -> None:
    entries = {entry["source"]: entry for entry in client.get("/api/sources").json()}
    harbour = entries["harbour.md"]
    assert harbour["title"] == "A quiet harbour"
    assert (harbour["language"], harbour["state"]) == ("en", "indexed")
    assert harbour["bytes"] > 100


def test_the_folder_and_the_index_may_differ(
    client: TestClient, corpus: Path, services: Services
) -> None:
    (corpus / "new.md").write_text("Nine boats are painted.", encoding="utf-8")
    (corpus / "es/faro.md").unlink()
    assert states(client)["new.md"] == "waiting"
    assert states(client)["es/faro.md"] == "removed"
    (corpus / "bad.md").write_bytes(bytes(100))
    assert client.post("/api/index").status_code == 202
    assert services.indexing.wait(60)
    listed = {entry["source"]: entry for entry in client.get("/api/sources").json()}
    assert "es/faro.md" not in listed
    assert listed["new.md"]["state"] == "indexed"
    assert listed["bad.md"]["state"] == "failed"
    assert "not text" in listed["bad.md"]["problem"]
    index = client.get("/api/index").json()
    assert index["problems"] == [{"source": "bad.md", "reason": "is not text; save it as UTF-8."}]
    assert not index["is_working"]


def test_a_quotation_that_moved_a_little_to_the_left_is_found(
    client: TestClient, corpus: Path
) -> None:
    path = corpus / "harbour.md"
    text = path.read_text(encoding="utf-8")
    quote = "A keeper named Ottesen looks after it."
    start = text.index(quote)
    path.write_text(text[: start - 6] + text[start - 1 :], encoding="utf-8")
    told = client.get("/api/sources/harbour.md", params={"start": start, "quote": quote}).json()
    assert (told["place"], told["start"]) == ("moved", start - 5)


def test_an_index_that_cannot_be_opened_is_told(client: TestClient, services: Services) -> None:
    services.assistant.library._encoder.name = "another"  # type: ignore[misc]
    services.assistant.library.close()
    index = client.get("/api/index").json()
    assert "built with EMBEDDING_MODEL" in index["error"]
    assert client.get("/api/sources").status_code == 200


def test_a_source_is_cut_at_the_quotation_or_at_a_span(client: TestClient, corpus: Path) -> None:
    text = (corpus / "harbour.md").read_text(encoding="utf-8")
    start = text.index("A keeper")
    for wanted in ({"quote": "A keeper"}, {"end": start + len("A keeper")}):
        told = client.get("/api/sources/harbour.md", params={"start": start, **wanted}).json()
        assert (told["quote"], told["start"], told["place"]) == ("A keeper", start, "as cited")
        assert text.endswith(told["before"] + told["quote"] + told["after"])
