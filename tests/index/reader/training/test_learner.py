"""A network learns by steps, and the averaged weights that check best are written."""

import itertools
import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from torch import Tensor

from index.reader.training.learner import Learner, Schedule, run, teach
from index.reader.training.question_sets import QuestionSetError
from tests.networks import WORDS, small_network

SCHEDULE = Schedule(
    steps=30,
    zero_at=1000,
    warm_up=1,
    rate=1e-2,
    rate_of_heads=1e-1,
    report_every=10,
    check_every=10,
)
TOKENS = torch.arange(2 * WORDS).reshape(-1, 4) % WORDS
TRUTH = (TOKENS[:, :1] > WORDS / 2).float().squeeze(-1)


def one_parameter(schedule: Schedule) -> tuple[torch.nn.Parameter, Learner]:
    parameter = torch.nn.Parameter(torch.tensor([5.0]))
    return parameter, Learner({"head": parameter}, schedule)


def steps_taken(schedule: Schedule, count: int) -> list[float]:
    """Return how far each step moves a parameter: AdamW moves by about the rate, and decays."""
    parameter, learner = one_parameter(schedule)
    sizes = []
    for _ in range(count):
        before = parameter.item()
        learner.learn(parameter.sum())
        sizes.append(before - parameter.item())
    return sizes


def test_the_rate_rises_and_then_falls_to_zero() -> None:
    sizes = steps_taken(replace(SCHEDULE, warm_up=4, zero_at=10), 12)
    assert sizes[0] == pytest.approx(0.25 * 0.1, rel=0.1)
    assert sizes[0] < sizes[1] < sizes[2]
    assert sizes[2:] == sorted(sizes[2:], reverse=True)
    assert sizes[9] > sizes[10] == sizes[11] == 0


def test_the_average_lags_behind_and_the_own_values_come_back() -> None:
    parameter, learner = one_parameter(SCHEDULE)
    for _ in range(10):
        learner.learn(parameter.sum())
    own = parameter.item()
    with learner.averaged():
        # After the first ten steps, ten parts of the average are new and a hundred old.
        assert parameter.item() == pytest.approx(5 + (own - 5) * 100 / 110)
    assert parameter.item() == own


def teach_small(
    figures: Iterator[float], best_by: tuple[str, ...] = ("score",)
) -> list[Mapping[str, float]]:
    """Train a small network to know large tokens; return the figures of what was written."""
    network = small_network()
    written: list[Mapping[str, float]] = []

    def losses(rows: Tensor) -> dict[str, Tensor]:
        logits = network(TOKENS[rows], torch.ones_like(TOKENS[rows])).answerable
        loss = torch.nn.functional.binary_cross_entropy_with_logits(logits, TRUTH[rows])
        return {"large": loss, "nothing": loss * 0}

    teach(
        network,
        itertools.repeat(torch.arange(len(TOKENS))),
        losses,
        lambda: {"score": next(figures), "other": 1.0},
        schedule=SCHEDULE,
        best_by=best_by,
        write=written.append,
    )
    return written


def test_what_checks_best_is_written_last(capsys: pytest.CaptureFixture[str]) -> None:
    written = teach_small(iter([0.2, 0.5, 0.4]))
    assert [figures["score"] for figures in written] == [0.2, 0.5]
    assert [figures["step"] for figures in written] == [10, 20]
    lines = capsys.readouterr().out.splitlines()
    assert [json.loads(line)["score"] for line in lines if line.startswith("{")] == [0.2, 0.5, 0.4]


def test_the_figures_to_choose_by_add_up() -> None:
    assert len(teach_small(iter([-1.5, -0.5, 0.0]), best_by=("score", "other"))) == 2


def test_losses_are_reported_by_name_and_fall(capsys: pytest.CaptureFixture[str]) -> None:
    teach_small(itertools.repeat(0.5))
    reports = [line.split() for line in capsys.readouterr().out.splitlines() if line[0] != "{"]
    assert [line[0] for line in reports] == ["10", "20", "30"]
    assert all(line[2] == "large" and line[4:] == ["nothing", "0.000"] for line in reports)
    assert float(reports[-1][3]) < float(reports[0][3])


def test_what_is_frozen_does_not_change() -> None:
    network = small_network()
    before = {name: parameter.clone() for name, parameter in network.named_parameters()}
    teach(
        network,
        itertools.repeat(TOKENS),
        lambda tokens: {"sum": network(tokens, torch.ones_like(tokens)).answerable.sum()},
        lambda: {"score": 1.0},
        schedule=SCHEDULE,
        best_by=("score",),
        write=lambda figures: None,
    )
    changed = {
        name for name, parameter in network.named_parameters() if not before[name].equal(parameter)
    }
    assert changed
    assert changed <= network.learned().keys()


def test_what_goes_wrong_is_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr("sys.argv", ["training", str(tmp_path)])

    def train(data: Path, output: Path) -> None:
        assert (data, output) == (tmp_path, tmp_path / "w")
        raise QuestionSetError("There is no question set.")

    assert run(train, "Trains.", tmp_path / "w") == 1
    assert capsys.readouterr().err == "There is no question set.\n"
    assert run(lambda data, output: None, "Trains.", tmp_path / "w") == 0
