"""Extract a file's text as its kind requires; slow kinds in another process, and only once."""

import contextlib
import hashlib
import json
import os
import re
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

TEXT_SUFFIXES = (".md", ".markdown", ".txt")
SUFFIXES = (*TEXT_SUFFIXES, *LOADERS)

_PATIENCE_S = 60  # for one file
_TRIES = 2  # if the process ends: something other than the file may have ended it
_LOADERS = "9"  # counted up when a loader extracts another text than before
_LIBRARIES = (
    "trafilatura", "cssselect2", "pypdfium2", "markdownify", "openpyxl", "python-pptx", "docutils",
    "webvtt-py",
)  # fmt: skip
# Half a character, which some libraries return, can be neither stored nor sent. In its place stands
# the mark for what cannot be shown, so that offsets stay.
_HALVES = re.compile(r"[\ud800-\udfff]")
_CODE = Path(__file__).resolve().parents[2]


class Extractor:
    """Extracts files' texts. Threads may share it.

    Text files are decoded here. Others are read in a process of their own, which is ended if it
    takes too long, and the outcome is kept in a folder under the digest of the file.
    """

    def __init__(self, kept: Path) -> None:
        """Keep what was extracted in the folder `kept`, which need not exist yet."""
        self._kept = kept
        self._process: _ReaderProcess | None = None
        self._lock = threading.Lock()

    def digest(self, source: str, data: bytes) -> str:
        """Return the digest of a file's bytes and, unless it is a text file, of how it is read."""
        hashed = hashlib.sha256(data)
        suffix = _suffix(source)
        if suffix not in TEXT_SUFFIXES:
            hashed.update(f"{suffix},{_version()}".encode())
        return hashed.hexdigest()

    def extract(self, source: str, data: bytes) -> Extracted:
        """Return the text of a file with these bytes, of the kind that its name states.

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
        """Remove what is kept of all files but those with these digests."""
        with contextlib.suppress(OSError):
            for file in self._kept.iterdir():
                if file.name not in digests:
                    file.unlink(missing_ok=True)

    def close(self) -> None:
        """End the process, if there is one; the next file starts another."""
        with self._lock:
            self._end_process()

    def _end_process(self) -> None:
        if self._process is not None:
            self._process.end()
            self._process = None

    def _look_up(self, source: str, data: bytes) -> Extracted:
        file = self._kept / self.digest(source, data)
        try:
            outcome = json.loads(file.read_bytes())
        except (OSError, ValueError):
            outcome = self._read(_suffix(source), data)
            if not outcome.pop("is_passing", False):
                _keep(file, outcome)
        if "unreadable" in outcome:
            raise UnreadableError(outcome["unreadable"])
        places = tuple((offset, name) for offset, name in outcome["places"])
        whole = outcome | {"text": _HALVES.sub("\ufffd", outcome["text"]), "places": places}
        return Extracted(**whole | {"pages": tuple(outcome["pages"])})

    def _read(self, suffix: str, data: bytes) -> dict[str, Any]:
        """Return the outcome of reading a file, marked if another try may end differently."""
        with self._lock:
            for _ in range(_TRIES):
                try:
                    self._process = self._process or _ReaderProcess()
                    outcome = self._process.read(suffix, data)
                except (OSError, ValueError):  # its end of the pipe is closed, or cut off
                    is_late = self._process is not None and self._process.was_late
                    self._end_process()
                else:
                    if self._process.was_late:  # its time ended just after its answer
                        self._end_process()
                    return outcome
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
        """Return the outcome of reading a file.

        Raises:
            OSError, ValueError: the process has ended, or was ended because it took too long.
        """
        assert self._process.stdin is not None and self._process.stdout is not None
        alarm = self._alarm()
        try:
            request = {"suffix": suffix, "size": len(data), "patience": _PATIENCE_S}
            self._process.stdin.write(json.dumps(request).encode() + b"\n" + data)
            self._process.stdin.flush()
            while "going_on" in (answer := json.loads(self._process.stdout.readline())):
                alarm.cancel()
                alarm = self._alarm()
        finally:
            alarm.cancel()
        assert isinstance(answer, dict)
        return answer

    def _alarm(self) -> threading.Timer:
        """Start to wait for the process, which is ended if it takes too long."""
        alarm = threading.Timer(_PATIENCE_S, self._end_late)
        alarm.daemon = True
        alarm.start()
        return alarm

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
    """Return the version of the loaders and of the libraries that they use."""
    return ",".join([_LOADERS, *(f"{name} {version(name)}" for name in _LIBRARIES)])


def _keep(file: Path, outcome: dict[str, Any]) -> None:
    """Write the outcome of reading a file, whole or not at all, if the folder can be written."""
    with contextlib.suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        descriptor, half = tempfile.mkstemp(dir=file.parent)
        try:
            with os.fdopen(descriptor, "w", encoding="utf-8") as opened:
                json.dump(outcome, opened)
            os.replace(half, file)
        finally:
            Path(half).unlink(missing_ok=True)
