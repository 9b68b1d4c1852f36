"""Where the points of a layout lie densest: lines around given shares of them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.projection.isolines import isolines, simplified

SHARES = (0.5, 0.8, 0.95)
"""Of the points that the lines enclose, innermost first."""
CLASS_SHARES = (0.8,)
"""Of the images of one class that its line encloses."""
FEWEST = 10
"""Points; fewer have no density worth a line."""

_FINEST, _COARSEST = 512, 32
"""Cells along the longer side of the points."""
_CELLS_A_BANDWIDTH = 3.0
_SHARPEST = 2.0
"""Cells; a kernel that is narrower would show the grid."""
_TOLERANCE = 0.05
"""Cells that a line may be off for having fewer points."""
_REACH = 4.0
"""Bandwidths around the points, after which the density is as good as nothing."""
_SAMPLED = 20_000
"""Points that a bandwidth is found from."""
_CLASSES = 100
"""Classes that a bandwidth is found from: the largest."""
_MAD_TO_SIGMA = 1.4826


@dataclass(frozen=True, eq=False)
class Contour:
    """The line of one density."""

    share: float
    """Of the points that lie within it."""
    loops: tuple[NDArray[np.float32], ...]
    """Closed lines [V, 2], the last point equal to the first; a hole is a loop within a loop."""


def contours(
    xy: NDArray[np.float32], labels: NDArray[np.int64] | None = None, shares: Sequence[float] = SHARES
) -> tuple[Contour, ...]:
    """Lines of equal density that enclose given shares of the points.

    The density is a Gaussian kernel's, binned on a grid (Wand 1994). The density of a line is what just this share of
    the points exceeds, so that the areas are the smallest that hold so many (Hyndman 1996). The bandwidth is Scott's
    (1992) of a class, the median over the classes: of all points at once it would smear one cluster into the next.

    Parameters
    ----------
    xy
        float32 [N, 2]; points that are not finite count for nothing.
    labels
        Classes [N], for the bandwidth; None: all points are of one.
    shares
        Of the points to enclose, each above 0 and below 1.

    Returns
    -------
    One contour a share; none where fewer than `FEWEST` points are known or all are in one place.

    Raises
    ------
    ValueError
        where a share does not lie between 0 and 1.
    """
    for share in shares:
        if not 0 < share < 1:
            raise ValueError(f"shares: must lie between 0 and 1, found {share}")
    known = np.isfinite(xy[:, 0]) & np.isfinite(xy[:, 1])
    if not known.all():
        xy, labels = xy[known], None if labels is None else labels[known]
    columns = np.ascontiguousarray(xy.T)  # numpy is many times as fast along rows
    if len(xy) < FEWEST or (columns == columns[:, :1]).all():
        return ()
    grid = _Grid(columns, bandwidth(xy, labels))
    levels = np.quantile(grid.at_points, [1 - share for share in shares])
    return tuple(
        Contour(share, tuple(map(grid.to_xy, isolines(grid.density, float(level)))))
        for share, level in zip(shares, levels, strict=True)
    )


def bandwidth(xy: NDArray[np.float32], labels: NDArray[np.int64] | None = None) -> float:
    """Scott's bandwidth of a class of points [N, 2], the median over the largest classes [N]; 0 where none spreads.

    The spread of a class is taken from its median absolute deviation: a few images far away from it do not count.
    """
    labels = np.zeros(len(xy), np.int64) if labels is None else labels
    counts = np.bincount(labels)
    if len(xy) > _SAMPLED:
        some = np.random.default_rng(0).integers(0, len(xy), _SAMPLED)
        xy, labels = xy[some], labels[some]
    found = []
    for index in np.argsort(-counts, kind="stable")[:_CLASSES].tolist():
        members = xy[labels == index]
        if len(members) > 1:
            spread = _MAD_TO_SIGMA * float(np.median(np.abs(members - np.median(members, axis=0)), axis=0).mean())
            found.append(spread * counts[index] ** (-1 / 6))
    return float(np.median(found)) if found else 0.0


class _Grid:
    """Density of points [2, N] on a grid that reaches beyond them."""

    def __init__(self, columns: NDArray[np.float32], bandwidth: float) -> None:
        from scipy.ndimage import gaussian_filter, map_coordinates

        low, high = columns.min(axis=1).astype(np.float64), columns.max(axis=1).astype(np.float64)
        extent = float((high - low).max())
        cells = np.clip(_CELLS_A_BANDWIDTH * extent / max(bandwidth, 1e-30), _COARSEST, _FINEST)
        self._cell = extent / cells
        sigma = max(bandwidth / self._cell, _SHARPEST)
        margin = int(np.ceil(_REACH * sigma)) + 1
        self._origin = low - margin * self._cell
        scale = np.float32(1 / self._cell)
        y, x = (
            (values - np.float32(start)) * scale
            for values, start in zip(columns[::-1], self._origin[::-1], strict=True)
        )
        shape = tuple(np.ceil((high - low)[::-1] / self._cell).astype(int) + 2 * margin + 1)
        cell = np.rint(y).astype(np.int32) * shape[1] + np.rint(x).astype(np.int32)
        binned = np.bincount(cell, minlength=shape[0] * shape[1])
        counts = binned.reshape(shape).astype(np.float32)
        self.density: NDArray[np.float32] = gaussian_filter(counts, sigma, mode="constant", truncate=_REACH)
        self.at_points: NDArray[np.float32] = map_coordinates(self.density, (y, x), order=1)

    def to_xy(self, loop: NDArray[np.float64]) -> NDArray[np.float32]:
        """A line given as (row, column) of the grid [V, 2], with no more points than can be seen."""
        seen = simplified(loop, _TOLERANCE)
        placed: NDArray[np.float32] = (seen[:, ::-1] * self._cell + self._origin).astype(np.float32)
        return placed
