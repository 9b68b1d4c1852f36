"""Contrastive loss on squared distances: `ContrastiveLoss` in one of its forms."""

from torch import nn

from core.loss_specs import LossSpec
from core.losses.context import LossContext
from core.losses.contrastive import ContrastiveLoss

SPEC = LossSpec(
    label="Contrastive (d²)",
    kind="tuples",
    help="The contrastive loss as first published: distances squared, so far pairs count most.",
    defaults={"margin": 1.0},
    margin_help="How far apart the images of a negative pair must be before the pair costs nothing. Raise it when "
    "classes stay close; lower it when pairs that are far enough still take up the loss.",
)


def make(context: LossContext) -> nn.Module:
    """Make it for a run."""
    return ContrastiveLoss(distance=context.distance, squared=True)
