"""What a comparison finds. Sentences are named by their positions in the evidence."""

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Shared:
    """A statement that several sources make, in the words of the best, and where they make it."""

    statement: str
    positions: tuple[int, ...]

    def moved(self, by: int) -> "Shared":
        """Return it for evidence that stands so many places further down."""
        return replace(self, positions=tuple(position + by for position in self.positions))


@dataclass(frozen=True, slots=True)
class Stated:
    """A value in the words of its best source, and the sentences that give it."""

    value: str
    positions: tuple[int, ...]

    def moved(self, by: int) -> "Stated":
        """Return it for evidence that stands so many places further down."""
        return replace(self, positions=tuple(position + by for position in self.positions))


@dataclass(frozen=True, slots=True)
class Difference:
    """Values that sources give for one thing; that of the best sentence comes first."""

    subject: str  # the product that the sentences are about, or the question
    values: tuple[Stated, ...]

    def moved(self, by: int) -> "Difference":
        """Return it for evidence that stands so many places further down."""
        return replace(self, values=tuple(value.moved(by) for value in self.values))


@dataclass(frozen=True, slots=True)
class Findings:
    """What a comparison found.

    A variation is a figure that sources hedge or round differently. Values that cannot all be true
    are a conflict.
    """

    agreements: tuple[Shared, ...] = ()
    variations: tuple[Difference, ...] = ()
    conflicts: tuple[Difference, ...] = ()

    def with_those_of(self, other: "Findings", by: int) -> "Findings":
        """Return also those of evidence that stands `by` places further down."""
        return Findings(
            (*self.agreements, *(each.moved(by) for each in other.agreements)),
            (*self.variations, *(each.moved(by) for each in other.variations)),
            (*self.conflicts, *(each.moved(by) for each in other.conflicts)),
        )
