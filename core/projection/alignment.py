"""Laying one layout over another, so that a map does not turn or flip from one refresh to the next."""

import numpy as np
from numpy.typing import NDArray


def align(
    layout: NDArray[np.float32],
    reference: NDArray[np.float32],
    ids: NDArray[np.int64] | None = None,
    reference_ids: NDArray[np.int64] | None = None,
) -> NDArray[np.float32]:
    """Turn, mirror, scale and move a layout so that its points lie nearest to where they are in a reference.

    Orthogonal Procrustes (Gower 1975). The scale makes both spread alike over the shared points; the one of least
    squares would shrink a live map a little at each refresh.

    Parameters
    ----------
    layout
        [N, 2]
    reference
        [M, 2]
    ids, reference_ids
        unique ids of the points, [N] and [M], which tell the shared ones; default: the same points in the same order.

    Returns
    -------
    float32 [N, 2]; the layout as it is where no point is shared.

    Raises
    ------
    ValueError
        where ids are missing and the two layouts differ in length.
    """
    if ids is None or reference_ids is None:
        if len(layout) != len(reference):
            raise ValueError(f"reference: must have the layout's {len(layout)} points, found {len(reference)}")
        here = there = np.arange(len(layout))
    else:
        _, here, there = np.intersect1d(ids, reference_ids, assume_unique=True, return_indices=True)
    if not len(here):
        return layout.astype(np.float32)
    shared, target = layout[here].astype(np.float64), reference[there].astype(np.float64)
    centre, target_centre = shared.mean(axis=0), target.mean(axis=0)
    turn, scale = _turn_and_scale(shared - centre, target - target_centre)
    aligned: NDArray[np.float32] = ((layout - centre) @ turn * scale + target_centre).astype(np.float32)
    return aligned


def _turn_and_scale(shared: NDArray[np.float64], target: NDArray[np.float64]) -> tuple[NDArray[np.float64], float]:
    """Orthogonal matrix [2, 2] and factor that take centred points to centred targets."""
    left, _, right = np.linalg.svd(shared.T @ target)
    spread, target_spread = np.linalg.norm(shared), np.linalg.norm(target)
    # Points that all coincide say nothing about scale.
    return left @ right, float(target_spread / spread) if spread > 0 and target_spread > 0 else 1.0
