"""Question sets in BEIR layout, and which of their questions teach, choose and report.

A set is a folder with `corpus.jsonl`, `queries.jsonl` and `qrels/test.tsv` (Thakur et al., 2021),
whose `metadata` fields say language, answers, whether there is one, and the candidate passages.
"""

import csv
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from index.errors import CorpusChatError

Part = Literal["train", "choose", "report"]
PARTS: tuple[Part, ...] = ("train", "choose", "report")

_SHARES: tuple[tuple[Part, int], ...] = (
    ("train", 60),
    ("choose", 75),
    ("report", 100),
)  # up to this percentile


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


def read_set(folder: Path) -> QuestionSet:
    """Read the set in `folder`.

    Raises:
        QuestionSetError: a file is missing or a line of it cannot be read.
    """
    passages = {}
    for row in _rows(folder / "corpus.jsonl"):
        about = row.get("metadata", {})
        passages[row["_id"]] = SetPassage(
            id=row["_id"],
            title=row.get("title", ""),
            text=row["text"],
            language=about.get("lang", "en"),
            key=about.get("key", row["_id"]),
        )
    gold: dict[str, set[str]] = {}
    for query, passage in _judgements(folder / "qrels" / "test.tsv"):
        gold.setdefault(query, set()).add(passage)
    questions = []
    for row in _rows(folder / "queries.jsonl"):
        about = row.get("metadata", {})
        questions.append(
            SetQuestion(
                id=row["_id"],
                text=row["text"],
                language=about.get("lang", "en"),
                is_answerable=about.get("answerable", True),
                answers=tuple(about.get("answers", ())),
                candidates=tuple(about.get("candidates", ())),
                gold=frozenset(gold.get(row["_id"], ())),
            )
        )
    return QuestionSet(folder.name, passages, tuple(questions))


def read_sets(data: Path) -> list[QuestionSet]:
    """Read every set in a folder of sets, in order of name.

    Raises:
        QuestionSetError: there is none, or one of them cannot be read.
    """
    found = [read_set(file.parent) for file in sorted(data.glob("*/queries.jsonl"))]
    if not found:
        raise QuestionSetError(f"There is no question set in {data}; name the folder above them.")
    return found


def parts(sets: list[QuestionSet]) -> dict[str, Part]:
    """Return the part of each question, by its id.

    Questions that share a paragraph, in whatever language or set, are in the same part. Sets
    overlap, so the parts are those of the sets that are given together: give all there are.
    """
    groups = _Groups()
    for of in sets:
        keys = {passage.id: f"{of.name} {passage.key}" for passage in of.passages.values()}
        for question in of.questions:
            # The id without its language: the same question in another language or set.
            name = question.id.partition(":")[2] or question.id
            for passage in (*question.gold, *question.candidates):
                groups.join(f"question {name}", keys[passage])
            groups.join(f"question {name}", f"question {name}")
    result: dict[str, Part] = {}
    for of in sets:
        for question in of.questions:
            name = question.id.partition(":")[2] or question.id
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


def _rows(file: Path) -> Iterator[dict[str, Any]]:
    try:
        # By line feeds alone: a text may hold any other separator.
        lines = file.read_text(encoding="utf-8").rstrip("\n").split("\n")
    except FileNotFoundError:
        raise QuestionSetError(f"There is no file {file}; a question set has one.") from None
    for number, line in enumerate(lines, start=1):
        try:
            row = json.loads(line)
            if not {"_id", "text"} <= row.keys():
                raise ValueError("_id or text is missing")
        except (ValueError, AttributeError) as error:
            raise QuestionSetError(f"{file}, line {number} cannot be read: {error}.") from None
        yield row


def _judgements(file: Path) -> Iterator[tuple[str, str]]:
    try:
        with file.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines, delimiter="\t"):
                if int(row["score"]) > 0:
                    yield row["query-id"], row["corpus-id"]
    except FileNotFoundError:
        raise QuestionSetError(f"There is no file {file}; a question set has one.") from None
    except (KeyError, ValueError) as error:
        raise QuestionSetError(f"{file} cannot be read: {error}.") from None
