"""Answers questions over the folder of articles."""

import asyncio
import threading
import time
from collections.abc import AsyncIterator, Generator, Iterator, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from app.agreement import compare
from app.answer import Answer, Event
from app.evidence.calibration import Calibration
from app.evidence.evidence import Evidence
from app.evidence.late_interaction import TokenEncoder
from app.evidence.ranking import PassageReader, Ranking
from app.evidence.refusal import SURE, Verdict, judge
from app.phrases import phrases
from app.question.kind import FolderQuestions
from app.question.question import FOLDER_KINDS, Question, Turn, check_question
from app.question.understanding import understand
from app.settings import CACHE_DIR, Settings
from app.steps import stepped
from app.writing.citations import SourceText, independent, stands
from app.writing.composition import Answerer, Grounds, Part, Written, compose, refuse, write
from app.writing.extractive import ExtractiveAnswerer
from app.writing.model.failures import LanguageModelError
from app.writing.overview import overview
from app.writing.summary import draft_summary, lead
from index.encoder.embedding import Encoder, SentenceTransformerEncoder
from index.errors import ArticleError, IndexBusyError
from index.folder.corpus import ArticleInfo
from index.folder.formats.extracted import Extracted
from index.library import Library
from index.reader import SHIPPED
from index.reader.reader import Reader
from index.search import EVERYTHING, Passage, Scope
from index.sync import Progress, SyncReport

if TYPE_CHECKING:
    from langchain_core.runnables import Runnable

    from app.retriever import CorpusRetriever

PASSAGES = 12  # looked at for a question
_MOST = 50  # passages that may be asked for
COMPARED = 5  # sentences, for what they agree on and where they contradict each other


