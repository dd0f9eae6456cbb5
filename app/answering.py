"""The steps from a question to its answer: understand, gather, write."""

import time
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, replace

from app.answer import Answer, Event
from app.components import Components
from app.evidence.evidence import Evidence
from app.evidence.ranking import LIMIT
from app.evidence.refusal import Verdict
from app.gathering import Gathering
from app.phrases import phrases
from app.question.heads import QuestionHeads
from app.question.names import names_in
from app.question.parts import parts
from app.question.question import SAID_KINDS, Kind, Question, Turn
from app.question.understanding import understand
from app.writing.byline import draft_byline
from app.writing.composition import Grounds, StreamedPart, Written, compose, refuse, write
from app.writing.model.failures import LanguageModelError
from app.writing.overview import draft_topic, say
from app.writing.parts import Asked, draft_parts, joined
from app.writing.summary import draft_summary
from app.writing.survey import draft_survey
from index.search import Passage, Scope


@dataclass(frozen=True, slots=True)
class Trial:
    """What would answer a question, before anything is written."""

    kind: Kind
    stands_alone: bool  # whether it makes sense without questions before it, as far as is known
    evidence: tuple[Evidence, ...]  # best first
    verdict: Verdict


class Answering:
    """Answers questions over an index that is ready. Threads may share it."""

    def __init__(self, components: Components) -> None:
        self._components = components
        self._heads = QuestionHeads(components.encoder)
        self._gathering = Gathering(components)

    def stream(
        self, question: Question, history: Sequence[Turn], scope: Scope
    ) -> Generator[Event, None, None]:
        """Yield the pieces of the answer to a checked question, and last the whole `Answer`."""
        started = time.perf_counter()
        asked = self._understand(question, history)
        said = [turn.answer for turn in history] if asked.is_follow_up else []
        several = self._several(asked, said, scope)
        if several:
            grounds = joined(several)
            written = self._write_several(asked, several, grounds)
        else:
            grounds = (
                Grounds()
                if asked.kind in SAID_KINDS
                else self._gathering.gather(asked, said, scope)
            )
            written = self._write(asked, grounds, scope)
        for part in written:
            if isinstance(part, Written):
                yield _answer(asked, grounds, part, time.perf_counter() - started)
            else:
                yield part

    def search(self, question: Question, limit: int, scope: Scope) -> list[Passage]:
        """Return up to `limit` passages in `scope` that fit a question, best first."""
        return self._gathering.search(question, limit, scope)

    def try_out(self, question: Question, scope: Scope) -> Trial:
        """Return what would answer a question from the articles in `scope`."""
        asked = self._understand(question, ())
        passages = self._gathering.passages_for(asked, scope)
        evidence = tuple(self._gathering.rank(asked, passages))
        stands_alone = self._heads.leans(asked.text) is not True
        return Trial(asked.kind, stands_alone, evidence, self._gathering.judge(asked, evidence))

    def _understand(self, question: Question, history: Sequence[Turn]) -> Question:
        languages = {info.language for info in self._components.library.articles().values()}
        return understand(question, history, self._heads, self._reword, languages)

    def _several(self, question: Question, said: Sequence[str], scope: Scope) -> list[Asked]:
        """Return the questions that one asks, each with its grounds, if it asks several.

        What one sentence answers is one question, and a language model takes any question whole.
        """
        texts = parts(question.text, question.language)
        is_one = len(texts) == 1 or question.kind != "fact"
        if is_one or self._components.answerer.model is not None:
            return []
        asked = [self._part(question, text, texts[0]) for text in texts]
        limit = LIMIT // len(asked)
        several = [(each, self._gathering.gather(each, said, scope, limit)) for each in asked]
        best = {(e.source, e.start) for _, grounds in several for e in grounds.evidence[:1]}
        return several if len(best) > 1 else []

    def _part(self, question: Question, text: str, first: str) -> Question:
        """Return one of the questions; what names nothing leans on the first: "until when?"."""
        leans = text != first and (self._heads.leans(text) or not names_in(text))
        return replace(
            question,
            text=text,
            answer_type=self._heads.answer_type(text),
            earlier=(*question.earlier, first) if leans else question.earlier,
        )

    def _reword(self, question: str, history: Sequence[Turn]) -> str | None:
        """Return a follow-up in a language model's words; None without one, or if it fails."""
        try:
            return self._components.answerer.rewrite(question, history)
        except LanguageModelError:
            return None  # if it does not answer either, the answer says so

    def _write(
        self, question: Question, grounds: Grounds, scope: Scope
    ) -> Iterator[StreamedPart | Written]:
        """Yield the parts of the answer to a question of any kind, and last what was written."""
        if question.kind in SAID_KINDS:
            articles = filter(scope.has, self._components.library.articles().values())
            return write([say(question, articles)], grounds)
        if grounds.verdict.reason is not None:
            return refuse(question, grounds, grounds.verdict.reason)
        if grounds.stated:
            info = grounds.sources[grounds.evidence[0].source].info
            draft = draft_byline(info, question.language, grounds.evidence, grounds.stated)
            return write(draft, grounds)
        if question.kind == "topic":
            infos = {source: text.info for source, text in grounds.sources.items()}
            return write(draft_topic(question.language, grounds.evidence, infos), grounds)
        if question.kind == "everything":
            return write(draft_survey(question.language, grounds.evidence), grounds)
        if question.kind == "summary":
            title = grounds.sources[grounds.evidence[0].source].info.title
            return write(draft_summary(title, question.language, grounds.evidence), grounds)
        return compose(self._components.answerer, question, grounds)

    def _write_several(
        self, question: Question, asked: Sequence[Asked], grounds: Grounds
    ) -> Iterator[StreamedPart | Written]:
        """Yield the parts of the answers to several questions, and last what was written."""
        if grounds.verdict.reason is not None:
            return refuse(question, grounds, grounds.verdict.reason)
        return write(draft_parts(asked), grounds)


def _answer(question: Question, grounds: Grounds, written: Written, seconds: float) -> Answer:
    notices = (*grounds.notices, *written.notices, *_doubts(question, grounds, written))
    if question.is_follow_up:
        as_one_line = question.in_full.replace("\n", " → ")
        understood = phrases(question.language).understood.format(question=as_one_line)
        notices = (understood, *notices)
    return Answer(
        question=question.typed or question.text,
        understood=question.in_full if question.is_follow_up else None,
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


def _doubts(question: Question, grounds: Grounds, written: Written) -> tuple[str, ...]:
    """Return a notice for each source that is cited and was recognised from pictures."""
    cited = dict.fromkeys(p.citation.source for p in written.pieces if p.citation is not None)
    return tuple(
        phrases(question.language).recognised.format(source=source)
        for source in cited
        if source in grounds.sources and grounds.sources[source].extracted.is_recognised
    )
