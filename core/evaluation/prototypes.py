"""One embedding that stands for several."""

import torch
from torch import Tensor


def unit_rows(vectors: Tensor) -> Tensor:
    """Rows [N, D] at unit L2 norm; a zero row stays zero."""
    lengths: Tensor = torch.linalg.vector_norm(vectors, dim=1, keepdim=True)
    return vectors / lengths.masked_fill(lengths == 0, 1.0)


def summed(vectors: Tensor, classes: Tensor, count: int) -> Tensor:
    """Sum of the rows [N, D] of each of `count` classes, [count, D]."""
    return torch.zeros(count, vectors.shape[1], dtype=vectors.dtype).index_add(0, classes, vectors)


def prototypes(vectors: Tensor, classes: Tensor, count: int) -> Tensor:
    """Mean of the normalised rows [N, D] of each class, brought back to unit length, [count, D].

    A mean is shorter than what it is of, the more so the more they differ: only at unit length are its distances on
    the scale of those between two images, which a threshold is for. A row that is alone in its class stands for it as
    it is, so that its distances are those of verification to the last bit. Averaging, and classifying by the nearest
    mean: Snell, Swersky and Zemel, Prototypical Networks for Few-shot Learning, 2017.

    Parameters
    ----------
    vectors
        [N, D], float64
    classes
        [N], numbered from 0.
    count
        Classes.
    """
    means = unit_rows(summed(unit_rows(vectors), classes, count))
    alone = classes.bincount(minlength=count)[:, None] == 1
    return torch.where(alone, summed(vectors, classes, count), means)
