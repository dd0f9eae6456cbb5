"""Weights come back as they were saved, to within 8 bits, and others are refused."""

from pathlib import Path

import pytest
import torch

from index.errors import ModelError
from index.reader import weights
from index.reader.network import FROZEN_LAYERS
from tests.networks import LAYERS, small_network


def test_what_was_learned_comes_back(tmp_path: Path) -> None:
    learned, base, again = small_network(1), small_network(), small_network()
    weights.save(learned, base, tmp_path / "w", {"seed": "1"})
    weights.load(again, tmp_path / "w")
    for name, parameter in learned.learned().items():
        changed = (parameter - base.learned()[name]).detach().abs().max()
        assert torch.allclose(again.learned()[name], parameter, atol=float(changed) / 127)


def test_what_is_frozen_is_not_written(tmp_path: Path) -> None:
    weights.save(small_network(1), small_network(), tmp_path / "w", {})
    written = (tmp_path / "w").read_bytes()
    assert f"encoder.layer.{FROZEN_LAYERS}.".encode() in written
    assert f"encoder.layer.{FROZEN_LAYERS - 1}.".encode() not in written
    assert b"word_embeddings" not in written


@pytest.mark.parametrize("content", [None, b"", b"not weights at all"])
def test_a_missing_or_damaged_file_is_one_line(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / "w").write_bytes(content)
    with pytest.raises(ModelError, match=r"^READER .*w cannot be loaded .*leave it unset"):
        weights.load(small_network(), tmp_path / "w")


def test_weights_of_another_network_are_refused(tmp_path: Path) -> None:
    weights.save(small_network(1), small_network(), tmp_path / "w", {})
    with pytest.raises(ModelError, match="not a reader of this version"):
        weights.load(small_network(layers=LAYERS + 1), tmp_path / "w")
