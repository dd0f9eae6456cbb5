"""Question sets in BEIR layout, and the parts to train on, to choose by and to report.

A set is a folder with `corpus.jsonl`, `queries.jsonl` and `qrels/test.tsv` (Thakur et al., 2021).
The `metadata` fields give the language, the answers, whether there is one, and the candidate
passages.
"""

import csv
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from index.errors import CorpusChatError

Part = Literal["train", "choose", "report"]
PARTS: tuple[Part, ...] = ("train", "choose", "report")

_UP_TO: dict[Part, int] = {"train": 60, "choose": 75, "report": 100}  # percentiles of the questions

_Model = TypeVar("_Model", bound=BaseModel)


class QuestionSetError(CorpusChatError):
    """A folder is not a question set, or one of its lines cannot be read."""


@dataclass(frozen=True, slots=True)
class SetPassage:
    """A passage of a set."""

    id: str
    title: str
    text: str
    language: str  # ISO 639-1
    key: str  # the same for all translations of a passage


@dataclass(frozen=True, slots=True)
class SetQuestion:
    """A question of a set, with what is known about its answer."""

    id: str
    text: str
    language: str  # ISO 639-1
    is_answerable: bool
    answers: tuple[str, ...]
    candidates: tuple[str, ...]  # ids of the passages it is asked about; empty: all
    gold: frozenset[str]  # ids of the passages that answer it, as far as the set says


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """A whole question set."""

    name: str
    passages: dict[str, SetPassage]  # by id
    questions: tuple[SetQuestion, ...]


class _Metadata(BaseModel):
    model_config = ConfigDict(strict=True)

    lang: str = Field(default="en", pattern="^[a-z]{2}$")
    key: str | None = None
    answerable: bool = True
    answers: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()


class _Row(BaseModel):
    """A line of `corpus.jsonl` or `queries.jsonl`."""

    model_config = ConfigDict(strict=True)

    id: str = Field(alias="_id")
    title: str = ""
    text: str
    metadata: _Metadata = _Metadata()


def read_set(folder: Path) -> QuestionSet:
    """Read the set in `folder`.

    Raises:
        QuestionSetError: a file is missing, or one of its lines cannot be read.
    """
    passages = _read_passages(folder / "corpus.jsonl")
    gold: dict[str, set[str]] = {}
    file = folder / "qrels" / "test.tsv"
    for line, query, passage in _judgements(file):
        if passage not in passages:
            raise unreadable(file, line, f"corpus.jsonl has no passage {passage!r}")
        gold.setdefault(query, set()).add(passage)
    questions = _read_questions(folder / "queries.jsonl", passages, gold)
    return QuestionSet(folder.resolve().name, passages, questions)


def _read_passages(file: Path) -> dict[str, SetPassage]:
    passages: dict[str, SetPassage] = {}
    for line, row in read_lines(file, _Row):
        if row.id in passages:
            raise unreadable(file, line, f"the passage {row.id!r} was there before")
        passages[row.id] = SetPassage(
            id=row.id,
            title=row.title,
            text=row.text,
            language=row.metadata.lang,
            key=row.metadata.key or row.id,
        )
    return passages


def _read_questions(
    file: Path, passages: Mapping[str, SetPassage], gold: Mapping[str, set[str]]
) -> tuple[SetQuestion, ...]:
    questions: dict[str, SetQuestion] = {}
    for line, row in read_lines(file, _Row):
        if row.id in questions:
            raise unreadable(file, line, f"the question {row.id!r} was there before")
        for passage in row.metadata.candidates:
            if passage not in passages:
                raise unreadable(file, line, f"corpus.jsonl has no passage {passage!r}")
        questions[row.id] = SetQuestion(
            id=row.id,
            text=row.text,
            language=row.metadata.lang,
            is_answerable=row.metadata.answerable,
            answers=row.metadata.answers,
            candidates=row.metadata.candidates,
            gold=frozenset(gold.get(row.id, ())),
        )
    return tuple(questions.values())


