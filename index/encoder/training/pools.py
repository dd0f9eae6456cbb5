"""Texts with questions over them, and for each question the texts most easily taken for answers."""

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from index.chunking import quotable_spans
from index.encoder.embedding import QuestionsEncoder
from index.language.sentences import Span, sentences
from index.structure import blocks
from index.training.nearness import by_nearness
from index.training.question_folders import QuestionFolder
from index.training.question_sets import QuestionSet, SetPassage, question_name

_HARD = 12  # texts that are kept for each question


@dataclass(frozen=True, slots=True)
class PoolText:
    """A text as it is embedded, and the spans of its sentences."""

    text: str
    language: str  # ISO 639-1
    sentences: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class PoolQuestion:
    """A question, with what answers it and what does not."""

    text: str
    answers: Mapping[int, tuple[Span, ...]]  # spans by the index of the text; none: all of it
    hard: tuple[int, ...]  # texts that do not answer, the likeliest to be taken for it first


@dataclass(frozen=True, slots=True)
class Pool:
    """Texts that are searched together, and answerable questions over them."""

    name: str
    texts: tuple[PoolText, ...]
    questions: tuple[PoolQuestion, ...]


def pool_of_folder(folder: QuestionFolder, encoder: QuestionsEncoder) -> Pool:
    """Return the pool of the chunks of a folder."""
    texts = [
        PoolText(chunk.in_context, chunk.language, chunk.spans_in_context(quotable_spans(chunk)))
        for chunk in folder.chunks
    ]
    asked = []
    for question in folder.questions:
        answers = {
            i: folder.chunks[i].spans_in_context(spans) for i, spans in question.answers.items()
        }
        if answers:
            asked.append((question.text, answers))
    orders = by_nearness(
        [text for text, _ in asked], [t.text for t in texts], [t.language for t in texts], encoder
    )
    questions = []
    for (text, answers), order in zip(asked, orders, strict=True):
        others = (i for i in order if i not in answers)
        questions.append(PoolQuestion(text, answers, tuple(itertools.islice(others, _HARD))))
    return Pool(folder.name, tuple(texts), tuple(questions))


def pool_of_set(question_set: QuestionSet, questions: frozenset[str]) -> Pool:
    """Return the pool of the passages that these questions of a set, by id, are about.

    What is most easily taken for an answer are other passages of the same article.
    """
    chosen = [q for q in question_set.questions if q.id in questions and q.gold]
    ids = sorted({passage for question in chosen for passage in question.gold})
    index = {passage: i for i, passage in enumerate(ids)}
    passages = [question_set.passages[i] for i in ids]
    answers = _answers_by_language(question_set)
    by_title: dict[str, list[int]] = {}
    for i, passage in enumerate(passages):
        by_title.setdefault(passage.title, []).append(i)
    asked = []
    for question in chosen:
        stated = answers[question_name(question)]
        found = {index[i]: _spans(question_set.passages[i], stated) for i in sorted(question.gold)}
        titles = {question_set.passages[i].title for i in question.gold}
        beside = [i for title in sorted(titles) for i in by_title[title] if i not in found]
        asked.append(PoolQuestion(question.text, found, tuple(beside)))
    texts = [
        PoolText(_text(passage), passage.language, tuple(_sentences(passage)))
        for passage in passages
    ]
    return Pool(question_set.name, tuple(texts), tuple(asked))


def _answers_by_language(question_set: QuestionSet) -> dict[str, dict[str, tuple[str, ...]]]:
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for question in question_set.questions:
        found.setdefault(question_name(question), {})[question.language] = question.answers
    return found


def _text(passage: SetPassage) -> str:
    return f"{passage.title}\n{passage.text}" if passage.title else passage.text


def _sentences(passage: SetPassage) -> Iterator[Span]:
    text = _text(passage)
    for block in blocks(text, len(text) - len(passage.text)):
        yield from sentences(text, block.span, passage.language)


def _spans(passage: SetPassage, answers: Mapping[str, Sequence[str]]) -> tuple[Span, ...]:
    """Return the spans of the sentences that have an answer in the passage's language."""
    text = _text(passage)
    stated = [answer for answer in answers.get(passage.language, ()) if answer]
    return tuple(
        (a, b) for a, b in _sentences(passage) if any(answer in text[a:b] for answer in stated)
    )
