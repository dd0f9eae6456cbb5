"""What an answer is made of."""

from dataclasses import dataclass, field

from app.evidence.ranking import Evidence
from app.evidence.refusal import Reason
from index.search import Passage


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """The exact words of a source that a statement rests on.

    `start` and `end` count code points of the file as Python's text mode reads it with
    `encoding`, or of the text that was got out of it; that slice of it is `quote`. Lines count
    from 1 and include the last.
    """

    number: int  # the n of the mark [n]
    source: str  # path below the corpus folder
    title: str
    language: str  # ISO 639-1
    url: str | None
    published: str | None  # ISO 8601, a day
    encoding: str | None  # None: the file is no text, and what counts is the text got out of it
    start: int
    end: int
    line_start: int
    line_end: int
    page: int | None = None  # from 1, where the file has pages
    paragraph: int | None = None  # from 1, where it is no text file and has no pages
    quote: str
    copies: tuple[str, ...] = ()  # other sources that print the same, or nearly


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of an answer's text; a mark such as [1] carries the citation it stands for."""

    text: str
    citation: Citation | None = None
    is_warning: bool = False  # says that the sentence before it is not found in the articles


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence that a language model wrote, `answer.text[start:end]`, once it was checked."""

    start: int
    end: int
    supported: bool  # whether the articles carry it
    citations: tuple[int, ...]  # by their numbers; none where it is not supported


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """All that was streamed so far is withdrawn; what follows stands in its place."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """A statement that several sources make, by the numbers of their citations."""

    statement: str
    citations: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ConflictingValue:
    """One of the values that cannot all be true, and who gives it."""

    value: str
    citations: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Conflict:
    """What sources contradict each other about."""

    subject: str
    values: tuple[ConflictingValue, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An answer, whole: what it says, what it rests on, and what came nearest if nothing does."""

    question: str
    understood: str | None = None  # as it was searched for, where it needed the earlier ones
    pieces: tuple[Piece, ...]
    answered: bool
    language: str  # of the question, ISO 639-1
    model: str | None = None  # the language model, if one wrote it
    probability: float  # that the evidence answers the question
    reason: Reason | None  # why it was refused; None if it was not
    evidence: tuple[Evidence, ...]  # sentences, best first, before refusal and composition
    passages: tuple[Passage, ...]  # what was found, best first
    agreements: tuple[Agreement, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    statements: tuple[Statement, ...] = ()  # of a language model; quotations need none
    notices: tuple[str, ...] = ()
    seconds: dict[str, float] = field(default_factory=dict)  # by step: find, read, total

    @property
    def text(self) -> str:
        """The answer as plain text, with its marks."""
        return "".join(piece.text for piece in self.pieces)

    @property
    def citations(self) -> tuple[Citation, ...]:
        """What the marks stand for, each once, in order of number."""
        return tuple(dict.fromkeys(p.citation for p in self.pieces if p.citation is not None))


@dataclass(frozen=True, slots=True)
class Turn:
    """An earlier question of the conversation, and what was answered."""

    question: str
    answer: str


Event = Piece | Statement | Withdrawal | Answer
"""What a stream yields: pieces of text and checked statements, now and then that all of it is
withdrawn, and last the whole answer. The pieces since the last withdrawal are its pieces."""
