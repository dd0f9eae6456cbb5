"""Questions and their right answers, from question sets and from files over folders."""

import hashlib
import itertools
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from app.evaluation import EvaluationError
from app.question.question import QuestionError, check_question
from index.training.question_folders import (
    ARTICLES,
    QUESTIONS,
    QuestionLine,
    is_question_folder,
)
from index.training.question_sets import (
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

# The answers of a set are either strings of its passages or written freely. All answers of XQuAD
# and SQuAD-it are in their paragraphs, of Belebele 39%, of CLAPnq 6%.
_VERBATIM = 0.9


@dataclass(frozen=True, slots=True)
class Accepted:
    """A normalised string; a sentence that has it answers the question."""

    text: str
    language: str | None  # of the sentences that it is looked for in; None: all


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A question to ask, with what decides whether a sentence answers it."""

    id: str
    text: str
    language: str
    is_answerable: bool
    kind: str | None = None  # what is asked for, or why there is no answer: near-miss, off-topic
    accepted: tuple[Accepted, ...] = ()  # empty: no sentence can be judged
    sources: tuple[str, ...] = ()  # how the names of files that count begin; empty: all count
    candidates: frozenset[str] = frozenset()  # ids of the passages it is asked about; empty: all
    gold: frozenset[str] = frozenset()  # ids of the passages to be found, if known

    def can_be_judged(self, language: str | None = None) -> bool:
        """Whether sentences, or those in `language`, can be judged."""
        return any(language is None or a.language in (None, language) for a in self.accepted)

    def accepts(self, sentence: str, *, language: str, source: str) -> bool:
        """Whether `sentence` answers the question."""
        if self.sources and not source.startswith(self.sources):
            return False
        sentence = normalise(sentence)
        return any(
            a.language in (None, language) and _contains(sentence, a.text) for a in self.accepted
        )


@dataclass(frozen=True, slots=True)
class Task:
    """Questions over one corpus: folders of articles, or the passages of a set."""

    name: str
    path: Path
    queries: tuple[Query, ...]
    folders: Mapping[str, Path]  # by their place in the corpus: "" for the only one
    passages: Mapping[str, SetPassage]  # by id; empty: the corpus consists of folders

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of the passages."""
        return tuple(sorted({passage.language for passage in self.passages.values()}))


def read_task(path: Path, *, corpus: Path, part: Part | None, limit: int | None) -> Task:
    """Read a question set, or a file of questions over the folder `corpus`.

    `part` takes only the questions of one part of a set, and `limit` so many at most.

    Raises:
        EvaluationError: there is no such set or file, or no question in it.
        QuestionSetError: one of its lines cannot be read.
    """
    is_folder = is_question_folder(path)
    if path.is_dir() and not is_folder:
        task = _from_set(path, part)
    elif not path.exists():
        raise EvaluationError(f"There is no {path}; name a question set or a file of questions.")
    elif part is not None:
        raise EvaluationError(f"{path} has no parts, and so no part {part}; leave out --part.")
    elif is_folder:
        task = replace(_from_file(path / QUESTIONS, path / ARTICLES), name=path.resolve().name)
    else:
        task = _from_file(path, corpus)
    if not task.queries:
        raise EvaluationError(f"{path} has no question to ask; name another, or another part.")
    return task if limit is None else _first(limit, task)


def together(tasks: Sequence[Task]) -> Task:
    """Return one task with the questions of several, over all their folders at once.

    Raises:
        EvaluationError: one of the tasks has no folder of its own.
    """
    for task in tasks:
        if set(task.folders) != {""}:
            raise EvaluationError(f"{task.path} has no folder that could be joined with others.")
    names = [f"{number}-{task.name}" for number, task in enumerate(tasks, start=1)]
    queries = [
        replace(
            query,
            id=f"{name}/{query.id}",
            sources=tuple(f"{name}/{source}" for source in query.sources or ("",)),
        )
        for name, task in zip(names, tasks, strict=True)
        for query in task.queries
    ]
    folders = {name: task.folders[""] for name, task in zip(names, tasks, strict=True)}
    joined = " + ".join(task.name for task in tasks)
    return Task(joined, tasks[0].path, tuple(queries), folders, {})


def _contains(sentence: str, text: str) -> bool:
    """Whether `sentence` has `text`, and not only inside a longer word or figure."""
    return re.search(rf"(?<![a-z\d]){re.escape(text)}(?![a-z\d])", sentence) is not None


def normalise(text: str) -> str:
    """Return `text` without differences of width, case and white space."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _from_set(path: Path, part: Part | None) -> Task:
    question_set = read_set(path)
    # The parts depend on all sets of the folder.
    part_of = parts(read_sets(path.resolve().parent)) if part is not None else {}
    chosen = [question for question in question_set.questions if part_of.get(question.id) == part]
    is_verbatim = _is_verbatim(question_set)
    translations: dict[str, list[SetQuestion]] = {}
    for question in question_set.questions:
        translations.setdefault(question_name(question), []).append(question)
    queries = []
    for question in chosen:
        _check(question.text, f"{path / 'queries.jsonl'}, question {question.id}")
        accepted = {
            Accepted(text, translation.language)
            for translation in translations[question_name(question)]
            for text in map(normalise, translation.answers)
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
    return Task(question_set.name, path, tuple(queries), {}, question_set.passages)


def _is_verbatim(question_set: QuestionSet) -> bool:
    """Whether the answers of a set are strings of its passages."""
    verbatim = []
    for question in question_set.questions:
        texts = [question_set.passages[i].text for i in question.gold]
        answers = [answer for answer in map(normalise, question.answers) if answer]
        if texts and answers:
            verbatim.append(any(answer in normalise(text) for answer in answers for text in texts))
    return bool(verbatim) and sum(verbatim) >= _VERBATIM * len(verbatim)


def _from_file(path: Path, corpus: Path) -> Task:
    queries = []
    for number, line in read_lines(path, QuestionLine):
        accepted = tuple(Accepted(text, None) for text in map(normalise, line.any) if text)
        if line.none == bool(accepted):
            raise unreadable(path, number, 'either "any" or "none": true is to stand there')
        _check(line.q, f"{path}, line {number}")
        queries.append(
            Query(
                id=line.id or str(number),
                text=line.q,
                language=line.lang,
                is_answerable=not line.none,
                kind=line.kind,
                accepted=accepted,
                sources=line.src,
            )
        )
    return Task(path.stem, path, tuple(queries), {"": corpus}, {})


def _check(text: str, origin: str) -> None:
    try:
        check_question(text)
    except QuestionError as error:
        raise EvaluationError(f"{origin}: {error}") from None


def _first(limit: int, task: Task) -> Task:
    """Return the task with `limit` of its questions, spread evenly over languages and outcomes.

    The ids alone decide which are taken, and translations of a question are taken together.
    """
    groups: dict[tuple[str, bool], list[Query]] = {}
    for query in sorted(task.queries, key=_order):
        groups.setdefault((query.language, query.is_answerable), []).append(query)
    turns = itertools.zip_longest(*(groups[key] for key in sorted(groups)))
    in_turn = (query for turn in turns for query in turn if query is not None)
    taken = {query.id for query in itertools.islice(in_turn, limit)}
    return replace(task, queries=tuple(query for query in task.queries if query.id in taken))


def _order(query: Query) -> str:
    return hashlib.sha256(query.id.removeprefix(f"{query.language}:").encode()).hexdigest()
