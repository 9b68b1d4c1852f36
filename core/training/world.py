"""The processes that train one model together: who they are, and what they tell one another (docs/adr/0024)."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeVar

import torch
import torch.distributed as dist
from torch import Tensor

from core.hyperparameters import Hyperparameters

Value = TypeVar("Value")

_PATIENCE = timedelta(days=365)
"""How long the others wait for a decision: a run may be paused, or measured by the first process, for hours."""


@dataclass(frozen=True)
class StepOrder:
    """Train on the next batch."""

    hyperparameters: Hyperparameters


class World:
    """One process by itself; its answers are those of a world of one."""

    rank = 0
    """Number of this process; 0 decides for all, writes and speaks."""
    size = 1

    @property
    def leads(self) -> bool:
        """Whether this process decides for all."""
        return self.rank == 0

    @property
    def share(self) -> tuple[int, int]:
        """Number of this process and of all."""
        return self.rank, self.size

    def gather(self, rows: Tensor) -> Tensor:
        """Rows [N, ...] of all processes, one after the other, [size · N, ...]; without a gradient."""
        return rows

    def sum(self, values: Tensor) -> Tensor:
        """Sum over all processes."""
        return values

    def average(self, values: Sequence[Tensor]) -> None:
        """Replace tensors by their means over all processes."""

    def send(self, values: Sequence[Tensor]) -> None:
        """Replace tensors by those of the first process."""

    def decide(self, value: Value) -> Value:
        """What the first process says."""
        return value

    def tell(self, order: object) -> None:
        """Tell all others, who wait for an order, what to do now; of another process than the first, nothing."""

    def collect(self, value: Value) -> list[Value]:
        """What all processes say, for the first one; nothing for others."""
        return [value]

    def leave(self) -> None:
        """Need the others no more."""


class JoinedWorld(World):
    """A process that `torchrun` has started beside others.

    Tensors go by NCCL between GPUs and by gloo otherwise; decisions always by gloo, so that no GPU is waited for.
    """

    def __init__(self, device: torch.device) -> None:
        backend = "nccl" if device.type == "cuda" else "gloo"
        dist.init_process_group(backend, device_id=device if device.type == "cuda" else None)
        self.rank, self.size = dist.get_rank(), dist.get_world_size()
        self._decisions = dist.new_group(backend="gloo", timeout=_PATIENCE)

    def gather(self, rows: Tensor) -> Tensor:
        """Rows [N, ...] of all processes, one after the other, [size · N, ...]; without a gradient."""
        own = rows.detach().contiguous()
        found = [torch.empty_like(own) for _ in range(self.size)]
        dist.all_gather(found, own)
        return torch.cat(found)

    def sum(self, values: Tensor) -> Tensor:
        """Sum over all processes."""
        summed = values.detach().clone()
        dist.all_reduce(summed)
        return summed

    def average(self, values: Sequence[Tensor]) -> None:
        """Replace tensors by their means over all processes."""
        for dtype in dict.fromkeys(value.dtype for value in values):
            alike = [value for value in values if value.dtype == dtype]
            flat = torch.cat([value.flatten() for value in alike])
            dist.all_reduce(flat)
            flat /= self.size
            for value, mean in zip(alike, flat.split([value.numel() for value in alike]), strict=True):
                value.copy_(mean.view_as(value))

    def send(self, values: Sequence[Tensor]) -> None:
        """Replace tensors by those of the first process."""
        for value in values:
            sent = value.detach().contiguous()
            dist.broadcast(sent, src=0)
            value.detach().copy_(sent)

    def decide(self, value: Value) -> Value:
        """What the first process says."""
        said: list[Any] = [value if self.leads else None]
        dist.broadcast_object_list(said, src=0, group=self._decisions)
        decided: Value = said[0]
        return decided

    def tell(self, order: object) -> None:
        """Tell all others, who wait for an order, what to do now; of another process than the first, nothing."""
        if self.leads:
            self.decide(order)

    def collect(self, value: Value) -> list[Value]:
        """What all processes say, for the first one; nothing for others."""
        said: list[Any] | None = [None] * self.size if self.leads else None
        dist.gather_object(value, said, dst=0, group=self._decisions)
        return [] if said is None else said

    def leave(self) -> None:
        """Need the others no more."""
        dist.destroy_process_group()


def started_by_torchrun() -> bool:
    """Whether this process was started beside others."""
    return dist.is_available() and dist.is_torchelastic_launched() and int(os.environ.get("WORLD_SIZE", "1")) > 1


def restarted() -> bool:
    """Whether `torchrun` has started this process again after a failure."""
    return started_by_torchrun() and int(os.environ.get("TORCHELASTIC_RESTART_COUNT", "0")) > 0


def own_device(device: torch.device) -> torch.device:
    """The one of a machine's devices that this process works on."""
    if device.type != "cuda" or not started_by_torchrun():
        return device
    own = torch.device("cuda", int(os.environ["LOCAL_RANK"]))
    torch.cuda.set_device(own)
    return own
