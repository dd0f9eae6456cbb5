"""From a file's bytes to its text, by its kind; what is slow is kept, and done elsewhere."""

import contextlib
import hashlib
import json
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Collection
from functools import cache
from importlib.metadata import version
from pathlib import Path, PurePosixPath
from typing import Any

from index.errors import ArticleError
from index.folder.formats import plain
from index.folder.formats.extracted import Extracted, UnreadableError
from index.folder.formats.worker import LOADERS

TEXT_SUFFIXES = (".md", ".txt")
SUFFIXES = (*TEXT_SUFFIXES, *LOADERS)

_PATIENCE_S = 60  # for one file
_TRIES = 2  # where the process ends: somebody else may have ended it
_LOADERS = "3"  # counted up when a loader gives another text than before
_LIBRARIES = ("trafilatura", "pypdfium2", "python-docx", "inscriptis")
_CODE = Path(__file__).resolve().parents[2]


class Extractor:
    """Extracts files' texts. Threads may share it.

    Text files are decoded at once. Others are read in a process of its own, which is ended where
    it takes too long, and what came of it is kept in a folder, by the digest of the file.
    """

    def __init__(self, kept: Path) -> None:
        """Keep what was extracted in the folder `kept`, which need not be there yet."""
        self._kept = kept
        self._reader: _ReaderProcess | None = None
        self._lock = threading.Lock()

    def digest(self, source: str, data: bytes) -> str:
        """Return what tells one content of a file from another, and one way to read it."""
        hashed = hashlib.sha256(data)
        suffix = _suffix(source)
        if suffix not in TEXT_SUFFIXES:
            hashed.update(f"{suffix},{_version()}".encode())
        return hashed.hexdigest()

    def extract(self, source: str, data: bytes) -> Extracted:
        """Return the text of a file with these bytes, of the kind that its name says.

        Raises:
            ArticleError: it cannot be read, or has no text.
        """
        try:
            if not data:
                raise UnreadableError("is empty.")
            if _suffix(source) in TEXT_SUFFIXES:
                extracted = plain.load(data)
            else:
                extracted = self._look_up(source, data)
            if not extracted.text[extracted.body :].strip():
                raise UnreadableError("is empty.")
        except UnreadableError as error:
            raise ArticleError(source, str(error)) from None
        return extracted

    def forget_all_but(self, digests: Collection[str]) -> None:
        """Remove what is kept of other files than those with these digests."""
        with contextlib.suppress(OSError):
            for file in self._kept.iterdir():
                if file.name not in digests:
                    file.unlink(missing_ok=True)

    def close(self) -> None:
        """End the process, if there is one; the next file starts another."""
        with self._lock:
            self._end()

    def _end(self) -> None:
        if self._reader is not None:
            self._reader.end()
            self._reader = None

    def _look_up(self, source: str, data: bytes) -> Extracted:
        file = self._kept / self.digest(source, data)
        try:
            told = json.loads(file.read_bytes())
        except (OSError, ValueError):
            told = self._read(_suffix(source), data)
            if not told.pop("is_passing", False):
                _keep(file, told)
        if "unreadable" in told:
            raise UnreadableError(told["unreadable"])
        return Extracted(**told | {"pages": tuple(told["pages"])})

    def _read(self, suffix: str, data: bytes) -> dict[str, Any]:
        """Return what came of a file; what may be another time is marked, and not kept."""
        with self._lock:
            for _ in range(_TRIES):
                try:
                    self._reader = self._reader or _ReaderProcess()
                    told = self._reader.read(suffix, data)
                except (OSError, ValueError):  # its end of the pipe is closed, or cut off
                    is_late = self._reader is not None and self._reader.was_late
                    self._end()
                else:
                    if self._reader.was_late:  # a moment after its answer
                        self._end()
                    return told
                if is_late:
                    line = f"takes longer than {_PATIENCE_S} s to read; split it."
                    return {"unreadable": line, "is_passing": True}
        return {"unreadable": "ends the program that reads it; save it anew.", "is_passing": True}


class _ReaderProcess:
    """A process that reads files."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "index.folder.formats.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=_CODE,
        )
        self.was_late = False

    def read(self, suffix: str, data: bytes) -> dict[str, Any]:
        """Return what came of a file.

        Raises:
            OSError, ValueError: the process has ended meanwhile, or was ended for being late.
        """
        assert self._process.stdin is not None and self._process.stdout is not None
        alarm = threading.Timer(_PATIENCE_S, self._end_late)
        alarm.daemon = True
        alarm.start()
        try:
            asked = {"suffix": suffix, "size": len(data), "patience": _PATIENCE_S}
            request = json.dumps(asked)
            self._process.stdin.write(request.encode() + b"\n" + data)
            self._process.stdin.flush()
            answer = json.loads(self._process.stdout.readline())
        finally:
            alarm.cancel()
        assert isinstance(answer, dict)
        return answer

    def end(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.communicate()

    def _end_late(self) -> None:
        self.was_late = True
        self._process.kill()


def _suffix(source: str) -> str:
    return PurePosixPath(source).suffix.lower()


@cache
def _version() -> str:
    """Return what changes when the loaders do, or the libraries behind them."""
    return ",".join([_LOADERS, *(f"{name} {version(name)}" for name in _LIBRARIES)])


def _keep(file: Path, told: dict[str, Any]) -> None:
    """Write what came of a file, whole or not at all; a folder that cannot be written has none."""
    with contextlib.suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        descriptor, half = tempfile.mkstemp(dir=file.parent)
        try:
            with os.fdopen(descriptor, "w", encoding="utf-8") as opened:
                json.dump(told, opened)
            os.replace(half, file)
        finally:
            Path(half).unlink(missing_ok=True)
