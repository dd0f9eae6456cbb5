"""Watch the folder of articles for changes."""

import contextlib
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from watchfiles import Change, watch

from index.errors import CorpusError, reason
from index.folder.mounts import Polling, is_shared

# Milliseconds. A change is reported once nothing else has changed for a step, at the latest after
# the longest delay.
_STEP = 200
_LONGEST_DELAY = 1000
_POLL = 2000  # between two looks at all files: each asks a server for each of them
_PRESENT = 1000  # between two looks whether the folder is still there


class _Identity(NamedTuple):
    """By which a folder is told from another one at its place."""

    path: Path  # with all links followed
    device: int
    number: int


def changes(
    folder: Path, stop: threading.Event | None = None, *, polling: Polling = "auto"
) -> Iterator[None]:
    """Yield whenever files below `folder` were changed, added or removed, until `stop` is set.

    That the folder goes away, or comes, or that another one is in its place, is a change, too.

    Raises:
        CorpusError: the folder cannot be watched.
    """
    stop = stop or threading.Event()
    watched = _identity(folder)
    while not stop.is_set():
        if watched is None:
            stop.wait(_PRESENT / 1000)
        else:
            yield from _changes_of(folder, watched, stop, polling)
        there = _identity(folder)
        if there != watched:
            watched = there
            yield


def _changes_of(
    folder: Path, watched: _Identity, stop: threading.Event, polling: Polling
) -> Iterator[None]:
    """Yield at each change below a folder for as long as it is there.

    Raises:
        CorpusError: the folder cannot be watched.
    """
    is_polled = polling == "on" or (polling == "auto" and is_shared(watched.path))
    try:
        yield from _told(folder, watched, stop, is_polled=is_polled)
    except (OSError, RuntimeError) as error:  # RuntimeError: in the library's own code
        if _identity(folder) != watched:
            return
        if is_polled or polling == "off":
            raise CorpusError(
                f"Changes in {folder} cannot be followed "
                f"({getattr(error, 'strerror', None) or reason(error)}); "
                "index again by hand: python -m app index"
            ) from error
        # The system has no room for so many watches, or cannot watch here.
        yield from _changes_of(folder, watched, stop, "on")


def _told(
    folder: Path, watched: _Identity, stop: threading.Event, *, is_polled: bool
) -> Iterator[None]:
    def is_wanted(change: Change, path: str) -> bool:
        # A name that begins with a dot is no article, and may be a file that is being written.
        relative = Path(path)
        with contextlib.suppress(ValueError):
            relative = relative.relative_to(watched.path)
        return not any(part.startswith(".") for part in relative.parts)

    for found in watch(
        watched.path,
        watch_filter=is_wanted,
        step=_STEP,
        debounce=_LONGEST_DELAY,
        stop_event=stop,
        ignore_permission_denied=True,
        # None: as the library decides, which knows systems that tell nothing of their own.
        force_polling=is_polled or None,
        poll_delay_ms=_POLL,
        rust_timeout=_PRESENT,
        yield_on_timeout=True,
    ):
        if _identity(folder) != watched:  # which no event says
            return
        if found:
            yield


def _identity(folder: Path) -> _Identity | None:
    """Return what tells a folder from others; None if there is none, or it cannot be reached."""
    try:
        path = folder.resolve(strict=True)
        status = path.stat()
    except (OSError, RuntimeError):  # RuntimeError: a link to itself, until Python 3.13
        return None
    return _Identity(path, status.st_dev, status.st_ino) if path.is_dir() else None
