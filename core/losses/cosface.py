"""CosFace: softmax over cosines with a margin off the own one."""

import torch
from torch import Tensor, nn

from core.loss_specs import LossSpec
from core.losses.class_softmax import CosineSoftmaxLoss
from core.losses.context import LossContext

SPEC = LossSpec(
    label="CosFace",
    kind="classes",
    help="Takes the margin off the cosine to the own class vector. Stable, for many classes.",
    defaults={"scale": 30.0, "margin": 0.35},
    margin_label="margin (cosine)",
    margin_help="What is taken off the cosine to the own class vector. Raise it for tighter classes; lower it when "
    "training does not get going.",
)


class CosFaceLoss(CosineSoftmaxLoss):
    """Mean of -log softmax over the classes of s · cos θ_c, the own class's being s · (cos θ_y - m).

    θ_c is the angle to the vector of class c; embeddings and class vectors are both normalised inside. From 0 up.

    Wang et al., CosFace: Large Margin Cosine Loss for Deep Face Recognition, CVPR 2018.

    Parameters
    ----------
    classes, embedding_dim
        C and D of the class vectors `vectors`, a parameter float32 [C, D].
    scale
        s, above 0; may change between two steps.
    margin
        m, in units of the cosine, 0..1 where it makes sense; may change between two steps.
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
        margin: float = 0.35,
        generator: torch.Generator | None = None,
    ) -> None:
        super().__init__(classes, embedding_dim, scale, margin, generator)

    def make_harder(self, own: Tensor) -> Tensor:
        """Take the margin off the cosine."""
        return own - self.margin


def make(context: LossContext) -> nn.Module:
    """Make it for a run."""
    return CosFaceLoss(context.classes, context.embedding_dim, generator=context.seeded)
