"""Gradio's own client, by the names of its endpoints."""

import pytest
from gradio_client import Client

from tests.app.doors.web.conftest import Server

pytestmark = pytest.mark.real


def test_questions_are_asked_and_passages_found(chat: Server) -> None:
    client = Client(chat.url, verbose=False)
    question = "How many Trainium2 chips does Project Rainier use?"
    answer = client.predict(question=question, api_name="/ask")
    assert "500.000" in answer["text"]
    assert answer["citations"][0]["source"] == "es-trainium-negocio.md"
    found = client.predict(question=question, limit=3, api_name="/search")
    assert len(found) == 3
    chinese = client.predict(question=question, languages=["zh"], sources=None, api_name="/ask")
    assert all(passage["source"].startswith("zh") for passage in chinese["passages"])
    client.close()
