"""Writing a bundle: the folder that `Verifier.load` reads without the run."""

import hashlib
import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import save as save_arrays
from safetensors.torch import save as save_tensors

from core.bundle import (
    CONFIG,
    CURVES,
    MATRIX,
    SCHEMA_VERSION,
    VERIFICATION,
    WEIGHTS,
    Architecture,
    Bundle,
    BundleContent,
    is_bundle,
)
from core.bundle_curves import curve_arrays, thinned
from core.distances import LinearDistance
from core.errors import InputError
from core.evaluation.report import REPORTED_FPRS
from core.export.description import FORCE, description_of
from core.verification import Verifier
from core.watch import Watch


def write_bundle(verifier: Verifier, folder: Path, *, force: bool = False, watch: Watch | None = None) -> None:
    """Write weights, distance, threshold, calibration and counts of held-out pairs; no images, no embeddings.

    The folder is there as a whole or not at all.

    Parameters
    ----------
    verifier
        Of a run or of another bundle.
    folder
        New, empty, or with `force` a bundle that is replaced.
    force
        Replace a bundle that stands there; one with other files beside its own, or anything else, is never replaced.
    watch
        Takes the share that is done; may raise Cancelled.

    Raises
    ------
    InputError
        where something else stands there, the files cannot be written, or the threshold is not for these weights.
    Cancelled
        where `watch` said so.
    """
    tell = watch or (lambda share: None)
    _check_place(folder, force)
    tell(0.0)
    fields = description_of(verifier, VERIFICATION)
    arrays = _verification(verifier)
    tell(0.5)
    try:
        with _replacing_folder(folder) as temporary:
            state = {name: value.detach().cpu().contiguous() for name, value in verifier.model.state_dict().items()}
            # Not by save_file, which keeps a file from everybody but its owner.
            (temporary / WEIGHTS).write_bytes(save_tensors(state))
            (temporary / VERIFICATION).write_bytes(save_arrays(arrays))
            tell(0.8)
            content = BundleContent(
                schema_version=SCHEMA_VERSION,
                architecture=Architecture(**verifier.model.architecture()),
                sha256={name: _sha256(temporary / name) for name in (WEIGHTS, VERIFICATION)},
                **fields,
            )
            (temporary / CONFIG).write_text(content.model_dump_json(indent=1) + "\n", encoding="utf-8")
            tell(0.95)
    except (SafetensorError, OSError) as error:
        raise InputError(f"{folder}: the bundle cannot be written ({error})") from error


def _verification(verifier: Verifier) -> dict[str, NDArray[Any]]:
    """The matrix of a fitted distance, and the curves."""
    rule, choice = verifier.distance_in_use, verifier.origin.threshold()
    arrays: dict[str, NDArray[Any]] = {}
    if isinstance(rule, LinearDistance):
        arrays[MATRIX] = np.ascontiguousarray(rule.W)
    for name, curve in zip(CURVES, verifier.curves, strict=True):
        if curve is not None:
            asked = [curve.tpr_at_fpr(fpr).threshold for fpr in REPORTED_FPRS]
            kept = thinned(curve, asked if choice is None else [*asked, choice.threshold])
            arrays |= {f"{name}.{key}": value for key, value in curve_arrays(kept).items()}
    return arrays


def _check_place(folder: Path, force: bool) -> None:
    if not folder.parent.is_dir():
        raise InputError(f"{folder}: a bundle needs an existing folder around it, {folder.parent} is none")
    if not folder.exists():
        return
    if not folder.is_dir() or (any(folder.iterdir()) and not is_bundle(folder)):
        raise InputError(f"{folder}: a bundle needs a new or an empty folder, found other files there")
    if is_bundle(folder):
        Bundle.open(folder)  # says so where config.json is somebody else's
        if not force:
            raise InputError(f"{folder}: holds a bundle already; choose another folder, or replace it ({FORCE})")
        if others := sorted({file.name for file in folder.iterdir()} - {CONFIG, WEIGHTS, VERIFICATION}):
            raise InputError(f"{folder}: a bundle is replaced as a whole, found another file in it, {others[0]}")


@contextmanager
def _replacing_folder(folder: Path) -> Iterator[Path]:
    """Give a temporary folder beside; when the block ends well it takes the place of `folder`."""
    mark = f"{os.getpid()}-{threading.get_ident()}.tmp"
    temporary, old = (folder.with_name(f".{folder.name}.{word}{mark}") for word in ("", "old-"))
    temporary.mkdir()
    try:
        yield temporary
        for file in temporary.iterdir():
            with file.open("rb+") as stream:
                os.fsync(stream.fileno())
        if folder.exists():
            folder.rename(old)
        try:
            temporary.rename(folder)
        except OSError:
            if old.exists():
                old.rename(folder)
            raise
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
        if folder.exists():  # else the old one is all there is
            shutil.rmtree(old, ignore_errors=True)


def _sha256(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
