"""A reader's network that is small enough to train in a test."""

import torch
from torch import Tensor
from transformers import BertConfig, BertModel

from index.encoder.differences import FROZEN_LAYERS, learned
from index.reader.network import ReaderNetwork

LAYERS = FROZEN_LAYERS + 1
WORDS = 20


def small_encoder(layers: int = LAYERS) -> BertModel:
    """Return an encoder with random weights, always the same."""
    config = BertConfig(
        vocab_size=WORDS,
        hidden_size=8,
        num_hidden_layers=layers,
        num_attention_heads=2,
        intermediate_size=16,
        hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0,
    )
    torch.manual_seed(0)
    return BertModel(config, add_pooling_layer=False)


def small_network(seed: int = 0, layers: int = LAYERS) -> ReaderNetwork:
    """Return a network; a seed other than 0 changes the parameters that are trained."""
    network = ReaderNetwork(small_encoder(layers))
    torch.manual_seed(seed)
    with torch.no_grad():
        for parameter in learned(network).values():
            parameter.add_(torch.randn_like(parameter), alpha=0.01 * seed)
    return network


def one_sentence(tokens: Tensor) -> Tensor:
    """Return the shares that tokens have in a sentence of them all, (pairs, 1, tokens)."""
    return torch.full((len(tokens), 1, tokens.shape[1]), 1 / tokens.shape[1])
