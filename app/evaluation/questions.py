"""What is asked, and what would be right: from a question set, or a file over a folder."""

import hashlib
import itertools
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from app.evaluation import EvaluationError
from app.question.question import QuestionError, check_question
from index.reader.training.question_sets import (
    Part,
    QuestionSet,
    SetPassage,
    SetQuestion,
    parts,
    question_name,
    read_lines,
    read_set,
    read_sets,
    unreadable,
)

# A set's answers are strings of its passages, or somebody's words for them: those of XQuAD and
# SQuAD-it stand in their paragraphs without exception, of Belebele's 39%, of CLAPnq's 6%.
_VERBATIM = 0.9


@dataclass(frozen=True, slots=True)
class Accepted:
    """A string, normalised, that makes a sentence right which holds it."""

    text: str
    language: str | None  # of the sentences it counts in; None: of all


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A question to ask, and how to tell what is right."""

    id: str
    text: str
    language: str
    is_answerable: bool
    kind: str | None = None  # why a question of a file has no answer: near-miss, off-topic
    accepted: tuple[Accepted, ...] = ()  # none: no sentence can be judged
    sources: tuple[str, ...] = ()  # beginnings of the names of files that count; none: all count
    candidates: frozenset[str] = frozenset()  # ids of the passages it is asked of; none: of all
    gold: frozenset[str] = frozenset()  # ids of the passages to be found, where that is known

    def can_be_judged(self, language: str | None = None) -> bool:
        """Whether a sentence, in `language` if given, can be right."""
        return any(language is None or a.language in (None, language) for a in self.accepted)

    def accepts(self, sentence: str, *, language: str, source: str) -> bool:
        """Whether `sentence` is one that answers."""
        if self.sources and not source.startswith(self.sources):
            return False
        sentence = normalise(sentence)
        return any(
            a.language in (None, language) and _stands(a.text, sentence) for a in self.accepted
        )


@dataclass(frozen=True, slots=True)
class Task:
    """Questions over one corpus: a folder of articles, or the passages of a set, by id."""

    name: str
    path: Path
    queries: tuple[Query, ...]
    corpus: Path | None
    passages: Mapping[str, SetPassage]

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of the passages."""
        return tuple(sorted({passage.language for passage in self.passages.values()}))


def read_task(path: Path, *, corpus: Path, part: Part | None, limit: int | None) -> Task:
    """Read a question set, or a file of questions over the folder `corpus`.

    Of a set, only the questions in `part`, and in all no more than `limit`.

    Raises:
        EvaluationError: there is no such thing, or nothing in it to ask.
        QuestionSetError: a line of it cannot be read.
    """
    if path.is_dir():
        task = _of_set(path, part)
    elif not path.exists():
        raise EvaluationError(f"There is no {path}; name a question set or a file of questions.")
    elif part is not None:
        raise EvaluationError(f"{path} is a file, and only question sets have a part {part}.")
    else:
        task = _of_file(path, corpus)
    if not task.queries:
        raise EvaluationError(f"{path} has no question to ask; name another, or another part.")
    return task if limit is None else _first(limit, task)


def _stands(text: str, sentence: str) -> bool:
    """Whether `text` is in `sentence`, and no part of a longer word or figure there."""
    return re.search(rf"(?<![a-z\d]){re.escape(text)}(?![a-z\d])", sentence) is not None


def normalise(text: str) -> str:
    """Return `text` without what is no difference in wording: width, case and white space."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _of_set(path: Path, part: Part | None) -> Task:
    of = read_set(path)
    # The parts are those of the sets that lie together.
    wanted = parts(read_sets(path.resolve().parent)) if part is not None else {}
    chosen = [question for question in of.questions if wanted.get(question.id) == part]
    is_verbatim = _is_verbatim(of)
    same: dict[str, list[SetQuestion]] = {}
    for question in of.questions:
        same.setdefault(question_name(question), []).append(question)
    queries = []
    for question in chosen:
        _check(question.text, f"{path / 'queries.jsonl'}, question {question.id}")
        accepted = {
            Accepted(text, twin.language)
            for twin in same[question_name(question)]
            for text in map(normalise, twin.answers)
            if text and is_verbatim and question.is_answerable
        }
        queries.append(
            Query(
                id=question.id,
                text=question.text,
                language=question.language,
                is_answerable=question.is_answerable,
                accepted=tuple(sorted(accepted, key=str)),
                candidates=frozenset(question.candidates),
                gold=question.gold,
            )
        )
    return Task(of.name, path, tuple(queries), None, of.passages)


def _is_verbatim(of: QuestionSet) -> bool:
    stands = []
    for question in of.questions:
        texts = [of.passages[i].text for i in question.gold]
        answers = [answer for answer in map(normalise, question.answers) if answer]
        if texts and answers:
            stands.append(any(answer in normalise(text) for answer in answers for text in texts))
    return bool(stands) and sum(stands) >= _VERBATIM * len(stands)


class _Line(BaseModel):
    """A line of a file of questions. It may say more, which is not read."""

    model_config = ConfigDict(strict=True)

    q: str
    lang: str = Field(pattern="^[a-z]{2}$")
    any: tuple[str, ...] = ()
    src: tuple[str, ...] = ()
    none: bool = False
    kind: str | None = None


def _of_file(path: Path, corpus: Path) -> Task:
    queries = []
    for number, line in read_lines(path, _Line):
        accepted = tuple(Accepted(text, None) for text in map(normalise, line.any) if text)
        if line.none == bool(accepted):
            raise unreadable(path, number, 'either "any" or "none": true is to stand there')
        _check(line.q, f"{path}, line {number}")
        queries.append(
            Query(
                id=str(number),
                text=line.q,
                language=line.lang,
                is_answerable=not line.none,
                kind=line.kind if line.none else None,
                accepted=accepted,
                sources=line.src,
            )
        )
    return Task(path.stem, path, tuple(queries), corpus, {})


def _check(text: str, place: str) -> None:
    try:
        check_question(text)
    except QuestionError as error:
        raise EvaluationError(f"{place}: {error}") from None


def _first(limit: int, task: Task) -> Task:
    """Return the task with `limit` of its questions, as many of each language and outcome.

    Which ones depends on their ids alone; of translations of one question, all are preferred.
    """
    groups: dict[tuple[str, bool], list[Query]] = {}
    for query in sorted(task.queries, key=_order):
        groups.setdefault((query.language, query.is_answerable), []).append(query)
    turns = itertools.zip_longest(*(groups[key] for key in sorted(groups)))
    in_turn = (query for turn in turns for query in turn if query is not None)
    taken = {query.id for query in itertools.islice(in_turn, limit)}
    queries = tuple(query for query in task.queries if query.id in taken)
    return Task(task.name, task.path, queries, task.corpus, task.passages)


def _order(query: Query) -> str:
    return hashlib.sha256(query.id.removeprefix(f"{query.language}:").encode()).hexdigest()
