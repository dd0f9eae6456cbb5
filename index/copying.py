"""Copy an index to another folder or server, without embedding anything."""

from collections.abc import Callable
from dataclasses import replace

from index.store.builds import Builds, WriteTurn, next_build
from index.store.snapshot import Snapshot


def copy_build(
    source: Snapshot, target: Builds, *, turn: WriteTurn, progress: Callable[[int, int], None]
) -> None:
    """Write what is indexed in `source` into a new build of `target`, and use it there.

    `turn` is the turn to write in `target`; `progress` is called with how many chunks are done and
    how many there are.
    """
    current = target.current()
    target.discard_all_but(current)
    name = next_build(current)
    empty = replace(source.state, generation=0)
    target.create(name, empty)
    copy = target.open(name, empty.encoder)
    try:
        _copy_chunks(source, copy, progress)
        _copy_records(source, copy)
        written = empty.begun().finished()
        copy.store.set_state(written)
        copy.opened.finish(written)
    finally:
        copy.opened.close()
    turn.check()
    target.use(name)


def _copy_chunks(source: Snapshot, copy: Snapshot, progress: Callable[[int, int], None]) -> None:
    done = 0
    for chunks, vectors in source.store.chunks_with_vectors():
        rows = [row for row, chunk in enumerate(chunks) if chunk.id in source.visible]
        copy.store.put_chunks([chunks[row] for row in rows], vectors[rows])
        done += len(rows)
        progress(done, len(source.visible))


def _copy_records(source: Snapshot, copy: Snapshot) -> None:
    for sources, vectors in source.store.record_vectors():
        copy.store.put_records([source.records[each] for each in sources], vectors)
