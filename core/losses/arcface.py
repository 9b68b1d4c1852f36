"""ArcFace: softmax over cosines with a margin added to the own angle."""

import math

import torch
from torch import Tensor, nn

from core.loss_specs import LossSpec
from core.losses.class_softmax import CosineSoftmaxLoss
from core.losses.class_vectors import sines
from core.losses.context import LossContext

SPEC = LossSpec(
    label="ArcFace",
    kind="classes",
    help="Adds the margin, in radians, to the angle to the own class vector. The usual choice for faces.",
    defaults={"scale": 30.0, "margin": 0.5},
    margin_label="margin (rad)",
    margin_help="What is added, in radians, to the angle to the own class vector. Raise it for tighter classes; lower "
    "it when training does not get going.",
)

LARGEST_MARGIN = 2.33
"""Where tan(m / 2) = m: beyond it the continuation past θ + m = π would lie above what it continues."""


class ArcFaceLoss(CosineSoftmaxLoss):
    """Mean of -log softmax over the classes of s · cos θ_c, the own class's being s · cos(θ_y + m).

    θ_c is the angle to the vector of class c; embeddings and class vectors are both normalised inside. Where θ_y + m
    is beyond π, cos θ_y - m sin m takes the place of cos(θ_y + m), so that the loss goes on rising with the angle. From
    0 up. The gradient is finite everywhere; that of the own angle is 0 where an embedding lies on its class vector or
    opposite to it, and has no direction.

    Deng et al., ArcFace: Additive Angular Margin Loss for Deep Face Recognition, CVPR 2019.

    Parameters
    ----------
    classes, embedding_dim
        C and D of the class vectors `vectors`, a parameter float32 [C, D].
    scale
        s, above 0; may change between two steps.
    margin
        m, in radians (pytorch-metric-learning takes degrees), 0..2.33; may change between two steps.
    generator
        On the CPU; draws the class vectors from the standard normal distribution; None takes torch's default one.

    Raises
    ------
    ValueError
        where a count, scale or margin cannot be used.
    """

    def __init__(
        self,
        classes: int,
        embedding_dim: int,
        *,
        scale: float = 64.0,
        margin: float = 0.5,
        generator: torch.Generator | None = None,
    ) -> None:
        super().__init__(classes, embedding_dim, scale, margin, generator)
        if margin > LARGEST_MARGIN:
            raise ValueError(f"margin must be at most {LARGEST_MARGIN} radians, found {margin}")

    def make_harder(self, own: Tensor) -> Tensor:
        """Add the margin to the angle."""
        cos_margin, sin_margin = math.cos(self.margin), math.sin(self.margin)
        # By the addition theorem: the derivative of acos is infinite at both ends.
        shifted = own * cos_margin - sines(own) * sin_margin
        return torch.where(own >= -cos_margin, shifted, own - self.margin * sin_margin)


def make(context: LossContext) -> nn.Module:
    """Make it for a run."""
    return ArcFaceLoss(context.classes, context.embedding_dim, generator=context.seeded)
