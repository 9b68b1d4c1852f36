"""Checks that everything measured on embeddings makes first."""

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from core.distances import Array, as_tensor
from core.errors import InputError


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
    finite = vectors.isfinite().all(dim=1)
    if not finite.all():
        raise ValueError(f"embeddings must be finite, found NaN or infinity in row {int((~finite).int().argmax())}")
    return vectors, torch.from_numpy(np.unique(names, return_inverse=True)[1].reshape(-1))


def as_numpy(values: Array) -> NDArray[np.generic]:
    """The array itself, or the values of a tensor."""
    return values.detach().cpu().numpy() if isinstance(values, Tensor) else np.asarray(values)
