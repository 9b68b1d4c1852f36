"""SphereFace: softmax over cosines with the own angle multiplied by a margin."""

import math

import torch
from torch import Tensor, nn

from core.loss_specs import LossSpec
from core.losses.class_softmax import CosineSoftmaxLoss
from core.losses.class_vectors import sines
from core.losses.context import LossContext
from core.losses.value import full_precision

SPEC = LossSpec(
    label="SphereFace",
    kind="classes",
    help="Multiplies the angle to the own class vector by the margin. The oldest of the margin losses.",
    defaults={"scale": 30.0, "margin": 1.5},
    margin_label="margin (factor)",
    margin_help="By what the angle to the own class vector is multiplied; 1 is no margin at all. Raise it for tighter "
    "classes; lower it when training does not get going.",
)


class SphereFaceLoss(CosineSoftmaxLoss):
    """Mean of -log softmax over the classes of s · |x| · cos θ_c, the own class's being s · |x| · ψ(θ_y).

    θ_c is the angle to the vector of class c. Class vectors are normalised inside, embeddings are not: an embedding's
    length |x| multiplies the scale, as in the paper. ψ(θ) = (-1)^k cos(mθ) - 2k for mθ in [kπ, (k+1)π] falls all the
    way from θ = 0 to π and meets itself at each kπ, for any real m above 0; from m = 1 up it is at most cos θ. From 0
    up. The gradient is finite everywhere; that of the own angle is 0 where an embedding lies on its class vector or
    opposite to it.

    Liu et al., SphereFace: Deep Hypersphere Embedding for Face Recognition, CVPR 2017. The paper eases into m = 4 by
    mixing in the plain softmax; here m need not be whole, and may be raised while training.

    Parameters
    ----------
    classes, embedding_dim
        C and D of the class vectors `vectors`, a parameter float32 [C, D].
    scale
        s, above 0; 1 in the paper, whose embeddings are long; may change between two steps.
    margin
        m, at least 0; 1 is no margin; may change between two steps.
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
        scale: float = 1.0,
        margin: float = 4.0,
        generator: torch.Generator | None = None,
    ) -> None:
        super().__init__(classes, embedding_dim, scale, margin, generator)

    def scale_of(self, embeddings: Tensor) -> Tensor:
        """Each image's own [B, 1], by the length of its embedding."""
        lengths: Tensor = torch.linalg.vector_norm(full_precision(embeddings), dim=1, keepdim=True)
        return self.scale * lengths

    def make_harder(self, own: Tensor) -> Tensor:
        """Multiply the angle by the margin."""
        # Not acos, whose derivative is infinite at both ends.
        angles = self.margin * torch.atan2(sines(own), own)
        k = (angles.detach() / math.pi).floor()
        return (1.0 - 2.0 * (k % 2)) * angles.cos() - 2.0 * k


def make(context: LossContext) -> nn.Module:
    """Make it for a run."""
    return SphereFaceLoss(context.classes, context.embedding_dim, generator=context.seeded)
