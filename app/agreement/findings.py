"""What a comparison finds, by places in the evidence."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Shared:
    """A statement that several sources make: the words of the best, and the places of all."""

    statement: str
    places: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Stated:
    """A value as its best source words it, and the places of all that give it."""

    value: str
    places: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """Values that sources give for one thing, that of the best sentence first."""

    subject: str  # the product that the sentences speak of, or the question
    values: tuple[Stated, ...]


@dataclass(frozen=True, slots=True)
class Findings:
    """What a comparison found, by places in the evidence.

    A variation is a figure that is hedged or rounded differently; values that cannot all be true
    are a conflict.
    """

    agreements: tuple[Shared, ...] = ()
    variations: tuple[Difference, ...] = ()
    conflicts: tuple[Difference, ...] = ()
