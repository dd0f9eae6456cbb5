"""The program trains the base model in two courses, and writes weights that a reader can use."""

import argparse
import dataclasses
import itertools
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
from index.reader.training.question_examples import QuestionExample


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache of the test's own that has the base model."""
    folder = tmp_path / "cache"
    folder.mkdir()
    (folder / bundled_model.BASE).symlink_to(bundled_model.unpack(bundled_model.CACHE_DIR))
    monkeypatch.setattr(bundled_model, "CACHE_DIR", folder)
    return folder


@pytest.mark.real
def test_two_steps_of_each_course_write_weights_that_read(
    sets: Path,
    folders: Path,
    cache: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for name in ("FIRST_COURSE", "SECOND_COURSE"):
        schedule = dataclasses.replace(
            getattr(program, name), steps=2, report_every=1, check_every=2
        )
        monkeypatch.setattr(program, name, schedule)
    monkeypatch.setattr(batches, "BATCH", 4)
    monkeypatch.setattr(program, "_CHECKED_ON", 40)
    output = tmp_path / "out" / "weights.safetensors"
    output.parent.mkdir()
    options = argparse.Namespace(
        folders=[folders], sets=sets, without=["b"], output=output, encoder=bundled_model.BASE
    )
    program.train(options)
    *first, checked_first, one, two, checked = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in (*first, one, two)] == ["1", "2", "1", "2"]
    assert all({"span", "answerable", "sentence"} <= set(line.split()) for line in (one, two))
    figures = json.loads(checked)
    assert figures["step"] == json.loads(checked_first)["step"] == 2
    assert {"AUC", "start right", "AUC neighbour", "AUC altered"} <= figures.keys()
    with safe_open(output, framework="pt") as written:
        assert written.metadata() == {
            "base": bundled_model.BASE,
            "seed": str(program.SEED),
            "figures": json.dumps(figures),
        }
    assert [path.name for path in output.parent.iterdir()] == [output.name], "no checkpoint is left"
    kept = sorted(path.name.split("-")[0] for path in (cache / "reader").iterdir())
    assert kept == ["first", "neighbours"], "for the next run"
    passage, sentence = "Ottesen owns it. Whales sing.", [(0, 16), (17, 29)]
    (reading,) = Reader(output, cache_dir=cache).read("Who owns it?", [passage], [sentence])
    assert len(reading.start) == len(reading.offsets) > 0
    assert len(reading.sentences) == 2

    # The weights after the first course are not trained again.
    program.train(options)
    one, two, checked = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in (one, two)] == ["1", "2"]


def example(kind: str) -> QuestionExample:
    return QuestionExample(kind, "Who?", "Whales sing.", (), is_answerable=False)


def test_most_of_the_second_course_is_from_folders() -> None:
    def mixed() -> list[str]:
        own, public = (itertools.repeat([example(kind)]) for kind in ("own", "public"))
        return [each.kind for (each,) in itertools.islice(program._mixed(own, public), 900)]

    found = mixed()
    assert found.count("own") / 900 == pytest.approx(program._FROM_FOLDERS, abs=0.05)
    assert found == mixed()


def test_a_start_is_right_if_it_is_a_first_token_of_any_answer_in_the_passage() -> None:
    marks = torch.tensor([[False, True, False, True], [False] * 4, [False, False, True, False]])
    batch = Batch(
        tokens=torch.zeros(3, 4, dtype=torch.long),
        attention=torch.ones(3, 4),
        is_passage=torch.tensor([[False, True, True, True]] * 3),
        start=marks,
        end=marks,
        is_answerable=torch.tensor([1.0, 0.0, 1.0]),
        shares=torch.zeros(3, 1, 4),
        right=torch.zeros(3, 1),
        group=torch.arange(3),
    )
    scores = torch.tensor([[9.0, 0, 1, 2], [0, 0, 0, 0], [0, 1, 0, 0]])
    # The second pair has no answer; the first token of all is the question's.
    assert program._are_starts_right(scores, batch) == [True, False]
