"""UMAP fast enough to be live: exact neighbours from torch where that pays, a PCA start, few epochs."""

import warnings

import numpy as np
import torch
from numpy.typing import NDArray

NEIGHBOURS = 15
MOST_FOR_EXACT_NEIGHBOURS = 20_000
"""Beyond it umap's approximate search is faster (measured)."""
FRESH_EPOCHS = 200
REFRESH_EPOCHS = 50

_BLOCK = 1024
"""Rows of the distance matrix at once."""


def umap_layout(
    points: NDArray[np.float32], start: NDArray[np.float32], *, fresh: bool, seed: int | None
) -> NDArray[np.float32]:
    """UMAP float32 [N, 2] of points [N, D], N >= 4; one that is not fresh goes on from its start for a few epochs."""
    neighbours = min(NEIGHBOURS, len(points) - 1)
    known = exact_neighbours(points, neighbours) if len(points) <= MOST_FOR_EXACT_NEIGHBOURS else (None, None)
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Tensorflow not installed", category=ImportWarning)
        # It says that new points cannot be added later, which nobody does.
        warnings.filterwarnings("ignore", message=r"precomputed_knn\[2\] \(knn_search_index\) is not an NNDescent")
        from umap import UMAP

        reducer = UMAP(
            n_neighbors=neighbours,
            precomputed_knn=(*known, None),
            init=start,
            n_epochs=FRESH_EPOCHS if fresh else REFRESH_EPOCHS,
            random_state=seed,
            n_jobs=-1 if seed is None else 1,
        )
        layout: NDArray[np.float32] = reducer.fit_transform(points)
    return layout


def exact_neighbours(points: NDArray[np.float32], count: int) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
    """Indices and Euclidean distances [N, count] of each point's nearest points, itself first, nearest first."""
    # The distances come from inner products, which lose their digits where the points lie far from the origin.
    centred = torch.from_numpy(points - points.mean(axis=0))
    indices = torch.empty(len(points), count, dtype=torch.int64)
    distances = torch.empty(len(points), count)
    for first in range(0, len(points), _BLOCK):
        block = centred[first : first + _BLOCK]
        rows = torch.arange(len(block))
        all_distances = torch.cdist(block, centred)
        all_distances[rows, first + rows] = -1.0
        nearest = all_distances.topk(count, largest=False).indices
        exact = (centred[nearest] - block[:, None]).norm(dim=2)
        exact[:, 0] = -1.0
        order = exact.argsort(dim=1, stable=True)
        indices[first : first + _BLOCK] = nearest.gather(1, order)
        distances[first : first + _BLOCK] = exact.gather(1, order).clamp_(min=0.0)
    return indices.numpy().astype(np.int32), distances.numpy()
