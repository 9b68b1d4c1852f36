"""Checks that everything measured on embeddings makes first."""

from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from core.errors import InputError

Array = Tensor | NDArray[Any]


def checked_embeddings(embeddings: Array, labels: Array) -> tuple[Tensor, Tensor]:
    """Embeddings as float64 [N, D] on the CPU, and labels numbered from 0, int64 [N].

    Raises
    ------
    ValueError
        where the shapes do not fit or an embedding is not finite.
    InputError
        where there are fewer than 2 embeddings.
    """
    vectors = torch.as_tensor(embeddings).detach().to("cpu", torch.float64)
    names = labels.detach().cpu().numpy() if isinstance(labels, Tensor) else np.asarray(labels)
    if vectors.ndim != 2 or names.shape != tuple(vectors.shape[:1]):
        raise ValueError(
            f"embeddings must be [N, D] and labels [N], found {list(vectors.shape)} and {list(names.shape)}"
        )
    if len(vectors) < 2:
        raise InputError(f"an evaluation needs at least 2 embeddings, found {len(vectors)}")
    finite = vectors.isfinite().all(dim=1)
    if not finite.all():
        raise ValueError(f"embeddings must be finite, found NaN or infinity in row {int((~finite).int().argmax())}")
    return vectors, torch.from_numpy(np.unique(names, return_inverse=True)[1].reshape(-1))
