"""What every encoder must do: the bag of words of these tests, and the real one."""

import copy
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, cast

import numpy as np
import pytest
import torch

from app.components import FullEncoder
from index.encoder import bundled_model, differences
from index.encoder.embedding import SentenceTransformerEncoder, TokenVectors, Vectors
from index.errors import ModelError
from tests.encoders import BagOfWords

TEXTS = [
    "The harbour closed in 1987.",
    "El puerto cerró en 1987: ¿qué pasó?",
    "港口于1987年关闭，用Trainium训练模型。",
    "x",
    "A long text. " * 300,
    "…",
    "🚢 left",
]


@pytest.fixture(params=["bag", pytest.param("encoder", marks=pytest.mark.real)])
def any_encoder(request: pytest.FixtureRequest) -> FullEncoder:
    return cast(FullEncoder, request.getfixturevalue(request.param))


def cosine(encoder: FullEncoder, texts: Sequence[str]) -> float:
    one, other = encoder.encode_passages(texts)
    return float(one @ other)


def test_there_is_one_vector_of_length_1_for_each_text(any_encoder: FullEncoder) -> None:
    vectors = any_encoder.encode_passages(TEXTS)
    assert vectors.dtype == np.float32
    assert vectors.shape == (len(TEXTS), any_encoder.encode_question("why").shape[0])
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(len(TEXTS)), abs=1e-5)


@pytest.mark.parametrize("question", ["When did it close?", "", "港口什么时候关闭？"])
def test_a_question_has_one_vector_of_length_1(any_encoder: FullEncoder, question: str) -> None:
    vector = any_encoder.encode_question(question)
    assert vector.ndim == 1
    assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-5)


def test_the_same_text_has_the_same_vector_whatever_is_encoded_with_it(
    any_encoder: FullEncoder,
) -> None:
    together = any_encoder.encode_passages(TEXTS)
    for text, vector in zip(TEXTS, together, strict=True):
        assert float(any_encoder.encode_passages([text])[0] @ vector) > 0.999


def test_texts_that_share_their_words_are_nearer(any_encoder: FullEncoder) -> None:
    near = cosine(any_encoder, ["The harbour closed in 1987.", "In 1987 the harbour closed."])
    assert near > cosine(any_encoder, ["The harbour closed in 1987.", "Bees fly by the sun."])


def test_tokens_have_length_1_and_spans_in_the_order_of_the_text(any_encoder: FullEncoder) -> None:
    for text, tokens in zip(TEXTS, any_encoder.passage_tokens(TEXTS), strict=True):
        assert len(tokens.vectors) == len(tokens.offsets)
        assert np.linalg.norm(tokens.vectors, axis=1) == pytest.approx(1, abs=1e-5)
        starts, ends = tokens.offsets.T
        assert (starts >= 0).all() and (starts < ends).all() and (ends <= len(text)).all()
        assert (np.diff(ends) >= 0).all()


@pytest.mark.parametrize("text", ["harbour", "The harbour closed.", "港口"])
def test_tokens_cover_the_words_of_a_question(any_encoder: FullEncoder, text: str) -> None:
    tokens = any_encoder.question_tokens(text)
    covered = {i for start, end in tokens.offsets for i in range(start, end)}
    assert {i for i, character in enumerate(text) if character.isalnum()} <= covered


def test_no_texts_have_no_tokens(any_encoder: FullEncoder) -> None:
    assert any_encoder.passage_tokens([]) == []


def test_the_bag_of_words_can_be_worked_out_by_hand() -> None:
    bag = BagOfWords()
    assert float(bag.encode_question("harbour closed") @ bag.encode_question("harbour")) == (
        pytest.approx(2**-0.5)
    )
    assert [tuple(row) for row in bag.question_tokens("用Trainium训练模型").offsets] == [
        (0, 1), (1, 9), (9, 11), (10, 12), (11, 13),
    ]  # fmt: skip


def test_from_a_character_on_there_are_the_tokens_that_end_behind_it() -> None:
    vectors = np.arange(8, dtype=np.float32).reshape(4, 2)
    offsets = np.array([(0, 3), (3, 6), (5, 8), (8, 9)], np.int32)
    tokens = TokenVectors(vectors, offsets)
    rest = tokens.from_character(6)
    assert rest.offsets.tolist() == [[0, 2], [2, 3]], "of a token across the cut, what is behind it"
    assert rest.vectors.tolist() == vectors[2:].tolist()
    assert tokens.from_character(0).offsets.tolist() == offsets.tolist()
    assert len(tokens.from_character(9).vectors) == 0


