"""Describing a model for those who take it away."""

from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from core.errors import InputError
from core.model_description import DistanceContent, Preprocessing, Rates, Reliance
from core.run_content import library_versions, now_text
from core.verification import Verifier


def description_of(verifier: Verifier, matrix_file: str, packages: tuple[str, ...] = ()) -> dict[str, Any]:
    """Fields of a `ModelDescription`, but for the version of its schema.

    Parameters
    ----------
    verifier
        The model, with the threshold in force.
    matrix_file
        Where the matrix of a fitted distance will stand.
    packages
        Whose versions are told besides those that decide a result.

    Raises
    ------
    InputError
        where the threshold is for a fitted distance of other weights, or what is stored is damaged.
    """
    choice = None if verifier.origin.threshold() is None else verifier.threshold_choice()
    chosen_on = verifier.curves.choosing
    found = None if choice is None else verifier.expected(choice.threshold)
    return {
        "written": now_text(),
        "run": verifier.origin.identity,
        "step": verifier.step,
        "preprocessing": Preprocessing(size=verifier.image_size),
        "embedding_dim": verifier.model.embedding_dim,
        "classes": verifier.origin.classes,
        "distance": DistanceContent.of(verifier.distance_in_use, matrix_file),
        "threshold": choice,
        "expected": None if found is None else Rates(fpr=found.fpr, tpr=found.tpr),
        "chosen_on": None
        if chosen_on is None
        else Reliance(genuine_pairs=chosen_on.genuine_pairs, impostor_pairs=chosen_on.impostor_pairs),
        "calibration": verifier.calibration(),
        "versions": library_versions() | {name: _version(name) for name in packages},
    }


FORCE = "`export --force` on the command line"
"""How what is there may be replaced."""


def check_absent(*files: Path, force: bool) -> None:
    """Refuse to overwrite.

    Raises
    ------
    InputError
        where one of the files is there, unless `force`.
    """
    for file in files:
        if file.exists() and not force:
            raise InputError(f"{file}: exists already; choose another name, or overwrite it ({FORCE})")


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"
