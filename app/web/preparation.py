"""Gets the assistant ready in the background, while the page is open already."""

import threading

from app.assistant import Assistant
from index.errors import CorpusChatError
from index.sync import SyncReport


class Preparation:
    """The assistant's start: what is being done, whether it is done, and what went wrong."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self._finished = threading.Event()
        self._line = "Getting ready: loading the model …"
        self.report: SyncReport | None = None
        self.error: CorpusChatError | None = None

    def start(self) -> None:
        """Begin, in a thread that does not keep the program from ending."""
        threading.Thread(target=self._run, name="preparation", daemon=True).start()

    def wait(self, seconds: float) -> bool:
        """Wait for the end, at most so long; return whether it has come."""
        return self._finished.wait(seconds)

    @property
    def line(self) -> str:
        """What is being done now, or what came of it."""
        if self.error is not None:
            return str(self.error)
        if not self._finished.is_set():
            return self._line
        articles = self._assistant.library.articles().values()
        languages = sorted({info.language for info in articles})
        line = f"{len(articles)} articles · {' '.join(languages)}"
        if self.report and self.report.problems:
            line += f" · {len(self.report.problems)} files with a problem, named in the terminal"
        return line

    def _run(self) -> None:
        try:
            self.report = self._assistant.prepare(progress=self._show)
        except CorpusChatError as error:
            self.error = error
        finally:
            self._finished.set()

    def _show(self, done: int, total: int) -> None:
        if total and done < total:
            self._line = f"Getting ready: {done} of {total} new articles indexed …"
        else:
            self._line = "Getting ready: loading the model …"
