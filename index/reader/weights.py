"""The file of trained weights: differences from the encoder, in 8 bits, to be small."""

from pathlib import Path

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file
from torch import Tensor

from index.errors import ModelError
from index.reader.network import ReaderNetwork

_SCALE = ".scale"  # follows the name of a matrix: a factor for each row of its 8-bit integers


def save(network: ReaderNetwork, base: ReaderNetwork, file: Path, metadata: dict[str, str]) -> None:
    """Write the heads of `network`, and its differences from `base`, an untrained one."""
    before = base.learned()
    tensors: dict[str, Tensor] = {}
    for name, parameter in network.learned().items():
        if not name.startswith("encoder."):
            tensors[name] = parameter.detach().contiguous()
            continue
        changed = parameter.detach() - before[name].detach()
        if changed.dim() == 1:
            tensors[name] = changed.to(torch.float16)
            continue
        scale = changed.abs().amax(dim=1, keepdim=True) / 127
        tensors[name] = (changed / scale.clamp_min(1e-12)).round().to(torch.int8)
        tensors[name + _SCALE] = scale.squeeze(1)
    save_file(tensors, file, metadata=metadata)


def load(network: ReaderNetwork, file: Path) -> None:
    """Add the differences in `file` to an untrained network, and set its heads.

    Raises:
        ModelError: the file is missing, damaged, or belongs to another network.
    """
    parameters = network.learned()
    try:
        with safe_open(file, framework="pt") as tensors, torch.no_grad():
            names = {name for name in tensors.keys() if not name.endswith(_SCALE)}  # noqa: SIM118
            if names != parameters.keys():
                raise ModelError(f"READER {file} is not a reader of this version; leave it unset.")
            for name, parameter in parameters.items():
                value = tensors.get_tensor(name).float()
                if value.dim() == 2 and name.startswith("encoder."):
                    value *= tensors.get_tensor(name + _SCALE)[:, None]
                if name.startswith("encoder."):
                    value += parameter
                parameter.copy_(value)
    except (OSError, SafetensorError, RuntimeError) as error:  # RuntimeError: sizes differ
        raise ModelError(
            f"READER {file} cannot be loaded ({str(error).splitlines()[0]}); "
            "leave it unset, or set it to nothing to do without."
        ) from error
