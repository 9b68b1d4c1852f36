"""Comparison with the embeddings of earlier batches."""

import torch
from torch import Tensor, nn

from core.losses.value import Columns, LossValue, check_batch


class CrossBatchMemory(nn.Module):
    """A loss of a batch against the newest `size` embeddings, its own among them.

    Each batch is added, without a gradient, before it is compared; a row makes no pair with itself. A batch with a
    value that is not finite leaves the memory as it was. All that is remembered stands in the `state_dict`.

    Wang et al., Cross-Batch Memory for Embedding Learning, CVPR 2020.

    Parameters
    ----------
    loss
        Takes embeddings [B, D], labels int64 [B] and `Columns`, as all losses over tuples do.
    size
        How many embeddings are remembered; at least a batch.
    embedding_dim
        D.

    Raises
    ------
    ValueError
        where size or embedding_dim is below 1.
    """

    embeddings: Tensor
    """[size, D], a ring: once it is full the oldest row is the next to go"""
    labels: Tensor
    """int64 [size]"""
    added: Tensor
    """How many rows were ever added, int64 scalar."""

    def __init__(self, loss: nn.Module, size: int, embedding_dim: int) -> None:
        super().__init__()
        for name, value in (("size", size), ("embedding_dim", embedding_dim)):
            if value < 1:
                raise ValueError(f"{name} must be at least 1, found {value}")
        self.loss = loss
        self.register_buffer("embeddings", torch.zeros(size, embedding_dim))
        self.register_buffer("labels", torch.zeros(size, dtype=torch.int64))
        self.register_buffer("added", torch.zeros((), dtype=torch.int64))

    def forward(self, embeddings: Tensor, labels: Tensor) -> LossValue:
        """Loss of embeddings [B, D] with labels int64 [B] against all that is remembered.

        Raises
        ------
        ValueError
            where the shapes do not fit, or the batch not into the memory.
        """
        check_batch(embeddings, labels)
        size, dim = self.embeddings.shape
        if len(labels) > size or embeddings.shape[1] != dim:
            raise ValueError(
                f"a memory of {size} embeddings takes batches up to that size with {dim} values a row, "
                f"found {list(embeddings.shape)}"
            )
        before = int(self.added)
        own = (before + torch.arange(len(labels), device=labels.device)) % size
        self._add(embeddings.detach().to(self.embeddings.dtype), labels, own)
        filled = min(before + len(labels), size)
        columns = Columns(self.embeddings[:filled], self.labels[:filled], own)
        value: LossValue = self.loss(embeddings, labels, columns)
        return value

    def _add(self, embeddings: Tensor, labels: Tensor, places: Tensor) -> None:
        """Put a batch at its places [B] in the ring, if it is finite."""
        finite = embeddings.isfinite().all()
        # New tensors, never a change in place: the graph of an earlier batch may still need the old ones.
        rows = torch.where(finite, embeddings, self.embeddings[places])
        self.embeddings = self.embeddings.index_copy(0, places, rows)
        self.labels = self.labels.index_copy(0, places, torch.where(finite, labels, self.labels[places]))
        self.added = self.added + len(labels) * finite
