"""What goes away with a model: all that is needed to come to the same verdicts elsewhere."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, FiniteFloat

from core.config import DistanceName
from core.distances import Distance, LinearDistance
from core.evaluation.calibration import Calibration
from core.run_content import ThresholdChoice

_FORMULAS = {
    "cosine": "with x and y divided by their lengths, a length of 0 taken as 1: sum((x - y)^2) / 2",
    "euclidean": "sqrt(sum((x - y)^2))",
    "squared-euclidean": "sum((x - y)^2)",
    "mahalanobis": "sqrt(sum((W x - W y)^2))",
    "nca": "sqrt(sum((W x - W y)^2))",
}
_STEPS = (
    "of an animation the first frame",
    "turned upright by the EXIF orientation",
    "pixels of more than 8 bits (Pillow's modes I and F) scaled to 0..255, from 0..65535 and 0..1",
    "transparent parts put on white",
    "converted to RGB",
    "unless it has that size: stretched to size x size by Pillow's bicubic filter with reducing_gap=3.0, not cropped",
    "divided by 255, laid out [N, 3, size, size]; the model normalises by itself",
)


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True)


class RunIdentity(_Frozen):
    """Which run a model is of."""

    name: str
    """Of its folder."""
    created: str
    data: str
    """Name of the data set."""
    images: int
    content_hash: str
    """Of those images."""
    open_set: bool
    """Whether the held-out identities were never trained on."""


class Preprocessing(_Frozen):
    """How an image becomes what the model takes."""

    size: int = Field(ge=1, le=4096)
    """Side of the square, pixels."""
    steps: tuple[str, ...] = _STEPS
    """In words, in this order."""


class DistanceContent(_Frozen):
    """What embeddings are compared by."""

    name: DistanceName
    formula: str = ""
    """Of the embeddings x and y, in float64."""
    matrix: str | None = None
    """File beside this one that holds W, float64 [E, D]; None where there is none."""

    @classmethod
    def of(cls, distance: Distance, matrix_file: str) -> "DistanceContent":
        """With its formula, and the file of its matrix where it has one."""
        matrix = matrix_file if isinstance(distance, LinearDistance) else None
        return cls.model_validate(
            {"name": distance.name, "formula": _FORMULAS.get(distance.name, ""), "matrix": matrix}
        )


class Rates(_Frozen):
    """What the threshold does to held-out pairs; of identities that it was not chosen on, where there are enough."""

    fpr: FiniteFloat
    """Accepted share of the impostor pairs."""
    tpr: FiniteFloat
    """Accepted share of the genuine pairs."""


class Reliance(_Frozen):
    """How far a curve of held-out pairs goes."""

    genuine_pairs: int
    impostor_pairs: int


class ModelDescription(_Frozen):
    """Everything about a model but its weights."""

    schema_version: int
    written: str
    """When, in UTC."""
    run: RunIdentity
    step: int = Field(ge=0)
    """Of the weights."""
    preprocessing: Preprocessing
    embedding_dim: int = Field(ge=1, le=4096)
    classes: tuple[str, ...]
    """Names of the training classes, in the order of the logits; none where the model knows none."""
    distance: DistanceContent
    threshold: ThresholdChoice | None
    """Accept a pair as 'same' where distance <= threshold; None where there is none yet."""
    expected: Rates | None
    """None without a threshold, or without both kinds of held-out pairs."""
    chosen_on: Reliance | None
    """Held-out pairs that thresholds are chosen on."""
    calibration: Annotated[Calibration, Field(discriminator="method")] | None
    """From a distance to the logarithm of the likelihood ratio; the probability is at equal priors."""
    versions: dict[str, str]
