"""Watch the folder of articles for changes."""

import threading
from collections.abc import Iterator
from pathlib import Path

from watchfiles import Change, watch

from index.errors import CorpusError

# Milliseconds. A change is reported once nothing else has changed for a step, at the latest after
# the longest delay.
_STEP = 200
_LONGEST_DELAY = 1000


def changes(folder: Path, stop: threading.Event | None = None) -> Iterator[None]:
    """Yield whenever files below `folder` were changed, added or removed, until `stop` is set.

    Raises:
        CorpusError: the folder cannot be watched.
    """
    root = folder.resolve()
    if not root.is_dir():
        raise CorpusError(f"There is no folder {folder} to follow; create it.")

    def is_wanted(change: Change, path: str) -> bool:
        # A name that begins with a dot is no article, and may be a file that is being written.
        relative = Path(path).relative_to(root) if Path(path).is_relative_to(root) else Path(path)
        return not any(part.startswith(".") for part in relative.parts)

    try:
        for _ in watch(
            root,
            watch_filter=is_wanted,
            step=_STEP,
            debounce=_LONGEST_DELAY,
            stop_event=stop,
            ignore_permission_denied=True,
        ):
            yield
    except OSError as error:
        raise CorpusError(
            f"Changes in {folder} cannot be followed ({error.strerror or error}); "
            "index again by hand: python -m app index"
        ) from error
