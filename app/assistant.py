"""Answers questions over the folder of articles."""

import asyncio
import threading
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from functools import lru_cache
from typing import Protocol

from app.about import About, Reply
from app.agreement import Findings, compare
from app.answer import Answer, Event, Piece, Turn
from app.calibration import Calibration
from app.citations import (
    Mark,
    SourceText,
    cited_agreements,
    cited_conflicts,
    resolve,
    stands,
)
from app.evidence import Evidence, PassageReader, Ranking
from app.extractive import ExtractiveAnswerer
from app.followup import stand_alone
from app.late_interaction import TokenEncoder
from app.phrases import phrases
from app.question import Question, check_question
from app.refusal import SURE, judge
from app.settings import CACHE_DIR, Settings
from app.summary import asks_for_summary, draft_summary, lead
from index.articles import read_text
from index.embedding import Encoder, SentenceTransformerEncoder
from index.errors import ArticleError, IndexBusyError
from index.library import Library
from index.reader import SHIPPED
from index.reader.reader import Reader
from index.search import EVERYTHING, Scope
from index.sync import Progress, SyncReport

PASSAGES = 12  # looked at for a question
COMPARED = 5  # sentences, for what they agree on and where they contradict each other


class FullEncoder(Encoder, TokenEncoder, Protocol):
    """An encoder that finds passages and ranks their sentences."""


class Answerer(Protocol):
    """Writes an answer from evidence: text, with marks that say what it rests on."""

    @property
    def model(self) -> str | None:
        """The language model that writes, if one does."""
        ...

    def draft(
        self,
        question: Question,
        evidence: Sequence[Evidence],
        findings: Findings,
        history: Sequence[Turn],
    ) -> Iterator[str | Mark]:
        """Yield the answer's text, with a mark after each statement."""
        ...


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
        self.library = Library(self.settings.index_dir, self._encoder)
        self._about = About(self._encoder)
        if reader is None and self.settings.reader is not None:
            beside = (
                self._encoder if isinstance(self._encoder, SentenceTransformerEncoder) else None
            )
            reader = Reader(self.settings.reader, cache_dir=CACHE_DIR, beside=beside)
        self._reader = reader
        self._calibration = calibration or Calibration.load(with_reader=reader is not None)
        self._ranking = Ranking(self._encoder, reader, self._calibration)
        self._answerer = answerer or ExtractiveAnswerer()
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
            self.is_ready = True
            return report

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
    ) -> Iterator[Event]:
        """Yield the pieces of the answer as they come, and last the whole `Answer`.

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
        understood = stand_alone(asked.text, history)
        if understood.is_changed:
            asked = Question(asked.text, understood.language)
        passages = self.library.find(understood.text, PASSAGES, scope=scope)
        found = time.perf_counter()
        is_summary = asks_for_summary(understood.text)
        if is_summary and passages:
            ranked = lead(understood.text, self.library.chunks_of(passages[0].chunk.source))
        else:
            ranked = self._ranking.rank(understood.text, passages)
        read = time.perf_counter()
        sources, notices = self._open({e.passage.chunk.source for e in ranked}, asked.language)
        if understood.is_changed:
            notices.insert(0, phrases(asked.language).understood.format(question=understood.text))
        evidence = [e for e in ranked if stands(e, sources)]
        verdict = SURE if is_summary and evidence else judge(evidence, self._calibration)
        findings = Findings()
        draft: Iterator[str | Mark] = iter([phrases(asked.language).not_found])
        if is_summary and evidence:
            title = sources[evidence[0].passage.chunk.source].info.title
            draft = draft_summary(title, asked.language, evidence)
        elif verdict.reason is None:
            findings = compare(
                Question(understood.text, asked.language), evidence[:COMPARED], self._encoder
            )
            draft = self._answerer.draft(asked, evidence, findings, history)
        pieces = []
        for piece in resolve(draft, evidence, sources):
            pieces.append(piece)
            yield piece
        yield Answer(
            question=asked.text,
            pieces=tuple(pieces),
            answered=verdict.reason is None,
            language=asked.language,
            model=self._answerer.model,
            probability=verdict.probability,
            reason=verdict.reason,
            evidence=tuple(evidence),
            passages=tuple(passages),
            agreements=cited_agreements(findings, evidence, pieces),
            conflicts=cited_conflicts(findings, evidence, pieces),
            notices=tuple(notices),
            seconds={
                "find": found - started,
                "read": read - found,
                "total": time.perf_counter() - started,
            },
        )

    async def aask(
        self, question: str, *, history: Sequence[Turn] = (), scope: Scope = EVERYTHING
    ) -> Answer:
        """Answer a question, without blocking the event loop; as `ask`."""
        return await asyncio.to_thread(self.ask, question, history=history, scope=scope)

    async def astream(
        self, question: str, *, history: Sequence[Turn] = (), scope: Scope = EVERYTHING
    ) -> AsyncIterator[Event]:
        """Yield what `stream` yields, without blocking the event loop."""
        events = self.stream(question, history=history, scope=scope)
        while (event := await asyncio.to_thread(next, events, None)) is not None:
            yield event

    def _open(self, sources: set[str], language: str) -> tuple[dict[str, SourceText], list[str]]:
        """Read sources as they are now; say of which the file is no longer what was indexed."""
        infos = self.library.articles()
        opened, notices = {}, []
        for source in sorted(sources & infos.keys()):
            info = infos[source]
            try:
                text, is_as_indexed = read_text(self.settings.corpus_dir, info)
            except (ArticleError, FileNotFoundError):
                text, is_as_indexed = "", False
            opened[source] = SourceText(info, text)
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
