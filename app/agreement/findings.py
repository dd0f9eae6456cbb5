"""What a comparison finds. Sentences are named by their positions in the evidence."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Shared:
    """A statement that several sources make, in the words of the best, and where they make it."""

    statement: str
    positions: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Stated:
    """A value in the words of its best source, and the sentences that give it."""

    value: str
    positions: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """Values that sources give for one thing; that of the best sentence comes first."""

    subject: str  # the product that the sentences are about, or the question
    values: tuple[Stated, ...]


@dataclass(frozen=True, slots=True)
class Findings:
    """What a comparison found.

    A variation is a figure that sources hedge or round differently. Values that cannot all be true
    are a conflict.
    """

    agreements: tuple[Shared, ...] = ()
    variations: tuple[Difference, ...] = ()
    conflicts: tuple[Difference, ...] = ()
