"""A conversation as Markdown, and ratings as questions of known outcome."""

import json
from collections.abc import Iterable, Iterator

from app.doors.conversations.conversations import Conversation, KeptTurn
from app.doors.rendering import place_name
from index.language.detection import UNKNOWN


def to_markdown(conversation: Conversation) -> str:
    """Return a conversation with, under each answer, where its marks lead."""
    parts = [f"# {conversation.title}"]
    for turn in conversation.turns:
        parts.append(f"## {' '.join(turn.question.split())}")
        if turn.answer is None:
            continue
        parts.append(turn.answer["text"])
        parts += [f"> {notice}" for notice in turn.answer["notices"]]
        sources = [
            f"- [{c['number']}] {c['title']}, {place_name(c)}"
            + (f", <{c['url']}>" if c["url"] else "")
            for c in turn.answer["citations"]
        ]
        if sources:
            parts.append("\n".join(sources))
    return "\n\n".join(parts) + "\n"


def to_questions(turns: Iterable[KeptTurn]) -> Iterator[str]:
    """Yield the answers that were rated good as lines for `python -m app eval`.

    Of an answer that was rated bad it is not known what the right one would be.
    """
    for turn in turns:
        answer = turn.answer
        if answer is None or turn.rating != "good" or answer["language"] == UNKNOWN:
            continue
        question = answer.get("understood") or turn.question
        line: dict[str, object] = {"q": question, "lang": answer["language"]}
        cited = answer["citations"]
        if not answer["answered"]:
            if any(asked is not None for asked in answer.get("scope", {}).values()):
                continue  # other articles than it was asked of may say
            line |= {"none": True, "kind": "rated"}
        elif cited:
            line |= {
                "any": list(dict.fromkeys(c["quote"] for c in cited)),
                "src": list(dict.fromkeys(c["source"] for c in cited)),
            }
        else:  # it came from the list of articles
            continue
        if turn.comment:
            line["comment"] = turn.comment
        yield json.dumps(line, ensure_ascii=False)
