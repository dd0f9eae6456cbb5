"""In training, the encoder makes of a text what it makes of it later."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from index.encoder import bundled_model
from index.encoder.differences import learned
from index.encoder.embedding import SentenceTransformerEncoder
from index.encoder.neutral import neutral_sentences
from index.encoder.training.batches import PASSAGE, QUESTION, Tokens, tokens_of
from index.encoder.training.losses import Encoded
from index.encoder.training.network import EncoderInTraining

pytestmark = pytest.mark.real

TEXTS = ["The harbour closed in 1987. " * 4, "港口于1987年关闭。", "Bees fly by the sun."]


@pytest.fixture(scope="module")
def network(tokenizer: Any) -> EncoderInTraining:
    folder: Path = bundled_model.unpack(bundled_model.CACHE_DIR)
    return EncoderInTraining(folder, tokenizer)


def encode(network: EncoderInTraining, tokens: Tokens) -> Encoded:
    with torch.inference_mode():
        found: Encoded = network(tokens)
    return found


def test_the_vectors_are_those_of_the_encoder(
    network: EncoderInTraining, base: SentenceTransformerEncoder, tokenizer: Any
) -> None:
    for prompt, expected in (
        (PASSAGE, base.encode_passages(TEXTS)),
        (QUESTION, base.encode_questions(TEXTS)),
    ):
        tokens, _ = tokens_of(tokenizer, TEXTS, prompt)
        found = encode(network, tokens).vectors.numpy()
        assert np.linalg.norm(found, axis=1) == pytest.approx(1, abs=1e-5)
        assert ((found * expected).sum(axis=1) > 0.995).all()


def test_the_vectors_of_tokens_are_the_encoders_less_what_all_tokens_share(
    network: EncoderInTraining, base: SentenceTransformerEncoder, tokenizer: Any
) -> None:
    network.refresh_mean()
    neutral = np.concatenate([each.vectors for each in base.passage_tokens(neutral_sentences())])
    tokens, _ = tokens_of(tokenizer, TEXTS, PASSAGE)
    found = encode(network, tokens).tokens
    for row, own in enumerate(base.passage_tokens(TEXTS)):
        centred = own.vectors - neutral.mean(axis=0)
        centred /= np.linalg.norm(centred, axis=1, keepdims=True)
        here = found[row][tokens.own[row]].numpy()
        assert here.shape == centred.shape
        assert np.median((here * centred).sum(axis=1)) > 0.98


def test_what_all_tokens_share_is_computed_anew_when_the_network_has_changed(
    network: EncoderInTraining, tokenizer: Any
) -> None:
    tokens, _ = tokens_of(tokenizer, TEXTS, PASSAGE)
    network.refresh_mean()
    first = encode(network, tokens).tokens
    network.refresh_mean()
    assert torch.equal(encode(network, tokens).tokens, first)
    parameter = next(iter(learned(network).values()))
    kept = parameter.detach().clone()
    with torch.no_grad():
        parameter.add_(0.1 * torch.randn_like(parameter))
    stale = encode(network, tokens).tokens
    network.refresh_mean()
    assert not torch.equal(encode(network, tokens).tokens, stale)
    with torch.no_grad():
        parameter.copy_(kept)


def test_only_the_upper_layers_learn_and_there_is_no_head(network: EncoderInTraining) -> None:
    names = learned(network).keys()
    assert names
    assert all(name.startswith("encoder.encoder.layer.") for name in names)
