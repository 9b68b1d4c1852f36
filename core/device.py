"""Which device and precision a name stands for on this machine."""

from typing import TYPE_CHECKING, Any, Literal

import torch

from core.errors import InputError

if TYPE_CHECKING:
    from lightning_fabric.plugins import Precision

FabricPrecision = Literal["32-true", "bf16-mixed", "64-true"]


def resolve_device(name: str) -> torch.device:
    """Turn 'auto', 'cpu', 'cuda' or 'mps' into a device.

    Raises
    ------
    InputError
        where the named device is not there.
    """
    if name == "auto":
        name = "cuda" if torch.cuda.is_available() else "mps" if torch.backends.mps.is_available() else "cpu"
    elif name == "cuda" and not torch.cuda.is_available():
        raise InputError(
            "device: 'cuda' needs a CUDA device that torch can use, found none; 'auto' or 'cpu' works here"
        )
    elif name == "mps" and not torch.backends.mps.is_available():
        raise InputError("device: 'mps' needs Apple's Metal backend, found none; 'auto' or 'cpu' works here")
    return torch.device(name)


def resolve_precision(name: str, device: torch.device) -> FabricPrecision:
    """Turn a configured precision into Fabric's word for it.

    'auto' is bf16 only on CUDA hardware that computes in it: on a CPU without AVX512-BF16 or AMX it is 30 times slower.
    """
    if name == "auto":
        name = "bf16" if device.type == "cuda" and torch.cuda.is_bf16_supported(including_emulation=False) else "32"
    words: dict[str, FabricPrecision] = {"32": "32-true", "bf16": "bf16-mixed", "64": "64-true"}
    return words[name]


def precision_plugin(name: str, device: torch.device) -> "Precision":
    """Fabric's plugin for a configured precision; in 64 the model's outputs stay float64, and so do the losses."""
    from lightning_fabric.plugins import DoublePrecision, MixedPrecision
    from lightning_fabric.plugins import Precision as FullPrecision

    class Double(DoublePrecision):
        def convert_output(self, data: Any) -> Any:
            return data

    match resolve_precision(name, device):
        case "64-true":
            return Double()
        case "bf16-mixed":
            return MixedPrecision("bf16-mixed", device.type)
        case "32-true":
            return FullPrecision()


def describe_device(device: torch.device) -> str:
    """Name for people: 'cpu', 'mps' or the CUDA card's own name."""
    return torch.cuda.get_device_name(device) if device.type == "cuda" else device.type
