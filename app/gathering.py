"""From a question to what its answer is written from: find, rank, judge, compare."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import replace

from app.agreement import compare
from app.components import Components
from app.evidence.evidence import Evidence
from app.evidence.ranking import LIMIT
from app.evidence.refusal import SURE, Verdict, judge
from app.evidence.repetition import without_what_was_said
from app.evidence.surroundings import with_surroundings
from app.phrases import phrases
from app.question.demands import Demands
from app.question.heads import HOW, LIST
from app.question.names import names_in
from app.question.question import Question
from app.writing.byline import is_meant, stated
from app.writing.citations import SourceText, independent, stands
from app.writing.composition import Grounds
from app.writing.overview import near, openings
from app.writing.summary import lead
from app.writing.survey import main_sentences
from index.errors import ArticleError
from index.folder.formats.extracted import Extracted
from index.search import Passage, Scope

PASSAGES = 12  # looked at for a question
_MANY = 200  # for the articles on a topic, which may have it anywhere
_ALL = 40  # sentences, where everything on a topic is asked for
COMPARED = 5  # sentences, for what they agree on and where they contradict each other


class Gathering:
    """Gathers what answers are written from. Threads may share it."""

    def __init__(self, components: Components) -> None:
        self._components = components

    def search(self, question: Question, limit: int, scope: Scope) -> list[Passage]:
        """Return up to `limit` passages in `scope` that fit a question, best first."""
        return self._components.library.find(question.in_full, limit, scope=scope)

    def passages_for(self, question: Question, scope: Scope) -> list[Passage]:
        """Return as many passages as a question of its kind needs, best first."""
        return self.search(question, _MANY if question.kind == "topic" else PASSAGES, scope)

    def gather(
        self, question: Question, said: Sequence[str], scope: Scope, limit: int = LIMIT
    ) -> Grounds:
        """Find passages, rank up to `limit` sentences of them, and judge whether these answer.

        `said` has the answers that the question follows up.
        """
        started = time.perf_counter()
        passages = self.passages_for(question, scope)
        found = time.perf_counter()
        ranked = self.rank(question, passages)
        read = time.perf_counter()
        sources, notices = self._open(ranked, question.language)
        names = names_in(question.in_full)
        standing = [
            with_surroundings(each, sources[each.source].extracted.text, names)
            for each in ranked
            if stands(each, sources)
        ]
        dated = _of_the_years(question.text, standing, sources)
        evidence = without_what_was_said(dated, said, self._components.calibration)
        verdict = self.judge(question, evidence[:LIMIT])
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

        That is the one whose title stands in the question, or that has the best evidence. If it
        states nothing, the question is one for a fact.
        """
        found = list(grounds.sources.values())
        named = [each for each in found if each.info.title.casefold() in question.text.casefold()]
        for text in (named or found)[:1]:
            chunks = self._components.library.chunks_of(text.info.source)
            if is_meant(question.text, text.info, chunks):
                told = stated(text.info, chunks, text.extracted.text)
                said = grounds.evidence if grounds.verdict.reason is None else ()
                return replace(grounds, evidence=(*told, *said), stated=len(told), verdict=SURE)
        return self._compare(question, grounds)

    def rank(self, question: Question, passages: Sequence[Passage]) -> list[Evidence]:
        """Return the sentences that answer best.

        For a summary these are the openings of the best article that has the names asked about,
        first of those whose title stands in the question.
        """
        if question.kind == "summary":
            articles = self._components.library.articles()
            found = [source for source in _sources(passages) if source in articles]
            named = [source for source in found if articles[source].title in question.text]
            close = [source for source in found if source in _sources(near(passages))]
            sources = dict.fromkeys([*named, *close])
            chunks = map(self._components.library.chunks_of, sources)
            return next(filter(None, (lead(question.text, each) for each in chunks)), [])
        if question.kind == "topic":
            return openings(question.text, passages)
        return self._components.ranking.rank(
            question.text,
            passages,
            in_full=question.in_full,
            limit=_ALL if question.kind == "everything" else LIMIT,
            with_lists=question.answer_type in (HOW, LIST),
        )

    def judge(self, question: Question, evidence: Sequence[Evidence]) -> Verdict:
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


def _of_the_years(
    question: str, evidence: Sequence[Evidence], sources: Mapping[str, SourceText]
) -> list[Evidence]:
    """Return evidence in which that of articles on other years than are asked about counts half.

    It is held to be about something else, as what is about another version is. Still it stays
    before what is far worse: that answers even less.
    """
    demands = Demands(question)
    missing = {
        source
        for source, each in sources.items()
        if demands.are_years_missing(f"{source}\n{each.info.published}\n{each.extracted.text}")
    }
    judged = [
        replace(each, score=each.score / 2, signals=replace(each.signals, version=0.0))
        if each.source in missing
        else each
        for each in evidence
    ]
    if not missing:
        return judged
    order = sorted(
        zip(evidence, judged, strict=True),
        key=lambda pair: (-pair[0].signals.version, -pair[1].score),
    )
    return [each for _, each in order]


def _sources(passages: Sequence[Passage]) -> list[str]:
    return list(dict.fromkeys(passage.chunk.source for passage in passages))
