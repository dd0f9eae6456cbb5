"""Jupyter notebooks: text, code and what the code has shown.

A notebook is JSON of a few fields. The library for it brings five packages that check what is not
needed here, and refuses notebooks with small faults.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

from index.folder.formats.decoded import decoded
from index.folder.formats.extracted import (
    BREAK,
    Extracted,
    UnreadableError,
    one_line,
    without_controls,
)
from index.folder.formats.markdown import from_html

_HEADING = re.compile(r"^#{1,6}[ \t]+(?P<title>.+?)[ \t#]*$", re.MULTILINE)
_COLOUR = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
_ATTACHED = re.compile(r"!\[(?P<words>[^\]]*)\]\(attachment:[^)]*\)")
_FENCES = re.compile(r"`{3,}")


def load(data: bytes) -> Extracted:
    """Return the cells of a notebook: Markdown as it is, code and its output as code.

    Raises:
        UnreadableError: it is no notebook.
    """
    try:
        notebook = json.loads(decoded(data).lstrip("\ufeff"))
        cells = notebook.get("cells") or [
            cell for sheet in notebook.get("worksheets", ()) for cell in sheet["cells"]
        ]
        about = notebook.get("metadata", {})
        language = about.get("language_info", {}).get("name") or ""
        text = BREAK.join(block for cell in cells for block in _blocks(cell, language))
        title, author = about.get("title") or about.get("name"), _author(about)
    except (ValueError, LookupError, TypeError, AttributeError):
        raise UnreadableError("is damaged, or no notebook; save it anew.") from None
    heading = _HEADING.search(text)
    return Extracted(
        text=without_controls(text),
        title=one_line(title) or (one_line(heading["title"]) if heading else None),
        author=one_line(author),
    )


def _author(about: dict[str, Any]) -> str | None:
    return ", ".join(each["name"] for each in about.get("authors", ()) if "name" in each) or None


def _blocks(cell: dict[str, Any], language: str) -> Iterator[str]:
    words = _joined(cell.get("source", cell.get("input", ""))).strip()
    match cell["cell_type"]:
        case "code":
            yield from _code(words, language)
            for output in cell.get("outputs", ()):
                yield from _shown(output)
        case "heading":  # until version 4
            yield f"{'#' * int(cell.get('level', 1))} {words}"
        case _ if words:
            yield _ATTACHED.sub(r"\g<words>", words)


def _shown(output: dict[str, Any]) -> Iterator[str]:
    """Yield what an output shows, as the notebook shows it: tables before plain text."""
    if output["output_type"] == "stream":
        yield from _code(_joined(output.get("text", "")))
    elif output["output_type"] in ("error", "pyerr"):
        yield from _code(f"{output.get('ename', '')}: {output.get('evalue', '')}")
    else:
        shown = output.get("data", output)
        if page := shown.get("text/html", shown.get("html")):
            yield from filter(None, [from_html(_joined(page))])
        elif words := shown.get("text/markdown"):
            yield from filter(None, [_joined(words).strip()])
        elif "image/png" not in shown and "image/svg+xml" not in shown and "png" not in shown:
            yield from _code(_joined(shown.get("text/plain", shown.get("text", ""))))


def _code(words: str, language: str = "") -> Iterator[str]:
    words = _COLOUR.sub("", words).strip("\n")
    if words.strip():
        fence = max(["``", *_FENCES.findall(words)], key=len) + "`"
        yield f"{fence}{language}\n{words}\n{fence}"


def _joined(lines: Any) -> str:
    return lines if isinstance(lines, str) else "".join(lines)
