"""The file of trained weights: differences from the base model, in 8 bits, to be small."""

from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file
from torch import Tensor, nn

from index.errors import ModelError, reason

FROZEN_LAYERS = 4  # the lowest ones; like the embeddings they are not trained, so not shipped

_SCALE = ".scale"  # follows the name of a matrix: a factor for each row of its 8-bit integers
_ENCODER = "encoder."  # begins the names of the base model's parameters; the others are heads


def learned(network: nn.Module) -> dict[str, nn.Parameter]:
    """Return the parameters that training changes, by name.

    The network has the base model as `encoder`.
    """
    fixed = (
        f"{_ENCODER}embeddings.",
        f"{_ENCODER}pooler.",  # some loaders add one, with random weights; nothing uses it
        *(f"{_ENCODER}encoder.layer.{i}." for i in range(FROZEN_LAYERS)),
    )
    return {
        name: parameter
        for name, parameter in network.named_parameters()
        if not name.startswith(fixed)
    }


def save(
    parameters: Mapping[str, Tensor],
    base: Mapping[str, Tensor],
    file: Path,
    metadata: dict[str, str],
) -> None:
    """Write the heads among the `learned` parameters, and how the others differ from `base`."""
    tensors: dict[str, Tensor] = {}
    for name, parameter in parameters.items():
        if not name.startswith(_ENCODER):
            tensors[name] = parameter.detach().contiguous()
            continue
        changed = parameter.detach() - base[name].detach()
        if changed.dim() == 1:
            tensors[name] = changed.to(torch.float16)
            continue
        scale = changed.abs().amax(dim=1, keepdim=True) / 127
        tensors[name] = (changed / scale.clamp_min(1e-12)).round().to(torch.int8)
        tensors[name + _SCALE] = scale.squeeze(1)
    save_file(tensors, file, metadata=metadata)


def load(network: nn.Module, file: Path, *, setting: str, base: Path | None = None) -> None:
    """Set the learned parameters of a network: its heads, and the base model plus differences.

    `base` is the folder of the base model; None: `network` has its weights as yet. `setting` is
    the one that names the file.

    Raises:
        ModelError: a file is missing, damaged, or belongs to another network.
    """
    parameters = learned(network)
    try:
        with ExitStack() as opened, torch.no_grad():
            tensors = opened.enter_context(safe_open(file, framework="pt"))
            below = base and opened.enter_context(
                safe_open(base / "model.safetensors", framework="pt")
            )
            names = {name for name in tensors.keys() if not name.endswith(_SCALE)}  # noqa: SIM118
            if names != parameters.keys():
                raise ModelError(f"{setting} {file} is not of this version; leave {setting} unset.")
            for name, parameter in parameters.items():
                value = tensors.get_tensor(name).float()
                if name.startswith(_ENCODER):
                    if value.dim() == 2:
                        value *= tensors.get_tensor(name + _SCALE)[:, None]
                    # From the file, because a network in use may be rounded, or trained itself.
                    value += below.get_tensor(name.removeprefix(_ENCODER)) if below else parameter
                parameter.copy_(value)
    except (OSError, SafetensorError, RuntimeError) as error:  # RuntimeError: sizes differ
        raise ModelError(
            f"{setting} {file} cannot be loaded: {reason(error)}; leave {setting} unset."
        ) from error
