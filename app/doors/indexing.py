"""Keeps the index in step with the folder, in the background, while questions are answered."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace

from app.assistant import Assistant
from index.errors import CorpusChatError, EncoderMismatchError, IndexUnavailableError, Problem
from index.sync import SyncReport

_RETRY_S = 10  # until indexing is tried again where the index could not be written


@dataclass(frozen=True, slots=True)
class IndexingProgress:
    """How far indexing has come, and what the last run found."""

    is_working: bool = False
    done: int = 0  # files
    total: int = 0  # files in the folder; 0 before there is something to write
    error: str | None = None  # why the last run failed, in a line
    problems: tuple[Problem, ...] = ()  # with files that could not be read, or only in part


class Indexing:
    """Brings the index in step, one run at a time; the first run also loads the model."""

    def __init__(self, assistant: Assistant, on_report: Callable[[SyncReport], None]) -> None:
        """Index for `assistant`, and call `on_report` with the report of each run that succeeds."""
        self._assistant = assistant
        self._on_report = on_report
        self._lock = threading.Lock()
        self._is_wanted = False
        self._retry = threading.Timer(_RETRY_S, self.start)
        self._finished = threading.Event()
        self._finished.set()
        self.progress = IndexingProgress()

    def start(self) -> None:
        """Start a run in a daemon thread, which does not keep the program from ending.

        If a run is in progress, another follows it: the folder may have changed meanwhile.
        """
        with self._lock:
            self._is_wanted = True
            if not self._finished.is_set():
                return
            self._finished.clear()
            self.progress = replace(self.progress, is_working=True, done=0, total=0)
        threading.Thread(target=self._run, name="indexing", daemon=True).start()

    def follow(self, stop: threading.Event | None = None) -> None:
        """Start a run whenever the folder changes, until `stop` is set.

        Raises:
            CorpusError: the folder cannot be watched.
        """
        for _ in self._assistant.library.corpus.changes(stop):
            self.start()

    def wait(self, seconds: float) -> bool:
        """Wait up to `seconds` for indexing to finish; return whether it did."""
        return self._finished.wait(seconds)

    def _run(self) -> None:
        error = None
        try:
            while self._take_work(error):
                error = self._run_once()
        except BaseException:
            with self._lock:
                self._is_wanted = False
                self._finish("The program failed while indexing; the terminal shows where.")
            raise

    def _take_work(self, error: str | None) -> bool:
        """Return whether there is work to do; if not, finish with `error`, the last run's."""
        with self._lock:
            is_wanted, self._is_wanted = self._is_wanted, False
            if not is_wanted:
                self._finish(error)
            return is_wanted

    def _run_once(self) -> str | None:
        """Sync; return the error in a line if it failed."""
        try:
            report = self._sync()
        except CorpusChatError as error:
            if _may_end(error):
                self._retry.cancel()
                self._retry = threading.Timer(_RETRY_S, self.start)
                self._retry.daemon = True
                self._retry.start()
            return str(error)
        if report is not None:
            self.progress = replace(self.progress, problems=report.problems)
            self._on_report(report)
        return None

    def _finish(self, error: str | None) -> None:
        self.progress = replace(self.progress, is_working=False, error=error)
        self._finished.set()

    def _sync(self) -> SyncReport | None:
        if not self._assistant.is_ready:
            return self._assistant.prepare(progress=self._show)
        return self._assistant.library.sync(progress=self._show)

    def _show(self, done: int, total: int) -> None:
        self.progress = replace(self.progress, done=done, total=total)


def _may_end(error: CorpusChatError) -> bool:
    """Whether an error may end on its own: another process is writing, or the server is away."""
    return isinstance(error, IndexUnavailableError) and not isinstance(error, EncoderMismatchError)
