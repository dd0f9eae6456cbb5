"""The protocol's own client, over HTTP and over standard input."""

import asyncio
import os
import sys
from pathlib import Path
from typing import Any

import pytest
from mcp.client import Client
from mcp.client.stdio import StdioServerParameters

from app.settings import PROJECT
from tests.app.test_assistant import ASKED


def call(server: Any, name: str, **arguments: Any) -> Any:
    """Call one tool; return its result."""

    async def run() -> Any:
        async with Client(server) as client:
            return await client.call_tool(name, arguments)

    return asyncio.run(run())


def test_the_tools_are_named(url: str) -> None:
    async def run() -> set[str]:
        async with Client(f"{url}/mcp") as client:
            return {tool.name for tool in (await client.list_tools()).tools}

    assert asyncio.run(run()) == {"ask", "search", "read_source"}


def test_a_question_is_answered_with_checked_citations(url: str) -> None:
    result = call(f"{url}/mcp", "ask", question=ASKED)
    assert not result.is_error
    answer = result.structured_content
    assert answer["citations"][0]["quote"] == "A keeper named Ottesen looks after it."


def test_passages_are_found_and_sources_read(url: str, corpus: Path) -> None:
    found = call(f"{url}/mcp", "search", question=ASKED, limit=2).structured_content["result"]
    assert len(found) == 2
    assert found[0]["source"] == "harbour.md"
    text = call(f"{url}/mcp", "read_source", source="harbour.md").content[0].text
    assert "A keeper named Ottesen looks after it." in text
    assert text in (corpus / "harbour.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "arguments", "line"),
    [
        ("ask", {"question": ""}, "The question is empty; type one."),
        ("read_source", {"source": "../pyproject.toml"}, "There is no article"),
    ],
)
def test_an_error_is_said_in_a_line(
    url: str, name: str, arguments: dict[str, str], line: str
) -> None:
    result = call(f"{url}/mcp", name, **arguments)
    assert result.is_error
    assert line in result.content[0].text
    assert "Traceback" not in result.content[0].text


@pytest.mark.real
def test_the_tools_are_served_on_standard_input(tmp_path: Path) -> None:
    server = StdioServerParameters(
        command=sys.executable,
        args=["-m", "app", "mcp"],
        cwd=PROJECT,
        env=os.environ | {"INDEX_DIR": str(tmp_path)},
    )
    answer = call(server, "ask", question="How many Trainium2 chips does Project Rainier use?")
    assert "500.000" in answer.structured_content["text"]
