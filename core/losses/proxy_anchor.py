"""Proxy-Anchor: each proxy against all images of the batch."""

import torch
from torch import Tensor, nn

from core.distances import widest_dtype
from core.loss_specs import LossSpec
from core.losses.class_vectors import check_class_batch, class_cosines, random_vectors
from core.losses.context import LossContext
from core.losses.value import LossValue, check_margin, check_positive

SPEC = LossSpec(
    label="Proxy-Anchor",
    kind="classes",
    help="Each proxy against all images of the batch, hard ones first. Strong for retrieval.",
    defaults={"scale": 32.0, "margin": 0.1},
    margin_label="margin (cosine)",
    margin_help="How far above it cosines to the own proxy should lie, and those to other proxies as far below 0. "
    "Raise it for tighter classes.",
)


class ProxyAnchorLoss(nn.Module):
    """Mean of log(1 + Σ_x exp(-s (cos(x, p) - m))) + mean of log(1 + Σ_x exp(s (cos(x, p) + m))).

    The first mean is over the proxies p of the classes in the batch, its sum over the images x of that class; the
    second mean is over all proxies, its sum over the images of other classes. Embeddings and proxies are normalised
    inside. Above 0.

    Kim et al., Proxy Anchor Loss for Deep Metric Learning, CVPR 2020.

    Parameters
    ----------
    classes, embedding_dim
        C and D of the proxies `vectors`, a parameter float32 [C, D].
    scale
        s (the paper's α), above 0; may change between two steps.
    margin
        m (the paper's δ), in units of the cosine; may change between two steps.
    generator
        On the CPU; draws the proxies from the standard normal distribution; None takes torch's default one.

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
        scale: float = 32.0,
        margin: float = 0.1,
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

        `active_fraction` is the share of all pairs of an image and a proxy that break the margin: cos < m to the own
        proxy, cos > -m to another; `tuples` is the number of these pairs, B · C.

        Raises
        ------
        ValueError
            where the shapes do not fit or, on the CPU, a label has no proxy.
        """
        check_class_batch(embeddings, labels, self.vectors)
        cosines = class_cosines(embeddings, self.vectors)
        own = torch.zeros_like(cosines, dtype=torch.bool).scatter(1, labels[:, None], True)
        exponents = self.scale * (self.margin + torch.where(own, -cosines, cosines))
        pull = _log_of_1_and_sum_exp(exponents, own).sum() / own.any(dim=0).sum()
        push = _log_of_1_and_sum_exp(exponents, ~own).mean()
        broken = (exponents > 0).sum().to(widest_dtype(exponents.device))
        return LossValue(pull + push, broken / exponents.numel(), exponents.numel())


def make(context: LossContext) -> nn.Module:
    """Make it for a run."""
    return ProxyAnchorLoss(context.classes, context.embedding_dim, generator=context.seeded)


def _log_of_1_and_sum_exp(exponents: Tensor, keep: Tensor) -> Tensor:
    """log(1 + the sum of exp over the kept of each column); 0 where none is kept."""
    # The lowest number, not -inf: the gradient of a column of -inf is not a number.
    kept = exponents.masked_fill(~keep, torch.finfo(exponents.dtype).min)
    return torch.logaddexp(kept.logsumexp(dim=0), exponents.new_zeros(()))
