"""Checks that everything measured on embeddings makes first."""

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from core.distances import Array, as_tensor
from core.errors import InputError
from core.evaluation.evaluated import NO_GROUP


def checked_embeddings(embeddings: Array, labels: Array, what: str = "an evaluation") -> tuple[Tensor, Tensor]:
    """Embeddings as float64 [N, D] on the CPU, and labels numbered from 0, int64 [N], for `what` is to be done.

    Raises
    ------
    ValueError
        where the shapes do not fit or an embedding is not finite.
    InputError
        where there are fewer than 2 embeddings.
    """
    vectors = as_tensor(embeddings).detach().cpu().double()
    names = as_numpy(labels)
    if vectors.ndim != 2 or names.shape != tuple(vectors.shape[:1]):
        raise ValueError(
            f"embeddings must be [N, D] and labels [N], found {list(vectors.shape)} and {list(names.shape)}"
        )
    if len(vectors) < 2:
        raise InputError(f"{what} needs at least 2 embeddings, found {len(vectors)}")
    if not vectors.sum().isfinite():  # ten times as fast, and no NaN or infinity vanishes in a sum
        finite = vectors.isfinite().all(dim=1)
        if not finite.all():
            raise ValueError(f"embeddings must be finite, found NaN or infinity in row {int((~finite).int().argmax())}")
    return vectors, torch.from_numpy(np.unique(names, return_inverse=True)[1].reshape(-1))


def checked_groups(groups: Array | None, count: int) -> NDArray[np.int32]:
    """Groups of `count` embeddings numbered from 0, int32 [N]; `NO_GROUP` for all of them where there are none.

    Raises
    ------
    ValueError
        where the shape does not fit.
    """
    if groups is None:
        return np.full(count, NO_GROUP, dtype=np.int32)
    names = as_numpy(groups)
    if names.shape != (count,):
        raise ValueError(f"groups must be [{count}], found {list(names.shape)}")
    numbers = np.unique(names, return_inverse=True)[1].reshape(-1)
    return np.where(names == NO_GROUP, NO_GROUP, numbers).astype(np.int32)


def as_numpy(values: Array) -> NDArray[np.generic]:
    """The array itself, or the values of a tensor."""
    return values.detach().cpu().numpy() if isinstance(values, Tensor) else np.asarray(values)
