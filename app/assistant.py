"""Answers questions over the folder of articles."""

import asyncio
import threading
import time
from collections.abc import AsyncIterator, Generator, Iterator, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from app.agreement import Findings, compare
from app.answer import Answer, Event, Piece, Turn
from app.evidence.calibration import Calibration
from app.evidence.late_interaction import TokenEncoder
from app.evidence.ranking import PassageReader, Ranking
from app.evidence.refusal import SURE, judge
from app.phrases import phrases
from app.question.about import About, Reply
from app.question.followup import StandAlone, stand_alone
from app.question.question import Question, check_question
from app.settings import CACHE_DIR, Settings
from app.steps import stepped
from app.writing.citations import (
    SourceText,
    cited_agreements,
    cited_conflicts,
    independent,
    stands,
)
from app.writing.composition import Answerer, Composed, Draft, compose, take
from app.writing.extractive import ExtractiveAnswerer
from app.writing.model.failures import LanguageModelError
from app.writing.summary import asks_for_summary, draft_summary, lead
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
        self._about = About(self._encoder)
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

        Closing the generator stops a language model that is at it.

        Raises: as `ask`.
        """
        asked = check_question(question)
        self.prepare()
        started = time.perf_counter()
        articles = filter(scope.has, self.library.articles().values())
        reply = self._about.reply(asked.text, articles)
        if reply is not None:
            yield from _say(asked, reply, time.perf_counter() - started)
            return
        understood = self._understand(asked.text, history)
        notices = []
        if understood.is_changed:
            asked = Question(asked.text, understood.language)
            notices.append(phrases(asked.language).understood.format(question=understood.text))
        passages = self.library.find(understood.text, PASSAGES, scope=scope)
        found = time.perf_counter()
        is_summary = asks_for_summary(understood.text)
        if is_summary and passages:
            ranked = lead(understood.text, self.library.chunks_of(passages[0].chunk.source))
        else:
            ranked = self._ranking.rank(understood.text, passages)
        read = time.perf_counter()
        sources, changed = self._open({e.passage.chunk.source for e in ranked}, asked.language)
        notices += changed
        evidence = [e for e in ranked if stands(e, sources)]
        verdict = SURE if is_summary and evidence else judge(evidence, self._calibration)
        findings = Findings()
        written = Composed()
        if is_summary and evidence:
            title = sources[evidence[0].passage.chunk.source].info.title
            draft: Draft = draft_summary(title, asked.language, evidence)
            yield from take(written, draft, evidence, sources)
        elif verdict.reason is None:
            searched = Question(understood.text, asked.language)
            compared = compare(searched, evidence[:COMPARED], self._encoder)
            findings = independent(compared, evidence, sources)
            written = yield from compose(
                self._answerer, searched, evidence, findings, history, sources
            )
        else:
            draft = iter([phrases(asked.language).not_found])
            yield from take(written, draft, evidence, sources)
        reason = verdict.reason or written.reason
        yield Answer(
            question=asked.text,
            understood=understood.text if understood.is_changed else None,
            pieces=tuple(written.pieces),
            answered=reason is None,
            language=asked.language,
            model=written.model,
            probability=verdict.probability,
            reason=reason,
            evidence=tuple(evidence),
            passages=tuple(passages),
            agreements=cited_agreements(findings, evidence, written.pieces),
            conflicts=cited_conflicts(findings, evidence, written.pieces),
            statements=tuple(written.statements),
            notices=(*notices, *written.notices),
            seconds={
                "find": found - started,
                "read": read - found,
                "total": time.perf_counter() - started,
            },
        )

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

    def _understand(self, question: str, history: Sequence[Turn]) -> StandAlone:
        """Return a question as it stands alone; a language model words it, where there is one."""
        understood = stand_alone(question, history)
        if not understood.is_changed:
            return understood
        try:
            reworded = self._answerer.rewrite(question, history)
        except LanguageModelError:
            return understood  # if it does not answer either, that is where it is said
        return replace(understood, text=reworded) if reworded else understood

    def _open(self, sources: set[str], language: str) -> tuple[dict[str, SourceText], list[str]]:
        """Read sources as they are now; say of which the file is no longer what was indexed."""
        infos = self.library.articles()
        opened, notices = {}, []
        for source in sorted(sources & infos.keys()):
            info = infos[source]
            try:
                extracted, is_as_indexed = self.read(info)
            except (ArticleError, FileNotFoundError):
                extracted, is_as_indexed = Extracted(text=""), False
            opened[source] = SourceText(info, extracted)
            if not is_as_indexed:
                notices.append(phrases(language).changed.format(source=source))
        return opened, notices


def _say(asked: Question, reply: Reply, seconds: float) -> Iterator[Event]:
    """Yield an answer that comes from the list of articles, so that it cites none."""
    piece = Piece(reply.text)
    yield piece
    yield Answer(
        question=asked.text,
        pieces=(piece,),
        answered=True,
        language=reply.language,
        probability=1.0,
        reason=None,
        evidence=(),
        passages=(),
        seconds={"find": 0.0, "read": 0.0, "total": seconds},
    )


def ask(question: str, *, history: Sequence[Turn] = (), settings: Settings | None = None) -> Answer:
    """Answer a question over the folder of articles, with an assistant that is kept for the next.

    Raises: as `Assistant.ask`, and SettingsError where a setting has a value that is not allowed.
    """
    return _assistant(settings or Settings.load()).ask(question, history=history)


@lru_cache(maxsize=1)
def _assistant(settings: Settings) -> Assistant:
    return Assistant(settings)
