"""Batches of questions with texts that answer them and texts that only seem to."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from index.encoder.training.pools import Pool, PoolQuestion, PoolText
from index.language.sentences import overlap

MAX_TOKENS = 320
QUESTION, PASSAGE = "query: ", "passage: "  # the prompts of the model

_PUBLIC = 0.3  # share of the batches that are from public sets


@dataclass(frozen=True, slots=True, eq=False)
class Tokens:
    """Texts as tensors, (texts, tokens)."""

    ids: Tensor
    attention: Tensor  # 0 at padding
    own: Tensor  # whether a token is the text's own, not the prompt's or a mark


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """Questions of one pool, and texts of it."""

    questions: Tokens
    texts: Tokens
    answers: Tensor  # (questions, texts): whether the text answers
    chosen: Tensor  # (questions,): the text that is to be found
    sentences: tuple[tuple[int, int, int], ...]  # text, first token and last but one, of each
    sentence_answers: Tensor  # (questions, sentences)


class Batches:
    """Draws batches without end; the seed alone decides what is drawn."""

    def __init__(
        self,
        folders: Sequence[Pool],
        public: Sequence[Pool],
        tokenizer: Any,
        *,
        seed: int,
        questions: int,
    ) -> None:
        self._folders = folders
        self._public = public
        self._tokenizer = tokenizer
        self._random = random.Random(seed)
        self._questions = questions

    def __iter__(self) -> Iterator[Batch]:
        while True:
            is_public = bool(self._public) and self._random.random() < _PUBLIC
            pools = self._public if is_public else self._folders
            yield self._batch(self._random.choice(pools))

    def _batch(self, pool: Pool) -> Batch:
        size = min(self._questions, len(pool.questions))
        drawn = self._random.sample(pool.questions, size)
        chosen = [self._choose(pool, question) for question in drawn]
        hard = [self._random.choice(question.hard) for question in drawn if question.hard]
        taken = list(dict.fromkeys([*chosen, *hard]))
        return encode_batch(drawn, [pool.texts[i] for i in taken], taken, chosen, self._tokenizer)

    def _choose(self, pool: Pool, question: PoolQuestion) -> int:
        """Return a text that answers; each language is as likely as the others."""
        by_language: dict[str, list[int]] = {}
        for i in question.answers:
            by_language.setdefault(pool.texts[i].language, []).append(i)
        language = self._random.choice(sorted(by_language))
        return self._random.choice(by_language[language])


def encode_batch(
    questions: Sequence[PoolQuestion],
    texts: Sequence[PoolText],
    indices: Sequence[int],
    chosen: Sequence[int],
    tokenizer: Any,
) -> Batch:
    """Return the batch of these questions and texts; `indices` are those of the texts."""
    asked, _ = tokens_of(tokenizer, [q.text for q in questions], QUESTION)
    read, offsets = tokens_of(tokenizer, [t.text for t in texts], PASSAGE)
    answers = torch.tensor([[i in q.answers for i in indices] for q in questions])
    sentences: list[tuple[int, int, int]] = []
    right: list[list[bool]] = []
    for row, (i, text) in enumerate(zip(indices, texts, strict=True)):
        for start, end in text.sentences:
            inside = (offsets[row][:, 1] > start) & (offsets[row][:, 1] <= end)
            inside &= read.own[row].numpy()
            if inside.any():
                first, last = np.flatnonzero(inside)[[0, -1]].tolist()
                sentences.append((row, first, last + 1))
                right.append(
                    [
                        any(overlap((start, end), span) for span in q.answers.get(i, ()))
                        for q in questions
                    ]
                )
    return Batch(
        asked,
        read,
        answers,
        torch.tensor([list(indices).index(i) for i in chosen]),
        tuple(sentences),
        torch.tensor(right, dtype=torch.bool).reshape(len(sentences), len(questions)).T,
    )


def tokens_of(
    tokenizer: Any, texts: Sequence[str], prompt: str
) -> tuple[Tokens, list[NDArray[np.int32]]]:
    """Return texts as tensors, and the spans of the tokens in each text."""
    encoded = tokenizer(
        [prompt + text for text in texts],
        truncation=True,
        max_length=MAX_TOKENS,
        padding=True,
        return_offsets_mapping=True,
        return_tensors="pt",
    )
    offsets = encoded["offset_mapping"]
    own = (offsets[..., 1] > offsets[..., 0]) & (offsets[..., 1] > len(prompt))
    shifted = [(row.numpy().astype(np.int32) - len(prompt)) for row in offsets]
    return Tokens(encoded["input_ids"], encoded["attention_mask"], own), shifted
