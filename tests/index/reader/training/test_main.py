"""The program trains the shipped encoder, and writes weights that a reader can use."""

import dataclasses
import json
from pathlib import Path

import pytest
import torch
from safetensors import safe_open

from index.encoder import bundled_model
from index.reader.reader import Reader
from index.reader.training import __main__ as program
from index.reader.training import batches
from index.reader.training.batches import Batch
from tests.index.reader.training.test_question_sets import passage, query, write_set

pytestmark = pytest.mark.real


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A set of many short paragraphs in two languages, so that each part has some."""
    numbers = range(100, 140)
    texts = {
        "en": "The boat Vessel{0} has {0} nets. It is owned by Owner{0} of Skagen. "
        "Nobody knows where it sails at night.",
        "es": "El barco Vessel{0} tiene {0} redes. Es propiedad de Owner{0} de Skagen. "
        "Nadie sabe adónde va de noche.",
    }
    write_set(
        tmp_path / "data" / "xquad",
        [
            passage(f"p{i}:{language}", text.format(i), language, f"k{i}")
            for i in numbers
            for language, text in texts.items()
        ],
        [
            {**query(f"{language}:{i}", language, answers=[f"Owner{i}"]), "text": f"Owner of {i}?"}
            for i in numbers
            for language in texts
        ],
        [f"{asked}:{i}\tp{i}:{language}" for i in numbers for asked in texts for language in texts],
    )
    return tmp_path / "data"


def test_two_steps_of_training_write_weights_that_read(
    data: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    cache = tmp_path / "cache"
    cache.mkdir()
    (cache / bundled_model.NAME).symlink_to(bundled_model.unpack(bundled_model.CACHE_DIR))
    monkeypatch.setattr(bundled_model, "CACHE_DIR", cache)
    schedule = dataclasses.replace(program.SCHEDULE, steps=2, report_every=1, check_every=2)
    monkeypatch.setattr(program, "SCHEDULE", schedule)
    monkeypatch.setattr(batches, "BATCH", 4)
    monkeypatch.setattr(program, "_CHECKED_ON", 40)
    file = tmp_path / "weights.safetensors"
    program.train(data, file)
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines[:2]] == ["1", "2"]
    figures = json.loads(lines[2])
    assert figures["step"] == 2
    assert {"AUC", "start right", "AUC neighbour", "AUC altered"} <= figures.keys()
    with safe_open(file, framework="pt") as written:
        assert written.metadata() == {
            "base": bundled_model.NAME,
            "seed": str(program.SEED),
            "figures": json.dumps(figures),
        }
    assert len(list((cache / "reader").iterdir())) == 1, "neighbours are kept for the next run"
    (reading,) = Reader(file, cache_dir=cache).read("Who owns it?", ["Ottesen owns it."])
    assert len(reading.start) == len(reading.offsets) > 0


def test_a_start_is_right_if_it_is_a_first_token_of_any_answer_in_the_passage() -> None:
    marks = torch.tensor([[False, True, False, True], [False] * 4, [False, False, True, False]])
    batch = Batch(
        tokens=torch.zeros(3, 4, dtype=torch.long),
        attention=torch.ones(3, 4),
        is_passage=torch.tensor([[False, True, True, True]] * 3),
        start=marks,
        end=marks,
        is_answerable=torch.tensor([1.0, 0.0, 1.0]),
    )
    scores = torch.tensor([[9.0, 0, 1, 2], [0, 0, 0, 0], [0, 1, 0, 0]])
    # The second pair has no answer; the first token of all is the question's.
    assert program._are_starts_right(scores, batch) == [True, False]
