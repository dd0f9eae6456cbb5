"""Answers questions over the folder of articles."""

import asyncio
import threading
from collections.abc import AsyncIterator, Generator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from app.answer import Answer, Event
from app.answering import Answering, Trial
from app.components import Components, FullEncoder
from app.evidence.calibration import Calibration
from app.evidence.ranking import PassageReader
from app.gathering import PASSAGES
from app.question.question import Turn, check_question
from app.settings import Settings
from app.steps import stepped
from app.writing.composition import Answerer
from index.errors import IndexBusyError
from index.search import EVERYTHING, Passage, Scope
from index.sync import ShowProgress, SyncReport

if TYPE_CHECKING:
    from langchain_core.runnables import Runnable

    from app.retriever import CorpusRetriever

_MOST = 50  # passages that may be asked for


class Assistant:
    """Answers questions over one folder of articles. Threads may share it.

    The first question, or `prepare`, brings the index in step with the folder and loads the model.
    """

    def __init__(
        self,
        settings: Settings | None = None,
        *,
        encoder: FullEncoder | None = None,
        reader: PassageReader | None = None,
        answerer: Answerer | None = None,
        calibration: Calibration | None = None,
    ) -> None:
        self.settings = settings or Settings.load()
        self._components = Components(
            self.settings,
            encoder=encoder,
            reader=reader,
            answerer=answerer,
            calibration=calibration,
        )
        self.library = self._components.library
        self._answering = Answering(self._components)
        self._preparing = threading.Lock()
        self.is_ready = False  # whether `prepare` has succeeded

    @property
    def is_calibrated(self) -> bool:
        """Whether refusal was fitted to the encoder and the reader that are set."""
        return self._components.is_calibrated

    def prepare(self, *, progress: ShowProgress = lambda done, total: None) -> SyncReport | None:
        """Index what is new in the folder and load the model, if that was not done yet.

        Returns None if there was nothing to do, or if another process is indexing.

        Raises:
            CorpusChatError: the folder, the index or the model cannot be used.
        """
        with self._preparing:
            if self.is_ready:
                return None
            report = None
            try:
                report = self.library.sync(progress=progress)
            except IndexBusyError:
                if not self.library.is_built:
                    raise
            self._components.load()
            self.is_ready = True
            return report

    def check_model(self) -> str | None:
        """Ask the language model a short question and return what it says; None if none is set.

        Raises:
            SettingsError: the language model that is set cannot be opened.
            LanguageModelError: it does not answer.
        """
        return self._components.answerer.check()

    def ask(
        self,
        question: str,
        *,
        history: Sequence[Turn] = (),
        scope: Scope = EVERYTHING,
        page: str | None = None,
    ) -> Answer:
        """Answer a question from the articles in `scope`.

        `page` is the language, ISO 639-1, of the page on which it was typed: a question of a few
        words is likelier in that.

        Raises:
            QuestionError: the question is empty, too long, or has no word in it.
            CorpusChatError: the folder, the index or the model cannot be used.
        """
        *_, answer = self.stream(question, history=history, scope=scope, page=page)
        assert isinstance(answer, Answer)
        return answer

    def stream(
        self,
        question: str,
        *,
        history: Sequence[Turn] = (),
        scope: Scope = EVERYTHING,
        page: str | None = None,
    ) -> Generator[Event, None, None]:
        """Yield the pieces of the answer as they come, and last the whole `Answer`.

        Closing the generator stops a language model that is writing.

        Raises: as `ask`.
        """
        asked = check_question(question, page)
        self.prepare()
        yield from self._answering.stream(asked, history, scope)

    def search(
        self, question: str, limit: int = PASSAGES, *, scope: Scope = EVERYTHING
    ) -> list[Passage]:
        """Return up to `limit` passages in `scope` that fit a question, best first; 50 at most.

        Raises: as `ask`.
        """
        asked = check_question(question)
        self.prepare()
        return self._answering.search(asked, max(1, min(limit, _MOST)), scope)

    def try_out(self, question: str, *, scope: Scope = EVERYTHING) -> Trial:
        """Return what would answer a question from the articles in `scope`.

        Raises: as `ask`.
        """
        asked = check_question(question)
        self.prepare()
        return self._answering.try_out(asked, scope)

    async def aask(
        self, question: str, *, history: Sequence[Turn] = (), scope: Scope = EVERYTHING
    ) -> Answer:
        """Answer a question, without blocking the event loop; as `ask`."""
        return await asyncio.to_thread(self.ask, question, history=history, scope=scope)

    async def astream(
        self, question: str, *, history: Sequence[Turn] = (), scope: Scope = EVERYTHING
    ) -> AsyncIterator[Event]:
        """Yield what `stream` yields, without blocking the event loop."""
        async for event in stepped(self.stream(question, history=history, scope=scope)):
            yield event

    def as_retriever(self, k: int = PASSAGES) -> "CorpusRetriever":
        """Return a LangChain retriever of the `k` passages that fit a question best."""
        from app.retriever import CorpusRetriever

        return CorpusRetriever(search=self.search, articles=self.library.articles, k=k)

    def as_runnable(self) -> "Runnable[str, Answer]":
        """Return a LangChain runnable from a question to its `Answer`."""
        from langchain_core.runnables import RunnableLambda

        return RunnableLambda(self.ask, afunc=self.aask, name="corpus_chat")


def ask(question: str, *, history: Sequence[Turn] = (), settings: Settings | None = None) -> Answer:
    """Answer a question over the folder of articles, with an assistant that is kept for the next.

    Raises: as `Assistant.ask`, and SettingsError where a setting has a value that is not allowed.
    """
    return _assistant(settings or Settings.load()).ask(question, history=history)


@lru_cache(maxsize=1)
def _assistant(settings: Settings) -> Assistant:
    return Assistant(settings)
