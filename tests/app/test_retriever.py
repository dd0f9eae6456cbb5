"""The assistant in a LangChain program."""

import asyncio
from pathlib import Path

from langchain_core.runnables import RunnableLambda

from app.answer import Answer
from app.assistant import Assistant
from tests.app.test_assistant import ASKED


def test_documents_state_their_place_in_their_source(assistant: Assistant, corpus: Path) -> None:
    documents = assistant.as_retriever(k=3).invoke(ASKED)
    assert 1 <= len(documents) <= 3
    assert "Ottesen" in documents[0].page_content
    for document in documents:
        metadata = document.metadata
        text = (corpus / metadata["source"]).read_text(encoding="utf-8")
        assert text[metadata["start"] : metadata["end"]] == document.page_content
        assert 0 <= metadata["score"] <= 1
    assert documents[0].metadata["title"] == "A quiet harbour"


def test_the_assistant_is_a_step_of_a_chain(assistant: Assistant) -> None:
    chain = assistant.as_runnable() | RunnableLambda(lambda answer: answer.citations[0].quote)
    quote = "A keeper named Ottesen looks after it."
    assert chain.invoke(ASKED) == quote
    assert asyncio.run(chain.ainvoke(ASKED)) == quote
    answers = assistant.as_runnable().batch([ASKED, "Why do bees swarm in June?"])
    assert [isinstance(answer, Answer) and answer.answered for answer in answers] == [True, False]
