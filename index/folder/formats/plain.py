"""Markdown and text: the decoded file itself, unchanged."""

import re

from index.folder.decoding import NotTextError, decode
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
    except NotTextError as error:
        raise UnreadableError(f"{error}; save it as UTF-8.") from None
    header = read_header(text)
    heading = _HEADING.search(text, header.end)
    return Extracted(
        text=text,
        body=header.end,
        encoding=encoding,
        title=header.title or (heading["title"] if heading else None),
        language=header.language,
        published=header.published,
        publisher=header.publisher,
        author=header.author,
        url=header.url,
        problem=header.problem and f"{header.problem}; read without it.",
    )
