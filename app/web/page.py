"""The chat page, in Gradio."""

from collections.abc import Iterator, Sequence
from typing import Any, cast

import gradio as gr

from app.answer import Answer, Piece, Turn, Withdrawal
from app.assistant import Assistant
from app.web.markdown import escape, to_markdown
from app.web.preparation import Preparation
from index.errors import CorpusChatError

TITLE = "Corpus Chat"

_INTRODUCTION = """
## Ask the articles
Every answer leads to their exact words. Click a mark such as [1] to read the words in their place.
"""
_EXAMPLES = [
    "How many Trainium2 chips does Project Rainier use?",
    "Trainium 3 quanto consuma meno energia?",
    "¿Qué empresas usan ya Trainium3?",
    "大家对Trainium有哪些批评？",
    "Will Trainium4 work together with Nvidia's chips?",
    "Chi è Matt Garman?",
    "¿Cuándo compró Nvidia a Mellanox?",
    "谁投资了Anthropic？",
]
_POLL_S = 0.5

Messages = list[dict[str, Any]]


def build_page(assistant: Assistant, preparation: Preparation) -> gr.Blocks:
    """Return the page. A question that comes before the assistant is ready waits, and says so."""

    def show_status() -> tuple[str, gr.Timer]:
        is_over = preparation.wait(0)
        return escape(preparation.line), gr.Timer(active=not is_over)

    def pick(example: gr.SelectData) -> str:
        return str(example.value["text"])

    def put(question: str, messages: Messages) -> tuple[str, Messages]:
        return "", [*messages, {"role": "user", "content": escape(question)}]

    def answer(
        question: str, messages: Messages, turns: list[Turn]
    ) -> Iterator[tuple[Messages, list[Turn]]]:
        for content, turn in _reply(assistant, preparation, question, turns):
            reply = {"role": "assistant", "content": content}
            yield [*messages, reply], ([*turns, turn] if turn else turns)

    with gr.Blocks(title=TITLE, fill_height=True, analytics_enabled=False) as page:
        with gr.Row(elem_id="top"):
            gr.Markdown(f"# {TITLE}", elem_id="name")
            status = gr.Markdown(escape(preparation.line), elem_id="status")
        chat = gr.Chatbot(
            elem_id="chat",
            show_label=False,
            container=False,
            scale=1,
            placeholder=_INTRODUCTION,
            examples=[{"text": example} for example in _EXAMPLES],
            layout="bubble",
            buttons=[],
            feedback_options=None,
            # Articles and questions are text: no HTML of theirs, no formulas.
            allow_tags=False,
            latex_delimiters=[],
        )
        box = gr.Textbox(
            elem_id="question",
            placeholder="Ask in any language",
            show_label=False,
            container=False,
            max_lines=6,
            autofocus=True,
            submit_btn=True,
        )
        turns = gr.State(list[Turn]())
        chat.clear(list, None, [turns], queue=False)
        asked = gr.State("")
        timer = gr.Timer(_POLL_S)
        timer.tick(show_status, None, [status, timer], show_progress="hidden", queue=False)
        for start in (
            box.submit(lambda question: question, [box], [asked], queue=False),
            chat.example_select(pick, None, [asked], queue=False),
        ):
            start.then(put, [asked, chat], [box, chat], queue=False).then(
                answer,
                [asked, chat, turns],
                [chat, turns],
                show_progress="hidden",
                concurrency_limit=4,
            )
    return cast(gr.Blocks, page)


def _reply(
    assistant: Assistant, preparation: Preparation, question: str, turns: Sequence[Turn]
) -> Iterator[tuple[str, Turn | None]]:
    """Yield the reply as Markdown, as far as it has come, and with the last the turn it makes."""
    while not preparation.wait(_POLL_S):
        yield f"*{escape(preparation.line)}*", None
    pieces: list[Piece] = []
    try:
        for event in assistant.stream(question, history=turns):
            if isinstance(event, Answer):
                notices = "".join(f"\n\n*{escape(notice)}*" for notice in event.notices)
                yield to_markdown(pieces) + notices, Turn(event.question, event.text)
            elif isinstance(event, Piece):
                pieces.append(event)
                yield to_markdown(pieces), None
            elif isinstance(event, Withdrawal):
                pieces.clear()
    except CorpusChatError as error:
        yield f"⚠️ {escape(str(error))}", None
