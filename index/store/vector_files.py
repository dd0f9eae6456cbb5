"""Chroma's files of vectors: whether they are as a sync left them, and else may be opened at all.

Chroma reads them with code that ends the whole process where they are damaged. So what a finished
sync left is remembered, and files that differ are tried in a process of its own first:
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
"""By the path of a file below Chroma's folder."""

_IDS = "index_metadata.pickle"  # written with the others, or alone, but never left out
_TRIAL_S = 600  # after which it goes in circles
_SEARCHED = 100  # vectors of each language
_USELESS, _UNREADABLE = 3, 4  # the status of a trial that finds nothing, or reads no index
_CRASHES = 0xC0000000  # from which on Windows says so of a process
_UNCLEAN = {"MALLOC_PERTURB_": "165"}  # a file that is cut off leaves memory as it was found
_STILL_S = 0.5  # after which nobody seems to be writing a file
_LONGEST_WRITE_S = 30
_CODE = Path(__file__).resolve().parents[2]


def checksums(folder: Path) -> Checksums:
    """Return what the files of vectors below Chroma's `folder` are; none while they are few.

    Chroma keeps up to 1,000 vectors in its database, and does not look at these files then.
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
    """Write to `file` what the files of vectors are when the index is of this generation.

    Where that is not possible they are tried at the next opening, which costs time alone.
    """
    new = file.with_suffix(".new")
    with contextlib.suppress(OSError):
        new.write_text(json.dumps({"generation": generation, "files": sums}), encoding="utf-8")
        os.replace(new, file)


def remembered(file: Path, generation: int) -> Checksums | None:
    """Return what was written to `file`; None where that was of another generation."""
    try:
        told = json.loads(file.read_bytes())
        return dict(told["files"]) if told["generation"] == generation else None
    except (OSError, ValueError, LookupError, TypeError):
        return None


def were_written_anew(before: Checksums, now: Checksums) -> bool:
    """Whether it may be Chroma that changed the files since."""
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
    """Whether another process that reads the index in Chroma's `folder` finds what it searches for.

    True as well where it stops at what Python can report, which is left to who opens it next; and
    where the trial says nothing of the files: it could not begin, or was ended.
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
    except (OSError, TypeError):  # TypeError: this program does not know its Python
        return 0
    is_killed = status == -getattr(signal, "SIGKILL", 9)  # from outside, or for want of memory
    has_crashed = (status < 0 and not is_killed) or status >= _CRASHES
    says_something = has_crashed or status in (_USELESS, _UNREADABLE)
    return status if says_something else 0


def try_out(folder: Path) -> int:
    """Open a store, read what it keeps of the articles, search it, and return a status."""
    try:
        with contextlib.closing(Store.embedded(folder)) as store:
            if store.state() is None:
                return _UNREADABLE
            store.records()
            found = [store.finds_something(each, _SEARCHED) for each in store.languages()]
    except Exception:
        return _UNREADABLE
    except BaseException:  # Chroma's core panics, which is no Exception
        return _USELESS
    return 0 if all(found) else _USELESS


if __name__ == "__main__":
    sys.exit(try_out(Path(sys.argv[1])))
