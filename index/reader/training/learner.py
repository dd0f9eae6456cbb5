"""What training a network needs, whatever it learns."""

import argparse
import contextlib
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import torch
from torch import Tensor

from index.errors import CorpusChatError

_AVERAGED_EVERY = 10  # steps
_DECAY = 0.97  # of the running average of weights, each time

Parameters = Mapping[str, torch.nn.Parameter]


class Learner:
    """Moves the parameters that learn, and keeps a running average of them.

    The rate rises to its height over `warm_up` steps and falls to nothing over `scheduled`; the
    heads, which have more to learn, have one of their own.
    """

    def __init__(
        self,
        learned: Parameters,
        *,
        rate: float,
        rate_of_heads: float,
        warm_up: int,
        scheduled: int,
    ) -> None:
        self._learned = learned
        heads = [p for name, p in learned.items() if not name.startswith("encoder.")]
        layers = [p for name, p in learned.items() if name.startswith("encoder.")]
        self._optimizer = torch.optim.AdamW(
            [{"params": layers, "lr": rate}, {"params": heads, "lr": rate_of_heads}],
            weight_decay=0.01,
        )
        self._schedule = torch.optim.lr_scheduler.LambdaLR(
            self._optimizer,
            lambda step: min((step + 1) / warm_up, max(0.0, 1 - step / scheduled)),
        )
        self._average = {name: p.detach().clone() for name, p in learned.items()}
        self._steps = 0

    def learn(self, loss: Tensor) -> None:
        """Take one step down the slope of a loss."""
        self._optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(list(self._learned.values()), 1.0)
        self._optimizer.step()
        self._schedule.step()
        self._steps += 1
        if self._steps % _AVERAGED_EVERY == 0:
            decay = min(_DECAY, self._steps / (self._steps + 10 * _AVERAGED_EVERY))
            for name, parameter in self._learned.items():
                self._average[name].lerp_(parameter.detach(), 1 - decay)

    @contextlib.contextmanager
    def averaged(self) -> Iterator[None]:
        """Give the parameters the values of their average for a while."""
        own = {name: parameter.detach().clone() for name, parameter in self._learned.items()}
        for chosen in (self._average, own):
            with torch.no_grad():
                for name, parameter in self._learned.items():
                    parameter.copy_(chosen[name])
            if chosen is self._average:
                yield


def run(train: Callable[[Path, Path], None], description: str | None, output: Path) -> int:
    """Train as the command line says; return 0, or 1 after saying on stderr what went wrong."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("data", type=Path, help="a folder of question sets in BEIR layout")
    parser.add_argument("--output", type=Path, default=output, help="the file of weights to write")
    options = parser.parse_args()
    try:
        train(options.data, options.output)
    except CorpusChatError as error:
        print(error, file=sys.stderr)
        return 1
    return 0
