"""SphereFace: softmax over cosines with the own angle multiplied by a margin."""

import math

import torch
from torch import Tensor, nn

from core.loss_specs import LossSpec
from core.losses.class_softmax import class_softmax
from core.losses.class_vectors import check_class_batch, class_cosines, random_vectors, sines
from core.losses.context import LossContext
from core.losses.value import LossValue, check_margin, check_positive, full_precision

SPEC = LossSpec(
    label="SphereFace",
    kind="classes",
    help="Multiplies the angle to the own class vector by the margin. The oldest of the margin losses.",
    defaults={"scale": 30.0, "margin": 1.5},
    margin_label="margin (factor)",
    margin_help="By what the angle to the own class vector is multiplied; 1 is no margin at all. Raise it for tighter "
    "classes; lower it when training does not get going.",
)


class SphereFaceLoss(nn.Module):
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
        super().__init__()
        check_positive(scale=scale)
        check_margin(margin)
        self.vectors = random_vectors(classes, embedding_dim, generator)
        self.scale = scale
        self.margin = margin

    def forward(self, embeddings: Tensor, labels: Tensor) -> LossValue:
        """Loss of embeddings [B, D] with labels int64 [B] in 0..C-1.

        `active_fraction` is the share of images not yet classified right with the margin applied; `tuples` is B.

        Raises
        ------
        ValueError
            where the shapes do not fit or, on the CPU, a label has no class vector.
        """
        check_class_batch(embeddings, labels, self.vectors)
        values = full_precision(embeddings)
        lengths = torch.linalg.vector_norm(values, dim=1, keepdim=True)
        return class_softmax(class_cosines(values, self.vectors), labels, self.scale * lengths, self._with_margin)

    def _with_margin(self, cosines: Tensor) -> Tensor:
        # Not acos, whose derivative is infinite at both ends.
        angles = self.margin * torch.atan2(sines(cosines), cosines)
        k = (angles.detach() / math.pi).floor()
        return (1.0 - 2.0 * (k % 2)) * angles.cos() - 2.0 * k


def make(context: LossContext) -> nn.Module:
    """Make it for a run."""
    return SphereFaceLoss(context.classes, context.embedding_dim, generator=context.seeded)
