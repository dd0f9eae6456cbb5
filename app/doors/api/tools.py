"""The Model Context Protocol: the articles as tools, over HTTP and over standard input."""

import asyncio
from collections.abc import Callable
from typing import Any, TypeVar

from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ToolError

from app.answer import passage_to_json
from app.assistant import Assistant
from index.errors import CorpusChatError
from index.search import Scope

PATH = "/mcp"

T = TypeVar("T")

_INSTRUCTIONS = (
    "Answers from a folder of articles. Each citation of an answer has been checked to stand, "
    "word for word, in its source; where `answered` is false, the articles do not say."
)


def build_tools(assistant: Assistant) -> MCPServer:
    """Return a server with the tools `ask`, `search` and `read_source`."""
    server = MCPServer(
        "corpus-chat", title="Corpus Chat", instructions=_INSTRUCTIONS, log_level="WARNING"
    )

    @server.tool()
    async def ask(question: str, languages: list[str] | None = None) -> dict[str, Any]:
        """Answer a question in any language, with verbatim citations.

        `languages` restricts the articles, by ISO 639-1 codes. `text` has marks such as [1];
        `citations` says what they stand for.
        """
        scope = Scope.of(languages)
        return await _run(lambda: assistant.ask(question, scope=scope).to_json())

    @server.tool()
    async def search(question: str, limit: int = 10) -> list[dict[str, Any]]:
        """Find passages that fit a question, best first, with their place in their source."""

        def find() -> list[dict[str, Any]]:
            return [passage_to_json(passage) for passage in assistant.search(question, limit)]

        return await _run(find)

    @server.tool()
    async def read_source(source: str) -> str:
        """Return the text of an article, by its `source` as citations and passages name it."""

        def read() -> str:
            assistant.prepare()
            info = assistant.library.article(source)
            if info is None:
                raise ToolError(f"There is no article {source}; search names those there are.")
            try:
                extracted, _ = assistant.library.read(info)
            except FileNotFoundError:
                raise ToolError(f"{source} was removed.") from None
            return extracted.text[extracted.body :].strip()

        return await _run(read)

    return server


async def _run(work: Callable[[], T]) -> T:
    """Do slow work without blocking the event loop; an error of ours becomes a tool error."""
    try:
        return await asyncio.to_thread(work)
    except CorpusChatError as error:
        raise ToolError(str(error)) from error
