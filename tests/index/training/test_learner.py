"""A network learns by steps, also after a stop, and the averaged weights that check best stay."""

import itertools
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from safetensors import safe_open
from torch import Tensor

from index.encoder import differences
from index.encoder.bundled_model import BASE
from index.encoder.differences import learned
from index.reader.network import ReaderNetwork
from index.training.learner import Learner, Schedule, teach, write_weights
from tests.networks import WORDS, one_sentence, small_network

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


def losses_of(network: ReaderNetwork) -> Callable[[Tensor], dict[str, Tensor]]:
    """Return the losses of a network that is to know large tokens."""

    def losses(rows: Tensor) -> dict[str, Tensor]:
        tokens = TOKENS[rows]
        logits = network(tokens, torch.ones_like(tokens), one_sentence(tokens)).answerable
        loss = torch.nn.functional.binary_cross_entropy_with_logits(logits, TRUTH[rows])
        return {"large": loss, "nothing": loss * 0}

    return losses


def teach_small(
    figures: Iterator[float], best_by: tuple[str, ...] = ("score",)
) -> list[Mapping[str, float]]:
    """Train a small network to know large tokens; return the figures of what was written."""
    network = small_network()
    written: list[Mapping[str, float]] = []
    teach(
        network,
        itertools.repeat(torch.arange(len(TOKENS))),
        losses_of(network),
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
    assert len(teach_small(iter([-1.5, -0.5, 0.0]), best_by=("score", "other"))) == 3


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
        itertools.repeat(torch.arange(len(TOKENS))),
        losses_of(network),
        lambda: {"score": 1.0},
        schedule=SCHEDULE,
        best_by=("score",),
        write=lambda figures: None,
    )
    changed = {
        name for name, parameter in network.named_parameters() if not before[name].equal(parameter)
    }
    assert changed
    assert changed <= learned(network).keys()


class Stopped(Exception):
    """Raised in place of a batch."""


def shuffled(seed: int, stop_after: int | None = None) -> Iterator[Tensor]:
    """Yield batches that differ, and raise instead of going on after so many."""
    draw = torch.Generator().manual_seed(seed)
    for number in itertools.count():
        if number == stop_after:
            raise Stopped
        yield torch.randperm(len(TOKENS), generator=draw)[:4]


class Course:
    """A training of a small network that may be stopped, and gone on with in a new process."""

    def __init__(self, checkpoint: Path | None, scores: Sequence[float]) -> None:
        self.network = small_network()
        self.written: list[tuple[Mapping[str, float], dict[str, Tensor]]] = []
        self._checkpoint = checkpoint
        self._scores = iter(scores)

    def run(self, stop_after: int | None = None) -> None:
        teach(
            self.network,
            shuffled(1, stop_after),
            losses_of(self.network),
            lambda: {"score": next(self._scores)},
            schedule=replace(SCHEDULE, zero_at=31, warm_up=15),
            best_by=("score",),
            write=self._write,
            checkpoint=self._checkpoint,
        )

    def _write(self, figures: Mapping[str, float]) -> None:
        weights = {name: p.detach().clone() for name, p in learned(self.network).items()}
        self.written.append((figures, weights))


def assert_equal(some: Mapping[str, Tensor], others: Mapping[str, Tensor]) -> None:
    assert some.keys() == others.keys()
    assert all(torch.equal(tensor, others[name]) for name, tensor in some.items())


@pytest.mark.parametrize("stop_after", [10, 17, 20, 29])
def test_a_training_that_was_stopped_ends_with_the_weights_of_one_that_was_not(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], stop_after: int
) -> None:
    at_once = Course(None, [0.5, 0.2, 0.7])
    at_once.run()
    file = tmp_path / "checkpoint"
    before, after = Course(file, [0.5, 0.2, 0.7]), Course(file, [0.2, 0.7][stop_after // 20 :])
    with pytest.raises(Stopped):
        before.run(stop_after)
    assert [path.name for path in tmp_path.iterdir()] == ["checkpoint"]
    capsys.readouterr()
    after.run()
    kept = stop_after // 10 * 10
    assert capsys.readouterr().out.splitlines()[0] == f"Going on from step {kept}."
    assert_equal(learned(after.network), learned(at_once.network))
    (figures, weights), (other_figures, other_weights) = after.written[-1], at_once.written[-1]
    assert figures == other_figures == {"step": 30, "score": 0.7}
    assert_equal(weights, other_weights)
    assert list(tmp_path.iterdir()) == [], "what is finished is not gone on with"


def test_what_was_written_before_a_stop_is_replaced_only_by_what_is_better(tmp_path: Path) -> None:
    before, after = (Course(tmp_path / "checkpoint", scores) for scores in ([0.5], [0.2, 0.4]))
    with pytest.raises(Stopped):
        before.run(15)
    after.run()
    assert [figures["score"] for figures, _ in before.written] == [0.5]
    assert after.written == []


def test_a_stop_before_the_first_check_costs_all_steps(tmp_path: Path) -> None:
    stopped, again = (Course(tmp_path / "checkpoint", [0.1, 0.2, 0.3]) for _ in range(2))
    with pytest.raises(Stopped):
        stopped.run(9)
    again.run()
    assert [figures["step"] for figures, _ in again.written] == [10, 20, 30]


def test_weights_are_written_with_how_they_were_trained(tmp_path: Path) -> None:
    trained, base, again = small_network(1), small_network(), small_network()
    figures = {"step": 2, "AUC": 0.75}
    write_weights(trained, base, tmp_path / "w", seed=7, figures=figures)
    with safe_open(tmp_path / "w", framework="pt") as written:
        assert written.metadata() == {
            "base": BASE,
            "seed": "7",
            "figures": json.dumps(figures),
        }
    differences.load(again, tmp_path / "w", setting="READER")
    for name, parameter in learned(trained).items():
        assert torch.allclose(learned(again)[name], parameter, atol=1e-3)
        assert not torch.allclose(learned(base)[name], parameter, atol=1e-3)
