"""RunConfig: everything that defines a run, read from TOML, the command line and the window alike."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from core.errors import InputError
from core.hyperparameters import Hyperparameters

BackboneName = Literal["small", "resnet18", "resnet50", "mobilenet_v3_small", "convnext_tiny"]
BACKBONE_NAMES: tuple[BackboneName, ...] = get_args(BackboneName)
DistanceName = Literal["cosine", "euclidean"]
Fraction = Annotated[float, Field(gt=0.0, lt=1.0)]


class RunConfig(BaseModel):
    """Structural settings of a run (they need a new run to change) and the live settings it starts with."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    data: str = Field("digits", min_length=1, description="built-in name or path of an image folder")
    split: Literal["auto", "open", "closed"] = Field("auto", description="auto: open from 20 classes up")
    holdout: Fraction | Path | None = Field(
        None, description="held-out share or file of class names; default 0.5 of the classes, 0.2 of the images"
    )
    image_size: int = Field(64, ge=16, le=1024, description="side of the square input, pixels")
    backbone: BackboneName = "small"
    pretrained: bool = Field(False, description="start from torchvision's ImageNet weights")
    embedding_dim: int = Field(128, ge=2, le=4096)
    distance: DistanceName = "cosine"
    epochs: int = Field(10, ge=1, le=100_000)
    classes_per_batch: int = Field(16, ge=2, le=4096, description="P of a P x K batch")
    samples_per_class: int = Field(4, ge=2, le=4096, description="K of a P x K batch")
    augment: bool = Field(True, description="random shift, scale, rotation, brightness and contrast")
    horizontal_flip: bool | None = Field(None, description="mirror at random; default: unless the data is characters")
    weight_decay: float = Field(0.05, ge=0.0, le=1.0)
    seed: int = Field(0, ge=0, lt=2**31)
    device: Literal["auto", "cpu", "cuda", "mps"] = "auto"
    precision: Literal["auto", "32", "bf16", "64"] = "auto"
    hyperparameters: Hyperparameters = Hyperparameters()

    @property
    def batch_size(self) -> int:
        """Images in a batch, P x K."""
        return self.classes_per_batch * self.samples_per_class


def make_config(settings: Mapping[str, Any]) -> RunConfig:
    """Validate settings into a RunConfig.

    A live setting may stand at the top level (`margin`) or below `hyperparameters`.

    Raises
    ------
    InputError
        naming the field, the rule and the value found.
    """
    top = {key: value for key, value in settings.items() if key not in Hyperparameters.model_fields}
    live = {key: value for key, value in settings.items() if key in Hyperparameters.model_fields}
    nested = top.get("hyperparameters", {})
    if live:
        top["hyperparameters"] = {**(dict(nested) if isinstance(nested, Mapping) else {}), **live}
    try:
        return RunConfig.model_validate(top)
    except ValidationError as error:
        raise InputError(_first_problem(error)) from error


def read_config(path: Path) -> dict[str, Any]:
    """Settings of a TOML file, not yet validated.

    Raises
    ------
    InputError
        where the file is missing or no TOML.
    """
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(f"{path}: the configuration cannot be read ({error.strerror})") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: not a valid TOML file ({error})") from error


def parse_override(text: str) -> tuple[str, Any]:
    """Split 'KEY=VALUE'; the value is read as TOML where it is TOML, else as a plain string."""
    key, separator, value = text.partition("=")
    key = key.strip().removeprefix("hyperparameters.")
    if not separator or not key:
        raise InputError(f"--set takes KEY=VALUE, found {text!r}")
    if key not in RunConfig.model_fields and key not in Hyperparameters.model_fields:
        known = ", ".join([*RunConfig.model_fields, *Hyperparameters.model_fields])
        raise InputError(f"--set {text}: no setting is named {key!r}; there are {known}")
    field = RunConfig.model_fields.get(key)
    if field is not None and key == "precision":
        return key, value.strip()
    try:
        return key, tomllib.loads(f"value = {value}")["value"]
    except tomllib.TOMLDecodeError:
        return key, value.strip()


def _first_problem(error: ValidationError) -> str:
    problem = error.errors()[0]
    field = ".".join(str(part) for part in problem["loc"]) or "configuration"
    rule = problem["msg"][0].lower() + problem["msg"][1:]
    if problem["type"] == "extra_forbidden":
        return f"{field}: no such setting; there are {', '.join(RunConfig.model_fields)}"
    return f"{field}: {rule}, found {problem['input']!r}"
