"""A conversation as Markdown, and ratings as questions of known outcome."""

import json
from collections.abc import Iterable, Iterator

from app.answer import Answer
from app.doors.conversations.conversations import Conversation, KeptAnswer, KeptTurn
from app.doors.rendering import place_name
from index.language.detection import UNKNOWN
from index.search import EVERYTHING


def to_markdown(conversation: Conversation) -> str:
    """Return a conversation with, under each answer, the places that its marks cite."""
    parts = [f"# {conversation.title}"]
    for turn in conversation.turns:
        parts.append(f"## {' '.join(turn.question.split())}")
        if turn.answer is not None:
            parts += _answer_to_markdown(turn.answer.answer)
    return "\n\n".join(parts) + "\n"


def _answer_to_markdown(answer: Answer) -> Iterator[str]:
    yield answer.text
    yield from (f"> {notice}" for notice in answer.notices)
    sources = [
        f"- [{c.number}] {c.title}, {place_name(c)}" + (f", <{c.url}>" if c.url else "")
        for c in answer.citations
    ]
    if sources:
        yield "\n".join(sources)


def to_questions(turns: Iterable[KeptTurn]) -> Iterator[str]:
    """Yield the answers that were rated good as lines for `python -m app eval`.

    An answer that was rated bad does not say what the right one would be.
    """
    for turn in turns:
        if turn.answer is None or turn.rating != "good":
            continue
        outcome = _outcome(turn.answer)
        answer = turn.answer.answer
        if outcome is None or answer.language == UNKNOWN:
            continue
        line = {"q": answer.understood or turn.question, "lang": answer.language, **outcome}
        if turn.comment:
            line["comment"] = turn.comment
        yield json.dumps(line, ensure_ascii=False)


def _outcome(kept: KeptAnswer) -> dict[str, object] | None:
    """Return the outcome that a good answer shows to be right; None where it shows none."""
    answer = kept.answer
    if not answer.answered:
        # Of a question to some articles only: the others may still have the answer.
        return {"none": True, "kind": "rated"} if kept.scope == EVERYTHING else None
    if not answer.citations:  # it was taken from the list of articles
        return None
    return {
        "any": list(dict.fromkeys(c.quote for c in answer.citations)),
        "src": list(dict.fromkeys(c.source for c in answer.citations)),
    }
