"""OpenAI's own client, against a real server."""

from collections.abc import Iterator
from typing import Any

import openai
import pytest
from openai import OpenAI

from tests.app.doors.api.test_ask_routes import UNANSWERED
from tests.app.test_assistant import ASKED

MODEL = "corpus-chat"


@pytest.fixture
def client(url: str) -> Iterator[OpenAI]:
    with OpenAI(base_url=f"{url}/v1", api_key="none", max_retries=0) as opened:
        yield opened


def test_the_model_is_listed(client: OpenAI) -> None:
    assert [model.id for model in client.models.list()] == [MODEL]


def test_an_answer_has_its_sources_as_text_and_as_objects(client: OpenAI) -> None:
    completion = client.chat.completions.create(
        model=MODEL, messages=[{"role": "system", "content": "Be brief."},
                               {"role": "user", "content": ASKED}], temperature=0.3,
    )  # fmt: skip
    message = completion.choices[0].message
    assert message.content is not None
    assert "A keeper named Ottesen looks after it." in message.content
    assert "\n\nSources:\n[1] A quiet harbour, harbour.md:" in message.content
    assert message.model_extra is not None
    assert message.model_extra["citations"][0]["source"] == "harbour.md"
    assert completion.choices[0].finish_reason == "stop"


def test_a_stream_adds_up_to_the_answer(client: OpenAI) -> None:
    messages: Any = [{"role": "user", "content": [{"type": "text", "text": ASKED}]}]
    whole = client.chat.completions.create(model=MODEL, messages=messages)
    with client.chat.completions.stream(model=MODEL, messages=messages) as events:
        chunks = [event.chunk for event in events if event.type == "chunk"]
    text = "".join(chunk.choices[0].delta.content or "" for chunk in chunks)
    assert text == whole.choices[0].message.content
    extras = [chunk.choices[0].delta.model_extra or {} for chunk in chunks]
    cited = [extra["citations"] for extra in extras if "citations" in extra]
    assert cited == [(whole.choices[0].message.model_extra or {})["citations"]]
    assert chunks[-1].choices[0].finish_reason == "stop"


def test_the_last_chunk_states_the_usage_where_it_is_asked_for(client: OpenAI) -> None:
    *_, last = client.chat.completions.create(
        model=MODEL,
        messages=[{"role": "user", "content": ASKED}],
        stream=True,
        stream_options={"include_usage": True},
    )
    assert last.choices == []
    assert last.usage is not None
    assert client.models.retrieve(MODEL).id == MODEL


def test_earlier_messages_are_known(client: OpenAI) -> None:
    first = client.chat.completions.create(
        model=MODEL, messages=[{"role": "user", "content": "Who is Ottesen?"}]
    )
    second = client.chat.completions.create(
        model=MODEL,
        messages=[
            {"role": "user", "content": "Who is Ottesen?"},
            {"role": "assistant", "content": first.choices[0].message.content},
            {"role": "user", "content": "And what does he look after?"},
        ],
    )
    assert "Understood as" in str(second.choices[0].message.content)


def test_a_refusal_has_no_sources(client: OpenAI) -> None:
    completion = client.chat.completions.create(
        model=MODEL, messages=[{"role": "user", "content": UNANSWERED}]
    )
    assert completion.choices[0].message.content == "The articles do not say."


def test_errors_are_those_that_the_client_expects(client: OpenAI) -> None:
    with pytest.raises(openai.NotFoundError, match="no model 'gpt-9'"):
        client.chat.completions.create(model="gpt-9", messages=[{"role": "user", "content": ASKED}])
    with pytest.raises(openai.UnprocessableEntityError, match="question is empty"):
        client.chat.completions.create(
            model=MODEL, messages=[{"role": "assistant", "content": "Hello."}]
        )
