"""SoftTriple: softmax over classes with several centres each."""

from typing import Any

import torch
from torch import Tensor, nn
from torch.autograd.function import FunctionCtx, once_differentiable

from core.loss_specs import LossSpec
from core.losses.class_softmax import class_softmax
from core.losses.class_vectors import check_class_batch, check_counts, full_product, root, unit_rows
from core.losses.context import LossContext
from core.losses.value import LossValue, check_margin, check_positive, full_precision

SPEC = LossSpec(
    label="SoftTriple",
    kind="classes",
    help="Several centres a class: for classes that look different inside, such as products from all sides.",
    defaults={"scale": 20.0, "margin": 0.01},
    margin_label="margin (cosine)",
    margin_help="What is taken off the similarity to the own class. Raise it for tighter classes.",
)


class SoftTripleLoss(nn.Module):
    """Mean of -log softmax over the classes of s · S_c, the own class's being s · (S_y - m), + τ · R.

    S_c is a soft maximum of the cosines to the K centres of class c: Σ_k q_k cos θ_ck with q = softmax(cos θ_c / γ).
    R draws centres that a class does not need together: the mean over classes and pairs of their centres of half the
    Euclidean distance. Embeddings and centres are normalised inside. From 0 up.

    Qian et al., SoftTriple Loss: Deep Metric Learning Without Triplet Sampling, ICCV 2019; pytorch-metric-learning has
    no R, which is τ = 0.

    Parameters
    ----------
    classes, embedding_dim
        C and D of the centres `vectors`, a parameter float32 [C, K, D].
    centers_per_class
        K.
    scale
        s (the paper's λ), above 0; may change between two steps.
    margin
        m (the paper's δ), in units of the cosine; may change between two steps.
    softness
        γ, above 0; near 0 only the nearest centre of a class counts.
    regulariser
        τ, the weight of R, at least 0.
    generator
        On the CPU; draws the centres, uniformly in ±1/√(C·K) as the authors' code does; None takes torch's default one.

    Raises
    ------
    ValueError
        where a count or setting cannot be used.
    """

    def __init__(
        self,
        classes: int,
        embedding_dim: int,
        *,
        centers_per_class: int = 10,
        scale: float = 20.0,
        margin: float = 0.01,
        softness: float = 0.1,
        regulariser: float = 0.2,
        generator: torch.Generator | None = None,
    ) -> None:
        super().__init__()
        check_counts(classes=classes, embedding_dim=embedding_dim, centers_per_class=centers_per_class)
        check_positive(scale=scale, softness=softness)
        check_margin(margin)
        check_margin(regulariser, "regulariser")
        bound = (classes * centers_per_class) ** -0.5
        centres = torch.empty(classes, centers_per_class, embedding_dim)
        self.vectors = nn.Parameter(centres.uniform_(-bound, bound, generator=generator))
        self.scale = scale
        self.margin = margin
        self.softness = softness
        self.regulariser = regulariser

    def forward(self, embeddings: Tensor, labels: Tensor) -> LossValue:
        """Loss of embeddings [B, D] with labels int64 [B] in 0..C-1.

        `active_fraction` is the share of images not yet classified right with the margin applied; `tuples` is B.

        Raises
        ------
        ValueError
            where the shapes do not fit or, on the CPU, a label has no centres.
        """
        check_class_batch(embeddings, labels, self.vectors)
        values = full_precision(embeddings)
        centres = unit_rows(self.vectors.to(values.dtype))
        similarities = self._similarities(unit_rows(values), centres)
        softmax = class_softmax(similarities, labels, self.scale, lambda own: own - self.margin)
        if self.regulariser == 0:
            return softmax
        return LossValue(softmax.value + self.regulariser * _spread(centres), softmax.active_share, len(labels))

    def _similarities(self, embeddings: Tensor, centres: Tensor) -> Tensor:
        """Soft maximum of the cosines to the centres of each class, [B, C]."""
        # [B, K, C]: with the classes innermost, sums over a class's centres run over whole rows at a time.
        by_centre = centres.transpose(0, 1)
        cosines = full_product(embeddings, by_centre.flatten(0, 1).T).view(-1, *by_centre.shape[:2])
        return ((cosines / self.softness).softmax(dim=1) * cosines).sum(dim=1)


def make(context: LossContext) -> nn.Module:
    """Make it for a run."""
    return SoftTripleLoss(context.classes, context.embedding_dim, generator=context.seeded)


def _spread(centres: Tensor) -> Tensor:
    """R: half the mean distance between the unit centres [C, K, D] of one class; 0 where each class has one."""
    classes, each, _ = centres.shape
    distances: Tensor = _SumOfDistances.apply(centres)
    return distances / max(classes * each * (each - 1), 1)


class _SumOfDistances(torch.autograd.Function):
    """Sum of √(2 - 2 w·v) over the pairs of unit rows w, v of each matrix [C, K, D], 0 with no slope where w = v.

    By itself autograd would need two products of many small matrices for the gradient, which cost more than all the
    rest; the distances are symmetric, so that one will do.
    """

    @staticmethod
    def forward(ctx: FunctionCtx, rows: Tensor) -> Tensor:
        distances = root((2.0 - 2.0 * full_product(rows, rows.mT)).triu(1))
        ctx.save_for_backward(rows, distances)
        return distances.sum()

    @staticmethod
    @once_differentiable
    def backward(ctx: Any, gradient: Tensor) -> Tensor:
        rows, distances = ctx.saved_tensors
        slopes = distances.masked_fill(distances == 0, float("inf")).reciprocal()
        return -gradient * full_product(slopes + slopes.mT, rows)
