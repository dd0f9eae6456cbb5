"""Chroma's files of vectors: whether they are as a sync left them, and else may be opened at all.

Chroma reads them with code that ends the whole process where they are damaged. So what a finished
sync left is remembered, and files that differ are tried in a process of its own first:
python -m index.vector_files FOLDER.
"""

import contextlib
import hashlib
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

from index.store import Store

Checksums = dict[str, str]
"""By the path of a file below Chroma's folder."""

_IDS = "index_metadata.pickle"
_VECTORS = "data_level0.bin"
_PATIENCE_S = 300
_SEARCHED = 1000  # vectors of each language
_UNCLEAN = {"MALLOC_PERTURB_": "165"}  # a file that is cut off leaves memory as it was found
_CODE = Path(__file__).resolve().parent.parent


def checksums(folder: Path) -> Checksums:
    """Return what the files of vectors below Chroma's `folder` are; none while they are few.

    Chroma keeps up to 1,000 vectors in its database, and does not look at these files then.
    """
    found: Checksums = {}
    for listed in folder.glob(f"*/{_IDS}"):
        for file in sorted(listed.parent.iterdir()):
            with file.open("rb") as opened:
                digest = hashlib.file_digest(opened, "blake2b").hexdigest()
            found[file.relative_to(folder).as_posix()] = digest
    return found


def remember(file: Path, generation: int, sums: Checksums) -> None:
    """Write to `file` what the files of vectors are when the index is of this generation."""
    new = file.with_suffix(".new")
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
    """Whether Chroma wrote the files since, rather than something else: it writes both of these."""
    changed = {name for name, _ in before.items() ^ now.items()}
    folders = {name.rpartition("/")[0] for name in changed}
    return all(f"{folder}/{file}" in changed for folder in folders for file in (_IDS, _VECTORS))


def can_be_searched(folder: Path) -> bool:
    """Whether another process finds the vectors below Chroma's `folder`, and survives it."""
    try:
        status = subprocess.run(
            [sys.executable, "-m", __name__, str(folder.absolute())],
            cwd=_CODE,
            env={**os.environ, **_UNCLEAN},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_PATIENCE_S,
        ).returncode
    except subprocess.TimeoutExpired:  # it goes in circles
        return False
    except OSError:  # no process can be started
        return True
    is_killed = status == -getattr(signal, "SIGKILL", 9)  # from outside, or for want of memory
    return status == 0 or is_killed


def main() -> None:
    """Open a store and search it; what Python can report is left to who opens it next."""
    with (
        contextlib.suppress(Exception),
        contextlib.closing(Store.embedded(Path(sys.argv[1]))) as store,
    ):
        for language in store.languages():
            if not store.finds_its_own(language, _SEARCHED):
                sys.exit(1)


if __name__ == "__main__":
    main()
