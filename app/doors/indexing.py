"""Keeps the index in step with the folder, in the background, while questions are answered."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace

from app.assistant import Assistant
from index.errors import CorpusChatError, EncoderMismatchError, IndexUnavailableError, Problem
from index.sync import SyncReport

_AGAIN_S = 10  # until it is tried again where the index could not be written


@dataclass(frozen=True, slots=True)
class Progress:
    """How far it has come, and what came of the last run."""

    is_working: bool = False
    done: int = 0  # files
    total: int = 0  # files in the folder; 0 before there is something to write
    error: str | None = None  # why the last run failed, in a line
    problems: tuple[Problem, ...] = ()  # of files that could not be read, or not wholly


class Indexing:
    """Brings the index in step, one run at a time; the first loads the model as well."""

    def __init__(self, assistant: Assistant, tell: Callable[[SyncReport], None]) -> None:
        """Work for `assistant`, and hand what is found in the folder to `tell`."""
        self._assistant = assistant
        self._tell = tell
        self._lock = threading.Lock()
        self._is_wanted = False
        self._again = threading.Timer(_AGAIN_S, self.start)
        self._finished = threading.Event()
        self._finished.set()
        self.progress = Progress()

    def start(self) -> None:
        """Begin, in a thread that does not keep the program from ending.

        Where it is at it already, it begins once more afterwards: the folder has changed since.
        """
        with self._lock:
            self._is_wanted = True
            if not self._finished.is_set():
                return
            self._finished.clear()
            self.progress = replace(self.progress, is_working=True, done=0, total=0)
        threading.Thread(target=self._run, name="indexing", daemon=True).start()

    def follow(self, stop: threading.Event | None = None) -> None:
        """Begin again whenever the folder changes, until `stop` is set.

        Raises:
            CorpusError: the folder cannot be watched.
        """
        for _ in self._assistant.library.corpus.changes(stop):
            self.start()

    def wait(self, seconds: float) -> bool:
        """Wait for the end, at most so long; return whether it has come."""
        return self._finished.wait(seconds)

    def _run(self) -> None:
        error = None
        try:
            while self._goes_on(error):
                error = self._run_once()
        except BaseException:
            with self._lock:
                self._is_wanted = False
                self._finish("The program failed while indexing; the terminal shows where.")
            raise

    def _goes_on(self, error: str | None) -> bool:
        """Whether there is work; if not, the end has come, with the error of the last run."""
        with self._lock:
            goes_on, self._is_wanted = self._is_wanted, False
            if not goes_on:
                self._finish(error)
            return goes_on

    def _run_once(self) -> str | None:
        """Sync; return why that failed, if it did."""
        try:
            report = self._sync()
        except EncoderMismatchError as error:
            return str(error)
        except IndexUnavailableError as error:
            # Another process writes, or a server is away: that ends without us.
            self._again.cancel()
            self._again = threading.Timer(_AGAIN_S, self.start)
            self._again.daemon = True
            self._again.start()
            return str(error)
        except CorpusChatError as error:
            return str(error)
        if report is not None:
            self.progress = replace(self.progress, problems=report.problems)
            self._tell(report)
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
