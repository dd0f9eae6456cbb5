"""An open build of the index, and what was read from it when it was opened."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Protocol

from index.encoder.embedding import Vectors
from index.errors import EncoderMismatchError, IndexUnavailableError
from index.folder.article import ArticleInfo
from index.store.article_record import ArticleRecord
from index.store.build_state import BuildState
from index.store.database import damaged
from index.store.store import Store

_SAMPLE = 256  # vectors a language: enough for their mean and deviation


class OpenBuild(Protocol):
    """The store of one build, which is open."""

    @property
    def store(self) -> Store:
        """The articles' records, and the chunks with their vectors."""

    def finish(self, state: BuildState) -> None:
        """Note that a sync is finished, which left the build in this state."""

    def close(self) -> None:
        """Release what nobody needs any more."""


@dataclass(frozen=True)
class Snapshot:
    """An open build, and what was read from it after its last change."""

    name: str
    opened: OpenBuild
    state: BuildState
    records: Mapping[str, ArticleRecord]
    articles: Mapping[str, ArticleInfo]
    visible: frozenset[str]  # the ids of the chunks that count
    backgrounds: Mapping[str, Vectors]  # a sample of the vectors of each language

    @property
    def store(self) -> Store:
        """The store of the build."""
        return self.opened.store

    def with_records(self, records: Mapping[str, ArticleRecord]) -> "Snapshot":
        """Return the snapshot with these records in place of its own."""
        return replace(
            self,
            records=dict(records),
            articles={source: record.info for source, record in records.items()},
            visible=frozenset(i for record in records.values() for i in record.chunk_ids),
        )

    def is_valid(self, state: BuildState | None) -> bool:
        """Whether what was read still holds, now that the build is in `state`.

        It does while another process writes, which removes nothing before it has finished a sync.
        """
        has_begun = not self.state.is_writing and state == self.state.begun()
        return state == self.state or has_begun


def read_snapshot(name: str, opened: OpenBuild, *, encoder: str, index: str) -> Snapshot:
    """Read what an open build contains; errors name the index as `index`.

    Raises:
        DamagedIndexError: the build does not state how it was made.
        EncoderMismatchError: the build was made with another encoder than `encoder`.
        IndexUnavailableError: a newer version of this program wrote the build.
    """
    state = opened.store.state()
    if state is None:
        raise damaged(index, "it does not say how it was made")
    _check(state, encoder, index)
    backgrounds = sample_vectors(opened.store)
    snapshot = Snapshot(name, opened, state, {}, {}, frozenset(), backgrounds)
    return snapshot.with_records(opened.store.records())


def sample_vectors(store: Store) -> dict[str, Vectors]:
    """Return a sample of the vectors of each language that has any, (chunks, dimensions)."""
    samples = {language: store.sample(language, _SAMPLE) for language in store.languages()}
    return {language: sample for language, sample in samples.items() if len(sample)}


def _check(state: BuildState, encoder: str, index: str) -> None:
    if state.encoder != encoder:
        raise EncoderMismatchError(
            f"The index in {index} was built with EMBEDDING_MODEL {state.encoder}, "
            f"and now {encoder} is set; set it back, "
            "or build the index again: python -m app index --rebuild"
        )
    if state.is_newer:
        raise IndexUnavailableError(
            f"The index in {index} was written by a newer version of this program; "
            "use that one, or build the index again: python -m app index --rebuild"
        )
