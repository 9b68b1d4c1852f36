"""The metric losses a run can be trained with: what each is for, and which live settings act on it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

from core.hyperparameters import Hyperparameters

LossName = Literal[
    "triplet",
    "soft-triplet",
    "contrastive",
    "contrastive-squared",
    "quadruplet",
    "n-pair",
    "info-nce",
    "supervised-contrastive",
    "multi-similarity",
    "lifted-structure",
    "normface",
    "sphereface",
    "cosface",
    "arcface",
    "proxy-nca",
    "proxy-anchor",
    "soft-triple",
    "center",
]
LOSS_NAMES: tuple[LossName, ...] = get_args(LossName)


@dataclass(frozen=True)
class LossSpec:
    """What a chooser and the sliders for one metric loss need."""

    name: LossName
    label: str
    kind: Literal["tuples", "classes"]
    """tuples: compares embeddings with one another; classes: with class vectors of its own, which it trains."""
    defaults: Mapping[str, float] = field(default_factory=dict)
    """The live settings that act on it beside γ, with the values to start from."""
    mined: bool = False
    """Whether the mining mode chooses its tuples."""
    help: str = ""

    @property
    def settings(self) -> tuple[str, ...]:
        """Names of the live settings that act on this loss beside its weight γ."""
        own = tuple(self.defaults)
        return own if self.kind == "tuples" else (*own, "class_learning_rate")


_SPECS = (
    LossSpec(
        "triplet",
        "Triplet",
        "tuples",
        {"margin": 0.2},
        mined=True,
        help="A negative must be farther than a positive by the margin. The usual first choice.",
    ),
    LossSpec(
        "soft-triplet",
        "Triplet, soft margin",
        "tuples",
        {"margin": 0.2},
        mined=True,
        help="The triplet loss with softplus in place of the hinge: triplets beyond the margin still pull a little.",
    ),
    LossSpec(
        "contrastive",
        "Contrastive (d)",
        "tuples",
        {"margin": 1.0},
        help="Positive pairs are pulled together, negative pairs pushed out to the margin. Simple; margin matters.",
    ),
    LossSpec(
        "contrastive-squared",
        "Contrastive (d²)",
        "tuples",
        {"margin": 1.0},
        help="The contrastive loss as first published: distances squared, so far pairs count most.",
    ),
    LossSpec(
        "quadruplet",
        "Quadruplet",
        "tuples",
        {"margin": 0.2},
        help="The triplet loss and, with half the margin, positive pairs against pairs of two other classes: "
        "makes one threshold fit all classes.",
    ),
    LossSpec(
        "n-pair",
        "N-pair",
        "tuples",
        help="One positive against all negatives of the batch at once, by a softmax of inner products.",
    ),
    LossSpec(
        "info-nce",
        "InfoNCE (NT-Xent)",
        "tuples",
        {"temperature": 0.1},
        help="Each positive pair against the anchor's negatives, by a softmax at a temperature. Likes large batches.",
    ),
    LossSpec(
        "supervised-contrastive",
        "Supervised contrastive",
        "tuples",
        {"temperature": 0.1},
        help="All positives of an anchor together against the rest of the batch. Robust, likes large batches.",
    ),
    LossSpec(
        "multi-similarity",
        "Multi-similarity",
        "tuples",
        {"scale": 50.0, "margin": 0.1},
        help="Weighs pairs by how hard they are against the others of their anchor; the margin mines them.",
    ),
    LossSpec(
        "lifted-structure",
        "Lifted structure",
        "tuples",
        {"margin": 1.0},
        help="Each positive pair against all negatives of both of its images, by a smooth maximum.",
    ),
    LossSpec(
        "normface",
        "NormFace",
        "classes",
        {"scale": 16.0},
        help="Softmax over cosines to class vectors. The plain form of the three margin losses below.",
    ),
    LossSpec(
        "sphereface",
        "SphereFace",
        "classes",
        {"scale": 30.0, "margin": 1.5},
        help="Multiplies the angle to the own class vector by the margin. The oldest of the margin losses.",
    ),
    LossSpec(
        "cosface",
        "CosFace",
        "classes",
        {"scale": 30.0, "margin": 0.35},
        help="Takes the margin off the cosine to the own class vector. Stable, for many classes.",
    ),
    LossSpec(
        "arcface",
        "ArcFace",
        "classes",
        {"scale": 30.0, "margin": 0.5},
        help="Adds the margin, in radians, to the angle to the own class vector. The usual choice for faces.",
    ),
    LossSpec(
        "proxy-nca",
        "Proxy-NCA",
        "classes",
        {"scale": 8.0},
        help="Each image against one proxy a class. Converges fast; needs no mining.",
    ),
    LossSpec(
        "proxy-anchor",
        "Proxy-Anchor",
        "classes",
        {"scale": 32.0, "margin": 0.1},
        help="Each proxy against all images of the batch, hard ones first. Strong for retrieval.",
    ),
    LossSpec(
        "soft-triple",
        "SoftTriple",
        "classes",
        {"scale": 20.0, "margin": 0.01},
        help="Several centres a class: for classes that look different inside, such as products from all sides.",
    ),
    LossSpec(
        "center",
        "Center",
        "classes",
        help="Pulls images to the centre of their class. Only beside a classification loss (α above 0): "
        "alone it draws everything to one point.",
    ),
)
LOSS_SPECS: Mapping[LossName, LossSpec] = {spec.name: spec for spec in _SPECS}


def default_hyperparameters(loss: LossName) -> Hyperparameters:
    """The live settings a run with this loss starts from."""
    return Hyperparameters().model_copy(update=dict(LOSS_SPECS[loss].defaults))
