"""Curves of held-out pairs that go away with a model: counts by distance, without images or embeddings."""

from collections.abc import Iterable, Mapping
from math import isfinite
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.evaluation.curve import VerificationCurve
from core.evaluation.distance_counts import DistanceCounts

MOST_KEPT = 100_000
"""Distances; a curve of more is thinned."""
_KINDS = ("genuine", "impostor")


def thinned(curve: VerificationCurve, thresholds: Iterable[float], most: int = MOST_KEPT) -> VerificationCurve:
    """A curve of at most about `most` distances, each of which accepts exactly the pairs that it does in `curve`.

    A curve of no more distances stays whole. In between, pairs count at the next larger distance that is kept, so
    between two of these both rates are a little too low.

    Parameters
    ----------
    curve
        Of any number of pairs.
    thresholds
        Distances that are kept whatever else is; those that are not finite are passed over.
    most
        At least 10.
    """
    wanted = [threshold for threshold in thresholds if isfinite(threshold)]
    for threshold in wanted:
        curve.at_threshold(threshold)  # has the pairs measured where bins hide them
    values = np.union1d(curve.roc(most).thresholds[1:], wanted)
    genuine, impostor = (
        DistanceCounts.of_levels(values, values, np.diff(kind.up_to(values), prepend=0)) for kind in curve.kinds
    )
    return VerificationCurve(genuine, impostor)


def curve_arrays(curve: VerificationCurve) -> dict[str, NDArray[Any]]:
    """What `curve_from` makes the curve of again: ascending distances [L] and how many pairs are at each."""
    arrays: dict[str, NDArray[Any]] = {}
    for name, kind in zip(_KINDS, curve.kinds, strict=True):
        arrays |= {f"{name}.distances": np.ascontiguousarray(kind.values), f"{name}.counts": kind.counts}
    return arrays


def curve_from(arrays: Mapping[str, NDArray[Any]]) -> VerificationCurve:
    """Make a curve of `curve_arrays`, which may come from anywhere.

    Raises
    ------
    ValueError
        naming the array, the rule and what was found.
    """
    genuine, impostor = (_kind(arrays, name) for name in _KINDS)
    return VerificationCurve(genuine, impostor)


def _kind(arrays: Mapping[str, NDArray[Any]], name: str) -> DistanceCounts:
    names = (f"{name}.distances", f"{name}.counts")
    for key, dtype in zip(names, (np.float64, np.int64), strict=True):
        if key not in arrays:
            raise ValueError(f"{key} is missing")
        if arrays[key].dtype != dtype or arrays[key].ndim != 1 or not arrays[key].size:
            shape = f"{arrays[key].dtype} {list(arrays[key].shape)}"
            raise ValueError(f"{key} must be {np.dtype(dtype)} with at least one value, found {shape}")
    distances, counts = (arrays[key] for key in names)
    if len(distances) != len(counts):
        raise ValueError(f"{names[1]} must be as many as {names[0]}, found {len(counts)} and {len(distances)}")
    if not np.isfinite(distances).all() or (np.diff(distances) <= 0).any():
        raise ValueError(f"{names[0]} must be finite and rise, found others")
    if (counts < 1).any() or counts.astype(np.float64).sum() > 2**53:
        raise ValueError(f"{names[1]} must each be at least 1 and together at most 2^53, found others")
    distances.setflags(write=False)
    return DistanceCounts.of_levels(distances, distances, counts)
