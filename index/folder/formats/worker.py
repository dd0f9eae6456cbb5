"""Read files of all kinds but text in a process of its own: python -m index.folder.formats.worker.

If a file makes its reader loop, crash or run out of memory, only this process is affected. A
request on standard input is a line of JSON with `suffix`, `size` and `patience` (seconds), then so
many bytes. The answer on standard output is a line of JSON: either what was extracted or, under
`unreadable`, why nothing was. Before it, a line with `going_on` each time that the file needs as
long again: when another of its pages is to be recognised from a picture.
"""

import contextlib
import importlib
import json
import os
import signal
import sys
from collections.abc import Callable
from dataclasses import asdict
from typing import Any, BinaryIO

from index.folder.formats.extracted import UnreadableError

LOADERS = {
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".pdf": "pdf",
    ".docx": "docx",
    ".docm": "docx",  # with macros
    ".dotx": "docx",  # a template
    ".dotm": "docx",
    ".epub": "epub",
    ".odt": "odt",
    ".rtf": "rtf",
    ".rst": "restructured",
    ".org": "org",
    ".csv": "delimited",
    ".tsv": "delimited",
    ".xlsx": "spreadsheet",
    ".json": "records",
    ".jsonl": "records",
    ".ndjson": "records",
    ".pptx": "slides",
    ".eml": "mail",
    ".srt": "subtitles",
    ".vtt": "subtitles",
    ".ipynb": "notebook",
}
"""The module of this package that reads files with each suffix."""

PATIENT = (".pdf",)
"""Files that may take long, whose readers say so."""

_MEMORY = 2_000_000_000  # bytes of address space
_TEXT = 20_000_000  # characters


def main() -> None:
    """Answer requests until there are no more."""
    _limit_memory()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is meant for the program that asks
    requests = sys.stdin.buffer
    # What a library prints must not get among the answers.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    while line := requests.readline():
        request = json.loads(line)
        patience = 2 * request["patience"]
        _end_after(patience)  # in case the program that asks has died

        def going_on(patience: float = patience) -> None:
            _end_after(patience)
            _answer(answers, {"going_on": True})

        answer = _read(request["suffix"], requests.read(request["size"]), going_on)
        _end_after(0)
        _answer(answers, answer)


def _answer(answers: BinaryIO, answer: dict[str, Any]) -> None:
    answers.write(json.dumps(answer).encode() + b"\n")
    answers.flush()


def _read(suffix: str, data: bytes, going_on: Callable[[], None]) -> dict[str, Any]:
    try:
        loader = importlib.import_module(f"index.folder.formats.{LOADERS[suffix]}")
        extracted = loader.load(data, going_on) if suffix in PATIENT else loader.load(data)
        if len(extracted.text) > _TEXT:
            raise UnreadableError(
                f"has {len(extracted.text):,} characters of text, and at most {_TEXT:,} are read; "
                "split it."
            )
        return asdict(extracted)
    except UnreadableError as error:
        return {"unreadable": str(error)} | ({"is_passing": True} if error.is_passing else {})
    except MemoryError:
        return {"unreadable": "takes too much memory to read; split it.", "is_passing": True}
    except Exception as error:  # a damaged file may make a reader raise anything
        return {"unreadable": f"is damaged ({type(error).__name__}); save it anew."}


def _end_after(seconds: float) -> None:
    """Let the system end this process after some seconds; 0: never."""
    if hasattr(signal, "setitimer"):  # not on Windows
        signal.setitimer(signal.ITIMER_REAL, seconds)


def _limit_memory() -> None:
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource  # not on Windows

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))


if __name__ == "__main__":
    main()
