"""A model whose weights are shared out among processes (FSDP): each keeps a part of every tensor (docs/adr/0032)."""

import torch
from torch import Tensor
from torch.distributed.device_mesh import DeviceMesh
from torch.distributed.fsdp import fully_shard
from torch.distributed.tensor import DTensor, distribute_tensor

from core.models.multi_task import MultiTaskModel


def shard(model: MultiTaskModel, mesh: DeviceMesh) -> MultiTaskModel:
    """Share out the weights of a model, the same on all processes, stage by stage and head by head; in place.

    Each is whole only while it is computed with. Its parameters are others afterwards.
    """
    heads = (model.classification, model.embedding, model.decoder)
    for part in (*model.backbone.stages, *heads, model):
        if part is not None:
            fully_shard(part, mesh=mesh)
    return model


def is_sharded(model: MultiTaskModel) -> bool:
    """Whether the weights of a model are shared out."""
    return isinstance(next(model.parameters()), DTensor)


def sharded_copy(model: MultiTaskModel) -> MultiTaskModel:
    """Another model with the same weights, shared out likewise."""
    weight = next(model.parameters())
    if not isinstance(weight, DTensor):
        raise ValueError("model: must be sharded")
    fresh = MultiTaskModel.from_architecture(model.architecture()).to(weight.device, weight.dtype)
    copy = shard(fresh, weight.device_mesh)
    copy.load_state_dict(model.state_dict())
    return copy


def own_part(tensor: Tensor) -> Tensor:
    """What this process has of a tensor; all of it where it is not shared out."""
    return tensor.to_local().detach() if isinstance(tensor, DTensor) else tensor


def whole(tensor: Tensor) -> Tensor:
    """A tensor in one piece; all processes ask for it at once where it is shared out."""
    return (tensor.full_tensor() if isinstance(tensor, DTensor) else tensor).detach()


def laid_out(value: Tensor, like: Tensor) -> Tensor:
    """A copy of a whole tensor with device, type and place in memory of another, and shared out where that is.

    No other process takes part.
    """
    if not isinstance(like, DTensor):
        # The place in memory matters to torch's fused AdamW, which pairs moments with parameters by it.
        return torch.empty_like(like).copy_(value)
    return distribute_tensor(value.to(like.device, like.dtype), like.device_mesh, like.placements, src_data_rank=None)
