"""What a loader extracts from a file."""

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from operator import itemgetter

BREAK = "\n\n"
"""Stands between two paragraphs of a text that was extracted."""

# Half of a surrogate pair is no character; a form feed and the like would end a line.
_UNWANTED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_SPACE = re.compile(r"\s+")


class UnreadableError(ValueError):
    """A file cannot be read; the message says why, and what to do, as the end of a sentence."""

    def __init__(self, reason: str, *, is_passing: bool = False) -> None:
        """Say why; `is_passing` if it may be read once something else than it has changed."""
        super().__init__(reason)
        self.is_passing = is_passing


@dataclass(frozen=True, slots=True, kw_only=True)
class Extracted:
    """A file's text, and what the file says of itself. Offsets count code points of `text`."""

    text: str
    body: int = 0  # where the article's own text begins, after a header
    encoding: str | None = None  # of a text file, of which this is the exact text
    pages: tuple[int, ...] = ()  # where each page begins, if there are pages
    # Where each place begins that the file itself names: a row of a sheet, the time of a caption.
    places: tuple[tuple[int, str], ...] = ()
    title: str | None = None
    language: str | None = None  # ISO 639-1, if the file states it
    published: str | None = None  # ISO 8601, a day
    publisher: str | None = None
    author: str | None = None
    url: str | None = None
    problem: str | None = None  # what could not be read of it, as the end of a sentence
    is_recognised: bool = False  # from pictures of the text, so that it may have errors

    def page(self, offset: int) -> int | None:
        """Return the page, from 1, of what begins at `offset`; None if there are no pages."""
        return bisect_right(self.pages, offset) if self.pages else None

    def paragraph(self, offset: int) -> int | None:
        """Return the paragraph, from 1, at `offset`; None if lines, pages or places are known."""
        if self.encoding is not None or self.pages or self.places:
            return None
        return self.text.count(BREAK, 0, offset) + 1

    def place(self, offset: int) -> str | None:
        """Return the name that the file has for the place of what begins at `offset`, if any."""
        index = bisect_right(self.places, offset, key=itemgetter(0)) - 1
        return self.places[index][1] if index >= 0 else None


def without_controls(text: str) -> str:
    """Return `text` without characters that cannot be shown."""
    return _UNWANTED.sub("", text)


def one_line(text: str | None) -> str | None:
    """Return `text` with single spaces and nothing that cannot be shown; None if it is empty."""
    return without_controls(_SPACE.sub(" ", text or "")).strip() or None


def join_paragraphs(paragraphs: Iterable[str]) -> str:
    """Return a text of the paragraphs that are not empty, each in one line."""
    return BREAK.join(filter(None, map(one_line, paragraphs)))
