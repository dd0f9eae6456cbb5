"""The page: Gradio's frame, and in it the parts that the scripts in static/ fill."""

from pathlib import Path
from typing import Any, cast

from app.answer import passage_to_json
from app.assistant import Assistant
from app.doors.web.gradio_offline import api, gr
from app.gathering import PASSAGES
from index.search import Scope

TITLE = "Corpus Chat"
STATIC = Path(__file__).parent / "static"

_LOAD = (
    'import("/page/{name}.js").then((part) => part.start(element))'
    ".catch((error) => (element.textContent = error));"
)


def build_page(assistant: Assistant) -> gr.Blocks:
    """Return the page, and the endpoints of Gradio's own client."""

    def ask(
        question: str, languages: list[str] | None = None, sources: list[str] | None = None
    ) -> dict[str, Any]:
        """Answer a question from the articles; the whole answer as one object."""
        return assistant.ask(question, scope=Scope.of(languages, sources)).to_json()

    def search(question: str, limit: int = PASSAGES) -> list[dict[str, Any]]:
        """Find passages, best first."""
        return [passage_to_json(passage) for passage in assistant.search(question, limit)]

    with gr.Blocks(title=TITLE, fill_width=True, analytics_enabled=False) as page:
        _part("top")
        with gr.Sidebar(elem_id="sidebar", label=TITLE, open=False, width=288):
            _part("conversations")
        with gr.Tabs(elem_id="tabs"):
            with gr.Tab("Chat", id="chat"):
                _part("chat")
            with gr.Tab("Library", id="library"):
                _part("library")
        api(ask, api_name="ask", concurrency_limit=4)
        api(search, api_name="search", concurrency_limit=4)
    return cast(gr.Blocks, page)


def _part(name: str) -> None:
    gr.HTML("", js_on_load=_LOAD.format(name=name), elem_classes=["part"], apply_default_css=False)
