"""The processes that train one model together: who they are, and what they tell one another (docs/adr/0027)."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from typing import Any, TypeVar

import torch
import torch.distributed as dist
from lightning_fabric import Fabric
from lightning_fabric.plugins import Precision
from torch import Tensor
from torch.distributed.device_mesh import DeviceMesh
from torch.distributed.rendezvous import rendezvous

from core.device import describe_device
from core.errors import InputError
from core.models.multi_task import MultiTaskModel
from core.training.launch import Launch
from core.training.orders import EndOrder
from core.training.sharding import shard

Value = TypeVar("Value")

LOST = (
    "a process that trained along has ended or cannot be reached; "
    "the run is as at its newest checkpoint and goes on from there with --resume"
)
_PATIENCE = timedelta(days=365)
"""How long the others wait for a decision: a run may be paused, or measured by the first process, for hours."""


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

    def describe(self, device: torch.device) -> str:
        """What all train on, for people: 'cpu', '4 × NVIDIA H100'."""
        return describe_device(device) if self.size == 1 else f"{self.size} × {describe_device(device)}"

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

    def fabric(self, device: torch.device, precision: Precision, *, sharded: bool = False) -> Fabric:
        """Fabric as these processes use it, on one device each; `sharded` where they share the weights out."""
        return Fabric(accelerator=device.type, devices=1, plugins=[precision])

    @contextmanager
    def leading(self) -> Iterator[None]:
        """Within which this process decides for the others; at the end they are let go."""
        yield

    @contextmanager
    def together(self) -> Iterator[None]:
        """Within which the others are needed.

        Raises
        ------
        InputError
            where one of them has ended.
        """
        yield


class JoinedWorld(World):
    """A process that `torchrun` has started beside others.

    Tensors go by NCCL between GPUs and by gloo otherwise; decisions always by gloo, so that no GPU is waited for.
    """

    def __init__(self, launch: Launch) -> None:
        backend = "cpu:gloo,cuda:nccl" if torch.cuda.is_available() else "gloo"
        store, rank, size = next(rendezvous("env://"))
        # torchrun hands the same store to processes that it starts again: it still has the addresses of those before.
        own_store = dist.PrefixStore(f"start-{launch.restarts}", store)  # type: ignore[attr-defined]
        dist.init_process_group(backend, store=own_store, rank=rank, world_size=size)
        self.rank, self.size = launch.rank, launch.size
        self._launch = launch
        self._decisions: Any = dist.new_group(backend="gloo", timeout=_PATIENCE)

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
            for value, mean in zip(alike, torch.split(flat, [value.numel() for value in alike]), strict=True):
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

    def fabric(self, device: torch.device, precision: Precision, *, sharded: bool = False) -> Fabric:
        """Fabric as these processes use it, on one device each; `sharded` where they share the weights out."""
        from lightning_fabric.plugins.environments.torchelastic import TorchElasticEnvironment
        from lightning_fabric.strategies.ddp import DDPStrategy
        from lightning_fabric.strategies.model_parallel import ModelParallelStrategy

        sharding = ModelParallelStrategy(self._shard, data_parallel_size=self.size, tensor_parallel_size=1)
        fabric = Fabric(
            accelerator=device.type,
            devices=self._launch.local_size,
            num_nodes=self.size // self._launch.local_size,
            strategy=sharding if sharded else DDPStrategy(),
            plugins=[precision, TorchElasticEnvironment()],
        )
        fabric.launch()
        return fabric

    def _shard(self, model: MultiTaskModel, mesh: DeviceMesh) -> MultiTaskModel:
        """Share out the first process's weights: the others' are random where it has begun with another model's."""
        self.send(list(model.state_dict().values()))
        return shard(model, mesh["data_parallel"])

    @contextmanager
    def leading(self) -> Iterator[None]:
        """Within which this process decides for the others; at the end they are let go.

        After an error they are told nothing, as they may wait within a step: they end when this process has.
        """
        yield
        self.tell(EndOrder())

    @contextmanager
    def together(self) -> Iterator[None]:
        """Within which the others are needed.

        Raises
        ------
        InputError
            where one of them has ended.
        """
        try:
            yield
        except RuntimeError as error:
            if not is_lost(error):
                raise
            raise InputError(LOST) from error


def is_lost(error: BaseException) -> bool:
    """Whether an error means that another process has ended, or cannot be reached."""
    words = ("gloo", "NCCL", "onnection closed", "onnection reset", "Broken pipe")
    return isinstance(error, dist.DistError) or (
        isinstance(error, RuntimeError) and any(word in str(error) for word in words)
    )


def own_device(device: torch.device, launch: Launch | None) -> torch.device:
    """The one of a machine's devices that this process works on."""
    if device.type != "cuda" or launch is None:
        return device
    own = torch.device("cuda", launch.local_rank)
    torch.cuda.set_device(own)
    return own
