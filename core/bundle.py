"""Bundle: a model with all it needs to verify, in a folder that can be given away; no pickle is ever read."""

import hashlib
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, Self

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field, model_validator
from safetensors import SafetensorError, safe_open

from core.bundle_curves import curve_from
from core.config import BackboneName, is_fitted
from core.distances import Distance, LinearDistance, as_distance
from core.errors import InputError
from core.evaluation.calibration import Calibration, CalibrationMethod
from core.evaluation.curve import VerificationCurve
from core.files import read_json
from core.model_description import ModelDescription
from core.models.multi_task import MultiTaskModel
from core.models.weights import checked_state
from core.origin import Curves
from core.run_content import ThresholdChoice, checked

FORMAT: Literal["metric-explorer bundle"] = "metric-explorer bundle"
SCHEMA_VERSION = 1
CONFIG = "config.json"
WEIGHTS = "model.safetensors"
VERIFICATION = "verification.safetensors"
"""The matrix of a fitted distance, and counts of held-out pairs by distance."""
MATRIX = "distance.W"
CURVES = ("choosing", "reporting")


class Architecture(BaseModel):
    """Arguments that build the model again."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    backbone_name: BackboneName
    classes: int = Field(ge=0)
    embedding_dim: int = Field(ge=1, le=4096)
    segmentation: bool


class BundleContent(ModelDescription):
    """Content of config.json."""

    format: Literal["metric-explorer bundle"] = FORMAT
    architecture: Architecture
    sha256: dict[str, str]
    """Of the other files, by name."""

    @model_validator(mode="after")
    def _check_architecture(self) -> Self:
        """Refuse a model that is not the described one, before anybody builds it."""
        for name, value in (("classes", len(self.classes)), ("embedding_dim", self.embedding_dim)):
            found = getattr(self.architecture, name)
            if found != value:
                raise ValueError(f"the architecture's {name} must be {value}, found {found}")
        if self.threshold is not None and self.threshold.distance != self.distance.name:
            raise ValueError(f"the threshold must be for {self.distance.name}, found {self.threshold.distance}")
        return self


def is_bundle(path: Path) -> bool:
    """Whether a folder looks like a bundle rather than a run."""
    return (path / CONFIG).is_file() and not (path / "run.json").exists()


class Bundle:
    """Where a verifier comes from that has no run any more."""

    run = None

    def __init__(self, path: Path, content: BundleContent) -> None:
        self.path = path
        self.content = content
        self.step = content.step
        self.image_size = content.preprocessing.size
        self.classes = content.classes
        self.identity = content.run

    @classmethod
    def open(cls, path: Path) -> Self:
        """Read and check config.json; the other files are read when they are needed.

        Raises
        ------
        InputError
            where it is missing, damaged, no bundle's, or was written by a newer version.
        """
        file = path / CONFIG
        content = read_json(file)
        if not isinstance(content, dict) or content.get("format") != FORMAT:
            raise InputError(f"{path}: neither a run nor a bundle, its {CONFIG} must have the format {FORMAT!r}")
        found = content.get("schema_version")
        if isinstance(found, int) and found > SCHEMA_VERSION:
            raise InputError(
                f"{file}: written by a newer version (schema {found}); this one reads up to schema {SCHEMA_VERSION}"
            )
        return cls(path, checked(BundleContent, content, file))

    def load_model(self) -> MultiTaskModel:
        """The model with its weights.

        Raises
        ------
        InputError
            where the file is missing, damaged, or holds the weights of another model.
        """
        model = MultiTaskModel.from_architecture(self.content.architecture.model_dump())
        state = self._read(WEIGHTS, "pt")
        model.load_state_dict(checked_state(self.path / WEIGHTS, "a file of weights", "model", model, state))
        return model

    # --- what a verifier asks

    def threshold(self) -> ThresholdChoice | None:
        """As it was when the bundle was written."""
        return self.content.threshold

    def distance(self, step: int) -> Distance:
        """The one that the model was given away with, whatever the step.

        Raises
        ------
        InputError
            where its matrix is missing or damaged.
        """
        name = self.content.distance.name
        if not is_fitted(name):
            return as_distance(name)
        file, size = self.path / VERIFICATION, self.content.embedding_dim
        matrix = self._verification.get(MATRIX, np.empty(0))
        if matrix.dtype != np.float64 or matrix.ndim != 2 or not len(matrix) or matrix.shape[1] != size:
            found = f"{matrix.dtype} {list(matrix.shape)}"
            raise InputError(f"{file}: damaged, {MATRIX} must be float64 [E, {size}], found {found}")
        if not np.isfinite(matrix).all():
            raise InputError(f"{file}: damaged, {MATRIX} holds values that are not finite")
        return LinearDistance(name, matrix)

    def curves(self, distance: Distance) -> Curves:
        """Of the distance that the model was given away with; of others there are none.

        Raises
        ------
        InputError
            where they are damaged.
        """
        arrays = self._verification
        if distance.name != self.content.distance.name or not any(name.startswith(CURVES) for name in arrays):
            return Curves(None, None)
        return Curves(*(self._curve(name, arrays) for name in CURVES))

    def calibration_method(self) -> CalibrationMethod:
        """The one in force when the bundle was written."""
        return "platt" if self.content.calibration is None else self.content.calibration.method

    def calibration(self, distance: Distance, method: CalibrationMethod) -> Calibration | None:
        """Of the distance that the model was given away with."""
        return self.content.calibration if distance.name == self.content.distance.name else None

    def _curve(self, name: str, arrays: Mapping[str, NDArray[Any]]) -> VerificationCurve:
        prefix = f"{name}."
        own = {key.removeprefix(prefix): value for key, value in arrays.items() if key.startswith(prefix)}
        try:
            return curve_from(own)
        except ValueError as error:
            raise InputError(f"{self.path / VERIFICATION}: damaged, {prefix}{error}") from error

    @cached_property
    def _verification(self) -> dict[str, NDArray[Any]]:
        return self._read(VERIFICATION, "np")

    def _read(self, name: str, framework: Literal["np", "pt"]) -> dict[str, Any]:
        """Arrays or tensors of one of the files, once its content is known to be what was written."""
        file = self.path / name
        try:
            with file.open("rb") as stream:
                found = hashlib.file_digest(stream, "sha256").hexdigest()
        except OSError as error:
            raise InputError(f"{file}: cannot be read ({error.strerror})") from error
        if found != self.content.sha256.get(name):
            raise InputError(f"{file}: damaged or exchanged, its SHA-256 must be that in {CONFIG}, found {found}")
        try:
            with safe_open(file, framework=framework) as tensors:
                return {key: tensors.get_tensor(key) for key in tensors.keys()}
        except (SafetensorError, OSError, TypeError) as error:  # TypeError: a type that numpy does not have
            raise InputError(f"{file}: cannot be read ({error})") from error
