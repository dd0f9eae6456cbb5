"""Weights come back as they were saved, to within 8 bits, and others are refused."""

from pathlib import Path

import pytest
import torch
from safetensors.torch import save_file
from torch import nn
from transformers.models.bert.modeling_bert import BertPooler

from index.encoder import differences
from index.encoder.differences import FROZEN_LAYERS, learned
from index.errors import ModelError
from tests.networks import LAYERS, small_encoder, small_network


def save(trained: nn.Module, base: nn.Module, file: Path) -> None:
    differences.save(learned(trained), learned(base), file, {"seed": "1"})


def load(network: nn.Module, file: Path, base: Path | None = None) -> None:
    differences.load(network, file, setting="READER", base=base)


def assert_close(network: nn.Module, trained: nn.Module, base: nn.Module) -> None:
    """Assert that a network has the trained weights, as exactly as differences are kept."""
    before = learned(base)
    own = learned(network)
    for name, parameter in learned(trained).items():
        changed = (parameter - before[name]).detach().abs().max()
        assert torch.allclose(own[name], parameter, atol=float(changed) / 127)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of a base model, whose file names parameters as the model itself does."""
    (tmp_path / "base").mkdir()
    save_file(small_encoder().state_dict(), tmp_path / "base" / "model.safetensors")
    return tmp_path / "base"


def test_the_embeddings_and_the_lowest_layers_are_not_trained() -> None:
    names = learned(small_network()).keys()
    layers = {name.split(".")[3] for name in names if name.startswith("encoder.encoder.layer.")}
    assert layers == {str(FROZEN_LAYERS)}
    assert not any("embeddings" in name for name in names)


def test_a_pooler_that_a_loader_added_is_not_trained() -> None:
    network = small_network()
    names = learned(network).keys()
    network.encoder.pooler = BertPooler(network.encoder.config)  # type: ignore[no-untyped-call]
    assert learned(network).keys() == names


def test_what_was_learned_comes_back(tmp_path: Path) -> None:
    trained, base, again = small_network(1), small_network(), small_network()
    save(trained, base, tmp_path / "w")
    load(again, tmp_path / "w")
    assert_close(again, trained, base)


def test_without_a_base_the_networks_own_weights_are_below(tmp_path: Path) -> None:
    trained, base, other = small_network(1), small_network(), small_network(2)
    save(trained, base, tmp_path / "w")
    expected = {n: p + learned(trained)[n] - learned(base)[n] for n, p in learned(other).items()}
    load(other, tmp_path / "w")
    for name, parameter in learned(other).items():
        if name.startswith("encoder."):
            assert torch.allclose(parameter, expected[name], atol=1e-3)
        else:
            assert torch.equal(parameter, learned(trained)[name]), "heads are whole in the file"


def test_with_a_base_the_weights_below_are_those_of_its_folder(
    tmp_path: Path, folder: Path
) -> None:
    trained, base, other = small_network(1), small_network(), small_network(2)
    save(trained, base, tmp_path / "w")
    load(other, tmp_path / "w", folder)
    assert_close(other, trained, base)


def test_a_rounded_network_gets_the_weights_of_the_folder_rounded_once(
    tmp_path: Path, folder: Path
) -> None:
    trained, base = small_network(1), small_network()
    save(trained, base, tmp_path / "w")
    whole, rounded = small_network(), small_network(2).bfloat16()
    load(whole, tmp_path / "w", folder)
    load(rounded, tmp_path / "w", folder)
    for name, parameter in learned(rounded).items():
        assert torch.equal(parameter, learned(whole)[name].bfloat16())


def test_what_is_frozen_is_not_written(tmp_path: Path) -> None:
    save(small_network(1), small_network(), tmp_path / "w")
    written = (tmp_path / "w").read_bytes()
    assert f"encoder.layer.{FROZEN_LAYERS}.".encode() in written
    assert f"encoder.layer.{FROZEN_LAYERS - 1}.".encode() not in written
    assert b"word_embeddings" not in written


@pytest.mark.parametrize("content", [None, b"", b"not weights at all"])
def test_a_missing_or_damaged_file_is_one_line(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / "w").write_bytes(content)
    with pytest.raises(ModelError, match=r"^READER .*w cannot be loaded: .*leave READER unset\.$"):
        load(small_network(), tmp_path / "w")


@pytest.mark.parametrize("content", [None, b"not weights at all"])
def test_a_missing_or_damaged_base_is_one_line(
    tmp_path: Path, folder: Path, content: bytes | None
) -> None:
    save(small_network(1), small_network(), tmp_path / "w")
    (folder / "model.safetensors").unlink()
    if content is not None:
        (folder / "model.safetensors").write_bytes(content)
    with pytest.raises(ModelError, match=r"^READER .*w cannot be loaded: .*leave READER unset\.$"):
        load(small_network(), tmp_path / "w", folder)


def test_weights_of_another_network_are_refused(tmp_path: Path) -> None:
    save(small_network(1), small_network(), tmp_path / "w")
    with pytest.raises(ModelError, match=r"^READER .*w is not of this version; leave READER unset"):
        load(small_network(layers=LAYERS + 1), tmp_path / "w")
