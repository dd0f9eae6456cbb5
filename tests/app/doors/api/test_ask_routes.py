"""POST /api/ask: the same object as the terminal prints, or events that add up to it."""

import json
import time
from typing import Any

import httpx
import pytest
from fastapi.testclient import TestClient

from app.doors.api.services import Services
from tests.app.conftest import MakeScripted
from tests.app.doors.api.conftest import opened
from tests.app.test_assistant import ASKED
from tests.models import ScriptedModel

UNANSWERED = "Why do bees swarm in June?"


def events_of(response: Any) -> list[tuple[str, dict[str, Any]]]:
    """Return the events of a stream, by name."""
    assert response.headers["content-type"].startswith("text/event-stream")
    blocks = [block.splitlines() for block in response.text.split("\n\n") if block]
    return [(name.removeprefix("event: "), json.loads(data[6:])) for name, data in blocks]


def stream(client: TestClient, **body: Any) -> list[tuple[str, dict[str, Any]]]:
    headers = {"Accept": "text/event-stream"}
    return events_of(client.post("/api/ask", json=body, headers=headers))


@pytest.mark.parametrize("question", [ASKED, UNANSWERED])
def test_the_answer_is_the_one_object(
    client: TestClient, services: Services, question: str
) -> None:
    answer = client.post("/api/ask", json={"question": question}).json()
    own = json.loads(json.dumps(services.assistant.ask(question).to_json()))
    assert answer | {"seconds": None} == own | {"seconds": None}


def test_the_events_add_up_to_the_answer(client: TestClient) -> None:
    *pieces, (last, answer) = stream(client, question=ASKED)
    assert last == "answer"
    assert "".join(data["text"] for _, data in pieces) == answer["text"]
    cited = [data["citation"] for _, data in pieces if data["citation"]]
    assert cited[0] == answer["citations"][0]
    assert [p["text"] for p in answer["pieces"]] == [data["text"] for _, data in pieces]


def test_a_question_is_asked_of_some_articles_only(client: TestClient) -> None:
    answer = client.post("/api/ask", json={"question": ASKED, "languages": ["es"]}).json()
    assert {passage["source"] for passage in answer["passages"]} <= {"es/faro.md"}
    answer = client.post("/api/ask", json={"question": ASKED, "sources": ["harbour.md"]}).json()
    assert {passage["source"] for passage in answer["passages"]} == {"harbour.md"}


def test_a_few_words_are_taken_to_be_in_the_language_of_the_page(client: TestClient) -> None:
    for page in ("en", "it", "zh"):
        answer = client.post("/api/ask", json={"question": "1987?", "page": page}).json()
        assert answer["language"] == page
    assert client.post("/api/ask", json={"question": "1987?", "page": "?"}).status_code == 422


def test_examples_are_questions_that_the_articles_answer(
    client: TestClient, services: Services
) -> None:
    offered = client.get("/api/examples", params={"language": "en"}).json()
    assert offered[0] == "Summarise the article “A quiet harbour”"
    assert services.assistant.ask(offered[0]).answered
    assert client.get("/api/examples").json() == offered
    services.assistant.is_ready = False
    assert client.get("/api/examples").json() == []


def test_earlier_questions_are_known(client: TestClient) -> None:
    before = {"question": "Who is Ottesen?", "answer": "A keeper named Ottesen looks after it."}
    body = {"question": "And what does he look after?", "history": [before]}
    assert any("Ottesen" in line for line in client.post("/api/ask", json=body).json()["notices"])


def test_a_conversation_is_kept_with_its_answers(client: TestClient) -> None:
    conversation = client.post("/api/conversations").json()["id"]
    assert client.get("/api/conversations").json() == []
    (name, turn), *_ = stream(client, question=ASKED, conversation=conversation)
    assert (name, turn) == ("turn", {"conversation": conversation, "turn": 0})
    stream(client, question=UNANSWERED, conversation=conversation)
    kept = client.get(f"/api/conversations/{conversation}").json()
    assert [turn["answer"]["answered"] for turn in kept["turns"]] == [True, False]
    stream(client, question=UNANSWERED, conversation=conversation, turn=0)
    kept = client.get(f"/api/conversations/{conversation}").json()
    assert [turn["question"] for turn in kept["turns"]] == [UNANSWERED]


@pytest.mark.parametrize(
    ("body", "status", "line"),
    [
        ({"question": ""}, 422, "The question is empty; type one."),
        ({"question": "🙂"}, 422, "no word"),
        ({"question": "x" * 3000}, 422, "3,000 characters"),
        ({}, 422, "question: Field required"),
        ({"question": ASKED, "languages": "en"}, 422, "languages: "),
        ({"question": ASKED, "conversation": "nothing"}, 404, "no such conversation"),
        ({"question": ASKED, "conversation": "\ud800"}, 422, "conversation: "),
        ({"question": ASKED, "turn": 10**30}, 422, "turn: "),
    ],
)
@pytest.mark.parametrize("accept", ["application/json", "text/event-stream"])
def test_a_wrong_request_is_answered_with_problem_details(
    client: TestClient, body: dict[str, Any], status: int, line: str, accept: str
) -> None:
    # As other programs write JSON: with half a surrogate pair as an escape.
    headers = {"Accept": accept, "Content-Type": "application/json"}
    response = client.post("/api/ask", content=json.dumps(body), headers=headers)
    assert response.headers["content-type"] == "application/problem+json"
    problem = response.json()
    assert (response.status_code, problem["status"]) == (status, status)
    assert line in problem["detail"]
    assert "\n" not in problem["detail"]
    assert problem["type"] == "about:blank"


def test_a_body_that_is_no_json_is_a_problem(client: TestClient) -> None:
    response = client.post("/api/ask", content=b"what?")
    assert response.status_code == 422
    assert response.headers["content-type"] == "application/problem+json"


def test_a_model_is_stopped_when_its_client_leaves(
    scripted: MakeScripted, services: Services
) -> None:
    sentences = (f"On day {day} the keeper Ottesen looks after it. " for day in range(2000))
    model = ScriptedModel(says=["".join(sentences)])
    assistant = scripted(model)
    assistant.prepare()
    with opened(Services(assistant, services.indexing, services.conversations)) as address:
        headers = {"Accept": "text/event-stream"}
        body = {"question": ASKED}
        with httpx.stream("POST", f"{address}/api/ask", json=body, headers=headers) as response:
            assert "event: piece" in next(response.iter_lines())
        deadline = time.monotonic() + 20
        while model.is_speaking and time.monotonic() < deadline:
            time.sleep(0.02)
    assert model.asked
    assert (model.is_speaking, model.was_stopped) == (False, True)
