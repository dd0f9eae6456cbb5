"""The state of the index over HTTP, and the request to index again."""

from pathlib import Path

from fastapi.testclient import TestClient

from app.assistant import Assistant
from app.doors.api.doors import open_doors
from app.doors.api.services import Services
from tests.app.doors.api.test_source_routes import states
from tests.files import write


def test_an_index_in_step_says_what_is_in_it(client: TestClient) -> None:
    index = client.get("/api/index").json()
    assert (index["is_ready"], index["is_working"], index["error"]) == (True, False, None)
    assert (index["articles"], index["languages"]) == (3, ["en", "es", "zh"])
    assert index["problems"] == []
    assert {".md", ".pdf"} <= set(index["suffixes"])


def test_indexing_again_follows_the_folder_and_names_problems(
    client: TestClient, corpus: Path, services: Services
) -> None:
    write(corpus, "new.md", "Nine boats are painted.")
    write(corpus, "bad.md", b"\0")
    (corpus / "es/faro.md").unlink()
    assert client.post("/api/index").status_code == 202
    assert services.indexing.wait(60)
    index = client.get("/api/index").json()
    assert (index["is_working"], index["articles"]) == (False, 3)
    assert index["problems"] == [{"source": "bad.md", "reason": "is not text; save it as UTF-8."}]
    assert states(client) == {
        "bad.md": "failed", "gang.txt": "indexed", "harbour.md": "indexed", "new.md": "indexed"
    }  # fmt: skip


def test_an_index_that_cannot_be_used_is_an_error_of_its_state(
    other_assistant: Assistant, services: Services
) -> None:
    changed = Services(other_assistant, services.indexing, services.conversations)
    client = TestClient(open_doors(changed), base_url="http://127.0.0.1:7860")
    index = client.get("/api/index").json()
    assert "built with EMBEDDING_MODEL" in index["error"]
    assert (index["articles"], index["is_ready"]) == (0, False)
    assert client.get("/api/sources").status_code == 200
