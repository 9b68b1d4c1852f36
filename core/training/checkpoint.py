"""Checkpoints: all that training has, in one safetensors file; no pickle is ever read.

That is model, averaged model where there is one, loss, balance, optimizer and random state.
"""

import json
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import torch
from pydantic import BaseModel, ConfigDict, Field, FiniteFloat, Json
from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file
from torch import Tensor, nn

from core.errors import InputError, is_full
from core.files import replacing
from core.hyperparameters import Hyperparameters
from core.models.multi_task import MultiTaskModel
from core.models.weights import check_tensor, checked_state, is_finite
from core.run_content import checked
from core.runs import Run
from core.training.agreement import WholeState, modules_of, put, whole_state

if TYPE_CHECKING:
    from core.training.trainer import Trainer

_FORMAT = "metric-explorer checkpoint 1"
_MOMENTS = ("step", "exp_avg", "exp_avg_sq")


class Change(BaseModel):
    """A live setting changed: from the step after `step` on, training used `new`."""

    model_config = ConfigDict(frozen=True)

    step: int
    old: Hyperparameters
    new: Hyperparameters


Count = Annotated[int, Field(ge=0)]


class Trouble(BaseModel):
    """What steps that were not finite have led to so far; see `core.training.guard`."""

    model_config = ConfigDict(frozen=True)

    skipped: Count = 0
    """Steps in a row, up to the last one, that were skipped."""
    roll_backs: Count = 0
    """Since the last epoch without one."""
    rolled_back_at: Count = 0
    """Step of the last one; 0 where there was none."""


Measure = Literal["auc", "classification_accuracy"]


class BestEpoch(BaseModel):
    """What judging the epochs has told so far; see `core.training.early_stopping`."""

    model_config = ConfigDict(frozen=True)

    measure: Measure | None = None
    """What epochs are judged by; None before the first figure."""
    value: FiniteFloat | None = None
    step: Count = 0
    """At the end of the best epoch; 0 before the first figure."""
    judged: Count = 0
    """Step of the last epoch's end that was judged."""
    since: Count = 0
    """Epochs judged since the best one."""
    kept: bool = False
    """Whether the checkpoint has the weights of the best epoch, as at the end of a run."""


@dataclass(frozen=True)
class Progress:
    """The scalars of a checkpoint."""

    step: int
    seconds: float
    """Training time so far."""
    hyperparameters: Hyperparameters
    history: tuple[Change, ...]
    """Every change of the live settings so far."""
    trouble: Trouble = field(default_factory=Trouble)
    best: BestEpoch = field(default_factory=BestEpoch)


class _Metadata(BaseModel):
    step: int = Field(ge=1)
    seconds: FiniteFloat = Field(ge=0)
    hyperparameters: Json[Hyperparameters]
    history: Json[tuple[Change, ...]]
    # Younger than some checkpoints:
    trouble: Json[Trouble] = Trouble()
    best: Json[BestEpoch] = BestEpoch()
    micro_batch: int | None = Field(None, ge=0)


def save_checkpoint(path: Path, trainer: "Trainer", progress: Progress) -> None:
    """Write all that training needs to go on bit for bit, in one atomic step.

    Raises
    ------
    FloatingPointError
        where a weight is not finite; nothing is written.
    OSError
        where the disk is full; nothing is written.
    InputError
        where the file cannot be written for another reason.
    """
    tensors = {name: value.contiguous() for name, value in _state(trainer).items()}
    for name, value in tensors.items():
        if not is_finite(value):
            raise FloatingPointError(
                f"{name} is not finite after step {progress.step}; lower the learning rate or the weights of the losses"
            )
    metadata = {
        "format": _FORMAT,
        "step": str(progress.step),
        "seconds": repr(progress.seconds),
        "hyperparameters": progress.hyperparameters.model_dump_json(),
        "history": json.dumps([change.model_dump() for change in progress.history]),
        "trouble": progress.trouble.model_dump_json(),
        "best": progress.best.model_dump_json(),
        "micro_batch": str(trainer.micro_batch),
    }
    try:
        with replacing(path) as temporary:
            save_file(tensors, temporary, metadata)
    except SafetensorError as error:
        # It tells the system's error in words alone.
        number = re.search(r"\(os error (\d+)\)", str(error))
        if number is not None and is_full(full := OSError(int(number[1]), os.strerror(int(number[1])), str(path))):
            raise full from error
        raise InputError(f"{path}: the checkpoint cannot be written ({error})") from error


def load_checkpoint(path: Path, trainer: "Trainer") -> Progress:
    """Put model, loss, balance, optimizer and random state back as `save_checkpoint` found them, and images at once.

    Raises
    ------
    InputError
        where the file is damaged or belongs to another model; the trainer is left as it was, but for its random state.
    """
    tensors, metadata = _read(path)
    content = checked(_Metadata, dict(metadata), path)
    progress = _progress(path, content)
    states = _checked_states(path, trainer, tensors)
    moments = _checked_moments(path, trainer.optimizer, tensors)
    _restore_random_state(path, trainer, tensors)
    put(trainer, WholeState(states, moments))
    trainer.step_count = progress.step
    if content.micro_batch is not None:
        trainer.micro_batch = content.micro_batch
    return progress


def roll_back(path: Path, trainer: "Trainer") -> None:
    """Put model, loss, balance and optimizer back as they are in a checkpoint; steps and random numbers go on.

    Raises
    ------
    InputError
        where the file is damaged or belongs to another model.
    """
    tensors, _ = _read(path)
    states = _checked_states(path, trainer, tensors)
    put(trainer, WholeState(states, _checked_moments(path, trainer.optimizer, tensors)))


