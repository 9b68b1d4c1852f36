"""Triplet loss with a soft margin: `TripletLoss` in one of its forms."""

from torch import nn

from core.loss_specs import LossSpec
from core.losses.context import LossContext
from core.losses.triplet import TripletLoss

SPEC = LossSpec(
    label="Triplet, soft margin",
    kind="tuples",
    help="The triplet loss with softplus in place of the hinge: triplets beyond the margin still pull a little.",
    defaults={"margin": 0.2},
    mined=True,
)


def make(context: LossContext) -> nn.Module:
    """Make it for a run."""
    return TripletLoss(distance=context.distance, generator=context.generator, soft=True)
