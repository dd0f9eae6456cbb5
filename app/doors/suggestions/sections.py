"""What an article asks itself, and what its sections are called."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from app.doors.suggestions.candidate import Candidate, Place
from app.phrases import Phrases
from index.chunking import Chunk
from index.folder.article import ArticleInfo
from index.structure import Block, asks

# What numbers or labels a heading: "3.", "2.1", "a)", "Q:", "问：".
_LABEL = re.compile(
    r"(?:\d+(?:\.\d+)*[.):]|\d+(?:\.\d+)+|[^\W\d_]{1,2}\d*[.):])\s+|[^\W_]{1,3}：\s*"
)
_EMPHASIS = re.compile(r"[*`]|\b_+|_+\b")
_LINK = "]("
_LOWEST = 7  # below the six levels of headings

Found = tuple[Block, str]
"""A block and its words."""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, or a question that is a paragraph of its own, and the text that it stands over."""

    heading: str
    place: Place  # of the text

    @property
    def asks(self) -> bool:
        """Whether the heading is a question."""
        return asks(self.heading)


def sections(chunks: Sequence[Chunk]) -> list[Section]:
    """Return the sections of an article that have text and none below them, in order.

    `chunks` are all chunks of the article.
    """
    found = _blocks(chunks)
    levels = [_level(block, words, following) for (block, words), following in _pairs(found)]
    starts = [i for i, level in enumerate(levels) if level is not None]
    own = []
    for start, end in pairwise([*starts, len(found)]):
        is_empty = end == start + 1
        has_parts = end < len(found) and (levels[end] or 0) > (levels[start] or 0)
        block, words = found[start]
        heading = _plain(words)
        if heading and not is_empty and not has_parts and _LINK not in heading:
            own.append(Section(heading, Place(chunks[0].source, block.end, found[end - 1][0].end)))
    return own


def questions_of(own: Iterable[Section]) -> Iterator[Candidate]:
    """Yield the questions that sections ask, to be answered below them."""
    for section in own:
        if section.asks:
            yield Candidate(section.heading, place=section.place)


def questions_about(
    own: Iterable[Section], article: ArticleInfo, words: Phrases
) -> Iterator[Candidate]:
    """Yield questions for what an article says in each section that asks none."""
    for section in own:
        if not section.asks and section.heading != article.title:
            question = words.ask_section.format(title=article.title, section=section.heading)
            yield Candidate(question, place=section.place)


def _blocks(chunks: Sequence[Chunk]) -> list[Found]:
    """Return the blocks of the article, each with its words as far as one chunk has them."""
    found: dict[Block, str] = {}
    for chunk in chunks:
        for block in chunk.blocks:
            start = max(block.start - chunk.start, 0)
            found.setdefault(block, chunk.text[start : block.end - chunk.start])
    return sorted(found.items(), key=lambda each: each[0].start)


def _pairs(found: Sequence[Found]) -> Iterator[tuple[Found, Block | None]]:
    """Yield each block with the one after it."""
    return zip(found, [*(block for block, _ in found[1:]), None], strict=True)


def _level(block: Block, words: str, following: Block | None) -> int | None:
    """Return the level of a block that begins a section; None if it begins none.

    A question that is a paragraph stands below every heading.
    """
    if block.kind == "heading":
        return block.level
    leads = following is not None and following.lead == block.span
    return _LOWEST if block.kind == "paragraph" and leads and asks(words) else None


def _plain(words: str) -> str:
    """Return a heading without Markdown's marks and its number."""
    text = " ".join(_EMPHASIS.sub("", words).split()).strip("# ")
    label = _LABEL.match(text)
    return text[label.end() :] if label else text
