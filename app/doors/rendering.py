"""An answer as JSON and as lines of text. The page renders its own."""

import re
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from app.answer import Answer
from index.search import Passage

_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]")


def to_json(answer: Answer) -> dict[str, Any]:
    """Return the one object that the terminal's `--json` prints and the HTTP API returns."""
    return {
        "question": answer.question,
        "text": answer.text,
        "answered": answer.answered,
        "language": answer.language,
        "model": answer.model,
        "probability": round(answer.probability, 4),
        "reason": answer.reason,
        "citations": [
            asdict(citation) | {"copies": list(citation.copies)} for citation in answer.citations
        ],
        "evidence": [
            _span(e.passage.chunk.source, e.start, e.end, e.text, e.score) for e in answer.evidence
        ],
        "passages": [passage_to_json(passage) for passage in answer.passages],
        "agreements": [asdict(agreement) for agreement in answer.agreements],
        "conflicts": [asdict(conflict) for conflict in answer.conflicts],
        "statements": [asdict(statement) for statement in answer.statements],
        "pieces": [
            {
                "text": piece.text,
                "citation": piece.citation.number if piece.citation else None,
                "warning": piece.is_warning,
            }
            for piece in answer.pieces
        ],
        "understood": answer.understood,
        "notices": list(answer.notices),
        "seconds": {step: round(seconds, 4) for step, seconds in answer.seconds.items()},
    }


def place_name(citation: Mapping[str, Any]) -> str:
    """Return where a citation, as an object, leads: a file, and the line, page or paragraph."""
    for part in ("page", "paragraph"):
        if citation.get(part):
            return f"{citation['source']}, {part} {citation[part]}"
    return f"{citation['source']}:{citation['line_start']}"


def passage_to_json(passage: Passage) -> dict[str, Any]:
    """Return a passage that was found as one object."""
    chunk = passage.chunk
    span = _span(chunk.source, chunk.start, chunk.end, chunk.text, passage.score)
    return span | {"copies": list(passage.copies)}


def to_lines(answer: Answer) -> str:
    """Return the answer for a terminal: the text, then where each mark leads."""
    lines = [answer.text]
    if answer.citations:
        lines.append("")
    for citation in answer.citations:
        details = ", ".join(filter(None, [citation.language, citation.published, citation.url]))
        lines.append(
            f"[{citation.number}] {place_name(asdict(citation))}  {citation.title} ({details})"
        )
        if citation.copies:
            lines.append(f"    the same story: {', '.join(citation.copies)}")
    lines += [f"! {notice}" for notice in answer.notices]
    # What an article holds must not move the cursor or rename the window.
    return _CONTROL.sub(" ", "\n".join(lines))


def _span(source: str, start: int, end: int, text: str, score: float) -> dict[str, Any]:
    return {"source": source, "start": start, "end": end, "text": text, "score": round(score, 4)}
