"""The index is brought in step in the background, and problems are reported."""

import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

import app.doors.indexing
from app.assistant import Assistant
from app.doors.indexing import Indexing
from index.errors import Problem
from index.sync import SyncReport
from tests.files import ARTICLES


def started(assistant: Assistant, reports: list[SyncReport]) -> Indexing:
    indexing = Indexing(assistant, reports.append)
    indexing.start()
    assert indexing.wait(60)
    return indexing


def test_files_that_cannot_be_read_are_reported(assistant: Assistant, corpus: Path) -> None:
    (corpus / "bad.md").write_bytes(bytes(100))
    reports: list[SyncReport] = []
    progress = started(assistant, reports).progress
    assert [report.problems for report in reports] == [progress.problems]
    assert progress.problems == (Problem("bad.md", "is not text; save it as UTF-8."),)
    assert not progress.is_working
    assert progress.error is None


def test_a_change_of_the_folder_is_indexed_at_the_next_start(
    assistant: Assistant, corpus: Path
) -> None:
    reports: list[SyncReport] = []
    indexing = started(assistant, reports)
    (corpus / "new.md").write_text("Nine boats are painted.", encoding="utf-8")
    indexing.start()
    indexing.start()  # perhaps during the first run: then another follows
    assert indexing.wait(60)
    assert "new.md" in assistant.library.articles()
    assert sum(report.new for report in reports[1:]) == 1


def test_a_folder_that_is_gone_is_named_and_can_come_back(
    assistant: Assistant, corpus: Path, tmp_path: Path
) -> None:
    corpus.rename(tmp_path / "elsewhere")
    indexing = started(assistant, [])
    assert indexing.progress.error is not None
    assert "There is no folder" in indexing.progress.error
    (tmp_path / "elsewhere").rename(corpus)
    indexing.start()
    assert indexing.wait(60)
    assert indexing.progress.error is None
    assert assistant.is_ready


def test_a_failure_that_nobody_foresaw_is_not_hidden(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    raised: list[BaseException] = []
    monkeypatch.setattr("threading.excepthook", lambda args: raised.append(args.exc_value))
    monkeypatch.setattr(assistant, "prepare", lambda progress: 1 / 0)
    progress = started(assistant, []).progress
    assert "the terminal shows where" in str(progress.error)
    assert not progress.is_working
    assert isinstance(raised[0], ZeroDivisionError)


def test_the_folder_is_followed(assistant: Assistant, corpus: Path) -> None:
    indexing = Indexing(assistant, lambda report: None)
    indexing.start()
    assert indexing.wait(60)
    stop = threading.Event()
    following = threading.Thread(target=indexing.follow, args=[stop], daemon=True)
    following.start()
    time.sleep(0.5)  # until it watches
    steps: list[tuple[Callable[[], object], bool]] = [
        (lambda: (corpus / "new.md").write_text("A whale was seen."), True),
        (lambda: (corpus / "new.md").rename(corpus / "es" / "new.md"), False),
        (lambda: (corpus / "es").rename(corpus / "elsewhere"), False),
    ]
    for change, is_there in steps:
        changed = time.monotonic()
        change()
        while ("new.md" in assistant.library.articles()) != is_there:
            assert time.monotonic() - changed < 2
            time.sleep(0.02)
    deadline = time.monotonic() + 2
    while "elsewhere/new.md" not in assistant.library.articles():
        assert time.monotonic() < deadline
        time.sleep(0.02)
    stop.set()
    following.join(timeout=10)
    assert not following.is_alive()
    assert indexing.wait(60)


def test_a_folder_that_goes_away_for_a_while_empties_nothing(
    assistant: Assistant, corpus: Path
) -> None:
    reports: list[SyncReport] = []
    indexing = Indexing(assistant, reports.append)
    indexing.start()
    assert indexing.wait(60)
    stop = threading.Event()
    following = threading.Thread(target=indexing.follow, args=[stop], daemon=True)
    following.start()
    time.sleep(0.5)  # until it watches
    corpus.rename(corpus.with_name("away"))
    wait_for(lambda: indexing.progress.error is not None and not indexing.progress.is_working)
    assert "There is no folder" in str(indexing.progress.error)
    assert str(indexing.progress.error).endswith("What was indexed of it is kept.")
    assert assistant.library.articles().keys() == ARTICLES.keys()
    corpus.mkdir()  # as where a share is mounted
    wait_for(lambda: "There is no article" in str(indexing.progress.error))
    assert assistant.library.articles().keys() == ARTICLES.keys()
    corpus.rmdir()
    corpus.with_name("away").rename(corpus)
    wait_for(lambda: indexing.progress.error is None and not indexing.progress.is_working)
    assert assistant.library.articles().keys() == ARTICLES.keys()
    assert reports[-1].unchanged == len(ARTICLES)
    assert reports[-1].embedded == 0
    stop.set()
    following.join(timeout=10)
    assert not following.is_alive()


def wait_for(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 15
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_indexing_is_tried_again_while_another_process_writes(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app.doors.indexing, "_RETRY_S", 0.2)
    indexing = Indexing(assistant, lambda report: None)
    with assistant.library._builds.writing():
        indexing.start()
        assert indexing.wait(60)
        assert "Another process" in (indexing.progress.error or "")
    deadline = time.monotonic() + 10
    while not assistant.is_ready or not indexing.wait(0):
        assert time.monotonic() < deadline
        time.sleep(0.02)
    assert indexing.progress.error is None
