"""The program trains the reader's network further, and writes weights that a checker can use."""

import argparse
import dataclasses
import json
from itertools import cycle, islice
from pathlib import Path

import pytest

from app.writing.support.training import __main__ as program
from app.writing.support.training.statement_examples import ALTERED, StatementExample
from index.encoder.bundled_model import CACHE_DIR
from index.reader.reader import Reader
from index.training.question_sets import SetPassage
from tests.index.training.test_question_sets import passage, query, write_set


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A set of many short paragraphs in two languages, so that each part has some."""
    numbers = range(100, 140)
    texts = {
        "en": "The boat Vessel{0} has {0} nets in its hold. It is owned by Owner{0} of Skagen. "
        "Nobody knows where it sails at night.",
        "es": "El barco Vessel{0} tiene {0} redes a bordo. Es propiedad de Owner{0} de Skagen. "
        "Nadie sabe adónde navega de noche.",
    }
    write_set(
        tmp_path / "data" / "xquad",
        [
            passage(f"p{i}:{language}", text.format(i), language, f"k{i}")
            for i in numbers
            for language, text in texts.items()
        ],
        [query(f"en:{i}", "en") for i in numbers],
        [f"en:{i}\tp{i}:en" for i in numbers],
    )
    return tmp_path / "data"


@pytest.mark.real
def test_two_steps_of_training_write_weights_that_read(
    data: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    schedule = dataclasses.replace(program.SCHEDULE, steps=2, report_every=1, check_every=2)
    monkeypatch.setattr(program, "SCHEDULE", schedule)
    monkeypatch.setattr(program, "BATCH", 4)
    monkeypatch.setattr(program, "_CHECKED_ON", 40)
    file = tmp_path / "weights.safetensors"
    program.train(argparse.Namespace(sets=data, output=file))
    first, second, checked = capsys.readouterr().out.splitlines()
    assert [line.split()[::2] for line in (first, second)] == [["1", "support"], ["2", "support"]]
    figures = json.loads(checked)
    assert figures.keys() == {"step", "AUC", *ALTERED}
    # The reader, from which training starts, already prefers what is in the passage.
    assert figures["AUC"] > 0.5
    reader = Reader(file, cache_dir=CACHE_DIR)
    said, unsaid = (
        reader.read(statement, ["The harbour of Skagen closed in 1987."])[0].answerable
        for statement in ("The harbour closed in 1987.", "Whales sing at night.")
    )
    assert said > unsaid


def test_batches_are_full_and_of_statements_of_one_length() -> None:
    short, long = (
        StatementExample("true", text, "en", SetPassage("p", "", text, "en", "k"))
        for text in ("It is red.", "It is red. " * 20)
    )
    found = list(islice(program._batches(cycle([short, long])), 24))
    assert {len(batch) for batch in found} == {program.BATCH}
    assert all(len({example.text for example in batch}) == 1 for batch in found)
    assert [batch[0] for batch in found].count(long) == 12
