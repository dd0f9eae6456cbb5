"""Question sets in BEIR layout, and which of their questions teach, choose and report.

A set is a folder with `corpus.jsonl`, `queries.jsonl` and `qrels/test.tsv` (Thakur et al., 2021),
whose `metadata` fields say language, answers, whether there is one, and the candidate passages.
"""

import csv
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from index.errors import CorpusChatError

Part = Literal["train", "choose", "report"]
PARTS: tuple[Part, ...] = ("train", "choose", "report")

_SHARES: tuple[tuple[Part, int], ...] = (
    ("train", 60),
    ("choose", 75),
    ("report", 100),
)  # up to this percentile


_Model = TypeVar("_Model", bound=BaseModel)


class QuestionSetError(CorpusChatError):
    """A folder is not a question set, or a line of it cannot be read."""


@dataclass(frozen=True, slots=True)
class SetPassage:
    """A passage of a set; the translations of one passage share their `key`."""

    id: str
    title: str
    text: str
    language: str
    key: str


@dataclass(frozen=True, slots=True)
class SetQuestion:
    """A question of a set, with what is known of its answer."""

    id: str
    text: str
    language: str
    is_answerable: bool
    answers: tuple[str, ...]
    candidates: tuple[str, ...]  # ids of the passages it is asked of; empty: of all
    gold: frozenset[str]  # ids of the passages that answer it, where the set says


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """A set, read whole."""

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
        QuestionSetError: a file is missing or a line of it cannot be read.
    """
    passages: dict[str, SetPassage] = {}
    file = folder / "corpus.jsonl"
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
    gold: dict[str, set[str]] = {}
    file = folder / "qrels" / "test.tsv"
    for line, query, passage in _judgements(file):
        if passage not in passages:
            raise unreadable(file, line, f"corpus.jsonl has no passage {passage!r}")
        gold.setdefault(query, set()).add(passage)
    questions: dict[str, SetQuestion] = {}
    file = folder / "queries.jsonl"
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
    return QuestionSet(folder.resolve().name, passages, tuple(questions.values()))


def read_sets(data: Path) -> list[QuestionSet]:
    """Read every set in a folder of sets, in order of name.

    Raises:
        QuestionSetError: there is none, or one of them cannot be read.
    """
    found = [read_set(file.parent) for file in sorted(data.glob("*/queries.jsonl"))]
    if not found:
        raise QuestionSetError(f"There is no question set in {data}; name the folder above them.")
    return found


def question_name(question: SetQuestion) -> str:
    """Return what a question is called in every language and set: its id, without the language."""
    return question.id.partition(":")[2] or question.id


def parts(sets: list[QuestionSet]) -> dict[str, Part]:
    """Return the part of each question, by its id.

    Questions that share a paragraph, in whatever language or set, are in the same part. Sets
    overlap, so the parts are those of the sets that are given together: give all there are.
    """
    groups = _Groups()
    for of in sets:
        keys = {passage.id: f"{of.name} {passage.key}" for passage in of.passages.values()}
        for question in of.questions:
            name = question_name(question)
            for passage in (*question.gold, *question.candidates):
                groups.join(f"question {name}", keys[passage])
    result: dict[str, Part] = {}
    for of in sets:
        for question in of.questions:
            name = question_name(question)
            digest = hashlib.sha256(groups.first(f"question {name}").encode()).digest()
            percentile = digest[0] * 100 // 256
            result[question.id] = next(part for part, up_to in _SHARES if percentile < up_to)
    return result


class _Groups:
    """Sets of names that were joined, each known by the name that sorts first (union-find)."""

    def __init__(self) -> None:
        self._above: dict[str, str] = {}

    def first(self, name: str) -> str:
        above = self._above.setdefault(name, name)
        while above != self._above[above]:
            above = self._above[name] = self._above[above]
            name = above
        return above

    def join(self, one: str, other: str) -> None:
        low, high = sorted((self.first(one), self.first(other)))
        self._above[high] = low


def read_lines(file: Path, model: type[_Model]) -> Iterator[tuple[int, _Model]]:
    """Yield the number of each line of a file of JSON lines, and what it holds.

    Raises:
        QuestionSetError: the file cannot be read, or a line of it is not what `model` says.
    """
    try:
        # By line feeds alone: a text may hold any other separator.
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
    """Yield line, question and passage of each judgement that the one answers the other."""
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
