"""RunConfig: everything that defines a run, read from TOML, the command line and the window alike."""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, TypeGuard, get_args

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainValidator,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)
from pydantic_core import PydanticCustomError

from core.errors import InputError
from core.hyperparameters import Hyperparameters
from core.loss_specs import LOSS_NAMES, LOSS_SPECS, LossName, default_hyperparameters

BackboneName = Literal["small", "resnet18", "resnet50", "mobilenet_v3_small", "convnext_tiny"]
BACKBONE_NAMES: tuple[BackboneName, ...] = get_args(BackboneName)
TrainingDistance = Literal["cosine", "euclidean", "squared-euclidean"]
FittedDistance = Literal["mahalanobis", "nca"]
"""Distances that are fitted on the embeddings of a trained model."""
DistanceName = TrainingDistance | FittedDistance
DISTANCE_NAMES: tuple[DistanceName, ...] = (*get_args(TrainingDistance), *get_args(FittedDistance))

BalanceName = Literal["fixed", "uncertainty", "dwa", "upgrad", "mgda", "pcgrad", "aligned-mtl"]
BALANCE_NAMES: tuple[BalanceName, ...] = get_args(BalanceName)
STAGES: dict[BackboneName, int] = {
    "small": 4,
    "resnet18": 5,
    "resnet50": 5,
    "mobilenet_v3_small": 5,
    "convnext_tiny": 4,
}
"""Parts of a backbone, each at a lower resolution than the one before it, of which the first may be frozen."""
ScheduleName = Literal["cosine", "linear", "constant"]
StrategyName = Literal["auto", "ddp", "fsdp"]


def is_fitted(distance: DistanceName) -> TypeGuard[FittedDistance]:
    """Whether a distance has to be fitted before it can be used."""
    return distance in get_args(FittedDistance)


_LARGEST_VALUE = 65_535
"""Of a pixel of a mask."""


def _share_or_file(value: Any) -> Any:
    """Tell a share from a file by what it looks like; text comes from the command line."""
    try:
        share = value if isinstance(value, Path | None) else float(value)
    except (TypeError, ValueError):
        share = Path(value) if isinstance(value, str) and value.strip() else -1.0
    if isinstance(share, float) and not 0.0 < share < 1.0:
        raise PydanticCustomError("holdout", "must be a share between 0 and 1, or a file that names the classes")
    return share


def _values_of_masks(value: Any) -> Any:
    """Values of pixels from text such as '1,3' or '1-254', as the command line gives it."""
    if not isinstance(value, str):
        return value
    if value.strip() in ("", "auto"):
        return None
    found: set[int] = set()
    for part in value.split(","):
        match = re.fullmatch(r"\s*(\d{1,5})(?:\s*-\s*(\d{1,5}))?\s*", part)
        if match is None:
            raise PydanticCustomError("foreground", "must be values of pixels such as 1 or 1,3 or 1-254")
        found.update(range(int(match[1]), int(match[2] or match[1]) + 1))
    return tuple(sorted(found))


