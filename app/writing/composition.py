"""From evidence to the parts of an answer, whatever happens to a language model on the way."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from app.agreement import Findings
from app.answer import Agreement, Conflict, Piece, Statement, Withdrawal
from app.evidence.evidence import Evidence
from app.evidence.refusal import SURE, Reason, Verdict
from app.phrases import phrases
from app.question.question import Question, Turn
from app.writing.citations import (
    Citations,
    Draft,
    SourceText,
    cited_agreements,
    cited_conflicts,
    resolve,
)
from app.writing.extractive import ExtractiveAnswerer
from app.writing.model.failures import LanguageModelError
from index.search import Passage


class Answerer(Protocol):
    """Writes an answer from evidence: text, with marks that say what supports it."""

    @property
    def model(self) -> str | None:
        """The language model that writes, if one does."""
        ...

    def draft(self, question: Question, evidence: Sequence[Evidence], findings: Findings) -> Draft:
        """Yield the answer's text, with a mark after each quotation or a claim after each sentence.

        A language model that sees no answer in the evidence yields nothing.

        Raises:
            LanguageModelError: a language model did not answer.
        """
        ...

    def load(self) -> None:
        """Load what it needs, so that the first question does not wait for it."""
        ...

    def check(self) -> str | None:
        """Ask a language model a short question, and return what it says; None without one.

        Raises:
            LanguageModelError: it did not answer.
        """
        ...

    def rewrite(self, question: str, history: Sequence[Turn]) -> str | None:
        """Return a follow-up as a question that stands alone; None if no language model gave one.

        Raises:
            LanguageModelError: a language model did not answer.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounds:
    """What an answer is written from."""

    passages: tuple[Passage, ...] = ()  # that were found, best first
    evidence: tuple[Evidence, ...] = ()  # sentences of them that stand in their files, best first
    sources: Mapping[str, SourceText] = field(default_factory=dict)
    verdict: Verdict = SURE
    findings: Findings = field(default_factory=Findings)
    notices: tuple[str, ...] = ()
    seconds: Mapping[str, float] = field(default_factory=lambda: {"find": 0.0, "read": 0.0})
    stated: int = 0  # so many of the evidence, the first, are what a file states of itself


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """An answer's parts, when all of them are written."""

    pieces: tuple[Piece, ...]
    statements: tuple[Statement, ...]
    agreements: tuple[Agreement, ...]
    conflicts: tuple[Conflict, ...]
    notices: tuple[str, ...]
    model: str | None  # that wrote them
    reason: Reason | None  # why they say nothing


StreamedPart = Piece | Statement | Withdrawal


def compose(
    answerer: Answerer, question: Question, grounds: Grounds
) -> Iterator[StreamedPart | Written]:
    """Yield the parts of an answer as they come, and last what was written.

    The evidence was judged to answer. So if a language model fails, sees no answer in it, or writes
    none that the articles support, what it said is withdrawn and the evidence is quoted instead.
    """
    words = phrases(question.language)
    has_begun = False
    try:
        draft = answerer.draft(question, grounds.evidence, grounds.findings)
        for part in write(draft, grounds, model=answerer.model, warning=words.warning):
            if not isinstance(part, Written):
                has_begun = True
                yield part
            elif _says_something(part):
                yield part
                return
        notice = (words.withdrawn if has_begun else words.none_given).format(model=answerer.model)
    except LanguageModelError as error:
        failure = words.failures[error.failure]
        notice = words.model_failed.format(model=answerer.model, failure=failure)
    if has_begun:
        yield Withdrawal()
    quotations = ExtractiveAnswerer().draft(question, grounds.evidence, grounds.findings)
    yield from write(quotations, grounds, notices=(notice,))


def _says_something(written: Written) -> bool:
    """Whether an answer quotes, or has a sentence of a model that the articles support."""
    return written.model is None or any(s.supported for s in written.statements)


def refuse(
    question: Question, grounds: Grounds, reason: Reason
) -> Iterator[StreamedPart | Written]:
    """Yield that the articles do not say, and last what was written."""
    return write([phrases(question.language).not_found], grounds, reason=reason)


def write(
    draft: Draft,
    grounds: Grounds,
    *,
    model: str | None = None,
    reason: Reason | None = None,
    notices: tuple[str, ...] = (),
    warning: str = "",
) -> Iterator[StreamedPart | Written]:
    """Yield the parts of a draft, and last what was written."""
    citations = Citations(grounds.sources)
    pieces: list[Piece] = []
    statements: list[Statement] = []
    for part in resolve(draft, grounds.evidence, citations, warning):
        if isinstance(part, Piece):
            pieces.append(part)
        else:
            statements.append(part)
        yield part
    yield Written(
        pieces=tuple(pieces),
        statements=tuple(statements),
        agreements=cited_agreements(grounds.findings, grounds.evidence, citations),
        conflicts=cited_conflicts(grounds.findings, grounds.evidence, citations),
        notices=notices,
        model=model,
        reason=reason,
    )
