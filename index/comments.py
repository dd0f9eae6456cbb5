"""Comments in a Markdown file, which nobody sees who reads it as a page."""

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from index.language.sentences import Span

# What begins or ends fenced code. Of comments, those of HTML; those of note programs, between two
# signs of percent; and links to nowhere, written for their title: [//]: # (to be checked).
_SIGN = re.compile(
    r"^(?:[ \t]*>)*[ \t]*(?:[-*+][ \t]+)?(?P<fence>`{3,}|~{3,})(?P<rest>.*)$"
    r"|(?P<html><!--(?!-?>))"
    r"|(?P<percent>(?<![^\s(])%%(?![\s\d%]|$)|^%%[ \t]*$)"
    r"|(?P<link>^[ ]{0,3}\[[^\]\n]{1,40}\]:[ \t]*(?:<#?>|\#)[ \t]*[\"'(].*[\"')][ \t]*$)",
    re.MULTILINE,
)
_CLOSING = {"html": "-->", "percent": "%%"}
_TICKS = re.compile(r"`+")


def comments(text: str, start: int = 0) -> list[Span]:
    """Return the spans of the comments in a Markdown text from `start` on, in order.

    What looks like one in code is none, nor what has no end.
    """
    return [span for kind, span in _read(text, start) if kind == "comment"]


def prose(text: str, start: int = 0) -> Iterator[Span]:
    """Yield the spans of a Markdown text from `start` on that are no fenced code."""
    for kind, (begin, end) in _read(text, start):
        if kind == "code":
            yield start, begin
            start = end
    yield start, len(text)


def without(text: str, hidden: Sequence[Span]) -> str:
    """Return `text` with spaces in place of hidden spans, as long as before.

    A paragraph ends at such a span, so that no sentence reaches over it.
    """
    pieces: list[str] = []
    last = 0
    for start, end in hidden:
        pieces += text[last:start], _blank(text, start, end)
        last = end
    return "".join([*pieces, text[last:]])


def _read(text: str, start: int) -> Iterator[tuple[Literal["code", "comment"], Span]]:
    """Yield the spans of fenced code and of comments, in order."""
    fence: re.Match[str] | None = None
    is_endless: set[str] = set()  # looked for once: the search goes through the whole text
    for match in _SIGN.finditer(text, start):
        kind = match.lastgroup if match["fence"] is None else "fence"
        assert kind is not None
        if match.start() < start:  # within a comment
            continue
        if fence is not None:
            if kind == "fence" and _ends(match, fence):
                yield "code", (fence.start(), match.end())
                fence = None
        elif kind == "fence":
            if match["fence"][0] == "~" or "`" not in match["rest"]:
                fence = match
        elif kind == "link":
            yield "comment", match.span()
        elif kind not in is_endless and not _is_in_code(text, match.start()):
            last = text.find(_CLOSING[kind], match.end())
            if last < 0:
                is_endless.add(kind)
            elif kind == "html" or _is_whole(text, match.start(), last):
                start = last + len(_CLOSING[kind])
                yield "comment", (match.start(), start)
    if fence is not None:
        yield "code", (fence.start(), len(text))


def _ends(match: re.Match[str], fence: re.Match[str]) -> bool:
    """Whether a line of marks ends the code that another one began."""
    marks, others = match["fence"], fence["fence"]
    return marks[0] == others[0] and len(marks) >= len(others) and not match["rest"].strip()


def _is_in_code(text: str, position: int) -> bool:
    """Whether code that began in the same line has not ended yet."""
    line = text.rfind("\n", 0, position) + 1
    return len(_TICKS.findall(text, line, position)) % 2 == 1


def _is_whole(text: str, start: int, last: int) -> bool:
    """Whether signs of percent enclose a comment: in a line, or on lines of their own."""
    return "\n" not in text[start:last] or start == 0 or text[start - 1] == "\n"


def _blank(text: str, start: int, end: int) -> str:
    blank = re.sub(r"[^\n]", " ", text[start:end])
    before = text[text.rfind("\n", 0, start) + 1 : start].strip()
    # A row of a table, or a heading, would no longer be one; nor is a marker a line of its own.
    is_marker = before != "" and not any(map(str.isalnum, before))
    if is_marker or "|" in before or before.startswith("#"):
        return blank
    return "\n\n" + blank[2:]
