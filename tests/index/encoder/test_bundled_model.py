"""The encoder is unpacked from installed packages, once and whole."""

import hashlib
import json
from pathlib import Path

import pytest

from index.encoder import bundled_model
from index.encoder.bundled_model import BASE, is_installed, unpack
from index.errors import ModelError
from tests.files import write


def test_a_model_that_was_unpacked_is_used_as_it_is(tmp_path: Path) -> None:
    mine = write(tmp_path / BASE, "config.json", "mine")
    assert unpack(tmp_path) == tmp_path / BASE
    assert mine.read_text(encoding="utf-8") == "mine"


def test_a_package_that_is_missing_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bundled_model, "_WEIGHTS", ("no-such-package", "weights.bin"))
    assert not is_installed()
    with pytest.raises(ModelError, match="The package no-such-package, which") as raised:
        unpack(tmp_path)
    assert "\n" not in str(raised.value)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.real
def test_the_model_is_unpacked_whole_with_the_settings_of_its_library(tmp_path: Path) -> None:
    assert is_installed()
    folder = unpack(tmp_path / "cache")
    assert [path.name for path in (tmp_path / "cache").iterdir()] == [BASE]
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    assert (config["hidden_size"], config["num_hidden_layers"]) == (384, 12)
    modules = json.loads((folder / "modules.json").read_text(encoding="utf-8"))
    assert all((folder / module["path"]).is_dir() for module in modules)
    assert (folder / "model.safetensors").stat().st_size > 100_000_000
    assert (folder / "tokenizer.json").exists()


@pytest.mark.real
def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    file = write(tmp_path, "file", "")
    with pytest.raises(ModelError, match=f"The model cannot be unpacked into {file}"):
        unpack(file)


@pytest.mark.real
def test_weights_of_another_format_are_refused_and_leave_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bundled_model, "_MAGIC", b"E5S2")
    with pytest.raises(ModelError, match="is not a model file this version can read"):
        unpack(tmp_path / "cache")
    assert list((tmp_path / "cache").iterdir()) == []


def test_weights_that_change_come_under_a_new_name() -> None:
    # An index is searched with the encoder that made it, which is known by its name.
    digests = {"corpus-chat-1": "8c39bae4a43878b6", "corpus-chat-2": "4f46b6af79332227"}
    weights = hashlib.sha256(bundled_model.WEIGHTS.read_bytes()).hexdigest()
    assert weights.startswith(digests[bundled_model.NAME]), "count NAME up, and add its digest here"
