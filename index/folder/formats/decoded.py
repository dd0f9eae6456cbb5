"""The text of a file that is text, in whatever encoding it is."""

from index.folder.decoding import NotTextError, decode
from index.folder.formats.extracted import UnreadableError


def decoded(data: bytes) -> str:
    """Return the decoded text of a file.

    Raises:
        UnreadableError: it is not text.
    """
    try:
        return decode(data)[0]
    except NotTextError as error:
        raise UnreadableError(f"{error}; save it as UTF-8.") from None
