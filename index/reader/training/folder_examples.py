"""What the reader learns from folders: chunks that answer, and chunks that only seem to."""

import itertools
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from index.chunking import Chunk, stating_spans
from index.encoder.embedding import QuestionsEncoder
from index.language.sentences import Span
from index.reader.training.question_examples import QuestionExample
from index.training.nearness import by_nearness
from index.training.question_folders import FolderQuestion, QuestionFolder

_NEAR = 12  # chunks that are kept for each question

# How often each kind of example is drawn, out of 100.
_MIXTURE = {
    "answer": 50,  # the chunk answers
    "trap": 22,  # it only seems to, to a question that no chunk answers
    "no answer": 8,  # it is near such a question
    "beside": 20,  # it is near a question that other chunks answer
}


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question, the chunks of its folder, and those near it that do not answer."""

    question: FolderQuestion
    chunks: Sequence[Chunk]
    near: tuple[int, ...]


class FolderExamples:
    """Draws examples without end; the same ones for the same seed."""

    def __init__(
        self, folders: Sequence[QuestionFolder], encoder: QuestionsEncoder, seed: int
    ) -> None:
        self._random = random.Random(seed)
        asked = [each for folder in folders for each in _asked(folder, encoder)]
        self._answered = [each for each in asked if each.question.answers]
        self._trapping = [each for each in asked if each.question.traps]
        self._unanswered = [each for each in asked if not each.question.answers and each.near]
        self._beside = [each for each in self._answered if each.near]

    def __iter__(self) -> Iterator[QuestionExample]:
        makers: dict[str, tuple[Sequence[_Asked], Callable[[], QuestionExample]]] = {
            "answer": (self._answered, self._answer),
            "trap": (self._trapping, self._trap),
            "no answer": (self._unanswered, lambda: self._near("no answer", self._unanswered)),
            "beside": (self._beside, lambda: self._near("beside", self._beside)),
        }
        weights = {kind: weight for kind, weight in _MIXTURE.items() if makers[kind][0]}
        while True:
            (kind,) = self._random.choices(list(weights), list(weights.values()))
            yield makers[kind][1]()

    def _answer(self) -> QuestionExample:
        """Return a chunk that answers; each language is as likely as the others."""
        asked = self._random.choice(self._answered)
        answers = asked.question.answers
        languages = sorted({asked.chunks[i].language for i in answers})
        language = self._random.choice(languages)
        chosen = [i for i in sorted(answers) if asked.chunks[i].language == language]
        i = self._random.choice(chosen)
        return _example("answer", asked.question.text, asked.chunks[i], answers[i])

    def _trap(self) -> QuestionExample:
        asked = self._random.choice(self._trapping)
        i = self._random.choice(sorted(asked.question.traps))
        return _example("trap", asked.question.text, asked.chunks[i], ())

    def _near(self, kind: str, among: Sequence[_Asked]) -> QuestionExample:
        asked = self._random.choice(among)
        chunk = asked.chunks[self._random.choice(asked.near)]
        return _example(kind, asked.question.text, chunk, ())


def _asked(folder: QuestionFolder, encoder: QuestionsEncoder) -> Iterator[_Asked]:
    orders = by_nearness(
        [question.text for question in folder.questions],
        [chunk.in_context for chunk in folder.chunks],
        [chunk.language for chunk in folder.chunks],
        encoder,
    )
    for question, order in zip(folder.questions, orders, strict=True):
        known = question.answers.keys() | question.traps.keys()
        near = (i for i in order if i not in known)
        yield _Asked(question, folder.chunks, tuple(itertools.islice(near, _NEAR)))


def _example(kind: str, question: str, chunk: Chunk, right: Sequence[Span]) -> QuestionExample:
    return QuestionExample(
        kind,
        question,
        chunk.in_context,
        (),
        is_answerable=bool(right),
        sentences=chunk.spans_in_context(stating_spans(chunk)),
        right=chunk.spans_in_context(right),
    )