def read_sets(data: Path) -> list[QuestionSet]:
    """Read every set in a folder of sets, in the order of their names.

    Raises:
        QuestionSetError: there is no set, or one of them cannot be read.
    """
    found = [read_set(file.parent) for file in sorted(data.glob("*/queries.jsonl"))]
    if not found:
        raise QuestionSetError(f"There is no question set in {data}; name the folder above them.")
    return found


def question_name(question: SetQuestion) -> str:
    """Return the name of a question in every language and set: its id without the language."""
    return question.id.partition(":")[2] or question.id


def parts(sets: list[QuestionSet]) -> dict[str, Part]:
    """Return the part of each question, by its id.

    Questions that share a paragraph, in any language or set, are in the same part. Sets overlap,
    so the parts depend on the sets that are given together: give all there are.
    """
    groups = _Groups()
    for one in sets:
        keys = {passage.id: f"{one.name} {passage.key}" for passage in one.passages.values()}
        for question in one.questions:
            name = question_name(question)
            for passage in (*question.gold, *question.candidates):
                groups.join(f"question {name}", keys[passage])
    part_of: dict[str, Part] = {}
    for question in (question for one in sets for question in one.questions):
        first = groups.first(f"question {question_name(question)}")
        percentile = hashlib.sha256(first.encode()).digest()[0] * 100 // 256
        part_of[question.id] = next(part for part in PARTS if percentile < _UP_TO[part])
    return part_of


class _Groups:
    """Groups of joined names, each known by the name that sorts first (union-find)."""

    def __init__(self) -> None:
        self._above: dict[str, str] = {}

    def first(self, name: str) -> str:
        """Return the first name of the group of a name."""
        above = self._above.setdefault(name, name)
        while above != self._above[above]:
            above = self._above[name] = self._above[above]
            name = above
        return above

    def join(self, one: str, other: str) -> None:
        """Make one group of the groups of two names."""
        low, high = sorted((self.first(one), self.first(other)))
        self._above[high] = low


def read_lines(file: Path, model: type[_Model]) -> Iterator[tuple[int, _Model]]:
    """Yield the number and the content of each line of a file of JSON lines.

    Raises:
        QuestionSetError: the file cannot be read, or a line of it does not fit `model`.
    """
    try:
        # Not `splitlines`: a text may have any other separator of lines.
        lines = file.read_text(encoding="utf-8").rstrip("\n").split("\n")
    except FileNotFoundError:
        raise QuestionSetError(f"There is no file {file}; a question set has one.") from None
    except OSError as error:
        raise QuestionSetError(f"{file} cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise QuestionSetError(f"{file} cannot be read: it is not UTF-8 text.") from None
    for number, line in enumerate(lines, start=1):
        try:
            yield number, model.model_validate_json(line)
        except ValidationError as error:
            first = error.errors()[0]
            reason = first["msg"].replace("line 1 column", "character")
            field = ".".join(map(str, first["loc"]))
            raise unreadable(file, number, f"{field}: {reason}" if field else reason) from None


def unreadable(file: Path, line: int, reason: str) -> QuestionSetError:
    """Return the error that says what is wrong with a line."""
    return QuestionSetError(f"{file}, line {line} cannot be read: {reason}.")


def _judgements(file: Path) -> Iterator[tuple[int, str, str]]:
    """Yield line number, question and passage of each judgement that the passage answers."""
    try:
        with file.open(encoding="utf-8", newline="") as lines:
            rows = csv.DictReader(lines, delimiter="\t")
            for row in rows:
                try:
                    if int(row["score"]) > 0:
                        yield rows.line_num, row["query-id"], row["corpus-id"]
                except (KeyError, TypeError, ValueError):
                    reason = "query-id, corpus-id and a whole score are to stand there, by tabs"
                    raise unreadable(file, rows.line_num, reason) from None
    except FileNotFoundError:
        raise QuestionSetError(f"There is no file {file}; a question set has one.") from None
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise QuestionSetError(f"{file} cannot be read: {error}.") from None
