"""An answer as lines of text, for a terminal. The page has its own rendering."""

import re

from app.answer import Answer, Citation

_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]")


def place_name(citation: Citation) -> str:
    """Return the place of a citation: a file, and where in it, as files of its kind count."""
    if citation.place:
        return f"{citation.source}, {citation.place}"
    if citation.page:
        return f"{citation.source}, page {citation.page}"
    if citation.paragraph:
        return f"{citation.source}, paragraph {citation.paragraph}"
    return f"{citation.source}:{citation.line_start}"


def to_lines(answer: Answer) -> str:
    """Return the answer for a terminal: its text, then the place that each mark cites."""
    lines = [answer.text]
    if answer.citations:
        lines.append("")
    for citation in answer.citations:
        details = ", ".join(filter(None, [citation.language, citation.published, citation.url]))
        lines.append(f"[{citation.number}] {place_name(citation)}  {citation.title} ({details})")
        if citation.copies:
            lines.append(f"    the same story: {', '.join(citation.copies)}")
    lines += [f"! {notice}" for notice in answer.notices]
    # An article must not move the cursor or rename the window.
    return _CONTROL.sub(" ", "\n".join(lines))
