"""Weights come back as they were saved, to within 8 bits, and others are refused."""

from pathlib import Path

import pytest
import torch
from transformers import BertConfig, BertModel

from index.errors import ModelError
from index.reader import weights
from index.reader.network import FROZEN_LAYERS, ReaderNetwork


def network(seed: int, layers: int = FROZEN_LAYERS + 1) -> ReaderNetwork:
    config = BertConfig(
        vocab_size=20,
        hidden_size=8,
        num_hidden_layers=layers,
        num_attention_heads=2,
        intermediate_size=16,
    )
    torch.manual_seed(0)
    made = ReaderNetwork(BertModel(config, add_pooling_layer=False))
    torch.manual_seed(seed)
    with torch.no_grad():
        for parameter in made.learned().values():
            parameter.add_(torch.randn_like(parameter), alpha=0.01 * seed)
    return made


def test_what_was_learned_comes_back(tmp_path: Path) -> None:
    learned, base, again = network(1), network(0), network(0)
    weights.save(learned, base, tmp_path / "w", {"seed": "1"})
    weights.load(again, tmp_path / "w")
    for name, parameter in learned.learned().items():
        changed = (parameter - base.learned()[name]).detach().abs().max()
        assert torch.allclose(again.learned()[name], parameter, atol=float(changed) / 127)


def test_what_is_frozen_is_not_written(tmp_path: Path) -> None:
    weights.save(network(1), network(0), tmp_path / "w", {})
    written = (tmp_path / "w").read_bytes()
    assert f"encoder.layer.{FROZEN_LAYERS}.".encode() in written
    assert f"encoder.layer.{FROZEN_LAYERS - 1}.".encode() not in written
    assert b"word_embeddings" not in written


@pytest.mark.parametrize("content", [None, b"", b"not weights at all"])
def test_a_missing_or_damaged_file_is_one_line(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / "w").write_bytes(content)
    with pytest.raises(ModelError, match=r"^READER .*w cannot be loaded .*leave it unset"):
        weights.load(network(0), tmp_path / "w")


def test_weights_of_another_network_are_refused(tmp_path: Path) -> None:
    weights.save(network(1), network(0), tmp_path / "w", {})
    with pytest.raises(ModelError, match="not a reader of this version"):
        weights.load(network(0, layers=FROZEN_LAYERS + 2), tmp_path / "w")
