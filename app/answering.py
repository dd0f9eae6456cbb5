"""The steps from a question to its answer: understand, find, rank, judge, compare, write."""

import time
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, replace

from app.agreement import compare
from app.answer import Answer, Event
from app.components import Components
from app.evidence.evidence import Evidence
from app.evidence.ranking import LIMIT
from app.evidence.refusal import SURE, Verdict, judge
from app.evidence.repetition import without_what_was_said
from app.evidence.surroundings import with_surroundings
from app.phrases import phrases
from app.question.heads import HOW, LIST, QuestionHeads
from app.question.names import names_in
from app.question.parts import parts
from app.question.question import SAID_KINDS, Kind, Question, Turn
from app.question.understanding import understand
from app.writing.byline import draft_byline, is_meant, stated
from app.writing.citations import SourceText, independent, stands
from app.writing.composition import Grounds, StreamedPart, Written, compose, refuse, write
from app.writing.model.failures import LanguageModelError
from app.writing.overview import draft_topic, openings, say
from app.writing.parts import Asked, draft_parts, joined
from app.writing.summary import draft_summary, lead
from app.writing.survey import draft_survey, main_sentences
from index.errors import ArticleError
from index.folder.formats.extracted import Extracted
from index.search import Passage, Scope

PASSAGES = 12  # looked at for a question
_MANY = 40  # for one about a topic, which articles have in many places
COMPARED = 5  # sentences, for what they agree on and where they contradict each other


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
            grounds = Grounds() if asked.kind in SAID_KINDS else self._gather(asked, said, scope)
            written = self._write(asked, grounds, scope)
        for part in written:
            if isinstance(part, Written):
                yield _answer(asked, grounds, part, time.perf_counter() - started)
            else:
                yield part

    def search(self, question: Question, limit: int, scope: Scope) -> list[Passage]:
        """Return up to `limit` passages in `scope` that fit a question, best first."""
        return self._components.library.find(question.in_full, limit, scope=scope)

    def try_out(self, question: Question, scope: Scope) -> Trial:
        """Return what would answer a question from the articles in `scope`."""
        asked = self._understand(question, ())
        evidence = tuple(self._rank(asked, self.search(asked, PASSAGES, scope)))
        stands_alone = self._heads.leans(asked.text) is not True
        return Trial(asked.kind, stands_alone, evidence, self._judge(asked, evidence))

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
        several = [(each, self._gather(each, said, scope, limit)) for each in asked]
        best = {(e.source, e.start) for _, grounds in several for e in grounds.evidence[:1]}
        return several if len(best) > 1 else []

    def _part(self, question: Question, text: str, first: str) -> Question:
        """Return one of the questions; it may lean on the first: "what is it, who makes it?"."""
        leans = text != first and self._heads.leans(text)
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

    def _gather(
        self, question: Question, said: Sequence[str], scope: Scope, limit: int = LIMIT
    ) -> Grounds:
        """Find passages, rank up to `limit` sentences of them, and judge whether these answer.

        `said` has the answers that the question follows up.
        """
        started = time.perf_counter()
        count = _MANY if question.kind == "topic" else PASSAGES
        passages = self.search(question, count, scope)
        found = time.perf_counter()
        ranked = self._rank(question, passages)
        read = time.perf_counter()
        sources, notices = self._open(ranked, question.language)
        names = names_in(question.in_full)
        standing = [
            with_surroundings(each, sources[each.source].extracted.text, names)
            for each in ranked
            if stands(each, sources)
        ]
        evidence = without_what_was_said(standing, said, self._components.calibration)
        verdict = self._judge(question, evidence[:LIMIT])
        if question.kind == "everything":
            evidence = main_sentences(evidence)
        grounds = Grounds(
            passages=tuple(passages),
            evidence=tuple(evidence[:limit]),
            sources=sources,
            verdict=verdict,
            notices=notices,
            seconds={"find": found - started, "read": read - found},
        )
        if question.kind == "byline":
            return self._with_stated(question, grounds)
        return self._compare(question, grounds)

    def _with_stated(self, question: Question, grounds: Grounds) -> Grounds:
        """Add what the article that is asked about states of itself, before what answers.

        Without it the question is one for a fact.
        """
        for source, text in grounds.sources.items():
            chunks = self._components.library.chunks_of(source)
            if is_meant(question.text, text.info, chunks):
                told = stated(text.info, chunks, text.extracted.text)
                said = grounds.evidence if grounds.verdict.reason is None else ()
                return replace(grounds, evidence=(*told, *said), stated=len(told), verdict=SURE)
        return self._compare(question, grounds)

    def _rank(self, question: Question, passages: Sequence[Passage]) -> list[Evidence]:
        """Return the sentences that answer best.

        For a summary these are the openings of the best article that has the names asked about,
        first of those whose title stands in the question.
        """
        if question.kind == "summary":
            articles = self._components.library.articles()
            found = dict.fromkeys(passage.chunk.source for passage in passages)
            sources = [source for source in found if source in articles]
            sources.sort(key=lambda source: articles[source].title not in question.text)
            chunks = map(self._components.library.chunks_of, sources)
            return next(filter(None, (lead(question.text, each) for each in chunks)), [])
        if question.kind == "topic":
            return openings(question.text, passages)
        return self._components.ranking.rank(
            question.text,
            passages,
            in_full=question.in_full,
            limit=_MANY if question.kind == "everything" else LIMIT,
            with_lists=question.answer_type in (HOW, LIST),
        )

    def _judge(self, question: Question, evidence: Sequence[Evidence]) -> Verdict:
        """Decide whether to answer; what was found can always be summed up or listed."""
        if question.kind in ("summary", "topic") and evidence:
            return SURE
        return judge(evidence, self._components.calibration)

    def _compare(self, question: Question, grounds: Grounds) -> Grounds:
        """Add what the sources say alike or against each other, if a fact is answered."""
        if question.kind not in ("fact", "byline") or grounds.verdict.reason is not None:
            return grounds
        findings = compare(question, grounds.evidence[:COMPARED], self._components.encoder)
        return replace(grounds, findings=independent(findings, grounds.evidence, grounds.sources))

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

    def _open(
        self, evidence: Sequence[Evidence], language: str
    ) -> tuple[dict[str, SourceText], tuple[str, ...]]:
        """Read the sources as they are now, with a notice of each that has changed since."""
        infos = self._components.library.articles()
        opened: dict[str, SourceText] = {}
        notices: list[str] = []
        for source in dict.fromkeys(each.source for each in evidence if each.source in infos):
            try:
                extracted, is_as_indexed = self._components.library.read(infos[source])
            except (ArticleError, FileNotFoundError):
                extracted, is_as_indexed = Extracted(text=""), False
            opened[source] = SourceText(infos[source], extracted)
            if not is_as_indexed:
                notices.append(phrases(language).changed.format(source=source))
        return opened, tuple(notices)


def _answer(question: Question, grounds: Grounds, written: Written, seconds: float) -> Answer:
    notices = (*grounds.notices, *written.notices)
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
