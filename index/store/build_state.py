"""The state of a build: which encoder made it, how often it has changed, and in which form."""

from dataclasses import dataclass, replace

FORM = 5
"""Counted up when what is stored changes; a sync writes an index of a lower form anew."""

_FIRST_SYNC = 1  # the generation while the first sync of a build is writing


@dataclass(frozen=True, slots=True)
class BuildState:
    """Which encoder made a build, how often the build has changed, and in which form it is.

    The generation is odd from before the first write of a sync until after its last one. So other
    processes also notice the writes of a sync that was killed.
    """

    encoder: str
    generation: int
    form: int = 0  # of the stored articles and chunks; FORM if this version of the code wrote them

    @classmethod
    def new(cls, encoder: str) -> "BuildState":
        """Return the state of a build that is empty."""
        return cls(encoder, 0, FORM)

    @property
    def is_writing(self) -> bool:
        """Whether a sync is writing, or was killed while it wrote."""
        return self.generation % 2 == 1

    @property
    def is_built(self) -> bool:
        """Whether a sync was ever finished."""
        return self.generation > _FIRST_SYNC

    @property
    def is_older(self) -> bool:
        """Whether an older version of the code wrote the build."""
        return self.form < FORM

    @property
    def is_newer(self) -> bool:
        """Whether a newer version of the code wrote the build."""
        return self.form > FORM

    def begun(self) -> "BuildState":
        """Return the state while the next sync writes."""
        if self.generation == _FIRST_SYNC:  # a first sync that was killed is continued
            return self
        return replace(self, generation=self.generation + (2 if self.is_writing else 1))

    def finished(self) -> "BuildState":
        """Return the state after the sync that is writing."""
        return replace(self, generation=self.generation + 1)
