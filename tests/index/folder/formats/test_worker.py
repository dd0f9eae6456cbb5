"""The process that reads files answers each request with one line of JSON."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any

import pytest

from tests.files import PROJECT
from tests.index.folder.formats.test_epub import book
from tests.index.folder.formats.test_html import PAGE


@pytest.fixture
def worker() -> Iterator["subprocess.Popen[bytes]"]:
    with subprocess.Popen(
        [sys.executable, "-m", "index.folder.formats.worker"],
        cwd=PROJECT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as process:
        yield process
        process.kill()


def ask(worker: "subprocess.Popen[bytes]", suffix: str, data: bytes) -> Any:
    """Send a request, and return the answer."""
    assert worker.stdin is not None and worker.stdout is not None
    request = {"suffix": suffix, "size": len(data), "patience": 60}
    worker.stdin.write(json.dumps(request).encode() + b"\n" + data)
    worker.stdin.flush()
    return json.loads(worker.stdout.readline())


def test_several_files_are_read_one_after_the_other(worker: "subprocess.Popen[bytes]") -> None:
    assert "lighthouse" in ask(worker, ".html", PAGE.encode())["text"]
    assert ask(worker, ".pdf", b"nonsense") == {
        "unreadable": "is damaged, or no PDF; save it anew."
    }
    assert ask(worker, ".epub", book())["title"] == "Harbours"


def test_an_error_that_no_loader_foresees_makes_a_file_unreadable(
    worker: "subprocess.Popen[bytes]",
) -> None:
    assert ask(worker, ".exe", b"MZ") == {"unreadable": "is damaged (KeyError); save it anew."}


def test_it_ends_when_there_are_no_more_requests(worker: "subprocess.Popen[bytes]") -> None:
    assert worker.stdin is not None
    worker.stdin.close()
    assert worker.wait(timeout=30) == 0


def test_it_ends_by_itself_if_nobody_ends_it(worker: "subprocess.Popen[bytes]") -> None:
    ask(worker, ".html", PAGE.encode())  # so that its modules are loaded
    assert worker.stdin is not None
    request = {"suffix": ".html", "size": 1_000_000, "patience": 0.2}
    worker.stdin.write(json.dumps(request).encode() + b"\n")
    worker.stdin.flush()  # the bytes never come
    started = time.monotonic()
    assert worker.wait(timeout=30) != 0
    assert time.monotonic() - started < 20
