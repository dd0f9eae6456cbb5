"""A batch has questions of one pool, a text that answers each, and texts that only seem to."""

import itertools
from collections import Counter
from typing import Any

import numpy as np
import pytest
import torch

from index.encoder.training.batches import (
    MAX_TOKENS,
    PASSAGE,
    QUESTION,
    Batch,
    Batches,
    encode_batch,
    tokens_of,
)
from index.encoder.training.pools import Pool, PoolQuestion, PoolText

pytestmark = pytest.mark.real


def text(words: str, *sentences: str, language: str = "en") -> PoolText:
    spans = tuple((words.index(s), words.index(s) + len(s)) for s in sentences)
    return PoolText(words, language, spans)


TEXTS = (
    text("Skagen\nTwelve boats are left. Whales sing.", "Twelve boats are left.", "Whales sing."),
    text("斯卡恩\n那里还有十二艘船。", "那里还有十二艘船。", language="zh"),
    text("Bees\nBees fly by the sun.", "Bees fly by the sun."),
    text("Boats\nNobody counts boats.", "Nobody counts boats."),
)
BOATS = PoolQuestion("How many boats are left?", {0: ((7, 29),), 1: ((4, 13),)}, (3,))
BEES = PoolQuestion("How do bees fly?", {2: ()}, ())


def words_of(batch: Batch, tokenizer: Any, row: int, first: int, last: int) -> str:
    tokens = tokenizer.convert_ids_to_tokens(batch.texts.ids[row, first:last])
    return "".join(tokens).replace("▁", " ").strip()


def test_a_texts_own_tokens_are_known_with_their_spans(tokenizer: Any) -> None:
    texts = ["Twelve boats are left.", "还有十二艘船", "", "Nine"]
    for prompt in (QUESTION, PASSAGE):
        tokens, offsets = tokens_of(tokenizer, texts, prompt)
        assert tokens.ids.shape == tokens.attention.shape == tokens.own.shape
        assert not tokens.own[tokens.attention == 0].any()
        for row, words in enumerate(texts):
            spans = offsets[row][tokens.own[row].numpy()]
            covered = "".join(words[max(0, start) : end] for start, end in spans)
            assert covered.replace(" ", "") == words.replace(" ", "")
        assert tokens.own[2].sum() == 0, "neither a prompt nor a mark is the text's own"


def test_a_long_text_is_cut(tokenizer: Any) -> None:
    tokens, offsets = tokens_of(tokenizer, ["boat " * 999], PASSAGE)
    assert tokens.ids.shape == (1, MAX_TOKENS)
    assert offsets[0].max() < 5 * MAX_TOKENS


def test_a_batch_says_which_texts_and_sentences_answer(tokenizer: Any) -> None:
    # As if the second text was not drawn: indices are those in the pool.
    batch = encode_batch([BOATS, BEES], [TEXTS[2], TEXTS[0]], [2, 0], [0, 2], tokenizer)
    assert batch.answers.tolist() == [[False, True], [True, False]]
    assert batch.chosen.tolist() == [1, 0]
    assert [words_of(batch, tokenizer, *sentence) for sentence in batch.sentences] == [
        "Bees fly by the sun.",
        "Twelve boats are left.",
        "Whales sing.",
    ]
    # Of bees it is not known which sentence answers.
    assert batch.sentence_answers.tolist() == [[False, True, False], [False] * 3]


def test_a_sentence_that_was_cut_off_is_not_in_the_batch(tokenizer: Any) -> None:
    long = text(f"Whales sing. {'word ' * MAX_TOKENS}. Bees fly.", "Whales sing.", "Bees fly.")
    asked = PoolQuestion("Who sings?", {0: ((0, 12),)}, ())
    batch = encode_batch([asked], [long], [0], [0], tokenizer)
    assert [words_of(batch, tokenizer, *sentence) for sentence in batch.sentences] == [
        "Whales sing."
    ]
    assert batch.sentence_answers.tolist() == [[True]]


def test_texts_without_sentences_are_no_trouble(tokenizer: Any) -> None:
    asked = PoolQuestion("Who?", {0: ()}, ())
    batch = encode_batch([asked], [text("Skagen")], [0], [0], tokenizer)
    assert batch.sentences == ()
    assert batch.sentence_answers.shape == (1, 0)


def drawn(pools: list[Pool], public: list[Pool], tokenizer: Any, count: int) -> list[Batch]:
    batches = Batches(pools, public, tokenizer, seed=1, questions=2)
    return list(itertools.islice(batches, count))


FOLDER = Pool("folder", TEXTS, (BOATS, BEES))
PUBLIC = Pool("public", TEXTS, (BOATS,))


def test_the_seed_alone_decides_what_is_drawn(tokenizer: Any) -> None:
    first, again = (drawn([FOLDER], [PUBLIC], tokenizer, 9) for _ in range(2))
    for one, other in zip(first, again, strict=True):
        assert torch.equal(one.questions.ids, other.questions.ids)
        assert torch.equal(one.texts.ids, other.texts.ids)
        assert torch.equal(one.chosen, other.chosen)
    sizes = {batch.texts.ids.shape for batch in first}
    assert len(sizes) > 1


def test_each_question_is_drawn_once_with_a_text_that_answers_and_a_hard_one(
    tokenizer: Any,
) -> None:
    languages: Counter[str] = Counter()
    for batch in drawn([FOLDER], [], tokenizer, 60):
        assert len(batch.questions.ids) == 2
        assert len({tuple(row) for row in batch.texts.ids.tolist()}) == len(batch.texts.ids) == 3
        rows = torch.arange(len(batch.chosen))
        assert batch.answers[rows, batch.chosen].all()
        assert (~batch.answers).all(dim=0).sum() == 1, "the text that nobody asks about"
        decoded = tokenizer.batch_decode(batch.texts.ids, skip_special_tokens=True)
        languages["zh" if any("十二" in words for words in decoded) else "en"] += 1
    assert min(languages.values()) > 15, "each language is as likely"


def test_languages_are_as_likely_however_many_texts_they_have(tokenizer: Any) -> None:
    texts = (*(text(f"Boat {n} sails.") for n in range(9)), text("十艘船。", language="zh"))
    asked = PoolQuestion("Boats?", dict.fromkeys(range(10), ()), ())
    batches = drawn([Pool("p", texts, (asked,))], [], tokenizer, 100)
    chinese = sum("船" in tokenizer.decode(batch.texts.ids[0]) for batch in batches)
    assert 35 < chinese < 65


@pytest.mark.parametrize(("public", "share"), [([PUBLIC], 0.3), ([], 0.0)])
def test_some_batches_are_from_public_sets(
    tokenizer: Any, public: list[Pool], share: float
) -> None:
    batches = drawn([FOLDER], public, tokenizer, 100)
    # The public pool has one question, the folder two.
    found = np.mean([len(batch.questions.ids) == 1 for batch in batches])
    assert found == pytest.approx(share, abs=0.12)
