"""Settings that may change between two training steps, and what a control for each needs to know."""

from dataclasses import dataclass
from typing import Annotated, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field

Mining = Literal["all", "semi-hard", "hard", "batch-hard", "random", "distance-weighted", "easy-positive"]
MINING_MODES: tuple[Mining, ...] = get_args(Mining)


@dataclass(frozen=True)
class SettingSpec:
    """What a slider for one live setting needs: range, scale, digits and words."""

    name: str
    label: str
    minimum: float
    maximum: float
    scale: Literal["linear", "log"]
    decimals: int
    help: str


SETTING_SPECS: tuple[SettingSpec, ...] = (
    SettingSpec(
        "margin",
        "margin",
        0.0,
        2.0,
        "linear",
        2,
        "How much farther a negative must be than a positive before a triplet costs nothing. "
        "Raise it when most triplets are inactive; lower it when the loss sits at the margin.",
    ),
    SettingSpec(
        "alpha",
        "α classification",
        0.0,
        10.0,
        "linear",
        2,
        "Weight of the classification loss in the total. 0 leaves the task out.",
    ),
    SettingSpec(
        "beta",
        "β segmentation",
        0.0,
        10.0,
        "linear",
        2,
        "Weight of the segmentation loss in the total. 0 leaves the task out; without masks it has no effect.",
    ),
    SettingSpec(
        "gamma",
        "γ metric",
        0.0,
        10.0,
        "linear",
        2,
        "Weight of the metric loss in the total. Raise it when classes separate but their embeddings stay mixed.",
    ),
    SettingSpec(
        "learning_rate",
        "learning rate",
        1e-6,
        1e-1,
        "log",
        6,
        "Peak step size of the optimizer; the schedule, warm-up included, multiplies it. "
        "Lower it when the curves jump, raise it when they crawl.",
    ),
    SettingSpec(
        "temperature",
        "temperature",
        0.01,
        1.0,
        "log",
        3,
        "Similarities are divided by it before the softmax. Lower it to press on the closest negatives; "
        "raise it when the loss jumps or a few wrong labels rule it.",
    ),
    SettingSpec(
        "scale",
        "scale",
        1.0,
        128.0,
        "log",
        1,
        "Similarities are multiplied by it before the softmax. Raise it when the loss stays high although classes are "
        "told apart; lower it when training is unstable.",
    ),
    SettingSpec(
        "class_learning_rate",
        "class vectors' rate",
        1e-5,
        1.0,
        "log",
        5,
        "Peak step size for the loss's own class weights, proxies or centres; the schedule multiplies it. "
        "Usually 10 to 100 times the learning rate of the network.",
    ),
)

Weight = Annotated[float, Field(ge=0.0, le=10.0, allow_inf_nan=False)]


class Hyperparameters(BaseModel):
    """Live settings: handed to the training thread as one whole, applied between two steps."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    margin: Annotated[float, Field(ge=0.0, le=2.0, allow_inf_nan=False)] = 0.2
    alpha: Weight = 1.0
    beta: Weight = 1.0
    gamma: Weight = 1.0
    learning_rate: Annotated[float, Field(ge=1e-6, le=1e-1, allow_inf_nan=False)] = 1e-3
    temperature: Annotated[float, Field(ge=0.01, le=1.0, allow_inf_nan=False)] = 0.1
    scale: Annotated[float, Field(ge=1.0, le=128.0, allow_inf_nan=False)] = 32.0
    class_learning_rate: Annotated[float, Field(ge=1e-5, le=1.0, allow_inf_nan=False)] = 1e-2
    mining: Mining = "semi-hard"
