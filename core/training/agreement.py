"""Processes that train together have the same weights, moments and random numbers: those of the first one."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from core.training.checkpoint import modules_of
from core.training.random_state import RandomState
from core.training.trainer import Trainer
from core.training.world import ShareOrder


@dataclass(frozen=True)
class _State:
    """All that a trainer has that steps change, on the CPU."""

    modules: Mapping[str, Mapping[str, Tensor]]
    moments: Mapping[int, Mapping[str, Tensor]]
    """Of the optimizer, by the number of the parameter."""
    random: Tensor
    mining: Tensor
    step_count: int
    micro_batch: int


def share_state(trainer: Trainer) -> bool:
    """Take over the first process's state; False where that has ended instead. All processes call it at once."""
    world = trainer.world
    if world.size == 1:
        return True
    said: Any = world.decide(_state(trainer) if world.leads else None)
    if not isinstance(said, _State):
        return False
    if not world.leads:
        _put(trainer, said)
    return True


def share_again(trainer: Trainer) -> None:
    """Let all other processes, which wait for an order, take over the state of this first one."""
    trainer.world.tell(ShareOrder())
    share_state(trainer)


def _state(trainer: Trainer) -> _State:
    return _State(
        modules={kind: _on_cpu(module.state_dict()) for kind, module in modules_of(trainer).items()},
        moments={n: _on_cpu(state) for n, state in trainer.optimizer.state_dict()["state"].items()},
        random=torch.get_rng_state(),
        mining=trainer.mining_generator.get_state(),
        step_count=trainer.step_count,
        micro_batch=trainer.micro_batch,
    )


def _put(trainer: Trainer, state: _State) -> None:
    for kind, module in modules_of(trainer).items():
        module.load_state_dict(state.modules[kind])
    parameters = [parameter for group in trainer.optimizer.param_groups for parameter in group["params"]]
    # In the layout of the parameter: torch's fused AdamW pairs the two by their place in memory.
    moments = {
        n: {
            name: value if name == "step" else torch.empty_like(parameters[n]).copy_(value)
            for name, value in kept.items()
        }
        for n, kept in state.moments.items()
    }
    trainer.optimizer.load_state_dict({**trainer.optimizer.state_dict(), "state": moments})
    # A GPU's default generator is seeded alike everywhere and needs no more than to be its own.
    RandomState(torch.device("cpu"), state.random, None).restore()
    trainer.mining_generator.set_state(state.mining)
    trainer.step_count, trainer.micro_batch = state.step_count, state.micro_batch


def _on_cpu(tensors: Mapping[str, Tensor]) -> dict[str, Tensor]:
    return {name: value.detach().cpu() for name, value in tensors.items()}
