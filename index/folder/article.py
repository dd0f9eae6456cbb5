"""An article: a file as text, and what is known of it besides."""

from dataclasses import dataclass, fields
from typing import NamedTuple

from index.folder.formats.extracted import Extracted


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleInfo:
    """What is known of an article besides its text."""

    source: str  # path below the corpus folder, with forward slashes
    title: str  # as the file states it, else the file's name
    language: str  # ISO 639-1, or index.language.detection.UNKNOWN
    published: str | None  # ISO 8601, a day
    publisher: str | None
    author: str | None
    url: str | None
    encoding: str | None  # of a text file: opening it so gives the text that offsets count in
    digest: str  # of the file's bytes, and of how they are read
    length: int  # of the article's own text, in characters
    problem: str | None = None  # what could not be read of it, as the end of a sentence
    story: str | None = None  # the first of the sources that print the same story


@dataclass(frozen=True, slots=True, kw_only=True)
class Article(ArticleInfo):
    """One file as text. Offsets count code points of `text`, header included."""

    text: str
    body: int  # where the header ends

    def info(self) -> ArticleInfo:
        """Return what is known of the article, without its text."""
        return ArticleInfo(**{each.name: getattr(self, each.name) for each in fields(ArticleInfo)})


class Reread(NamedTuple):
    """The text of an indexed article's file as it is now."""

    extracted: Extracted
    is_as_indexed: bool  # whether the file is still what was indexed
