"""Checkpoints: model, optimizer and random state in one safetensors file; no pickle is ever read."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file
from torch import Tensor, nn

from core.errors import InputError
from core.files import replacing
from core.hyperparameters import Hyperparameters
from core.training.trainer import Trainer

_FORMAT = "metric-explorer checkpoint 1"


@dataclass(frozen=True)
class Progress:
    """The scalars of a checkpoint."""

    step: int
    seconds: float
    """Training time so far."""
    hyperparameters: Hyperparameters
    history: tuple[dict[str, Any], ...]
    """Every change of a live setting so far: step, old, new."""


def save_checkpoint(path: Path, trainer: Trainer, progress: Progress) -> None:
    """Write all that training needs to go on bit for bit, in one atomic step."""
    tensors = {f"model.{name}": value for name, value in trainer.model.state_dict().items()}
    tensors |= _optimizer_tensors(trainer.optimizer)
    tensors["random.torch"] = torch.get_rng_state()
    tensors["random.mining"] = trainer.mining_generator.get_state()
    if trainer.mining_generator.device.type == "cuda":
        tensors["random.cuda"] = torch.cuda.get_rng_state(trainer.mining_generator.device)
    metadata = {
        "format": _FORMAT,
        "step": str(progress.step),
        "seconds": repr(progress.seconds),
        "hyperparameters": progress.hyperparameters.model_dump_json(),
        "history": json.dumps(progress.history),
    }
    with replacing(path) as temporary:
        save_file({name: value.detach().cpu().contiguous() for name, value in tensors.items()}, temporary, metadata)


def load_checkpoint(path: Path, trainer: Trainer) -> Progress:
    """Put model, optimizer and random state back as `save_checkpoint` found them.

    Raises
    ------
    InputError
        where the file is damaged or belongs to another model.
    """
    tensors, metadata = _read(path)
    load_model_weights(path, trainer.model, tensors)
    _restore_optimizer(path, trainer.optimizer, tensors)
    progress = _progress(path, metadata)
    torch.set_rng_state(tensors["random.torch"])
    trainer.mining_generator.set_state(tensors["random.mining"])
    if trainer.mining_generator.device.type == "cuda" and "random.cuda" in tensors:
        torch.cuda.set_rng_state(tensors["random.cuda"], trainer.mining_generator.device)
    trainer.step_count = progress.step
    return progress


def load_model_weights(path: Path, model: nn.Module, tensors: Mapping[str, Tensor] | None = None) -> None:
    """Put a checkpoint's weights into `model`.

    Raises
    ------
    InputError
        where names or shapes differ from the model's, or a weight is not finite.
    """
    found = tensors if tensors is not None else _read(path)[0]
    weights = {name.removeprefix("model."): value for name, value in found.items() if name.startswith("model.")}
    expected = model.state_dict()
    if differing := sorted(expected.keys() ^ weights.keys()):
        raise InputError(f"{path}: not a checkpoint of this model, {differing[0]} is in only one of the two")
    for name, value in weights.items():
        if value.shape != expected[name].shape:
            raise InputError(f"{path}: {name} must have shape {list(expected[name].shape)}, found {list(value.shape)}")
        if value.is_floating_point() and not torch.isfinite(value).all():
            raise InputError(f"{path}: {name} holds values that are not finite")
    model.load_state_dict(weights)


def _optimizer_tensors(optimizer: torch.optim.Optimizer) -> dict[str, Tensor]:
    states = optimizer.state_dict()["state"]
    return {f"optimizer.{index}.{name}": value for index, state in states.items() for name, value in state.items()}


def _restore_optimizer(path: Path, optimizer: torch.optim.Optimizer, tensors: Mapping[str, Tensor]) -> None:
    parameters = [parameter for group in optimizer.param_groups for parameter in group["params"]]
    state: dict[int, dict[str, Tensor]] = {}
    for key, value in tensors.items():
        if key.startswith("optimizer."):
            _, index, name = key.split(".")
            state.setdefault(int(index), {})[name] = value
    for index, moments in state.items():
        fits = index < len(parameters) and all(
            value.ndim == 0 or value.shape == parameters[index].shape for value in moments.values()
        )
        if not fits:
            raise InputError(f"{path}: the optimizer's state {index} does not fit the model")
    optimizer.load_state_dict({**optimizer.state_dict(), "state": state})


def _progress(path: Path, metadata: Mapping[str, str]) -> Progress:
    try:
        return Progress(
            step=int(metadata["step"]),
            seconds=float(metadata["seconds"]),
            hyperparameters=Hyperparameters.model_validate_json(metadata["hyperparameters"]),
            history=tuple(json.loads(metadata["history"])),
        )
    except (KeyError, ValueError) as error:
        raise InputError(f"{path}: the checkpoint's metadata is damaged ({error})") from error


def _read(path: Path) -> tuple[dict[str, Tensor], dict[str, str]]:
    try:
        with safe_open(path, framework="pt") as file:
            metadata = file.metadata() or {}
            tensors = {name: file.get_tensor(name) for name in file.keys()}
    except (SafetensorError, OSError) as error:
        raise InputError(f"{path}: the checkpoint cannot be read ({error})") from error
    if metadata.get("format") != _FORMAT:
        raise InputError(f"{path}: not a checkpoint of metric-explorer, its format is {metadata.get('format')!r}")
    return tensors, metadata
