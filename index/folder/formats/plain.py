"""Markdown and text: the decoded file itself, unchanged."""

import re

from index.comments import comments, prose, without
from index.folder.decoding import NotTextError, decode, doubt
from index.folder.formats.extracted import Extracted, UnreadableError
from index.folder.header import read_header

_HEADING = re.compile(r"^#{1,6}[ \t]+(?P<title>.+?)[ \t#]*$", re.MULTILINE)


def load(data: bytes) -> Extracted:
    """Return the text of a file in any encoding, with what its header states.

    Raises:
        UnreadableError: it is not text.
    """
    try:
        text, encoding = decode(data)
        problems = [doubt(data)]
    except NotTextError as error:
        raise UnreadableError(f"{error}; save it as UTF-8.") from None
    header = read_header(text)
    if header.problem:
        problems.insert(0, f"{header.problem}; read without it.")
    return Extracted(
        text=text,
        body=header.end,
        encoding=encoding,
        title=header.title or _first_heading(text, header.end),
        language=header.language,
        published=header.published,
        publisher=header.publisher,
        author=header.author,
        url=header.url,
        problem=" It ".join(filter(None, problems)) or None,
    )


def _first_heading(text: str, start: int) -> str | None:
    """Return the words of the first heading; a comment in a program begins as one, too."""
    seen = without(text, comments(text, start))
    headings = (_HEADING.search(seen, *span) for span in prose(seen, start))
    return next((heading["title"] for heading in headings if heading), None)
