"""Distances between embeddings: smaller means more alike, everywhere."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from core.squared_distances import cosine_distances, root, squared_distances

Array = Tensor | NDArray[np.generic]


@dataclass(frozen=True)
class Distance:
    """A distance that is a function of the squared Euclidean one, after a map of the embeddings."""

    name: str
    transform: Callable[[Tensor], Tensor]
    """Maps embeddings [N, D] to the vectors [N, E] whose differences are measured."""
    from_squared: Callable[[Tensor], Tensor]
    """Turns squared Euclidean distances of those vectors into this distance; increasing, 0 at 0."""


@dataclass(frozen=True, eq=False, init=False)
class LinearDistance(Distance):
    """Euclidean distance after a linear map W: sqrt((x - y)ᵀ M (x - y)) with M = WᵀW.

    A Mahalanobis distance where M is an inverse covariance; any positive semi-definite M is of this form. How to find
    one: `core.fitted_distances`.

    Parameters
    ----------
    name
        What it is called, such as 'mahalanobis'.
    W
        [E, D]

    Raises
    ------
    ValueError
        where W is no matrix or not finite.
    """

    W: NDArray[np.float64]
    """[E, D], read-only"""

    def __init__(self, name: str, W: Array) -> None:
        matrix = np.array(W.detach().cpu().double().numpy() if isinstance(W, Tensor) else W, dtype=np.float64)
        if matrix.ndim != 2 or not matrix.size:
            raise ValueError(f"W must be a matrix [E, D], found an array of shape {list(matrix.shape)}")
        if not np.isfinite(matrix).all():
            raise ValueError(f"W must be finite, found {matrix[~np.isfinite(matrix)][0]}")
        matrix.setflags(write=False)
        super().__init__(name, _LinearMap(name, matrix), root)
        object.__setattr__(self, "W", matrix)

    @property
    def M(self) -> NDArray[np.float64]:
        """WᵀW, symmetric and positive semi-definite [D, D]."""
        product: NDArray[np.float64] = self.W.T @ self.W
        return product

    def __reduce__(self) -> tuple[type["LinearDistance"], tuple[str, NDArray[np.float64]]]:
        return LinearDistance, (self.name, self.W)


class _LinearMap:
    """x ↦ W x for each row of x."""

    def __init__(self, name: str, matrix: NDArray[np.float64]) -> None:
        self._name = name
        self._transposed = torch.tensor(matrix).T.contiguous()

    def __call__(self, rows: Tensor) -> Tensor:
        size = len(self._transposed)
        if rows.shape[1] != size:
            raise ValueError(f"the {self._name} distance is between embeddings [N, {size}], found {list(rows.shape)}")
        return rows @ self._transposed.to(rows)


def _unchanged(values: Tensor) -> Tensor:
    return values


def _unit_rows(x: Tensor) -> Tensor:
    norm: Tensor = torch.linalg.vector_norm(x, dim=1, keepdim=True)
    return x / norm.masked_fill(norm == 0, 1.0)


def _half(squared: Tensor) -> Tensor:
    return squared / 2


EUCLIDEAN = Distance("euclidean", _unchanged, root)
SQUARED_EUCLIDEAN = Distance("squared-euclidean", _unchanged, _unchanged)
COSINE = Distance("cosine", _unit_rows, _half)
DISTANCES = {distance.name: distance for distance in (EUCLIDEAN, SQUARED_EUCLIDEAN, COSINE)}


def as_distance(distance: str | Distance) -> Distance:
    """The distance of that name; a distance object is handed through.

    Raises
    ------
    ValueError
        where the name is unknown.
    """
    if isinstance(distance, Distance):
        return distance
    if distance not in DISTANCES:
        raise ValueError(f"distance must be one of {', '.join(DISTANCES)}, found {distance!r}")
    return DISTANCES[distance]


def pairwise_distances(x: Array, y: Array, distance: str | Distance = "euclidean") -> Tensor:
    """Distances of all rows of `x` to all rows of `y`, differentiable.

    They come from one matrix product in float64, which is 5 to 10 times as fast as differences and leaves an error
    below float32's own (1e-7 of the vectors' length for Euclidean; distances below that are 0). The gradient is
    finite everywhere and 0 where two rows are identical.

    Parameters
    ----------
    x, y
        [N, D] and [M, D].
    distance
        "euclidean", "squared-euclidean", "cosine" (1 - cosine of the angle, in 0..2; a zero row is 0.5 away from
        every row that is not) or a distance object.

    Returns
    -------
    Tensor
        [N, M], float64 where an input is float64, else float32.

    Raises
    ------
    ValueError
        where the shapes do not fit or the distance is unknown.
    """
    rule = as_distance(distance)
    a, b = _as_rows(x, y)
    result = torch.promote_types(torch.promote_types(a.dtype, b.dtype), torch.float32)
    wide = widest_dtype(a.device)
    if rule is COSINE:
        return cosine_distances(a, b, wide, result)
    left = rule.transform(a.to(wide))
    right = left if b is a else rule.transform(b.to(wide))
    return rule.from_squared(squared_distances(left, right, result))


@torch.no_grad()
def exact_distances(x: Array, y: Array, distance: str | Distance = "euclidean") -> Tensor:
    """Distances [N, M] of all rows of `x` to all rows of `y` in float64 on the CPU, without a gradient.

    They come from differences, so a pair has the same distance to the last bit wherever it stands: ties stay ties,
    and a threshold found among many pairs decides the same for one. Parameters and errors as `pairwise_distances`.
    """
    rule = as_distance(distance)
    a, b = (mapped_exactly(rows, rule) for rows in _as_rows(x, y))
    return between_mapped(a, b, rule)


def mapped_exactly(rows: Tensor, distance: Distance) -> Tensor:
    """Rows [N, D] after the distance's own map, float64 [N, E] on the CPU; each alike to the last bit in any batch."""
    # Two calls: a device without float64 could not do both at once.
    wide = rows.cpu().double()
    if not isinstance(distance, LinearDistance) or not len(wide):
        return distance.transform(wide)
    # Alone, and at the start of its memory: a matrix product may round a row by where it stands.
    return torch.cat([distance.transform(row.clone()) for row in torch.split(wide, 1)])


def between_mapped(x: Tensor, y: Tensor, distance: Distance) -> Tensor:
    """Distances [N, M] of rows that have been through `mapped_exactly`."""
    return distance.from_squared(torch.cdist(x, y, compute_mode="donot_use_mm_for_euclid_dist").square())


def as_tensor(values: Array) -> Tensor:
    """The tensor itself, or a copy of an array: torch cannot look into read-only or reversed ones."""
    return values if isinstance(values, Tensor) else torch.from_numpy(np.array(values, order="C"))


def widest_dtype(device: torch.device) -> torch.dtype:
    """float64 where the device has it; Apple's GPUs do not."""
    return torch.float32 if device.type == "mps" else torch.float64


def _as_rows(x: Array, y: Array) -> tuple[Tensor, Tensor]:
    a = as_tensor(x)
    b = a if y is x else as_tensor(y)
    if a.ndim != 2 or b.ndim != 2 or a.shape[1] != b.shape[1]:
        raise ValueError(f"x [N, D] and y [M, D] must agree in D, found {list(a.shape)} and {list(b.shape)}")
    return a, b
