"""The program trains the bundled encoder, and writes differences that make another of it."""

import argparse
import dataclasses
import itertools
import json
from pathlib import Path
from typing import Any, cast

import numpy as np
import pytest
import torch
from safetensors import safe_open

from index.encoder import bundled_model
from index.encoder.embedding import SentenceTransformerEncoder
from index.encoder.training import __main__ as program
from index.encoder.training.batches import Tokens
from index.encoder.training.losses import Encoded
from index.encoder.training.network import EncoderInTraining
from index.encoder.training.pools import Pool, PoolQuestion, PoolText
from index.training import learner


@pytest.mark.real
def test_two_steps_of_training_write_differences_that_encode(
    sets: Path,
    folders: Path,
    base: SentenceTransformerEncoder,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    schedule = dataclasses.replace(
        program.SCHEDULE, steps=2, warm_up=1, report_every=1, check_every=2
    )
    monkeypatch.setattr(program, "SCHEDULE", schedule)
    monkeypatch.setattr(learner, "_AVERAGED_EVERY", 1)
    monkeypatch.setattr(program, "QUESTIONS", 3)
    monkeypatch.setattr(program, "_CHECKED_ON", 4)
    file = tmp_path / "out" / "weights.safetensors"
    file.parent.mkdir()
    program.train(argparse.Namespace(folders=[folders], sets=sets, without=["b"], output=file))
    first, second, checked = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in (first, second)] == ["1", "2"]
    assert all({"find", "rank"} <= set(line.split()) for line in (first, second))
    figures = json.loads(checked)
    assert figures.keys() == {"step", "first, xquad"}
    assert 0 < figures["first, xquad"] <= 1
    with safe_open(file, framework="pt") as written:
        assert written.metadata() == {
            "base": bundled_model.BASE,
            "seed": str(program.SEED),
            "figures": json.dumps(figures),
        }
    assert [path.name for path in file.parent.iterdir()] == [file.name], "no checkpoint is left"
    texts = ["The harbour closed in 1987.", "港口于1987年关闭。"]
    taught = SentenceTransformerEncoder(str(file), cache_dir=bundled_model.CACHE_DIR)
    vectors = taught.encode_passages(texts)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-5)
    before = base.encode_passages(texts)
    assert not np.array_equal(vectors, before)
    assert ((vectors * before).sum(axis=1) > 0.8).all(), "two steps change little"


class Seen:
    """A network whose vectors are looked up by the first word, and whose mean is counted."""

    def __init__(self) -> None:
        self.refreshed = 0

    def refresh_mean(self) -> None:
        self.refreshed += 1

    def __call__(self, tokens: Tokens) -> Encoded:
        vectors = torch.nn.functional.one_hot(tokens.ids[:, 0], 9).float()
        return Encoded(vectors, vectors[:, None])


WORDS = ("boats", "whales", "bees")


def look_up(tokenizer: object, texts: list[str], prompt: str) -> tuple[Tokens, list[Any]]:
    ids = torch.tensor([[WORDS.index(text.split()[0])] for text in texts])
    return Tokens(ids, torch.ones_like(ids), ids >= 0), []


def test_a_question_is_right_if_a_text_that_answers_comes_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(program, "tokens_of", look_up)
    texts = ("boats", "whales sing", "bees " * 9)
    pool = Pool(
        "p",
        tuple(PoolText(text, "en", ()) for text in texts),
        (
            PoolQuestion("boats ?", {0: (), 2: ()}, ()),
            PoolQuestion("whales ?", {0: ()}, ()),
            PoolQuestion("bees ?", {2: ()}, ()),
        ),
    )
    network = cast(EncoderInTraining, Seen())
    assert program._found_first(network, pool, None) == pytest.approx(2 / 3, abs=1e-3)


def test_the_mean_of_tokens_is_computed_anew_at_times() -> None:
    seen = Seen()

    every = program._MEAN_EVERY
    numbers: Any = itertools.count()
    fresh: Any = program._with_fresh_mean(cast(EncoderInTraining, seen), numbers)
    assert list(itertools.islice(fresh, 1)) == [0]
    assert seen.refreshed == 1, "before the first step"
    assert list(itertools.islice(fresh, 2 * every)) == list(range(1, 2 * every + 1))
    assert seen.refreshed == 3
