"""NormFace: softmax over cosines."""

import torch
from torch import Tensor, nn

from core.loss_specs import LossSpec
from core.losses.class_softmax import class_softmax
from core.losses.class_vectors import check_class_batch, class_cosines, random_vectors
from core.losses.context import LossContext
from core.losses.value import LossValue, check_positive

SPEC = LossSpec(
    label="NormFace",
    kind="classes",
    help="Softmax over cosines to class vectors. The plain form of the three margin losses below.",
    defaults={"scale": 16.0},
)


class NormFaceLoss(nn.Module):
    """Mean of -log( exp(s cos θ_y) / Σ_c exp(s cos θ_c) ), θ_c the angle to the vector of class c and y the own class.

    Embeddings and class vectors are both normalised inside. From 0 up; s bounds it from below, so that a small s never
    lets well-placed images rest. pytorch-metric-learning calls it NormalizedSoftmaxLoss, with s = 1 / temperature.

    Wang et al., NormFace: L2 Hypersphere Embedding for Face Verification, ACM MM 2017; s is a setting here, where the
    paper also learns it.

    Parameters
    ----------
    classes, embedding_dim
        C and D of the class vectors `vectors`, a parameter float32 [C, D].
    scale
        s, above 0; may change between two steps.
    generator
        On the CPU; draws the class vectors from the standard normal distribution; None takes torch's default one.

    Raises
    ------
    ValueError
        where a count or the scale cannot be used.
    """

    def __init__(
        self, classes: int, embedding_dim: int, *, scale: float = 20.0, generator: torch.Generator | None = None
    ) -> None:
        super().__init__()
        check_positive(scale=scale)
        self.vectors = random_vectors(classes, embedding_dim, generator)
        self.scale = scale

    def forward(self, embeddings: Tensor, labels: Tensor) -> LossValue:
        """Loss of embeddings [B, D] with labels int64 [B] in 0..C-1.

        `active_fraction` is the share of images that are as near or nearer to another class's vector; `tuples` is B.

        Raises
        ------
        ValueError
            where the shapes do not fit or, on the CPU, a label has no class vector.
        """
        check_class_batch(embeddings, labels, self.vectors)
        return class_softmax(class_cosines(embeddings, self.vectors), labels, self.scale)


def make(context: LossContext) -> nn.Module:
    """Make it for a run."""
    return NormFaceLoss(context.classes, context.embedding_dim, generator=context.seeded)
