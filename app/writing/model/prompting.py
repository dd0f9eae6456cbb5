"""What a language model is told: the files in prompts/, filled within a budget of tokens."""

from collections.abc import Sequence
from functools import cache
from typing import Literal

from app.answer import Turn
from app.phrases import phrases
from app.settings import PROJECT, SettingsError
from app.writing.model.orders import speaks_to_a_model
from index.chunking import Chunk
from index.folder.corpus import ArticleInfo

Messages = list[tuple[Literal["system", "human"], str]]

_FOLDER = PROJECT / "prompts"
_ANSWER = 600  # tokens that are left for the answer
_HISTORY = 500  # tokens of the conversation that a follow-up is rewritten with
_TURN = 400  # characters of an answer in it
# English has about four bytes to a token, and small models cut Chinese into single bytes; so this
# counts too many rather than too few.
_BYTES_PER_TOKEN = 3
# What marks a passage or a citation, in the words of an article would pass for ours.
_OURS = str.maketrans("[]<>", "()‹›")


def _tokens(text: str) -> int:
    """Return about how many tokens a text has, rather too many."""
    return len(text.encode()) // _BYTES_PER_TOKEN + 1


def answer_messages(
    question: str,
    language: str,
    chunks: Sequence[Chunk],
    articles: Sequence[ArticleInfo],
    *,
    context: int,
) -> Messages:
    """Return what asks for an answer from passages.

    `articles` says of each chunk what it is from. Passages are taken in their order while the
    prompt and an answer fit into `context` tokens; the first is always taken.

    Raises:
        SettingsError: a prompt's file was edited so that it cannot be filled in.
    """
    name = phrases("en").language(language)
    system = _filled("answer", language=name)
    bare = _filled("question", passages="", question=question, language=name)
    left = context - _ANSWER - _tokens(system) - _tokens(bare)
    taken: list[str] = []
    for number, (chunk, article) in enumerate(zip(chunks, articles, strict=True), start=1):
        passage = _passage(number, chunk, article)
        left -= _tokens(passage)
        if left < 0 and taken:
            break
        taken.append(passage)
    passages = "\n\n".join(taken)
    asked = _filled("question", passages=passages, question=question, language=name)
    return [("system", system), ("human", asked)]


def rewrite_messages(question: str, history: Sequence[Turn]) -> Messages:
    """Return what asks for a follow-up as a question that stands alone.

    The latest turns are told, as far as there is room.

    Raises:
        SettingsError: as `answer_messages`.
    """
    told: list[str] = []
    left = _HISTORY
    for turn in reversed(history):
        lines = f"User: {turn.question}\nAssistant: {turn.answer[:_TURN]}"
        left -= _tokens(lines)
        if left < 0:
            break
        told.insert(0, lines)
    conversation = "\n".join(told)
    return [("human", _filled("rewrite", conversation=conversation, question=question))]


def _passage(number: int, chunk: Chunk, article: ArticleInfo) -> str:
    said = [article.title, article.publisher]
    known = [" ".join(text.split()) for text in said if text and not speaks_to_a_model(text)]
    about = ", ".join(
        filter(None, [*known, phrases("en").language(chunk.language), article.published])
    )
    return f"[{number}] ({about.translate(_OURS)})\n<<<{chunk.text.translate(_OURS)}>>>"


def _filled(name: str, **values: str) -> str:
    """Return a prompt with its names in braces filled in."""
    try:
        return _prompt(name).format(**values)
    except (LookupError, ValueError):
        names = ", ".join(f"{{{value}}}" for value in values)
        raise SettingsError(
            f"The prompt prompts/{name}.md cannot be filled in: in braces it may have {names}; "
            "write a brace itself twice."
        ) from None


@cache
def _prompt(name: str) -> str:
    return (_FOLDER / f"{name}.md").read_text(encoding="utf-8").strip()
