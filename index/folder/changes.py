"""Tells when something changes in the folder of articles."""

import threading
from collections.abc import Iterator
from pathlib import Path

from watchfiles import Change, watch

from index.errors import CorpusError

# Milliseconds: a change is told once nothing else has changed for a step, or after the whole.
_STEP = 200
_AT_MOST = 1000


def changes(corpus: Path, stop: threading.Event | None = None) -> Iterator[None]:
    """Yield whenever files below `corpus` were changed, added or removed, until `stop` is set.

    Raises:
        CorpusError: the folder cannot be watched.
    """
    root = corpus.resolve()
    if not root.is_dir():
        raise CorpusError(f"There is no folder {corpus} to follow; create it.")

    def is_wanted(change: Change, path: str) -> bool:
        # A file that is being written has a dot in front, as everything that is no article.
        relative = Path(path).relative_to(root) if Path(path).is_relative_to(root) else Path(path)
        return not any(part.startswith(".") for part in relative.parts)

    try:
        for _ in watch(
            root,
            watch_filter=is_wanted,
            step=_STEP,
            debounce=_AT_MOST,
            stop_event=stop,
            ignore_permission_denied=True,
        ):
            yield
    except OSError as error:
        raise CorpusError(
            f"Changes in {corpus} cannot be followed ({error.strerror or error}); "
            "index again by hand: python -m app index"
        ) from error
