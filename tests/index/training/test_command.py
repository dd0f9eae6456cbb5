"""All trainings read their command line alike."""

import argparse
from pathlib import Path

import pytest

from index.training.command import run
from index.training.question_sets import QuestionSetError

DEFAULT = Path("default.safetensors")


def options_of(
    monkeypatch: pytest.MonkeyPatch, *given: str, has_folders: bool
) -> argparse.Namespace:
    """Return what a training gets that was called like this."""
    monkeypatch.setattr("sys.argv", ["training", *given])
    seen: list[argparse.Namespace] = []
    assert run(seen.append, "Trains.", DEFAULT, has_folders=has_folders) == 0
    (options,) = seen
    return options


def test_a_training_on_sets_gets_sets_and_output(monkeypatch: pytest.MonkeyPatch) -> None:
    options = options_of(monkeypatch, "eval", has_folders=False)
    assert vars(options) == {"sets": Path("eval"), "output": DEFAULT}
    options = options_of(monkeypatch, "eval", "--output", "w", has_folders=False)
    assert options.output == Path("w")


def test_a_training_on_folders_may_leave_some_out(monkeypatch: pytest.MonkeyPatch) -> None:
    options = options_of(monkeypatch, "questions", "eval", has_folders=True)
    assert (options.folders, options.sets) == (Path("questions"), Path("eval"))
    assert list(options.without) == []
    options = options_of(
        monkeypatch, "questions", "eval", "--without", "a", "b", "--output", "w", has_folders=True
    )
    assert (options.without, options.output) == (["a", "b"], Path("w"))


def test_what_is_missing_or_unknown_is_refused(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for given, has_folders in (([], False), (["questions"], True), (["a", "b"], False)):
        monkeypatch.setattr("sys.argv", ["training", *given])
        with pytest.raises(SystemExit) as raised:
            run(lambda options: None, "Trains.", DEFAULT, has_folders=has_folders)
        assert raised.value.code == 2
        assert "usage: training" in capsys.readouterr().err


def test_what_goes_wrong_is_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["training", "eval"])

    def train(options: argparse.Namespace) -> None:
        raise QuestionSetError("There is no question set.")

    assert run(train, "Trains.", DEFAULT, has_folders=False) == 1
    assert capsys.readouterr().err == "There is no question set.\n"


def test_the_help_keeps_the_lines_of_the_description(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["training", "--help"])
    with pytest.raises(SystemExit):
        run(lambda options: None, "Trains.\n\n    python -m training\n", DEFAULT, has_folders=True)
    assert "Trains.\n\n    python -m training\n" in capsys.readouterr().out
