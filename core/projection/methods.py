"""`project`: the one way into PCA, UMAP and t-SNE, with their common checks and small cases."""

from typing import TYPE_CHECKING, Literal, get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray

from core.projection.alignment import align
from core.projection.progress import Report, unheard
from core.projection.settings import ProjectionSettings

if TYPE_CHECKING:
    from torch import Tensor

    from core.distances import Distance

Method = Literal["umap", "pca", "tsne"]
METHODS: tuple[Method, ...] = get_args(Method)

DEFAULT_SETTINGS = ProjectionSettings()
_FEWEST_FOR_NEIGHBOURS = 4
"""Fewer points have no neighbourhoods worth a model; PCA shows them exactly."""


def project(
    embeddings: "ArrayLike | Tensor",
    method: Method = "umap",
    initial: "ArrayLike | Tensor | None" = None,
    seed: int | None = None,
    distance: "str | Distance" = "euclidean",
    settings: ProjectionSettings = DEFAULT_SETTINGS,
    report: Report = unheard,
) -> NDArray[np.float32]:
    """Draw embeddings in two dimensions. Runs here and now; call it from one thread at a time.

    Parameters
    ----------
    embeddings
        [N, D], numpy or torch.
    method
        'pca' (exact, the same every time), 'umap' (McInnes et al. 2018) or 'tsne' (van der Maaten and Hinton 2008).
    initial
        Layout [N, 2] of the same points to go on from: UMAP and t-SNE start there, need fewer iterations and are laid
        over it; PCA takes from it which way its axes point.
    seed
        An int makes the layout reproducible; None may use all cores.
    distance
        What 'near' means. A fitted distance draws the embeddings after its map W, cosine those of length 1; all
        methods then go by Euclidean distances, which order pairs alike.
    settings
        Of UMAP and t-SNE.
    report
        Hears how far UMAP or t-SNE is. To hear t-SNE, what the process prints meanwhile is taken from it: for a process
        that does nothing else.

    Returns
    -------
    float32 [N, 2]; up to three points are drawn by PCA whatever the method, points that all coincide at the origin.

    Raises
    ------
    ValueError
        for an unknown method or distance, and for embeddings or a layout of another shape or with values that are not
        finite.
    """
    if method not in METHODS:
        raise ValueError(f"method: must be one of {', '.join(METHODS)}, found {method!r}")
    points = _mapped(_checked("embeddings", embeddings), distance)
    start = None if initial is None else _checked("initial", initial)
    if start is not None and start.shape != (len(points), 2):
        raise ValueError(f"initial: must be [{len(points)}, 2] like the embeddings, found {list(start.shape)}")
    if len(points) == 0 or not np.ptp(points, axis=0).any():
        return np.zeros((len(points), 2), np.float32)
    if method == "pca" or len(points) < _FEWEST_FOR_NEIGHBOURS:
        return _principal(points, start)
    return _by_neighbours(points, method, start, seed, settings, report)


def _checked(name: str, values: "ArrayLike | Tensor") -> NDArray[np.float32]:
    import torch

    if isinstance(values, torch.Tensor):
        values = values.detach().float().cpu().numpy()
    array = np.asarray(values, dtype=np.float32)
    if array.ndim != 2 or array.shape[1] == 0:
        raise ValueError(f"{name}: must be [N, D] with D of at least 1, found {list(array.shape)}")
    if not np.isfinite(array).all():
        raise ValueError(f"{name}: must be finite numbers, found {np.count_nonzero(~np.isfinite(array))} that are not")
    return array


def _mapped(points: NDArray[np.float32], distance: "str | Distance") -> NDArray[np.float32]:
    """The vectors whose Euclidean distances are meant."""
    import torch

    from core.distances import as_distance

    mapped: NDArray[np.float32] = as_distance(distance).transform(torch.tensor(points)).numpy()
    return mapped


def _principal(points: NDArray[np.float32], start: NDArray[np.float32] | None) -> NDArray[np.float32]:
    from core.projection.pca import pca_layout

    layout = pca_layout(points)
    if start is None:
        return layout
    agreement = (layout * (start - start.mean(axis=0))).sum(axis=0)
    facing: NDArray[np.float32] = np.where(agreement < 0, -layout, layout)
    return facing


def _by_neighbours(
    points: NDArray[np.float32],
    method: Method,
    start: NDArray[np.float32] | None,
    seed: int | None,
    settings: ProjectionSettings,
    report: Report,
) -> NDArray[np.float32]:
    from core.projection.tsne import tsne_layout
    from core.projection.umap import umap_layout

    lay_out = umap_layout if method == "umap" else tsne_layout
    if start is None:
        begin = _without_ties(_principal(points, None), seed)
        return lay_out(points, begin, fresh=True, seed=seed, settings=settings, report=report)
    begin = _without_ties(start, seed)
    return align(lay_out(points, begin, fresh=False, seed=seed, settings=settings, report=report), start)


def _without_ties(start: NDArray[np.float32], seed: int | None) -> NDArray[np.float32]:
    """Add a little noise: points on a line or on one another would stay so, and umap divides by each axis' range."""
    noise = np.random.default_rng(seed).standard_normal(start.shape, dtype=np.float32)
    return start + noise * max(float(np.ptp(start, axis=0).max()), 1e-3) * 1e-5
