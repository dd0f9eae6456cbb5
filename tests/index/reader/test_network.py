"""The network trains its upper layers and its heads, and can share the embeddings of an encoder."""

import pytest
import torch

from index.encoder.differences import learned
from index.reader.network import ReaderNetwork
from tests.networks import WORDS, one_sentence, small_encoder, small_network


def test_three_heads_are_trained() -> None:
    heads = {name for name in learned(small_network()) if not name.startswith("encoder.")}
    assert heads == {
        f"{head}.{part}"
        for head in ("span", "answerable", "sentence")
        for part in ("weight", "bias")
    }


def test_each_token_has_two_logits_and_each_pair_and_sentence_one() -> None:
    tokens = torch.randint(0, WORDS, (3, 7))
    logits = small_network()(tokens, torch.ones_like(tokens), torch.rand(3, 2, 7))
    assert logits.start.shape == logits.end.shape == (3, 7)
    assert logits.answerable.shape == (3,)
    assert logits.sentences.shape == (3, 2)


def test_the_logit_of_a_sentence_is_the_mean_of_its_tokens() -> None:
    network = small_network(1).eval()
    tokens = torch.randint(0, WORDS, (1, 4))
    # The first token and the last one, each alone, together, and nothing at all.
    shares = torch.tensor([[[1, 0, 0, 0], [0, 0, 0, 1], [0.5, 0, 0, 0.5], [0, 0, 0, 0]]])
    with torch.inference_mode():
        first, last, both, none = network(tokens, torch.ones_like(tokens), shares).sentences[0]
    assert first != last
    assert both.item() == pytest.approx((first.item() + last.item()) / 2, abs=1e-5)
    assert none.item() == pytest.approx(network.sentence.bias.item(), abs=1e-6)


def test_padding_changes_nothing() -> None:
    network = small_network().eval()
    tokens = torch.randint(0, WORDS, (1, 7))
    padded = torch.cat([tokens, torch.zeros(1, 4, dtype=torch.long)], dim=1)
    attention = torch.tensor([[1] * 7 + [0] * 4])
    with torch.inference_mode():
        alone = network(tokens, torch.ones_like(tokens), one_sentence(tokens))
        shares = torch.nn.functional.pad(one_sentence(tokens), (0, 4))
        with_padding = network(padded, attention, shares)
    assert torch.allclose(alone.answerable, with_padding.answerable, atol=1e-5)
    assert torch.allclose(alone.sentences, with_padding.sentences, atol=1e-5)
    assert torch.allclose(alone.start, with_padding.start[:, :7], atol=1e-5)


def test_beside_an_encoder_only_the_embeddings_are_shared() -> None:
    encoder = small_encoder()
    network = ReaderNetwork.beside(encoder)
    assert network.encoder.embeddings is encoder.embeddings
    before = [parameter.clone() for parameter in encoder.parameters()]
    with torch.no_grad():
        for parameter in learned(network).values():
            parameter.add_(1)
    after = list(encoder.parameters())
    assert all(torch.equal(one, other) for one, other in zip(before, after, strict=True))