class FullEncoder(Encoder, TokenEncoder, Protocol):
    """An encoder that finds passages and ranks their sentences."""


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
        self._encoder = encoder or SentenceTransformerEncoder(
            self.settings.embedding_model, cache_dir=CACHE_DIR
        )
        self.library = Library(
            self.settings.index_dir,
            self._encoder,
            server=self.settings.chroma_url,
            token=self.settings.chroma_token,
        )
        self._folder_questions = FolderQuestions(self._encoder)
        if reader is None and self.settings.reader is not None:
            reader = self._reader_with(self.settings.reader)
        self._reader = reader
        self._calibration = calibration or Calibration.load(with_reader=reader is not None)
        self._ranking = Ranking(self._encoder, reader, self._calibration)
        self._given_answerer = answerer
        self._preparing = threading.Lock()
        self.is_ready = False  # whether `prepare` has succeeded

    @property
    def is_calibrated(self) -> bool:
        """Whether refusal was fitted to the encoder and the reader that are set."""
        is_known_reader = self.settings.reader in (None, SHIPPED)
        return is_known_reader and self._calibration.encoder == self._encoder.name

    def prepare(self, *, progress: Progress = lambda done, total: None) -> SyncReport | None:
        """Index what is new in the folder and load the model, if that was not done yet.

        Returns None where there was nothing to do or another process is at it.

        Raises:
            CorpusChatError: the folder, the index or the model cannot be used.
        """
        with self._preparing:
            if self.is_ready:
                return None
            report = None
            try:
                report = self.library.sync(self.settings.corpus_dir, progress=progress)
            except IndexBusyError:
                if not self.library.is_built:
                    raise
            self._encoder.encode_question("")
            if self._reader is not None:
                self._reader.read("", [""])
            self._answerer.load()
            self.is_ready = True
            return report

    def check_model(self) -> None:
        """See whether the language model answers, if one is set.

        Raises:
            LanguageModelError: it does not.
        """
        self._answerer.check()

    def ask(
        self, question: str, *, history: Sequence[Turn] = (), scope: Scope = EVERYTHING
    ) -> Answer:
        """Answer a question from the articles in `scope`.

        Raises:
            QuestionError: the question is empty, too long, or has no word in it.
            CorpusChatError: the folder, the index or the model cannot be used.
        """
        *_, answer = self.stream(question, history=history, scope=scope)
        assert isinstance(answer, Answer)
        return answer

    def stream(
        self, question: str, *, history: Sequence[Turn] = (), scope: Scope = EVERYTHING
    ) -> Generator[Event, None, None]:
        """Yield the pieces of the answer as they come, and last the whole `Answer`.

        Closing the generator stops a language model that is writing.

        Raises: as `ask`.
        """
        checked = check_question(question)
        self.prepare()
        started = time.perf_counter()
        asked = understand(checked, history, self._folder_questions, self._reword)
        grounds = Grounds() if asked.kind in FOLDER_KINDS else self._gather(asked, scope)
        for part in self._write(asked, grounds, scope):
            if isinstance(part, Written):
                yield _answer(asked, grounds, part, time.perf_counter() - started)
            else:
                yield part

    def read(self, info: ArticleInfo) -> tuple[Extracted, bool]:
        """Return the text of an indexed article's file, and whether it is still what was indexed.

        Raises:
            FileNotFoundError: the file is gone.
            ArticleError: it cannot be read any more.
        """
        return self.library.read(self.settings.corpus_dir, info)

    def search(
        self, question: str, limit: int = PASSAGES, *, scope: Scope = EVERYTHING
    ) -> list[Passage]:
        """Return up to `limit` passages in `scope` that fit a question, best first; 50 at most.

        Raises: as `ask`.
        """
        asked = check_question(question)
        self.prepare()
        return self.library.find(asked.text, max(1, min(limit, _MOST)), scope=scope)

    def chance(self, question: str, *, scope: Scope = EVERYTHING) -> float:
        """Return the probability that the articles in `scope` answer a question.

        Raises: as `ask`.
        """
        asked = check_question(question)
        evidence = self._ranking.rank(asked.text, self.search(question, scope=scope))
        return judge(evidence, self._calibration).probability

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

    @cached_property
    def _answerer(self) -> Answerer:
        """What writes the answers: as the settings have it, unless one was given.

        Raises:
            SettingsError: the language model that is set cannot be opened.
        """
        if self._given_answerer is not None:
            return self._given_answerer
        if self.settings.llm is None:
            return ExtractiveAnswerer()
        # Here: LangChain takes a second, and only those wait for it who use it.
        from app.writing.model.answerer import ModelAnswerer
        from app.writing.model.provider import open_model
        from app.writing.support import WEIGHTS
        from app.writing.support.checker import SupportChecker

        model = open_model(self.settings.llm, self.settings.llm_base_url)
        checker = SupportChecker(self._encoder, self._reader_with(WEIGHTS))
        return ModelAnswerer(model, self.settings.llm, checker, self.library.articles)

    def _reader_with(self, weights: Path) -> Reader:
        """Return a reader with the weights in a file, which shares what it can of the encoder."""
        own = self._encoder if isinstance(self._encoder, SentenceTransformerEncoder) else None
        return Reader(weights, cache_dir=CACHE_DIR, beside=own)

    def _reword(self, question: str, history: Sequence[Turn]) -> str | None:
        """Return a follow-up in a language model's words; None without one, or if it fails."""
        try:
            return self._answerer.rewrite(question, history)
        except LanguageModelError:
            return None  # if it does not answer either, the answer says so

    def _gather(self, question: Question, scope: Scope) -> Grounds:
        """Find passages, rank their sentences, and judge whether these answer."""
        started = time.perf_counter()
        passages = self.library.find(question.text, PASSAGES, scope=scope)
        found = time.perf_counter()
        ranked = self._rank(question, passages)
        read = time.perf_counter()
        sources, notices = self._open(ranked, question.language)
        evidence = tuple(each for each in ranked if stands(each, sources))
        grounds = Grounds(
            passages=tuple(passages),
            evidence=evidence,
            sources=sources,
            verdict=self._judge(question, evidence),
            notices=notices,
            seconds={"find": found - started, "read": read - found},
        )
        return self._compare(question, grounds)

    def _rank(self, question: Question, passages: Sequence[Passage]) -> list[Evidence]:
        """Return the sentences that answer best, or for a summary those that open the article."""
        if question.kind == "summary" and passages:
            return lead(question.text, self.library.chunks_of(passages[0].chunk.source))
        return self._ranking.rank(question.text, passages)

    def _judge(self, question: Question, evidence: Sequence[Evidence]) -> Verdict:
        """Decide whether to answer; an article that was found can always be summed up."""
        if question.kind == "summary" and evidence:
            return SURE
        return judge(evidence, self._calibration)

    def _compare(self, question: Question, grounds: Grounds) -> Grounds:
        """Add what the sources say alike or against each other, if a fact is answered."""
        if question.kind != "fact" or grounds.verdict.reason is not None:
            return grounds
        findings = compare(question, grounds.evidence[:COMPARED], self._encoder)
        return replace(grounds, findings=independent(findings, grounds.evidence, grounds.sources))

    def _write(
        self, question: Question, grounds: Grounds, scope: Scope
    ) -> Iterator[Part | Written]:
        """Yield the parts of the answer to a question of any kind, and last what was written."""
        if question.kind in FOLDER_KINDS:
            articles = filter(scope.has, self.library.articles().values())
            return write([overview(question, articles)], grounds)
        if grounds.verdict.reason is not None:
            return refuse(question, grounds, grounds.verdict.reason)
        if question.kind == "summary":
            title = grounds.sources[grounds.evidence[0].source].info.title
            return write(draft_summary(title, question.language, grounds.evidence), grounds)
        return compose(self._answerer, question, grounds)

    def _open(
        self, evidence: Sequence[Evidence], language: str
    ) -> tuple[dict[str, SourceText], tuple[str, ...]]:
        """Read the sources as they are now, with a notice of each that has changed since."""
        infos = self.library.articles()
        opened: dict[str, SourceText] = {}
        notices: list[str] = []
        for source in sorted({each.source for each in evidence} & infos.keys()):
            try:
                extracted, is_as_indexed = self.read(infos[source])
            except (ArticleError, FileNotFoundError):
                extracted, is_as_indexed = Extracted(text=""), False
            opened[source] = SourceText(infos[source], extracted)
            if not is_as_indexed:
                notices.append(phrases(language).changed.format(source=source))
        return opened, tuple(notices)


def _answer(question: Question, grounds: Grounds, written: Written, seconds: float) -> Answer:
    notices = (*grounds.notices, *written.notices)
    if question.typed is not None:
        understood = phrases(question.language).understood.format(question=question.text)
        notices = (understood, *notices)
    return Answer(
        question=question.typed or question.text,
        understood=None if question.typed is None else question.text,
        pieces=written.pieces,
        answered=written.reason is None,
        language=question.language,
        model=written.model,
        probability=grounds.verdict.probability,
        reason=written.reason,
        evidence=grounds.evidence,
        passages=grounds.passages,
        agreements=written.agreements,
        conflicts=written.conflicts,
        statements=written.statements,
        notices=notices,
        seconds={**grounds.seconds, "total": seconds},
    )


def ask(question: str, *, history: Sequence[Turn] = (), settings: Settings | None = None) -> Answer:
    """Answer a question over the folder of articles, with an assistant that is kept for the next.

    Raises: as `Assistant.ask`, and SettingsError where a setting has a value that is not allowed.
    """
    return _assistant(settings or Settings.load()).ask(question, history=history)


@lru_cache(maxsize=1)
def _assistant(settings: Settings) -> Assistant:
    return Assistant(settings)
