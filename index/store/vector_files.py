"""Chroma's files of vectors: whether they are as a sync left them, and if not, can be opened.

Chroma reads them with code that crashes if they are damaged. So the checksums after a sync are
remembered, and files that differ are first tried in a process of their own:
python -m index.store.vector_files FOLDER.
"""

import contextlib
import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from index.store.store import Store

Checksums = dict[str, str]
"""The checksum of each file, by its path below Chroma's folder."""

_IDS = "index_metadata.pickle"  # Chroma writes it alone or with the others, but always
_TRIAL_S = 600  # a trial that takes longer does not end
_SEARCHED = 100  # vectors of each language
_USELESS, _UNREADABLE = 3, 4  # the status of a trial that finds nothing, or reads no index
_CRASHES = 0xC0000000  # on Windows, the lowest status of a process that crashed
_UNCLEAN = {"MALLOC_PERTURB_": "165"}  # fills unset memory, which shows where a file is cut off
_STILL_S = 0.5  # after so long without a write, nobody seems to be writing a file
_LONGEST_WRITE_S = 30
_CODE = Path(__file__).resolve().parents[2]


def checksums(folder: Path) -> Checksums:
    """Return the checksums of the files of vectors below Chroma's `folder`.

    There are none for up to 1,000 vectors, which Chroma keeps in its database.
    """
    found: Checksums = {}
    for file in _files(folder):
        with contextlib.suppress(FileNotFoundError), file.open("rb") as opened:
            digest = hashlib.file_digest(opened, "blake2b").hexdigest()
            found[file.relative_to(folder).as_posix()] = digest
    return found


def _files(folder: Path) -> list[Path]:
    listed = [ids.parent for ids in folder.glob(f"*/{_IDS}")]
    return [file for each in listed for file in [each / _IDS, *sorted(each.glob("*.bin"))]]


def remember(file: Path, generation: int, sums: Checksums) -> None:
    """Write to `file` the checksums of the files of vectors when the index is of a generation.

    If that is not possible, the files are tried when they are opened next, which only costs time.
    """
    new = file.with_suffix(".new")
    with contextlib.suppress(OSError):
        new.write_text(json.dumps({"generation": generation, "files": sums}), encoding="utf-8")
        os.replace(new, file)


def remembered(file: Path, generation: int) -> Checksums | None:
    """Return the checksums in `file`; None if they are of another generation."""
    try:
        content = json.loads(file.read_bytes())
        return dict(content["files"]) if content["generation"] == generation else None
    except (OSError, ValueError, LookupError, TypeError):
        return None


def were_written_anew(before: Checksums, now: Checksums) -> bool:
    """Whether Chroma may have written the files since, rather than damage changed them."""
    changed = {name for name, _ in before.items() ^ now.items()}
    return all(f"{name.rpartition('/')[0]}/{_IDS}" in changed for name in changed)


def wait_while_written(folder: Path) -> None:
    """Wait while somebody seems to be writing the files of vectors below Chroma's `folder`."""
    deadline = time.time() + _LONGEST_WRITE_S
    while time.time() < deadline:
        with contextlib.suppress(FileNotFoundError):
            newest = max((file.stat().st_mtime for file in _files(folder)), default=0.0)
            if not 0 <= time.time() - newest < _STILL_S:
                return
        time.sleep(_STILL_S / 5)


def can_be_searched(folder: Path) -> bool:
    """Whether another process that reads the index in Chroma's `folder` finds anything.

    Also true if it stops at an error that Python can report, because opening the index here then
    reports it; and if the trial shows nothing, because it could not begin or was ended.
    """
    return _status_of_trial(folder) in (0, _UNREADABLE)


def can_be_read(folder: Path) -> bool:
    """Whether another process reads the index in Chroma's `folder` without any error."""
    return _status_of_trial(folder) == 0


def _status_of_trial(folder: Path) -> int:
    try:
        status = subprocess.run(
            [sys.executable, "-m", __name__, str(folder.absolute())],
            cwd=_CODE,
            env={**os.environ, **_UNCLEAN},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_TRIAL_S,
        ).returncode
    except subprocess.TimeoutExpired:
        return _USELESS
    except (OSError, TypeError):  # TypeError: sys.executable is None
        return 0
    is_killed = status == -getattr(signal, "SIGKILL", 9)  # from outside, or for lack of memory
    has_crashed = (status < 0 and not is_killed) or status >= _CRASHES
    shows_something = has_crashed or status in (_USELESS, _UNREADABLE)
    return status if shows_something else 0


def try_out(folder: Path) -> int:
    """Open a store, read its records, search it, and return a status."""
    try:
        with contextlib.closing(Store.embedded(folder)) as store:
            if store.state() is None:
                return _UNREADABLE
            store.records()
            found = [store.finds_something(name, _SEARCHED) for name in store.languages()]
    except Exception:
        return _UNREADABLE
    except BaseException:  # Chroma's core panics, which is no Exception
        return _USELESS
    return 0 if all(found) else _USELESS


if __name__ == "__main__":
    sys.exit(try_out(Path(sys.argv[1])))
