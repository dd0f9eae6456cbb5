"""Trains a network and keeps its best weights, whatever it learns."""

import contextlib
import itertools
import json
import math
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import torch
from torch import Tensor

from index.encoder import bundled_model, differences

_AVERAGED_EVERY = 10  # steps
_DECAY = 0.97  # of the running average of weights, each time

Parameters = Mapping[str, torch.nn.Parameter]

_Batch = TypeVar("_Batch")


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """How long to train, and how fast.

    The learning rates rise over `warm_up` steps, then fall in a line, to zero at `zero_at`.
    """

    steps: int
    zero_at: int  # a step
    warm_up: int  # steps
    rate: float
    rate_of_heads: float  # the heads have more to learn
    report_every: int  # steps
    check_every: int  # steps


class Learner:
    """Changes the parameters that are trained, and keeps a running average of them."""

    def __init__(self, learned: Parameters, schedule: Schedule) -> None:
        self._learned = learned
        heads = [p for name, p in learned.items() if not name.startswith("encoder.")]
        layers = [p for name, p in learned.items() if name.startswith("encoder.")]
        self._optimizer = torch.optim.AdamW(
            [
                {"params": layers, "lr": schedule.rate},
                {"params": heads, "lr": schedule.rate_of_heads},
            ],
            weight_decay=0.01,
        )
        self._rates = torch.optim.lr_scheduler.LambdaLR(
            self._optimizer,
            lambda step: min((step + 1) / schedule.warm_up, max(0.0, 1 - step / schedule.zero_at)),
        )
        self._average = {name: p.detach().clone() for name, p in learned.items()}
        self._steps = 0

    @property
    def steps(self) -> int:
        """How many steps were taken."""
        return self._steps

    def state(self) -> dict[str, Any]:
        """Return all that the next step depends on, besides its batch."""
        return {
            "steps": self._steps,
            "learned": {name: p.detach() for name, p in self._learned.items()},
            "average": self._average,
            "optimizer": self._optimizer.state_dict(),
            "rates": self._rates.state_dict(),
        }

    def restore(self, state: Mapping[str, Any]) -> None:
        """Go on from a state."""
        self._steps = state["steps"]
        self._set(state["learned"])
        self._average = dict(state["average"])
        self._optimizer.load_state_dict(state["optimizer"])
        self._rates.load_state_dict(state["rates"])

    def learn(self, loss: Tensor) -> None:
        """Take one step down the gradient of a loss."""
        self._optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(list(self._learned.values()), 1.0)
        self._optimizer.step()
        self._rates.step()
        self._steps += 1
        if self._steps % _AVERAGED_EVERY == 0:
            decay = min(_DECAY, self._steps / (self._steps + 10 * _AVERAGED_EVERY))
            for name, parameter in self._learned.items():
                self._average[name].lerp_(parameter.detach(), 1 - decay)

    @contextlib.contextmanager
    def averaged(self) -> Iterator[None]:
        """Set the parameters to their averages inside the context."""
        own = {name: parameter.detach().clone() for name, parameter in self._learned.items()}
        self._set(self._average)
        yield
        self._set(own)

    @torch.no_grad()
    def _set(self, values: Mapping[str, Tensor]) -> None:
        for name, parameter in self._learned.items():
            parameter.copy_(values[name])


def teach(
    network: torch.nn.Module,
    batches: Iterable[_Batch],
    losses: Callable[[_Batch], Mapping[str, Tensor]],
    check: Callable[[], Mapping[str, float]],
    *,
    schedule: Schedule,
    best_by: Sequence[str],
    write: Callable[[Mapping[str, float]], None],
    checkpoint: Path | None = None,
) -> None:
    """Train a network, print how it goes, and write the averaged weights that do best.

    After each report, all that it takes to go on is kept in the file `checkpoint`, if one is
    given; if there is such a file, training goes on from there. It is removed at the end.

    `losses` returns the losses of a batch by name; their sum is minimized. `check` returns figures
    on other examples by name, and `write` gets the figures of the weights to write. The best
    weights are those with the highest sum of the figures in `best_by`.
    """
    learner = Learner(_unfreeze(network), schedule)
    lost: list[list[float]] = []
    best = -math.inf
    if checkpoint is not None and checkpoint.exists():
        state = torch.load(checkpoint, weights_only=True)
        learner.restore(state["learner"])
        best = state["best"]
        print(f"Going on from step {learner.steps}.", flush=True)
    started = time.perf_counter()
    left = itertools.islice(batches, learner.steps, schedule.steps)
    for step, batch in enumerate(left, start=learner.steps + 1):
        network.train()
        parts = losses(batch)
        learner.learn(sum(parts.values(), torch.zeros(())))
        lost.append([part.item() for part in parts.values()])
        if step % schedule.report_every == 0:
            means = np.mean(lost[-schedule.report_every :], axis=0)
            named = (f"{name} {mean:.3f}" for name, mean in zip(parts, means, strict=True))
            print(f"{step} {time.perf_counter() - started:.0f}s", *named, flush=True)
        if step % schedule.check_every == 0:
            with learner.averaged():
                network.eval()
                with torch.inference_mode():
                    figures = {"step": step, **check()}
                print(json.dumps(figures), flush=True)
                if sum(figures[name] for name in best_by) > best:
                    best = sum(figures[name] for name in best_by)
                    write(figures)
        if checkpoint is not None and step % schedule.report_every == 0:
            _keep({"learner": learner.state(), "best": best}, checkpoint)
    if checkpoint is not None:
        checkpoint.unlink(missing_ok=True)


def _keep(state: dict[str, Any], file: Path) -> None:
    """Write a checkpoint, in place of the one before."""
    part = file.with_suffix(".part")
    torch.save(state, part)
    part.replace(file)


def _unfreeze(network: torch.nn.Module) -> Parameters:
    """Return the parameters to be trained; all others are frozen."""
    network.requires_grad_(False)
    learned = differences.learned(network)
    for parameter in learned.values():
        parameter.requires_grad_(True)
    return learned


def write_weights(
    network: torch.nn.Module,
    base: torch.nn.Module,
    output: Path,
    *,
    seed: int,
    figures: Mapping[str, float],
) -> None:
    """Write how a trained network differs from `base`, with how it was trained."""
    about = {"base": bundled_model.BASE, "seed": str(seed), "figures": json.dumps(figures)}
    differences.save(differences.learned(network), differences.learned(base), output, about)
