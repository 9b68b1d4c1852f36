"""N-pair loss."""

import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy

from core.loss_specs import LossSpec
from core.losses.context import LossContext
from core.losses.value import Columns, LossValue, check_batch, share_of

SPEC = LossSpec(
    label="N-pair",
    kind="tuples",
    help="One positive against all negatives of the batch at once, by a softmax of inner products.",
)


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
        check_batch(embeddings, labels, columns)
        others = Columns(embeddings, labels, torch.arange(len(labels))) if columns is None else columns
        anchors, positives = _first_pairs(labels, others).to(labels.device)
        products = _inner_products(embeddings.index_select(0, anchors), others.embeddings.index_select(0, positives))
        count = len(anchors)
        own = torch.arange(count, device=labels.device)
        value = cross_entropy(products, own, reduction="sum") / max(count, 1)
        misranked = (products >= products.diagonal()[:, None]).sum(dim=1) > 1
        return LossValue(value, share_of(misranked.sum(), torch.tensor(count)), count if count > 1 else 0)


def make(context: LossContext) -> nn.Module:
    """Make it for a run."""
    return NPairLoss()


def _first_pairs(labels: Tensor, columns: Columns) -> Tensor:
    """Rows and columns int64 [2, C] of the first pair of each class that has one."""
    first_two: dict[int, list[int]] = {}
    for column, label in enumerate(columns.labels.tolist()):
        known = first_two.setdefault(label, [])
        if len(known) < 2:
            known.append(column)
    pairs: dict[int, tuple[int, int]] = {}
    for row, (label, own) in enumerate(zip(labels.tolist(), columns.own.tolist(), strict=True)):
        other = next((column for column in first_two.get(label, ()) if column != own), None)
        if other is not None:
            pairs.setdefault(label, (row, other))
    return torch.tensor(list(pairs.values()), dtype=torch.int64).view(-1, 2).T


def _inner_products(x: Tensor, y: Tensor) -> Tensor:
    """Of all rows with all rows, in full precision under autocast too."""
    dtype = torch.promote_types(torch.promote_types(x.dtype, y.dtype), torch.float32)
    with torch.autocast(x.device.type, enabled=False):
        return x.to(dtype) @ y.to(dtype).T
