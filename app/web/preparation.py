"""Gets the assistant ready in the background, while the page is open already."""

import threading
from collections.abc import Callable

from app.assistant import Assistant
from index.errors import CorpusChatError
from index.sync import SyncReport


class Preparation:
    """The assistant's start: what is being done, whether it is done, and what went wrong."""

    def __init__(self, assistant: Assistant, tell: Callable[[SyncReport], None]) -> None:
        """Prepare `assistant`, and hand what its index found in the folder to `tell`."""
        self._assistant = assistant
        self._tell = tell
        self._finished = threading.Event()
        self._line = "Getting ready: loading the model …"
        self._report: SyncReport | None = None
        self._error: str | None = None

    def start(self) -> None:
        """Begin, in a thread that does not keep the program from ending."""
        threading.Thread(target=self._run, name="preparation", daemon=True).start()

    def wait(self, seconds: float) -> bool:
        """Wait for the end, at most so long; return whether it has come."""
        return self._finished.wait(seconds)

    @property
    def line(self) -> str:
        """What is being done now, or what came of it."""
        if not self._finished.is_set():
            return self._line
        if self._error is not None and not self._assistant.is_ready:
            return self._error
        articles = self._assistant.library.articles().values()
        languages = sorted({info.language for info in articles})
        line = f"{_count(len(articles), 'article')} · {' '.join(languages)}"
        if self._report and self._report.problems:
            line += (
                f" · {_count(len(self._report.problems), 'file')} with a problem: see the terminal"
            )
        return line

    def _run(self) -> None:
        try:
            self._report = self._assistant.prepare(progress=self._show)
            if self._report:
                self._tell(self._report)
        except CorpusChatError as error:
            self._error = str(error)
        except Exception:
            self._error = "The program failed while getting ready; the terminal shows where."
            raise
        finally:
            self._finished.set()

    def _show(self, done: int, total: int) -> None:
        if total and done < total:
            self._line = f"Getting ready: {done} of {total} new articles indexed …"
        else:
            self._line = "Getting ready: loading the model …"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
