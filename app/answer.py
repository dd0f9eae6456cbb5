"""An answer: the values it consists of, and the one JSON object that all doors give."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from app.evidence.evidence import Evidence
from app.evidence.refusal import Reason
from index.chunking import Chunk
from index.language.detection import UNKNOWN
from index.search import Passage


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """The exact words of a source that support a statement.

    `start` and `end` count code points of the file as Python's text mode reads it with
    `encoding`, or of the text that was extracted from it; that slice of it is `quote`. Lines count
    from 1 and include the last.
    """

    number: int  # the n of the mark [n]
    source: str  # path below the corpus folder
    title: str
    language: str  # ISO 639-1
    url: str | None
    published: str | None  # ISO 8601, a day
    encoding: str | None  # None: the file is no text file, and offsets count its extracted text
    start: int
    end: int
    line_start: int
    line_end: int
    page: int | None = None  # from 1, where the file has pages
    paragraph: int | None = None  # from 1, where it has no lines, pages and places
    place: str | None = None  # as the file names it: Sheet1!A7, or the time of a caption, 0:04:11
    quote: str
    context: str | None = None  # words before it that it leans on, which are cited as well
    copies: tuple[str, ...] = ()  # other sources that print the same, or nearly


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of an answer's text; a mark such as [1] has the citation that it stands for."""

    text: str
    citation: Citation | None = None
    is_warning: bool = False  # says that the sentence before it is not found in the articles


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence that a language model wrote, `answer.text[start:end]`, after it was checked."""

    start: int
    end: int
    supported: bool  # whether the articles support it
    citations: tuple[int, ...]  # by their numbers; none where it is not supported


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """Everything streamed so far is withdrawn; what follows replaces it."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """A statement that several sources make, by the numbers of their citations."""

    statement: str
    citations: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ConflictingValue:
    """One of the values that cannot all be true, and the citations that give it."""

    value: str
    citations: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Conflict:
    """What sources contradict each other about."""

    subject: str
    values: tuple[ConflictingValue, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A whole answer: its text, its citations, and what came nearest if nothing answers."""

    question: str  # as it was typed
    understood: str | None = None  # as it was searched for, if it leaned on earlier questions
    pieces: tuple[Piece, ...]
    answered: bool
    language: str  # of the question, ISO 639-1
    model: str | None = None  # the language model that wrote it, if one did
    probability: float  # that the evidence answers the question
    reason: Reason | None  # why it was refused; None if it was not
    evidence: tuple[Evidence, ...]  # sentences, best first, before refusal and composition
    passages: tuple[Passage, ...]  # what was found, best first
    agreements: tuple[Agreement, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    statements: tuple[Statement, ...] = ()  # by a language model; quotations need none
    notices: tuple[str, ...] = ()
    seconds: Mapping[str, float] = field(default_factory=dict)  # by step: find, read, total

    @property
    def text(self) -> str:
        """The answer as plain text, with its marks."""
        return "".join(piece.text for piece in self.pieces)

    @property
    def citations(self) -> tuple[Citation, ...]:
        """The citations of all marks, each once, in order of number."""
        return tuple(dict.fromkeys(p.citation for p in self.pieces if p.citation is not None))

    def to_json(self) -> dict[str, Any]:
        """Return the object that `ask --json` prints and the HTTP API returns."""
        return {
            "question": self.question,
            "text": self.text,
            "answered": self.answered,
            "language": self.language,
            "model": self.model,
            "probability": round(self.probability, 4),
            "reason": self.reason,
            "citations": [asdict(c) | {"copies": list(c.copies)} for c in self.citations],
            "evidence": [
                _span_to_json(e.source, e.start, e.end, e.text, e.score) for e in self.evidence
            ],
            "passages": [passage_to_json(passage) for passage in self.passages],
            "agreements": [asdict(agreement) for agreement in self.agreements],
            "conflicts": [asdict(conflict) for conflict in self.conflicts],
            "statements": [asdict(statement) for statement in self.statements],
            "pieces": [
                {
                    "text": piece.text,
                    "citation": piece.citation.number if piece.citation else None,
                    "warning": piece.is_warning,
                }
                for piece in self.pieces
            ],
            "understood": self.understood,
            "notices": list(self.notices),
            "seconds": {step: round(seconds, 4) for step, seconds in self.seconds.items()},
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Answer":
        """Return the answer that `to_json` made `data` of, as far as that says.

        It lacks the signals and the answer spans of evidence, the languages and contexts of chunks,
        and what rounding took from scores, probability and seconds.

        Raises:
            LookupError, TypeError: `data` is no such object.
        """
        citations = {
            each["number"]: Citation(**each | {"copies": tuple(each.get("copies", ()))})
            for each in data["citations"]
        }
        passages = tuple(map(_passage_from_json, data["passages"]))
        return cls(
            question=data["question"],
            understood=data["understood"],
            pieces=tuple(
                Piece(each["text"], citations.get(each["citation"]), each["warning"])
                for each in data["pieces"]
            ),
            answered=data["answered"],
            language=data["language"],
            model=data["model"],
            probability=data["probability"],
            reason=data["reason"],
            evidence=tuple(_evidence_from_json(each, passages) for each in data["evidence"]),
            passages=passages,
            agreements=tuple(
                Agreement(each["statement"], tuple(each["citations"]))
                for each in data["agreements"]
            ),
            conflicts=tuple(map(_conflict_from_json, data["conflicts"])),
            statements=tuple(
                Statement(**each | {"citations": tuple(each["citations"])})
                for each in data["statements"]
            ),
            notices=tuple(data["notices"]),
            seconds=dict(data["seconds"]),
        )


Event = Piece | Statement | Withdrawal | Answer
"""What a stream yields: pieces of text and checked statements, sometimes the withdrawal of all of
them, and last the whole answer. The pieces since the last withdrawal are the answer's pieces."""


def passage_to_json(passage: Passage) -> dict[str, Any]:
    """Return a passage as it stands in an answer's JSON."""
    chunk = passage.chunk
    span = _span_to_json(chunk.source, chunk.start, chunk.end, chunk.text, passage.score)
    return span | {"copies": list(passage.copies)}


def _span_to_json(source: str, start: int, end: int, text: str, score: float) -> dict[str, Any]:
    return {"source": source, "start": start, "end": end, "text": text, "score": round(score, 4)}


def _passage_from_json(data: Mapping[str, Any]) -> Passage:
    chunk = Chunk("", data["source"], data["start"], data["end"], data["text"], language=UNKNOWN)
    return Passage(chunk.with_id(), data["score"], tuple(data.get("copies", ())))


def _evidence_from_json(data: Mapping[str, Any], passages: tuple[Passage, ...]) -> Evidence:
    start, end = data["start"], data["end"]
    around = (
        passage
        for passage in passages
        if passage.chunk.source == data["source"]
        and passage.chunk.start <= start
        and end <= passage.chunk.end
    )
    # The sentences of a summary need not be in a passage that was found.
    passage = next(around, None) or _passage_from_json(data)
    return Evidence(passage, start, end, data["text"], data["score"])


def _conflict_from_json(data: Mapping[str, Any]) -> Conflict:
    values = (ConflictingValue(each["value"], tuple(each["citations"])) for each in data["values"])
    return Conflict(data["subject"], tuple(values))
