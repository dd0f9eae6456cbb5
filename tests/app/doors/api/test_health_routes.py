"""Whether the program is running, and whether it is ready to answer."""

from fastapi.testclient import TestClient

from app.assistant import Assistant
from app.doors.api.doors import open_doors
from app.doors.api.services import Services
from app.phrases import phrases
from tests.app.conftest import MakeScripted
from tests.models import ScriptedModel


def client_of(assistant: Assistant, services: Services) -> TestClient:
    """Return a client of the same server with another assistant."""
    changed = Services(assistant, services.indexing, services.conversations)
    return TestClient(open_doors(changed), base_url="http://127.0.0.1:7860")


def test_it_is_running_and_ready(client: TestClient) -> None:
    assert client.get("/healthz").json() == {"status": "live"}
    response = client.get("/readyz")
    assert response.status_code == 200
    assert response.json() == {"status": "ready", "articles": 3, "model": None}


def test_it_is_running_but_not_ready_before_the_index_is(
    client: TestClient, services: Services
) -> None:
    services.assistant.is_ready = False
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["detail"] == "The index is being prepared."
    assert client.get("/healthz").status_code == 200


def test_it_is_not_ready_with_an_index_that_cannot_be_used(
    other_assistant: Assistant, services: Services
) -> None:
    other_assistant.is_ready = True
    response = client_of(other_assistant, services).get("/readyz")
    assert response.status_code == 503
    assert "built with EMBEDDING_MODEL" in response.json()["detail"]


def test_it_is_not_ready_while_the_language_model_is_down(
    scripted: MakeScripted, services: Services
) -> None:
    assistant = scripted(ScriptedModel(says=[""], error=ConnectionError("refused")))
    assistant.prepare()
    client = client_of(assistant, services)
    response = client.get("/readyz")
    assert response.status_code == 503
    assert phrases("en").failures["unreachable"] in response.json()["detail"]
    assert client.get("/healthz").status_code == 200


def test_a_language_model_is_not_asked_at_every_request(
    scripted: MakeScripted, services: Services
) -> None:
    model = ScriptedModel(says=["Yes."])
    assistant = scripted(model)
    assistant.prepare()
    client = client_of(assistant, services)
    assert [client.get("/readyz").status_code for _ in range(3)] == [200, 200, 200]
    assert len(model.asked) == 1
