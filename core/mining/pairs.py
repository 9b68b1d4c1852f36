"""Which columns of a matrix of distances are an anchor's positives and which its negatives."""

from dataclasses import dataclass

import torch
from torch import Tensor


@dataclass(frozen=True)
class Pairs:
    """Positives as short lists of columns, negatives as a masked matrix; rows are anchors."""

    positives: Tensor
    """int64 [B, P], columns of each anchor's class without the anchor itself; P is the most that any has, or more"""
    valid: Tensor
    """bool [B, P], False for filling"""
    d_ap: Tensor
    """[B, P]"""
    d_an: Tensor
    """[B, M], inf where the column is of the anchor's class"""
    same: Tensor
    """bool [B, M], True where the column is of the anchor's class"""
    negatives: Tensor
    """int64 [B, 1], how many negatives an anchor has"""


def find_pairs(distances: Tensor, labels: Tensor, column_labels: Tensor, own: Tensor) -> Pairs:
    """Positives and negatives of rows with `labels` [B] among columns with `column_labels` [M].

    `own` int64 [B] is the column in which a row stands itself, -1 for none.
    """
    positives, valid, members = _positives(labels, column_labels, own)
    same = labels[:, None] == column_labels
    return Pairs(
        positives=positives,
        valid=valid,
        d_ap=distances.gather(1, positives),
        d_an=distances.masked_fill(same, torch.inf),
        same=same,
        negatives=(len(column_labels) - members)[:, None],
    )


def _positives(labels: Tensor, column_labels: Tensor, own: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """Columns of each row's class without its own [B, P], which of them are no filling, and the size of the class."""
    size, device = len(column_labels), labels.device
    order = column_labels.argsort(stable=True)
    grouped = column_labels[order]
    first, last = torch.searchsorted(grouped, labels), torch.searchsorted(grouped, labels, right=True)
    # Asking a GPU for the largest class would wait for all its work; columns to spare cost less there.
    width = max(int((last - first - (own >= 0).long()).max()), 1) if device.type == "cpu" else size
    place = torch.empty_like(order).scatter_(0, order, torch.arange(size, device=device))
    own_place = place[own.clamp(min=0)].masked_fill(own < 0, size)[:, None]
    places = first[:, None] + torch.arange(width, device=device)
    places = places + (places >= own_place)
    return order[places.clamp(max=size - 1)], places < last[:, None], last - first
