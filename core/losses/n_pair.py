"""N-pair loss."""

import torch
from torch import Tensor, nn

from core.distances import widest_dtype
from core.losses.pairs import compare
from core.losses.value import Columns, LossValue, full_precision, share_of


class NPairLoss(nn.Module):
    """Mean over classes of log(1 + Σ exp(a·n - a·p)): one anchor a and one positive p a class, n the others' positives.

    The anchor is the first row of a class that has a positive, its positive the class's first other column: the order
    inside a class decides (batches are shuffled), that of the classes does not. Embeddings are taken as they are: the
    paper does not normalise but adds a penalty on their length, which is left out here. 0 with a gradient of 0 where
    fewer than two classes have a pair; else above 0, and log of the number of pairs at chance.

    Sohn, Improved Deep Metric Learning with Multi-class N-pair Loss Objective, NeurIPS 2016 (N-pair-mc).
    """

    def forward(self, embeddings: Tensor, labels: Tensor, columns: Columns | None = None) -> LossValue:
        """Loss of embeddings [B, D] with labels int64 [B], the positives among one another or in `columns`.

        `active_fraction` is the share of anchors for which another class's positive has at least the inner product of
        their own, `tuples` counts the anchors.

        Raises
        ------
        ValueError
            where the shapes do not fit.
        """
        pairs = compare(embeddings, labels, columns)
        anchors, positives = _first_pairs(labels, pairs.positive)
        products = _inner_products(pairs.rows[anchors], pairs.columns[positives])
        own = products.diagonal()
        count = len(anchors)
        value = (products.logsumexp(dim=1) - own).sum() / max(count, 1)
        misranked = (products >= own[:, None]).sum(dim=1) > 1
        return LossValue(value, share_of(misranked.sum(), torch.tensor(count)), count if count > 1 else 0)


def _first_pairs(labels: Tensor, positive: Tensor) -> tuple[Tensor, Tensor]:
    """Row and column [C] of the first pair of each class that has one."""
    paired = positive.any(dim=1)
    earlier = ((labels[:, None] == labels) & paired).tril(-1).any(dim=1)
    rows = (paired & ~earlier).nonzero().squeeze(1)
    return rows, positive[rows].byte().argmax(dim=1)


def _inner_products(x: Tensor, y: Tensor) -> Tensor:
    """Of all rows with all rows; float64 inside, which autocast leaves alone."""
    wide = widest_dtype(x.device)
    result = torch.promote_types(full_precision(x).dtype, full_precision(y).dtype)
    return (x.to(wide) @ y.to(wide).T).to(result)
