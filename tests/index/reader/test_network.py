"""The network trains its upper layers and its heads, and can share the embeddings of an encoder."""

import torch

from index.reader.network import FROZEN_LAYERS, ReaderNetwork
from tests.networks import WORDS, small_encoder, small_network


def test_the_embeddings_and_the_lowest_layers_are_not_trained() -> None:
    network = small_network()
    learned = network.learned()
    layers = {name.split(".")[3] for name in learned if name.startswith("encoder.encoder.layer.")}
    assert layers == {str(FROZEN_LAYERS)}
    heads = {name for name in learned if not name.startswith("encoder.")}
    assert heads == {"span.weight", "span.bias", "answerable.weight", "answerable.bias"}
    assert not any("embeddings" in name for name in learned)


def test_each_token_has_two_logits_and_each_pair_one() -> None:
    tokens = torch.randint(0, WORDS, (3, 7))
    logits = small_network()(tokens, torch.ones_like(tokens))
    assert logits.start.shape == logits.end.shape == (3, 7)
    assert logits.answerable.shape == (3,)


def test_padding_changes_nothing() -> None:
    network = small_network().eval()
    tokens = torch.randint(0, WORDS, (1, 7))
    padded = torch.cat([tokens, torch.zeros(1, 4, dtype=torch.long)], dim=1)
    attention = torch.tensor([[1] * 7 + [0] * 4])
    with torch.inference_mode():
        alone, with_padding = network(tokens, torch.ones_like(tokens)), network(padded, attention)
    assert torch.allclose(alone.answerable, with_padding.answerable, atol=1e-5)
    assert torch.allclose(alone.start, with_padding.start[:, :7], atol=1e-5)


def test_beside_an_encoder_only_the_embeddings_are_shared() -> None:
    encoder = small_encoder()
    network = ReaderNetwork.beside(encoder)
    assert network.encoder.embeddings is encoder.embeddings
    before = [parameter.clone() for parameter in encoder.parameters()]
    with torch.no_grad():
        for parameter in network.learned().values():
            parameter.add_(1)
    after = list(encoder.parameters())
    assert all(torch.equal(one, other) for one, other in zip(before, after, strict=True))
