"""From a draft to the pieces of an answer, whatever becomes of a language model on the way."""

from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from app.agreement import Findings
from app.answer import Piece, Statement, Turn, Withdrawal
from app.evidence.ranking import Evidence
from app.evidence.refusal import Reason
from app.phrases import phrases
from app.question.question import Question
from app.writing.citations import Claim, Mark, SourceText, resolve
from app.writing.extractive import ExtractiveAnswerer
from app.writing.model.failures import LanguageModelError

Draft = Iterator[str | Mark | Claim]
Part = Piece | Statement | Withdrawal


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
    ) -> Draft:
        """Yield the answer's text, with a mark after each quotation or a claim after each sentence.

        Nothing is yielded where the evidence does not answer after all.

        Raises:
            LanguageModelError: a language model did not answer.
        """
        ...

    def load(self) -> None:
        """Load what it needs, so that the first question does not wait for it."""
        ...

    def check(self) -> None:
        """Ask a language model, where there is one, for a word.

        Raises:
            LanguageModelError: none came.
        """
        ...

    def rewrite(self, question: str, history: Sequence[Turn]) -> str | None:
        """Return a follow-up as a question that stands alone; None: as the program's rules do.

        Raises:
            LanguageModelError: a language model did not answer.
        """
        ...


@dataclass(slots=True)
class Composed:
    """What an answer is made of once it is written."""

    model: str | None = None  # that wrote what stands
    reason: Reason | None = None  # why it says nothing
    pieces: list[Piece] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)


def compose(
    answerer: Answerer,
    question: Question,
    evidence: Sequence[Evidence],
    findings: Findings,
    history: Sequence[Turn],
    sources: Mapping[str, SourceText],
) -> Generator[Part, None, Composed]:
    """Yield the parts of an answer from `evidence` as they come; return what it is made of.

    Where a language model fails, what it said is withdrawn and the evidence is quoted instead.
    Where it saw no answer, or wrote none that the articles carry, the answer says so.
    """
    words = phrases(question.language)
    done = Composed(model=answerer.model)
    try:
        draft = answerer.draft(question, evidence, findings, history)
        yield from take(done, draft, evidence, sources, words.warning)
    except LanguageModelError as error:
        yield from _withdraw(done)
        failure = words.failures[error.failure]
        done.notices.append(words.model_failed.format(model=answerer.model, failure=failure))
        draft = ExtractiveAnswerer().draft(question, evidence, findings, history)
        yield from take(done, draft, evidence, sources)
        return done
    if not done.pieces:
        done.reason = "model found none"
    elif answerer.model is not None and not any(s.supported for s in done.statements):
        yield from _withdraw(done)
        done.notices.append(words.withdrawn.format(model=answerer.model))
        done.reason = "unsupported"
    if done.reason is not None:
        done.model = None
        yield from take(done, iter([words.not_found]), evidence, sources)
    return done


def take(
    done: Composed,
    draft: Draft,
    evidence: Sequence[Evidence],
    sources: Mapping[str, SourceText],
    warning: str = "",
) -> Iterator[Part]:
    """Yield the parts of a draft, and keep them."""
    for part in resolve(draft, evidence, sources, warning):
        if isinstance(part, Piece):
            done.pieces.append(part)
        else:
            done.statements.append(part)
        yield part


def _withdraw(done: Composed) -> Iterator[Withdrawal]:
    if done.pieces:
        done.pieces.clear()
        done.statements.clear()
        yield Withdrawal()
    done.model = None
