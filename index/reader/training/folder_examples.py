"""What the reader learns from folders: passages of a question, of which some or none answer.

The passages of one question are learned from together, as a group: the reader has to prefer what
answers, and to prefer nothing where nothing does. What is hardest to tell is made from what was
marked: the same passage with the sentences that answer and without, and the same question about
something else.
"""

import itertools
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from index.chunking import Chunk, quotable_spans
from index.conversation import in_conversation
from index.encoder.embedding import QuestionsEncoder
from index.language.sentences import Span, overlap
from index.reader.training.batches import Group
from index.reader.training.question_examples import QuestionExample, mentions
from index.training.nearness import by_nearness
from index.training.question_folders import FolderQuestion, QuestionFolder

_NEAR = 10  # chunks that are kept for each question
_BESIDE = 2  # chunks of a group beside the one that answers

# How often a question of each kind is drawn, out of 100.
_MIXTURE = {
    "answer": 45,  # a chunk answers
    "no answer": 43,  # none does, but some seem to
    "altered": 12,  # another name or figure is asked about
}
_CUT = 0.7  # share of the chunks that answer that come again without what answers
_EARLIER = 2  # other questions before one
_AFTER_OTHERS = 0.1  # share of the questions that are asked after others that do not matter


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question, what its folder has, and the chunks near it that do not answer."""

    question: FolderQuestion
    others: Sequence[FolderQuestion]
    chunks: Sequence[Chunk]
    near: tuple[int, ...]


class FolderGroups:
    """Draws groups without end; the same ones for the same seed."""

    def __init__(
        self, folders: Sequence[QuestionFolder], encoder: QuestionsEncoder, seed: int
    ) -> None:
        self._random = random.Random(seed)
        asked = [each for folder in folders for each in _asked(folder, encoder)]
        self._answered = [each for each in asked if each.question.answers]
        self._unanswered = [each for each in asked if not each.question.answers]
        self._mentions = _mentions(self._answered)

    def __iter__(self) -> Iterator[Group]:
        while True:
            (kind,) = self._random.choices(list(_MIXTURE), list(_MIXTURE.values()))
            if kind == "answer":
                yield from self._answer(self._draw(self._answered))
            elif kind == "no answer":
                yield self._no_answer(self._draw(self._unanswered))
            elif (altered := self._altered()) is not None:
                yield altered

    def _draw(self, among: Sequence[_Asked]) -> _Asked:
        """Return one of the questions, which may follow others that do not matter to it."""
        asked = self._random.choice(among)
        if asked.question.is_follow_up or self._random.random() > _AFTER_OTHERS:
            return asked
        earlier = [self._random.choice(asked.others).text for _ in range(_EARLIER)]
        text = in_conversation(earlier, asked.question.text)
        return replace(asked, question=replace(asked.question, text=text))

    def _answer(self, asked: _Asked) -> Iterator[Group]:
        """Yield a chunk that answers; it may come again without what answers.

        Each language is as likely as the others.
        """
        answers = asked.question.answers
        languages = sorted({asked.chunks[i].language for i in answers})
        language = self._random.choice(languages)
        chosen = [i for i in sorted(answers) if asked.chunks[i].language == language]
        i = self._random.choice(chosen)
        whole = _example("answer", asked.question.text, asked.chunks[i], answers[i])
        yield [whole, *self._near("beside", asked, _BESIDE)]
        if self._random.random() < _CUT:
            rest = without_right(whole)
            if rest is not None:
                yield [rest, *self._near("beside", asked, 1)]

    def _no_answer(self, asked: _Asked) -> Group:
        """Return a chunk that only seems to answer, if one is known, and one that is near."""
        traps = sorted(asked.question.traps)
        chosen = [self._random.choice(traps)] if traps else []
        trapping = [_example("trap", asked.question.text, asked.chunks[i], ()) for i in chosen]
        return [*trapping, *self._near("no answer", asked, 2 - len(trapping))]

    def _altered(self) -> Group | None:
        """Return what answered a question, and a chunk about what is asked for instead of it.

        None where what was picked allows no such question.
        """
        asked = self._random.choice(self._answered)
        question, chunks = asked.question, asked.chunks
        mentioned = mentions(question.text)
        if not mentioned:
            return None
        old = self._random.choice(mentioned)
        new = self._random.choice(self._mentions[_key(asked, old)])
        answered = any(new in chunks[i].in_context for i in question.answers)
        if answered or new in question.text or old in new:
            return None
        about = [i for i, chunk in enumerate(chunks) if new in chunk.in_context]
        other = about if about and not new[0].isdigit() else asked.near
        chosen = (self._random.choice(sorted(question.answers)), self._random.choice(other))
        text = question.text.replace(old, new)
        return [_example("altered", text, chunks[i], ()) for i in chosen]

    def _near(self, kind: str, asked: _Asked, count: int) -> list[QuestionExample]:
        chosen = self._random.sample(asked.near, min(count, len(asked.near)))
        return [_example(kind, asked.question.text, asked.chunks[i], ()) for i in chosen]


def _asked(folder: QuestionFolder, encoder: QuestionsEncoder) -> Iterator[_Asked]:
    alone = [question for question in folder.questions if not question.is_follow_up]
    orders = by_nearness(
        [question.text for question in folder.questions],
        [chunk.in_context for chunk in folder.chunks],
        [chunk.language for chunk in folder.chunks],
        encoder,
    )
    for question, order in zip(folder.questions, orders, strict=True):
        known = question.answers.keys() | question.traps.keys()
        near = (i for i in order if i not in known)
        yield _Asked(question, alone, folder.chunks, tuple(itertools.islice(near, _NEAR)))


def _mentions(asked: Sequence[_Asked]) -> dict[tuple[int, str, bool], list[str]]:
    """Return what questions mention, by folder, language, and whether it is a number."""
    found: dict[tuple[int, str, bool], list[str]] = {}
    for each in asked:
        for mention in mentions(each.question.text):
            found.setdefault(_key(each, mention), []).append(mention)
    return found


def _key(asked: _Asked, mention: str) -> tuple[int, str, bool]:
    return id(asked.chunks), asked.question.language, mention[0].isdigit()


def _example(kind: str, question: str, chunk: Chunk, right: Sequence[Span]) -> QuestionExample:
    return QuestionExample(
        kind,
        question,
        chunk.in_context,
        (),
        is_answerable=bool(right),
        sentences=chunk.spans_in_context(quotable_spans(chunk)),
        right=chunk.spans_in_context(right),
    )


def without_right(example: QuestionExample) -> QuestionExample | None:
    """Return an example without the sentences that answer, if others are left."""
    cut = [s for s in example.sentences if any(overlap(s, span) for span in example.right)]
    kept = [s for s in example.sentences if s not in cut]
    if not kept:
        return None

    def moved(place: int) -> int:
        return place - sum(end - start for start, end in cut if end <= place)

    text, at = "", 0
    for start, end in cut:
        text, at = text + example.passage[at:start], end
    return replace(
        example,
        kind="rest",
        passage=text + example.passage[at:],
        is_answerable=False,
        sentences=tuple((moved(start), moved(end)) for start, end in kept),
        right=(),
    )
