"""Processes that train together have the same weights, moments and random numbers: those of the first one.

Where the model is sharded, this is also where its parts are brought together.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

import torch
from torch import Tensor, nn

from core.training.orders import GatherOrder, PlaceOrder, PutOrder
from core.training.random_state import RandomState

if TYPE_CHECKING:
    from core.training.trainer import Trainer


class WholeState(NamedTuple):
    """All that steps change of modules and optimizer, in one piece, on the CPU."""

    modules: Mapping[str, Mapping[str, Tensor]]
    """By the words of `modules_of`."""
    moments: Mapping[int, Mapping[str, Tensor]]
    """Of the optimizer, by the number of the parameter."""


def modules_of(trainer: "Trainer") -> dict[str, nn.Module]:
    """All modules with a state of their own, by the word that the names of their tensors begin with."""
    averaged = {} if trainer.average is None else {"average": trainer.average.model}
    return {"model": trainer.model, **averaged, "loss": trainer.metric_loss, "balance": trainer.balance}


def whole_state(trainer: "Trainer") -> WholeState:
    """Bring together what a trainer has; of a sharded one, the others are told to take part, and find nothing."""
    if trainer.sharded:
        trainer.world.tell(GatherOrder())
    return WholeState(
        {kind: _together(trainer, module.state_dict()) for kind, module in modules_of(trainer).items()},
        {n: _together(trainer, state) for n, state in trainer.optimizer.state_dict()["state"].items()},
    )


def judged_weights(trainer: "Trainer") -> dict[str, Tensor]:
    """A copy of the judged model's weights on the CPU, brought together as `whole_state` is."""
    if trainer.looked_at is not None:  # the others look, too, and take no order
        return _copied(trainer.looked_at.state_dict())
    if trainer.sharded:
        trainer.world.tell(GatherOrder(judged_only=True))
        return _together(trainer, trainer.judged.state_dict())
    return _copied(trainer.judged.state_dict())


def put(trainer: "Trainer", state: WholeState) -> None:
    """Replace modules and moments, those of the other processes likewise; they wait for an order."""
    from core.training.sharding import laid_out

    trainer.world.tell(PutOrder(*state))
    for kind, module in modules_of(trainer).items():
        own = module.state_dict()
        module.load_state_dict({name: laid_out(value, own[name]) for name, value in state.modules[kind].items()})
    parameters = [parameter for group in trainer.optimizer.param_groups for parameter in group["params"]]
    moments = {
        n: {name: value.clone() if name == "step" else laid_out(value, parameters[n]) for name, value in kept.items()}
        for n, kept in state.moments.items()
    }
    trainer.optimizer.load_state_dict({**trainer.optimizer.state_dict(), "state": moments})


def share_weights(trainer: "Trainer") -> None:
    """Let all other processes, which wait for an order, have the weights and moments of this first one."""
    if trainer.world.size > 1:
        put(trainer, whole_state(trainer))


def share_place(trainer: "Trainer") -> None:
    """Let all other processes go on from the step of this first one, with its random numbers."""
    trainer.world.tell(
        PlaceOrder(torch.get_rng_state(), trainer.mining_generator.get_state(), trainer.step_count, trainer.micro_batch)
    )


def take_place(trainer: "Trainer", place: PlaceOrder) -> None:
    """Go on from the step of the first process."""
    # A GPU's default generator is seeded alike everywhere and needs no more than to be its own.
    RandomState(torch.device("cpu"), place.random, None).restore()
    trainer.mining_generator.set_state(place.mining)
    trainer.step_count, trainer.micro_batch = place.step_count, place.micro_batch


def _together(trainer: "Trainer", tensors: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Tensors in one piece on the CPU, for the first process; one after the other, so that no device holds them all."""
    from core.training.sharding import whole

    found = {}
    for name, value in tensors.items():
        gathered = whole(value)
        if trainer.world.leads:
            found[name] = gathered.cpu()
    return found


def _copied(tensors: Mapping[str, Tensor]) -> dict[str, Tensor]:
    return {name: value.detach().to("cpu", copy=True) for name, value in tensors.items()}