class RunConfig(BaseModel):
    """Structural settings of a run (they need a new run to change) and the live settings it starts with."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    data: str = Field("digits", min_length=1, description="built-in name, image folder, or file that lists images")
    split: Literal["auto", "open", "closed"] = Field("auto", description="auto: open from 20 classes up")
    holdout: Annotated[float | Path | None, PlainValidator(_share_or_file)] = Field(
        None, description="held-out share or file of class names; default 0.5 of the classes, 0.2 of the images"
    )
    foreground: Annotated[
        tuple[Annotated[int, Field(ge=0, le=_LARGEST_VALUE)], ...] | None, BeforeValidator(_values_of_masks)
    ] = Field(None, min_length=1, description="values of masks that are foreground; default: as the data says")
    allow_outside: bool = Field(False, description="read images that a list or a link puts outside the data folder")
    image_size: int = Field(64, ge=16, le=1024, description="side of the square input, pixels")
    backbone: BackboneName = "small"
    pretrained: bool = Field(False, description="start from torchvision's ImageNet weights")
    embedding_dim: int = Field(128, ge=2, le=4096)
    distance: TrainingDistance = Field("cosine", description="trained with, and judged by unless another is chosen")
    loss: LossName = Field("triplet", description="metric loss")
    memory: int = Field(0, ge=0, le=1_000_000, description="embeddings of earlier batches to compare with")
    balance: BalanceName = Field("fixed", description="how the tasks' losses or gradients are weighed")
    epochs: int = Field(10, ge=1, le=100_000)
    classes_per_batch: int = Field(16, ge=2, le=4096, description="P of a P x K batch")
    samples_per_class: int = Field(4, ge=2, le=4096, description="K of a P x K batch")
    augment: bool = Field(True, description="random shift, scale, rotation, brightness and contrast")
    horizontal_flip: bool | None = Field(None, description="mirror at random; default: unless the data is characters")
    micro_batch: int = Field(
        0, ge=0, le=2**20, description="images that pass through the network at once; 0: the whole batch"
    )
    weight_decay: float = Field(0.05, ge=0.0, le=1.0)
    schedule: ScheduleName = Field("cosine", description="how the learning rate falls after the warm-up")
    warm_up: float | None = Field(
        None,
        ge=0.0,
        le=1.0,
        description="share of the steps in which the learning rate rises; default 0.05, 100 at most",
    )
    ema: float = Field(0.0, ge=0.0, lt=1.0, description="decay of the averaged weights that are judged; 0: none")
    patience: int = Field(0, ge=0, le=100_000, description="epochs without a better held-out AUC; 0: train them all")
    init: Path | None = Field(None, description="folder of a run whose weights to start from")
    freeze: int = Field(0, ge=0, description="first stages of the backbone that keep the weights they start with")
    compile: bool = Field(False, description="compile the model by torch.compile: slow to start, faster steps on a GPU")
    strategy: StrategyName = Field(
        "auto", description="what many processes share out: images (ddp, as auto), or the weights as well (fsdp)"
    )
    seed: int = Field(0, ge=0, lt=2**31)
    device: Literal["auto", "cpu", "cuda", "mps"] = "auto"
    precision: Literal["auto", "32", "bf16", "64"] = "auto"
    hyperparameters: Hyperparameters = Hyperparameters()

    @model_validator(mode="before")
    @classmethod
    def _start_from_the_loss_s_defaults(cls, settings: Any) -> Any:
        """Live settings that were left out take the values that suit the loss."""
        live = settings.get("hyperparameters", {}) if isinstance(settings, Mapping) else None
        if not isinstance(live, Mapping) or settings.get("loss") not in LOSS_NAMES:
            return settings
        return {**settings, "hyperparameters": {**default_hyperparameters(settings["loss"]).model_dump(), **live}}

    @field_validator("loss")
    @classmethod
    def _is_known(cls, loss: str) -> str:
        if loss not in LOSS_SPECS:
            raise PydanticCustomError("loss", "must be one of {names}", {"names": ", ".join(LOSS_NAMES)})
        return loss

    @field_validator("memory")
    @classmethod
    def _only_for_tuples(cls, memory: int, others: ValidationInfo) -> int:
        loss = others.data.get("loss")
        if memory and loss is not None and LOSS_SPECS[loss].kind == "classes":
            rule = "must be 0 with {loss}, which compares with class vectors"
            raise PydanticCustomError("memory", rule, {"loss": loss})
        return memory

    @field_validator("init", mode="before")
    @classmethod
    def _nothing_for_no_run(cls, init: Any) -> Any:
        return None if isinstance(init, str) and not init.strip() else init

    @field_validator("init")
    @classmethod
    def _one_start_only(cls, init: Path | None, others: ValidationInfo) -> Path | None:
        if init is not None and others.data.get("pretrained"):
            raise PydanticCustomError("init", "must be left out where pretrained is on: weights come from one place")
        return init

    @field_validator("freeze")
    @classmethod
    def _leave_a_stage(cls, freeze: int, others: ValidationInfo) -> int:
        backbone = others.data.get("backbone")
        if backbone is not None and freeze >= STAGES[backbone]:
            rule = "must leave a stage of the backbone to train, {backbone} has {stages} in all"
            raise PydanticCustomError("freeze", rule, {"backbone": backbone, "stages": STAGES[backbone]})
        return freeze

    @field_validator("strategy")
    @classmethod
    def _weights_can_be_shared_out(cls, strategy: StrategyName, others: ValidationInfo) -> StrategyName:
        balance = others.data.get("balance")
        if strategy == "fsdp" and balance is not None and balance not in ("fixed", "uncertainty", "dwa"):
            rule = "must be ddp with the balance {balance}, which needs each task's whole gradient"
            raise PydanticCustomError("strategy", rule, {"balance": balance})
        if strategy == "fsdp" and others.data.get("compile"):
            raise PydanticCustomError("strategy", "must be ddp where the model is compiled")
        return strategy

    @property
    def batch_size(self) -> int:
        """Images in a batch, P x K."""
        return self.classes_per_batch * self.samples_per_class


def make_config(settings: Mapping[str, Any]) -> RunConfig:
    """Validate settings into a RunConfig.

    A live setting may stand at the top level (`margin`), where it comes first, or below `hyperparameters`.

    Raises
    ------
    InputError
        naming the field, the rule and the value found.
    """
    live, top = split_settings(settings)
    nested = top.get("hyperparameters", {})
    if live and isinstance(nested, Mapping):
        top["hyperparameters"] = {**nested, **live}
    try:
        return RunConfig.model_validate(top)
    except ValidationError as error:
        raise InputError(_first_problem(error)) from error


def split_settings(settings: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Live settings at the top level, and all other settings."""
    live = {key: value for key, value in settings.items() if key in Hyperparameters.model_fields}
    return live, {key: value for key, value in settings.items() if key not in live}


def read_config(path: Path) -> dict[str, Any]:
    """Settings of a TOML file, not yet validated.

    Raises
    ------
    InputError
        where the file is missing or no TOML.
    """
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise InputError(f"{path}: the configuration cannot be read ({error.strerror})") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: not a valid TOML file ({error})") from error


def parse_override(text: str) -> tuple[str, str]:
    """Split 'KEY=VALUE'.

    Raises
    ------
    InputError
        where it is none, or no setting has this name.
    """
    key, separator, value = text.partition("=")
    key = key.strip().removeprefix("hyperparameters.")
    if not separator or not key:
        raise InputError(f"--set takes KEY=VALUE, found {text!r}")
    if key not in _setting_names():
        raise InputError(f"--set {text}: no setting is named {key!r}; there are {', '.join(_setting_names())}")
    return key, value.strip()


def _setting_names() -> list[str]:
    return [name for name in (*RunConfig.model_fields, *Hyperparameters.model_fields) if name != "hyperparameters"]


def _first_problem(error: ValidationError) -> str:
    problem = error.errors()[0]
    place = [str(part) for part in problem["loc"]]
    # A live setting is named as if it stood at the top level.
    field = place[1] if place[0] == "hyperparameters" and len(place) > 1 else place[0]
    if problem["type"] == "extra_forbidden":
        return f"{field}: no such setting; there are {', '.join(_setting_names())}"
    return f"{field}: {problem['msg'][0].lower()}{problem['msg'][1:]}, found {problem['input']!r}"
