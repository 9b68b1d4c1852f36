"""Multi-similarity loss."""

from dataclasses import replace

import torch
from torch import Tensor, nn
from torch.nn.functional import softplus

from core.distances import COSINE
from core.loss_specs import LossSpec
from core.losses.context import LossContext
from core.losses.pairs import Pairs, compare, log_sum_exp
from core.losses.value import Columns, LossValue, check_margin, check_positive, share_of

SPEC = LossSpec(
    label="Multi-similarity",
    kind="tuples",
    help="Weighs pairs by how hard they are against the others of their anchor; the margin mines them.",
    defaults={"scale": 50.0, "margin": 0.1},
    margin_label="margin (cosine)",
    margin_help="A pair counts unless it is easier by this much than the hardest of its anchor's other kind. Raise it "
    "to let more pairs count.",
)


class MultiSimilarityLoss(nn.Module):
    """Mean over all images of log(1 + Σ exp(-α(s_ap - λ)))/α + log(1 + Σ exp(β(s_an - λ)))/β, s cosine similarity.

    The sums run over an image's positives p and negatives n, with `margin` over the hard ones only: negatives with
    s_an > min s_ap - margin, and positives with s_ap < max s_an + margin, so none where an image has no pairs of
    either kind. Cosine similarity normalises the embeddings. An image without pairs costs 0 with a gradient of 0;
    without mining, one class alone is pulled together and images of one each are pushed apart. Never below 0.

    Wang et al., Multi-Similarity Loss with General Pair Weighting for Deep Metric Learning, CVPR 2019.

    Parameters
    ----------
    alpha
        α, above 0: how much the least similar positives count before the others.
    scale
        β, above 0: how much the most similar negatives count before the others.
    base
        λ: similarity that positives should lie above and negatives below.
    margin
        ε of the paper's pair mining, at least 0; None takes all pairs.

    All of them may change between two steps.

    Raises
    ------
    ValueError
        where a setting cannot be used.
    """

    def __init__(self, alpha: float = 2.0, scale: float = 50.0, base: float = 0.5, margin: float | None = None) -> None:
        super().__init__()
        check_positive(alpha=alpha, scale=scale)
        check_margin(margin or 0.0)
        self.alpha = alpha
        self.scale = scale
        self.base = base
        self.margin = margin

    def forward(self, embeddings: Tensor, labels: Tensor, columns: Columns | None = None) -> LossValue:
        """Loss of embeddings [B, D] with labels int64 [B], among one another or against `columns`.

        `active_fraction` is the share of all pairs that are hard (at a margin of 0 where there is no mining), `tuples`
        counts the pairs in the sums.

        Raises
        ------
        ValueError
            where the shapes do not fit.
        """
        pairs = compare(embeddings, labels, columns)
        distances = pairs.distances(COSINE)
        hard = _hard_pairs(pairs, distances.detach(), self.margin or 0.0)
        kept = pairs if self.margin is None else hard
        above = (1.0 - self.base) - distances
        pull = softplus(log_sum_exp(-self.alpha * above, kept.positive)) / self.alpha
        push = softplus(log_sum_exp(self.scale * above, kept.negative)) / self.scale
        hard_count = (hard.positive | hard.negative).count_nonzero()
        return LossValue(
            (pull + push).mean(),
            share_of(hard_count, pairs.places),
            pairs.places if self.margin is None else hard_count,
        )


def make(context: LossContext) -> nn.Module:
    """Make it for a run."""
    return MultiSimilarityLoss()


def _hard_pairs(pairs: Pairs, distances: Tensor, margin: float) -> Pairs:
    """Positives nearer by `margin` than every negative are left out, and negatives farther than every positive.

    Stated by what is left out, so that NaN stays in.
    """
    farthest = distances.masked_fill(~pairs.positive, -torch.inf).amax(dim=1, keepdim=True)
    return replace(
        pairs,
        positive=pairs.positive & ~(distances + margin <= pairs.nearest_negatives(distances)),
        negative=pairs.negative & ~(distances - margin >= farthest),
    )
