"""UMAP fast enough to be live: exact neighbours from torch where that pays, a PCA start, few epochs."""

import warnings
from functools import cache
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from core.projection.progress import OPTIMISING, SEARCHING, WEIGHING, Overheard, Report, unheard
from core.projection.settings import ProjectionSettings

MOST_FOR_EXACT_NEIGHBOURS = 20_000
"""Beyond it umap's approximate search is faster (measured)."""
FRESH_EPOCHS = 200
REFRESH_EPOCHS = 50
REFRESH_LEARNING_RATE = 0.25
"""Of umap's default: as trustworthy even on quite new embeddings, and the points move less (measured)."""

_BLOCK = 1024
"""Rows of the distance matrix at once."""


def umap_layout(
    points: NDArray[np.float32],
    start: NDArray[np.float32],
    *,
    fresh: bool,
    seed: int | None,
    settings: ProjectionSettings,
    report: Report = unheard,
) -> NDArray[np.float32]:
    """UMAP float32 [N, 2] of points [N, D], N >= 4; one that is not fresh goes on from its start for a few epochs."""
    umap_class = _umap_class()
    neighbours = min(settings.neighbours, len(points) - 1)
    report(SEARCHING, None)
    known: tuple[NDArray[np.int32] | None, NDArray[np.float32] | None] = (None, None)
    if len(points) <= MOST_FOR_EXACT_NEIGHBOURS:
        known = exact_neighbours(points, neighbours, report)
        report(WEIGHING, None)
    reducer = umap_class(
        n_neighbors=neighbours,
        min_dist=settings.min_dist,
        precomputed_knn=(*known, None),
        init=start,
        n_epochs=FRESH_EPOCHS if fresh else REFRESH_EPOCHS,
        learning_rate=1.0 if fresh else REFRESH_LEARNING_RATE,
        tqdm_kwds=_told_to(report),
        **_randomness(seed),
    )
    with warnings.catch_warnings():
        # New points cannot be added to the layout later; nobody does.
        warnings.filterwarnings("ignore", message=r"precomputed_knn\[2\] \(knn_search_index\) is not an NNDescent")
        layout: NDArray[np.float32] = reducer.fit_transform(points)
    return layout


def _told_to(report: Report) -> dict[str, Any]:
    """Arguments of the progress bar over the epochs; nobody sees it."""
    if report is unheard:
        return {}
    bar = Overheard(r"(\d+)/(\d+)", OPTIMISING, report)
    return {"disable": False, "file": bar, "bar_format": "{n}/{total}", "mininterval": 0.0, "miniters": 1}


def _randomness(seed: int | None) -> dict[str, Any]:
    """Arguments for one thread and a seed, or for all threads, whose loop takes seconds to compile."""
    import numba

    if seed is None and numba.get_num_threads() > 1:
        return {"random_state": None, "n_jobs": -1}
    return {"random_state": int(np.random.default_rng(seed).integers(2**31)), "n_jobs": 1}


@cache
def _umap_class() -> Any:
    """Import umap, and let numba keep on disk what it takes 10 s to compile; umap does not ask for that itself.

    Not the parallel loop over the epochs: numba's cache cannot tell it from its reproducible twin.
    """
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Tensorflow not installed", category=ImportWarning)
        from umap import UMAP, layouts, umap_

    for module, name in (
        (umap_, "smooth_knn_dist"),
        (umap_, "compute_membership_strengths"),
        (layouts, "_nb_optimize_layout_euclidean_single_epoch"),
    ):
        function = getattr(module, name, None)
        if function is not None:
            function.enable_caching()
    return UMAP


def exact_neighbours(
    points: NDArray[np.float32], count: int, report: Report = unheard
) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
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
        report(SEARCHING, min(1.0, (first + _BLOCK) / len(points)))
    return indices.numpy().astype(np.int32), distances.numpy()
