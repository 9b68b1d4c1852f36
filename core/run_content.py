"""What the JSON files of a run folder hold, and checking that they hold it."""

import json
import math
import os
import platform
from dataclasses import asdict
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Annotated, Any, Literal, Self, TypeVar

from pydantic import BaseModel, ConfigDict, Field, FiniteFloat, ValidationError, model_validator

from core.config import DistanceName, RunConfig
from core.data.sources import DATASET_NAMES
from core.errors import InputError
from core.evaluation.calibration import Calibration, CalibrationMethod
from core.evaluation.parts import PartRates

_PACKAGES = ("metric-explorer", "torch", "torchvision", "numpy", "lightning-fabric")

Content = TypeVar("Content", bound=BaseModel)


def checked(model: type[Content], content: Any, file: Path) -> Content:
    """Content of a file as its model.

    Raises
    ------
    InputError
        naming the file, the place in it and the rule.
    """
    try:
        return model.model_validate(content)
    except ValidationError as error:
        problem = error.errors()[0]
        place = ".".join(map(str, problem["loc"]))
        rule = problem["msg"].removeprefix("Value error, ")
        raise InputError(f"{file}: damaged, {place + ': ' if place else ''}{rule[0].lower()}{rule[1:]}") from error


class DataIdentity(BaseModel):
    """Which data a run was trained on."""

    model_config = ConfigDict(frozen=True)

    name: str
    images: int
    content_hash: str
    classes: tuple[str, ...]
    training_classes: tuple[str, ...]
    """Names of the classes the classification head knows, in its order."""
    open_set: bool


class RunInfo(BaseModel):
    """Content of run.json."""

    model_config = ConfigDict(frozen=True)

    schema_version: int
    created: str
    config: RunConfig
    seed: int
    data: DataIdentity
    model: dict[str, Any]
    """Arguments that build the model again."""
    versions: dict[str, str]
    device: str
    world_size: int = 1

    @model_validator(mode="after")
    def _check_model(self) -> Self:
        """Refuse a model that is not the configured one, before anybody builds it."""
        expected = {
            "backbone_name": self.config.backbone,
            "classes": len(self.data.training_classes),
            "embedding_dim": self.config.embedding_dim,
        }
        for name, value in expected.items():
            if self.model.get(name) != value:
                raise ValueError(f"the model's {name} must be {value!r}, found {self.model.get(name)!r}")
        return self


class ThresholdChoice(BaseModel):
    """The threshold in force, and whose it is."""

    model_config = ConfigDict(frozen=True)

    threshold: FiniteFloat
    distance: DistanceName
    fpr: float | None
    """The FPR it was chosen for; None where it stands at the EER or was set by hand."""
    chosen_by: Literal["default", "person"]
    rule: str
    """In words: 'FPR 1 %', 'EER' or 'set by hand'."""
    step: int
    chosen_on: PartRates | None = None
    """What it does to the identities that it was chosen on; None where those were all of them, or of an older run."""
    reported_on: PartRates | None = None
    """What it does to the others."""


class CalibrationChoice(BaseModel):
    """Content of evaluation/calibration.json: how distances become probabilities, whatever the weights."""

    model_config = ConfigDict(frozen=True)

    method: CalibrationMethod


class StoredEvaluation(BaseModel):
    """Content of evaluation/step-NNNNNN.json; the report's figures are in `model_extra`."""

    model_config = ConfigDict(frozen=True, extra="allow")

    step: int
    calibration: Annotated[Calibration, Field(discriminator="method")]
    """Of the run's own distance."""
    threshold: ThresholdChoice
    """What to use until a person chooses."""


class Exclusion(BaseModel):
    """An image that no evaluation of the held-out part counts."""

    model_config = ConfigDict(frozen=True)

    sample: str
    """Its id."""
    reason: str
    """In words: 'wrong label'."""
    at: str
    """When, in UTC."""


class ExclusionsContent(BaseModel):
    """Content of evaluation/exclusions.json."""

    model_config = ConfigDict(frozen=True)

    exclusions: tuple[Exclusion, ...]


class SamplesContent(BaseModel):
    """Content of samples.json."""

    model_config = ConfigDict(frozen=True)

    ids: tuple[str, ...]
    labels: tuple[int, ...]
    held_out: tuple[int, ...]
    """Positions in `ids`."""


def located(config: RunConfig) -> RunConfig:
    """The same with absolute paths, so that a run can go on and be evaluated from any working folder."""
    places: dict[str, str | Path] = {}
    if config.data not in DATASET_NAMES:
        places["data"] = os.path.abspath(os.path.expanduser(config.data))
    if isinstance(config.holdout, Path):
        places["holdout"] = Path(os.path.abspath(config.holdout.expanduser()))
    if config.init is not None:
        places["init"] = Path(os.path.abspath(config.init.expanduser()))
    return config.model_copy(update=places)


def library_versions() -> dict[str, str]:
    """Versions of the libraries that decide a result."""
    found = {"python": platform.python_version()}
    for name in _PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "not installed"
    return found


def now_text() -> str:
    """The present time in UTC, to the second, as run.json and events.jsonl write it."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def as_json(record: Any) -> str:
    """One line of JSON for a frozen record; a figure that is not finite becomes null, which JSON can say."""
    return json.dumps({name: _finite(value) for name, value in asdict(record).items()})


def _finite(value: Any) -> Any:
    return None if isinstance(value, float) and not math.isfinite(value) else value