def start_over(trainer: "Trainer", fresh: "Trainer") -> None:
    """Put model, loss, balance and optimizer back as they are in a trainer that has made no step."""
    put(trainer, WholeState(whole_state(fresh).modules, {}))


def load_model_weights(path: Path, model: nn.Module) -> None:
    """Put a checkpoint's weights into `model`, the averaged ones where it has some: those were judged.

    Raises
    ------
    InputError
        where the file is damaged, names or shapes differ from the model's, or a weight is not finite.
    """
    tensors, _ = _read(path, prefixes=("average.", "model."))
    kind = "average" if any(name.startswith("average.") for name in tensors) else "model"
    model.load_state_dict(_checked_state(path, kind, model, tensors))


def load_newest_model(run: Run) -> tuple[MultiTaskModel, int]:
    """Load the model of a run with the weights of its newest checkpoint, and the step they are of.

    Raises
    ------
    InputError
        where the run has no checkpoint or is damaged.
    """
    step = run.newest_checkpoint()
    model = MultiTaskModel.from_architecture(run.info.model)
    load_model_weights(run.checkpoint_path(step), model)
    return model, step


def _state(trainer: "Trainer") -> dict[str, Tensor]:
    modules, moments = whole_state(trainer)
    tensors = {f"{kind}.{name}": value for kind, state in modules.items() for name, value in state.items()}
    for index, state in moments.items():
        tensors |= {f"optimizer.{index}.{name}": value for name, value in state.items()}
    return tensors | _random_state(trainer)


def _random_state(trainer: "Trainer") -> dict[str, Tensor]:
    device = trainer.mining_generator.device
    state = {
        "random.torch": torch.get_rng_state(),
        f"random.mining.{device.type}": trainer.mining_generator.get_state(),
    }
    if device.type == "cuda":
        state["random.cuda"] = torch.cuda.get_rng_state(device)
    return state


def _restore_random_state(path: Path, trainer: "Trainer", tensors: Mapping[str, Tensor]) -> None:
    """Put random states back; those of another kind of device have no use here."""
    device = trainer.mining_generator.device
    try:
        torch.set_rng_state(tensors["random.torch"])
        if f"random.mining.{device.type}" in tensors:
            trainer.mining_generator.set_state(tensors[f"random.mining.{device.type}"])
        if device.type == "cuda" and "random.cuda" in tensors:
            torch.cuda.set_rng_state(tensors["random.cuda"], device)
    except (KeyError, TypeError, RuntimeError) as error:
        raise InputError(f"{path}: the random state is damaged or missing ({error})") from error


def _checked_states(path: Path, trainer: "Trainer", tensors: Mapping[str, Tensor]) -> dict[str, dict[str, Tensor]]:
    return {kind: _checked_state(path, kind, module, tensors) for kind, module in modules_of(trainer).items()}


def _checked_state(path: Path, kind: str, module: nn.Module, tensors: Mapping[str, Tensor]) -> dict[str, Tensor]:
    prefix = f"{kind}."
    state = {name.removeprefix(prefix): value for name, value in tensors.items() if name.startswith(prefix)}
    return checked_state(path, "a checkpoint", kind, module, state)


def _checked_moments(
    path: Path, optimizer: torch.optim.Optimizer, tensors: Mapping[str, Tensor]
) -> dict[int, dict[str, Tensor]]:
    """State of the optimizer by parameter; parameters that never had a gradient have none."""
    parameters = [parameter for group in optimizer.param_groups for parameter in group["params"]]
    state: dict[int, dict[str, Tensor]] = {}
    for key, value in tensors.items():
        if not key.startswith("optimizer."):
            continue
        match = re.fullmatch(rf"optimizer\.(\d{{1,9}})\.({'|'.join(_MOMENTS)})", key)
        if match is None or int(match[1]) >= len(parameters):
            raise InputError(f"{path}: not a checkpoint of this model, its optimizer has no {key}")
        expected = torch.zeros(()) if match[2] == "step" else parameters[int(match[1])]
        check_tensor(path, key, value, expected)
        state.setdefault(int(match[1]), {})[match[2]] = value
    for index, moments in state.items():
        if len(moments) < len(_MOMENTS):
            raise InputError(f"{path}: damaged, optimizer.{index} must have {', '.join(_MOMENTS)}")
    return state


def _progress(path: Path, content: _Metadata) -> Progress:
    if path.stem != f"step-{content.step:06d}":
        raise InputError(f"{path}: damaged, the name must be that of its step, found step {content.step}")
    return Progress(
        content.step, content.seconds, content.hyperparameters, content.history, content.trouble, content.best
    )


def _read(path: Path, prefixes: tuple[str, ...] = ("",)) -> tuple[dict[str, Tensor], dict[str, str]]:
    """Tensors whose names begin with the first of the prefixes that any name begins with, and the metadata."""
    try:
        with safe_open(path, framework="pt") as file:
            metadata, names = file.metadata() or {}, list(file.keys())
            wanted = ([name for name in names if name.startswith(prefix)] for prefix in prefixes)
            tensors = {name: file.get_tensor(name) for name in next(filter(None, wanted), [])}
    except (SafetensorError, OSError) as error:
        raise InputError(f"{path}: the checkpoint cannot be read ({error})") from error
    if metadata.get("format") != _FORMAT:
        raise InputError(f"{path}: not a checkpoint of metric-explorer, its format is {metadata.get('format')!r}")
    return tensors, metadata
