"""Which columns of a matrix of distances are an anchor's positives and which its negatives."""

from dataclasses import dataclass

import torch
from torch import Tensor


@dataclass(frozen=True)
class Pairs:
    """Positives as short lists of columns, negatives as a masked matrix; rows are anchors."""

    positives: Tensor
    """int64 [B, P], columns of each anchor's class; P is the size of the largest or more"""
    valid: Tensor
    """bool [B, P], False for the anchor itself and for filling"""
    d_ap: Tensor
    """[B, P]"""
    d_an: Tensor
    """[B, M], inf where the column is of the anchor's class"""
    same: Tensor
    """bool [B, M], True where the column is of the anchor's class"""
    negatives: Tensor
    """int64 [B, 1], how many negatives an anchor has"""
    order: Tensor
    """int64 [M], columns class by class"""
    first: Tensor
    """int64 [B, 1], where the anchor's class begins in `order`"""


def find_pairs(distances: Tensor, labels: Tensor, column_labels: Tensor, own: Tensor) -> Pairs:
    """Positives and negatives of rows with `labels` [B] among columns with `column_labels` [M].

    `own` int64 [B] is the column in which a row stands itself, -1 for none.
    """
    order = column_labels.argsort(stable=True)
    grouped = column_labels[order]
    first, last = torch.searchsorted(grouped, labels), torch.searchsorted(grouped, labels, right=True)
    members = last - first
    # Asking a GPU for the largest class would wait for all its work; columns to spare cost less there.
    width = max(int(members.max()), 1) if labels.device.type == "cpu" else len(order)
    places = first[:, None] + torch.arange(width, device=labels.device)
    positives = order[places.clamp(max=len(order) - 1)]
    same = labels[:, None] == column_labels
    return Pairs(
        positives=positives,
        valid=(places < last[:, None]) & (positives != own[:, None]),
        d_ap=distances.gather(1, positives),
        d_an=distances.masked_fill(same, torch.inf),
        same=same,
        negatives=(len(order) - members)[:, None],
        order=order,
        first=first[:, None],
    )
