"""Writes the passages of a question set as a folder of articles, for the index to read."""

import json
from collections.abc import Iterable
from pathlib import Path

from index.training.question_sets import SetPassage

_TITLE = 500  # characters: text longer than 8,000 is not read as a header


def write_articles(passages: Iterable[SetPassage], folder: Path) -> dict[str, str]:
    """Write each passage to a file in `folder`; return the passages' ids by source."""
    sources = {}
    for number, passage in enumerate(passages):
        # An id may have characters that the name of a file cannot have.
        source = f"{number:06}.md"
        title = "".join(c if c.isprintable() else " " for c in passage.title[:_TITLE])
        header = f"title: {json.dumps(title, ensure_ascii=False)}\nlanguage: {passage.language}\n"
        text = f"---\n{header}---\n{passage.text}\n"
        (folder / source).write_bytes(text.encode("utf-8", "replace"))
        sources[source] = passage.id
    return sources
