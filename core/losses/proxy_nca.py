"""Proxy-NCA: each image against one proxy a class."""

import torch
from torch import Tensor, nn

from core.loss_specs import LossSpec
from core.losses.class_softmax import class_softmax
from core.losses.class_vectors import check_class_batch, class_cosines, random_vectors
from core.losses.context import LossContext
from core.losses.value import LossValue, check_positive

SPEC = LossSpec(
    label="Proxy-NCA",
    kind="classes",
    help="Each image against one proxy a class. Converges fast; needs no mining.",
    defaults={"scale": 8.0},
)


class ProxyNCALoss(nn.Module):
    """Mean of -log( exp(-s d(x, p_y)) / Σ_c exp(-s d(x, p_c)) ), p_c the proxy of class c and y the own class.

    d is the squared Euclidean distance of embedding and proxy, both normalised inside, which is 2 - 2 cos θ. From 0 up:
    the own proxy is part of the sum, as in ProxyNCA++ and pytorch-metric-learning (whose softmax_scale is s); the first
    paper leaves it out.

    Movshovitz-Attias et al., No Fuss Distance Metric Learning Using Proxies, ICCV 2017; Teh et al., ProxyNCA++,
    ECCV 2020 (s is 1 / T there).

    Parameters
    ----------
    classes, embedding_dim
        C and D of the proxies `vectors`, a parameter float32 [C, D].
    scale
        s, above 0; may change between two steps.
    generator
        On the CPU; draws the proxies from the standard normal distribution; None takes torch's default one.

    Raises
    ------
    ValueError
        where a count or the scale cannot be used.
    """

    def __init__(
        self, classes: int, embedding_dim: int, *, scale: float = 1.0, generator: torch.Generator | None = None
    ) -> None:
        super().__init__()
        check_positive(scale=scale)
        self.vectors = random_vectors(classes, embedding_dim, generator)
        self.scale = scale

    def forward(self, embeddings: Tensor, labels: Tensor) -> LossValue:
        """Loss of embeddings [B, D] with labels int64 [B] in 0..C-1.

        `active_fraction` is the share of images that are as near or nearer to another class's proxy; `tuples` is B.

        Raises
        ------
        ValueError
            where the shapes do not fit or, on the CPU, a label has no proxy.
        """
        check_class_batch(embeddings, labels, self.vectors)
        # The 2 of 2 - 2 cos θ is the same for all classes, so the softmax does not see it.
        return class_softmax(class_cosines(embeddings, self.vectors), labels, 2.0 * self.scale)


def make(context: LossContext) -> nn.Module:
    """Make it for a run."""
    return ProxyNCALoss(context.classes, context.embedding_dim, generator=context.seeded)