@pytest.mark.parametrize(
    ("name", "is_bundled", "is_language_fair"),
    [
        (bundled_model.BASE, True, False),
        (bundled_model.NAME, True, True),
        ("/models/mine.safetensors", True, True),
        ("intfloat/multilingual-e5-small", False, False),
        ("/models/mine", False, False),
    ],
)
def test_what_is_bundled_and_what_was_taught_is_known_by_name(
    tmp_path: Path, name: str, is_bundled: bool, is_language_fair: bool
) -> None:
    named = SentenceTransformerEncoder(name, cache_dir=tmp_path)
    assert (named.is_bundled, named.is_language_fair) == (is_bundled, is_language_fair)


def taught(base: SentenceTransformerEncoder, file: Path, change: float) -> Vectors:
    """Return vectors of texts by the bundled model whose upper layers were changed so much."""
    network = torch.nn.ModuleDict({"encoder": copy.deepcopy(base.network())})
    torch.manual_seed(1)
    before = {name: p.detach().float() for name, p in differences.learned(network).items()}
    after = {name: p + change * torch.randn_like(p) for name, p in before.items()}
    differences.save(after, before, file, {})
    other = SentenceTransformerEncoder(str(file), cache_dir=bundled_model.CACHE_DIR)
    return other.encode_passages(TEXTS[:3])


@pytest.mark.real
@pytest.mark.parametrize(("change", "is_same"), [(0.0, True), (0.02, False)])
def test_a_file_of_differences_changes_the_bundled_model(
    base: SentenceTransformerEncoder, tmp_path: Path, change: float, is_same: bool
) -> None:
    before = base.encode_passages(TEXTS[:3])
    after = taught(base, tmp_path / "w.safetensors", change)
    cosines = (before * after).sum(axis=1)
    assert np.linalg.norm(after, axis=1) == pytest.approx(1, abs=1e-5)
    assert (cosines > 0.9999).all() if is_same else (cosines < 0.99).all()


@pytest.mark.real
def test_a_file_of_differences_that_is_not_there_is_named_in_one_line(tmp_path: Path) -> None:
    file = tmp_path / "w.safetensors"
    broken = SentenceTransformerEncoder(str(file), cache_dir=bundled_model.CACHE_DIR)
    with pytest.raises(ModelError, match=f"EMBEDDING_MODEL {file} cannot be loaded") as raised:
        broken.load()
    assert "\n" not in str(raised.value)


@pytest.mark.real
@pytest.mark.parametrize("is_folder", [True, False], ids=["a folder", "a hub name"])
def test_a_model_that_cannot_be_loaded_is_named_in_one_line(
    tmp_path: Path, is_folder: bool
) -> None:
    name = str(tmp_path) if is_folder else "nobody/no-such-model"
    broken = SentenceTransformerEncoder(name, cache_dir=tmp_path)
    with pytest.raises(ModelError, match=f"EMBEDDING_MODEL {name} cannot be loaded") as raised:
        broken.load()
    assert "\n" not in str(raised.value)


@pytest.mark.real
def test_a_question_is_encoded_once_for_its_vector_and_its_tokens(
    encoder: SentenceTransformerEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    model, calls = encoder._model, 0
    encode = model.encode

    def counting(*arguments: Any, **options: Any) -> Any:
        nonlocal calls
        calls += 1
        return encode(*arguments, **options)

    monkeypatch.setattr(model, "encode", counting)
    encoder.encode_question("Which harbour was never closed before?")
    encoder.question_tokens("Which harbour was never closed before?")
    assert calls == 1


@pytest.mark.real
def test_threads_get_the_tokens_of_their_own_texts(encoder: SentenceTransformerEncoder) -> None:
    texts = [f"{'A long one. ' * n} The harbour closed in {1900 + n}." for n in range(24)]
    alone = [encoder.passage_tokens([text])[0].offsets for text in texts]
    with ThreadPoolExecutor(6) as pool:
        together = list(pool.map(lambda text: encoder.passage_tokens([text])[0].offsets, texts))
    for one, other in zip(alone, together, strict=True):
        assert np.array_equal(one, other)
