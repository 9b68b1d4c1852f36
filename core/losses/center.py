"""Centre loss: images near the centre of their class."""

import torch
from torch import Tensor, nn

from core.loss_specs import LossSpec
from core.losses.class_softmax import share_contested
from core.losses.class_vectors import check_class_batch, full_product, random_vectors, unit_rows
from core.losses.context import LossContext
from core.losses.value import LossValue, full_precision

SPEC = LossSpec(
    label="Center",
    kind="classes",
    help="Pulls images to the centre of their class. Only beside a classification loss (α above 0): alone it "
    "draws everything to one point.",
)


class CenterLoss(nn.Module):
    """Mean over the images of ½ |x - c_y|², c_y the centre of the own class.

    Embeddings are taken as they are. From 0 up. It pushes nothing apart: beside a classification loss only, alone it
    draws everything to one point.

    Wen et al., A Discriminative Feature Learning Approach for Deep Face Recognition, ECCV 2016, with a mean for the
    paper's sum. Centres follow this value's own gradient at their own learning rate, where the paper moves each by
    Σ (c - x) / (1 + n) over its n images of the batch.

    Parameters
    ----------
    classes, embedding_dim
        C and D of the centres `vectors`, a parameter float32 [C, D].
    generator
        On the CPU; draws the centres, unit vectors in random directions: they start where normalised embeddings are.
        None takes torch's default one.

    Raises
    ------
    ValueError
        where a count is below 1.
    """

    def __init__(self, classes: int, embedding_dim: int, *, generator: torch.Generator | None = None) -> None:
        super().__init__()
        self.vectors = nn.Parameter(unit_rows(random_vectors(classes, embedding_dim, generator).detach()))

    def forward(self, embeddings: Tensor, labels: Tensor) -> LossValue:
        """Loss of embeddings [B, D] with labels int64 [B] in 0..C-1.

        `active_fraction` is the share of images that are as near or nearer to another class's centre, which this loss
        alone does not cure; `tuples` is B.

        Raises
        ------
        ValueError
            where the shapes do not fit or, on the CPU, a label has no centre.
        """
        check_class_batch(embeddings, labels, self.vectors)
        values = full_precision(embeddings)
        centres = self.vectors.to(values.dtype)
        value = (values - centres.index_select(0, labels)).square().sum() / (2 * len(values))
        return LossValue(value, _share_nearer_to_another(values, centres, labels), len(values))


def make(context: LossContext) -> nn.Module:
    """Make it for a run."""
    return CenterLoss(context.classes, context.embedding_dim, generator=context.seeded)


@torch.no_grad()
def _share_nearer_to_another(embeddings: Tensor, centres: Tensor, labels: Tensor) -> Tensor:
    # |x|² left out of -|x - c|² / 2, so that one matrix product does: it is the same for all centres.
    nearness = full_product(embeddings, centres.T) - centres.square().sum(dim=1) / 2
    return share_contested(nearness, nearness.gather(1, labels[:, None]))
