"""Checking weights that come from a file before a model takes them."""

from collections.abc import Mapping
from pathlib import Path

import torch
from torch import Tensor, nn

from core.errors import InputError


def checked_state(
    path: Path, what: str, kind: str, module: nn.Module, state: Mapping[str, Tensor]
) -> dict[str, Tensor]:
    """State of a module as it was read from a file.

    Parameters
    ----------
    path
        The file.
    what
        What it should be, in words: 'a checkpoint'.
    kind
        What the module is, in words: 'model'.
    module
        Whose names and shapes the state must have.
    state
        Tensors by name.

    Raises
    ------
    InputError
        where names, shapes or types differ from the module's, or a value is not finite.
    """
    expected = module.state_dict()
    if differing := sorted(expected.keys() ^ state.keys()):
        where = "the file" if differing[0] in state else f"the {kind}"
        raise InputError(f"{path}: not {what} of this {kind}, only {where} has {differing[0]}")
    for name, value in state.items():
        check_tensor(path, name, value, expected[name])
    return dict(state)


def check_tensor(path: Path, name: str, value: Tensor, expected: Tensor) -> None:
    """Refuse a tensor that has another shape or type than expected, or values that are not finite.

    Raises
    ------
    InputError
        naming the file, the tensor and what is wrong.
    """
    if value.shape != expected.shape:
        raise InputError(f"{path}: {name} must have shape {list(expected.shape)}, found {list(value.shape)}")
    floats = (torch.float32, torch.float64)
    if value.dtype != expected.dtype and not (value.dtype in floats and expected.dtype in floats):
        raise InputError(f"{path}: {name} must hold {expected.dtype}, found {value.dtype}")
    if not is_finite(value):
        raise InputError(f"{path}: {name} holds values that are not finite")


def is_finite(value: Tensor) -> bool:
    """Whether no value is NaN or infinite; whole numbers never are."""
    return not value.is_floating_point() or bool(value.isfinite().all())
