"""All trainings read their command line alike."""

import argparse
from pathlib import Path

import pytest

from index.training.command import AddArguments, add_folders, run
from index.training.question_sets import QuestionSetError

DEFAULT = Path("default.safetensors")


def add_nothing(parser: argparse.ArgumentParser) -> None:
    pass


def options_of(
    monkeypatch: pytest.MonkeyPatch, *given: str, add: AddArguments = add_nothing
) -> argparse.Namespace:
    """Return what a training gets that was called like this."""
    monkeypatch.setattr("sys.argv", ["training", *given])
    seen: list[argparse.Namespace] = []
    assert run(seen.append, "Trains.", DEFAULT, add=add) == 0
    (options,) = seen
    return options


def test_a_training_on_sets_gets_sets_and_output(monkeypatch: pytest.MonkeyPatch) -> None:
    options = options_of(monkeypatch, "eval")
    assert vars(options) == {"sets": Path("eval"), "output": DEFAULT}
    options = options_of(monkeypatch, "eval", "--output", "w")
    assert options.output == Path("w")


def test_a_training_on_folders_may_leave_some_out(monkeypatch: pytest.MonkeyPatch) -> None:
    options = options_of(monkeypatch, "questions", "eval", add=add_folders)
    assert (options.folders, options.sets) == ([Path("questions")], Path("eval"))
    assert list(options.without) == []
    options = options_of(
        monkeypatch, "questions", "eval", "--without", "a", "b", "--output", "w", add=add_folders
    )
    assert (options.without, options.output) == (["a", "b"], Path("w"))


def test_what_is_missing_or_unknown_is_refused(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for given, add in (([], add_nothing), (["questions"], add_folders), (["a", "b"], add_nothing)):
        monkeypatch.setattr("sys.argv", ["training", *given])
        with pytest.raises(SystemExit) as raised:
            run(lambda options: None, "Trains.", DEFAULT, add=add)
        assert raised.value.code == 2
        assert "usage: training" in capsys.readouterr().err


def test_what_goes_wrong_is_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["training", "eval"])

    def train(options: argparse.Namespace) -> None:
        raise QuestionSetError("There is no question set.")

    assert run(train, "Trains.", DEFAULT) == 1
    assert capsys.readouterr().err == "There is no question set.\n"


def test_the_help_keeps_the_lines_of_the_description(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["training", "--help"])
    with pytest.raises(SystemExit):
        run(lambda options: None, "Trains.\n\n    python -m training\n", DEFAULT, add=add_folders)
    assert "Trains.\n\n    python -m training\n" in capsys.readouterr().out
