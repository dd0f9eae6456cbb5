"""Conversations, ratings and suggestions over HTTP."""

import json

import pytest
from fastapi.testclient import TestClient

from app.doors.api.services import Services
from app.evaluation.questions import read_task
from tests.app.doors.api.test_ask_routes import UNANSWERED, stream
from tests.app.test_assistant import ASKED


def test_a_conversation_is_exported_renamed_and_deleted(client: TestClient) -> None:
    conversation = client.post("/api/conversations").json()["id"]
    path = f"/api/conversations/{conversation}"
    stream(client, question=ASKED, conversation=conversation)
    markdown = client.get(f"{path}/export")
    assert f"## {ASKED}" in markdown.text
    assert "harbour.md:" in markdown.text
    assert "attachment" in markdown.headers["content-disposition"]
    whole = client.get(f"{path}/export", params={"form": "json"}).json()
    assert whole["turns"][0]["answer"]["answered"]
    assert client.patch(path, json={"title": "The keeper"}).status_code == 204
    (summary,) = client.get("/api/conversations").json()
    assert summary["title"] == "The keeper"
    assert client.patch(path, json={"title": ""}).status_code == 422
    assert client.delete(path).status_code == 204
    assert client.get(path).status_code == 404


def test_good_answers_are_an_eval_file(
    client: TestClient, services: Services, tmp_path_factory: pytest.TempPathFactory
) -> None:
    conversation = client.post("/api/conversations").json()["id"]
    for turn, (question, rating) in enumerate(
        [(ASKED, "good"), (UNANSWERED, "good"), (ASKED, "bad")]
    ):
        stream(client, question=question, conversation=conversation)
        path = f"/api/conversations/{conversation}/turns/{turn}/feedback"
        assert client.put(path, json={"rating": rating, "comment": "x"}).status_code == 204
    text = client.get("/api/feedback").text
    asked = [json.loads(line)["q"] for line in text.splitlines()]
    # Nothing was learned about this encoder's vectors: what comes later is read as a follow-up.
    assert asked == [ASKED, f"{ASKED}\n{UNANSWERED}"]
    file = tmp_path_factory.mktemp("eval") / "rated.jsonl"
    file.write_text(text, encoding="utf-8")
    task = read_task(file, corpus=services.assistant.settings.corpus_dir, part=None, limit=None)
    assert [query.is_answerable for query in task.queries] == [True, False]
    assert task.queries[0].accepts(
        "A keeper named Ottesen looks after it.", language="en", source="harbour.md"
    )


def test_suggestions_are_questions_that_the_articles_answer(
    client: TestClient, services: Services
) -> None:
    conversation = client.post("/api/conversations").json()["id"]
    stream(client, question=ASKED, conversation=conversation)
    path = f"/api/conversations/{conversation}/turns/0/suggestions"
    offered = client.get(path).json()
    assert offered[-1] == "Summarise the article “A quiet harbour”"
    assert services.assistant.ask(offered[-1]).answered
    assert all(services.assistant.ask(question).probability >= 0.5 for question in offered[:-1])
    assert client.get(path.replace("/0/", "/7/")).json() == []
    kept = client.get(f"/api/conversations/{conversation}").json()
    assert kept["turns"][0]["answer"]["suggestions"] == offered


def test_suggestions_keep_to_the_articles_that_were_asked(client: TestClient) -> None:
    conversation = client.post("/api/conversations").json()["id"]
    stream(client, question=ASKED, conversation=conversation, languages=["es"])
    path = f"/api/conversations/{conversation}/turns/0/suggestions"
    assert "El puerto" in client.get(path).json()[-1]
