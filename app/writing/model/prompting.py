"""What a language model is asked: the prompts, filled in within a budget of tokens."""

from collections.abc import Sequence
from typing import Literal

from app.phrases import phrases
from app.question.question import Turn
from app.writing.model.orders import speaks_to_a_model
from app.writing.model.prompts import Prompts
from index.chunking import Chunk
from index.folder.article import ArticleInfo

Messages = list[tuple[Literal["system", "human"], str]]

_ANSWER = 600  # tokens that are left for the answer
_HISTORY = 500  # tokens of the conversation that a follow-up is rewritten with
_TURN = 400  # characters of an answer in it
# English has about four bytes to a token, and small models cut Chinese into single bytes; so this
# counts too many rather than too few.
_BYTES_PER_TOKEN = 3
# Brackets that mark a passage or a citation: in an article they would look like ours.
_OURS = str.maketrans("[]<>", "()‹›")


def _tokens(text: str) -> int:
    """Return about how many tokens a text has, rather too many."""
    return len(text.encode()) // _BYTES_PER_TOKEN + 1


def answer_messages(
    prompts: Prompts,
    question: str,
    language: str,
    chunks: Sequence[Chunk],
    articles: Sequence[ArticleInfo],
    *,
    context: int,
) -> Messages:
    """Return the messages that ask for an answer from passages.

    `articles` has the article of each chunk. Passages are taken in their order while the prompt
    and an answer fit into `context` tokens; the first is always taken.
    """
    name = phrases("en").language(language)
    system = prompts.answer.format(language=name)
    bare = prompts.question.format(passages="", question=question, language=name)
    left = context - _ANSWER - _tokens(system) - _tokens(bare)
    taken: list[str] = []
    for number, (chunk, article) in enumerate(zip(chunks, articles, strict=True), start=1):
        passage = _passage(number, chunk, article)
        left -= _tokens(passage)
        if left < 0 and taken:
            break
        taken.append(passage)
    passages = "\n\n".join(taken)
    asked = prompts.question.format(passages=passages, question=question, language=name)
    return [("system", system), ("human", asked)]


def rewrite_messages(prompts: Prompts, question: str, history: Sequence[Turn]) -> Messages:
    """Return the message that asks for a follow-up as a question that stands alone.

    It has the latest turns of the conversation, as far as there is room.
    """
    turns: list[str] = []
    left = _HISTORY
    for turn in reversed(history):
        lines = f"User: {turn.question}\nAssistant: {turn.answer[:_TURN]}"
        left -= _tokens(lines)
        if left < 0:
            break
        turns.insert(0, lines)
    conversation = "\n".join(turns)
    return [("human", prompts.rewrite.format(conversation=conversation, question=question))]


def _passage(number: int, chunk: Chunk, article: ArticleInfo) -> str:
    names = [article.title, article.publisher]
    known = [" ".join(text.split()) for text in names if text and not speaks_to_a_model(text)]
    about = ", ".join(
        filter(None, [*known, phrases("en").language(chunk.language), article.published])
    )
    return f"[{number}] ({about.translate(_OURS)})\n<<<{chunk.text.translate(_OURS)}>>>"
