"""Fitted distances of a run, on the disk: one safetensors file each, for the step of the model they belong to."""

import numpy as np
from safetensors import SafetensorError, safe_open
from safetensors.numpy import save_file

from core.config import DistanceName, FittedDistance, is_fitted
from core.distances import Distance, LinearDistance, as_distance
from core.errors import InputError
from core.files import replacing
from core.runs import Run

_FORMAT = "metric-explorer distance 1"


def save_distance(run: Run, distance: LinearDistance, step: int) -> None:
    """Keep a distance that was fitted on the embeddings of `step`; that of any other step is no longer of use.

    Raises
    ------
    InputError
        where the file cannot be written.
    """
    path = run.distance_path(distance.name, step)
    path.parent.mkdir(parents=True, exist_ok=True)
    metadata = {"format": _FORMAT, "distance": distance.name, "step": str(step)}
    try:
        with replacing(path) as temporary:
            save_file({"W": np.ascontiguousarray(distance.W)}, temporary, metadata)
    except SafetensorError as error:
        raise InputError(f"{path}: the distance cannot be written ({error})") from error
    run.forget_distances(distance.name, but=step)


def load_distance(run: Run, name: FittedDistance, step: int) -> LinearDistance:
    """Read back the distance that was fitted on the embeddings of `step`.

    Raises
    ------
    InputError
        where there is none of this step, or its file is damaged.
    """
    path = run.distance_path(name, step)
    if not path.is_file():
        raise InputError(f"{run.path}: has no {name} distance of step {step}; fit it by evaluate --distance {name}")
    try:
        with safe_open(path, framework="np") as file:
            metadata = file.metadata() or {}
            matrix = np.asarray(file.get_tensor("W") if "W" in file.keys() else [])
    except (SafetensorError, OSError) as error:
        raise InputError(f"{path}: the distance cannot be read ({error})") from error
    expected = {"format": _FORMAT, "distance": name, "step": str(step)}
    for key, value in expected.items():
        if metadata.get(key) != value:
            raise InputError(f"{path}: damaged, its {key} must be {value!r}, found {metadata.get(key)!r}")
    shape, size = matrix.shape, run.config.embedding_dim
    if matrix.dtype != np.float64 or len(shape) != 2 or not shape[0] or shape[-1] != size:
        raise InputError(f"{path}: damaged, W must be float64 [E, {size}], found {matrix.dtype} {list(shape)}")
    if not np.isfinite(matrix).all():
        raise InputError(f"{path}: damaged, W holds values that are not finite")
    return LinearDistance(name, matrix)


def distance_of_run(run: Run, name: DistanceName, step: int) -> Distance:
    """The distance of that name; a fitted one as it is kept with the run for `step`.

    Raises
    ------
    InputError
        as `load_distance`.
    """
    return load_distance(run, name, step) if is_fitted(name) else as_distance(name)
