"""A sentence, an item or a row that may answer a question."""

from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from app.evidence.calibration import NO_SIGNALS, Signals
from index.language.sentences import Span
from index.search import Passage
from index.structure import Block, asks

Part = Literal["itself", "lead", "whole"]
"""Evidence itself, what leads to it, or the list, table, code or answer that it is part of."""


class Excerpt(NamedTuple):
    """Words of an article, `article.text[start:end] == text`."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence, an item or a row of a passage, and how well it answers: between 0 and 1.

    `start` and `end` count in the article's text, and `article.text[start:end] == text`.
    """

    passage: Passage
    start: int
    end: int
    text: str
    score: float
    answer: Span | None = None  # where in the article the reader sees the answer in this sentence
    signals: Signals = NO_SIGNALS
    is_named_above: bool = False  # whether what is asked about is what it stands under, not itself
    lead: Excerpt | None = None  # the head of its table, or what introduces or asks for it
    whole: Excerpt | None = None  # the list, the table, the code or the answer it is part of

    @property
    def source(self) -> str:
        """The path of the article below the corpus folder."""
        return self.passage.chunk.source

    @property
    def block(self) -> Block | None:
        """The block of its article in which it begins; None if that is not known."""
        blocks = self.passage.chunk.blocks
        inside = (b for b in blocks if b.start < self.end and self.start < b.end)
        return next(inside, None)

    @property
    def is_row(self) -> bool:
        """Whether it is a row of a table, or all of one; its lead is the head."""
        return self.block is not None and self.block.kind in ("head", "row")

    @property
    def is_list(self) -> bool:
        """Whether it is a list rather than an item of one, or the part of one in its passage."""
        block = self.block
        return block is not None and block.kind == "item" and self.end > block.end

    @property
    def is_led_by_question(self) -> bool:
        """Whether its article asks a question that it answers."""
        return self.lead is not None and asks(self.lead.text)

    def part(self, part: Part) -> "Evidence | None":
        """Return a part of the evidence as evidence; None if it has no such part."""
        if part == "itself":
            return self
        excerpt, lead = (self.lead, None) if part == "lead" else (self.whole, self.lead)
        return excerpt and replace(
            self, start=excerpt.start, end=excerpt.end, text=excerpt.text, lead=lead
        )
