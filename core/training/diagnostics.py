"""Figures of one step beside its losses: what the batch's triplets and embeddings look like, and what is not finite."""

from collections.abc import Iterable, Mapping

import torch
from torch import Tensor

from core.distances import Distance, pairwise_distances, widest_dtype
from core.mining.counting import count_below


@torch.no_grad()
def embedding_figures(embeddings: Tensor, labels: Tensor, distance: str | Distance, margin: float) -> dict[str, Tensor]:
    """How hard a batch's triplets are, and how far its embeddings spread; NaN where there is nothing to tell.

    The triplets are counted, not listed (`core.mining.counting`). The effective rank is the participation ratio
    (tr C)² / tr C² of the covariance C of the embeddings: 1 where they lie on a line, at most D (Gao et al., A theory
    of multineuronal dimensionality, 2017).

    Parameters
    ----------
    embeddings
        [B, D]
    labels
        int64 [B]
    distance
        In which the triplets are judged.
    margin
        Between semi-hard and easy, in units of the distance.

    Returns
    -------
    dict
        Scalars on the device under the names they have in `StepRecord`.
    """
    wide = widest_dtype(embeddings.device)
    distances = pairwise_distances(embeddings, embeddings, distance)
    same = labels[:, None] == labels
    d_ap, valid = _to_positives(distances, same)
    positives = valid.sum(dim=1).to(wide)
    negatives = len(labels) - 1 - positives
    triplets = (positives * negatives).sum()
    hard, near = _within(distances.masked_fill(same, torch.inf), d_ap, valid, margin)
    summed = (d_ap * valid).sum(dtype=wide)
    nothing = torch.where(triplets == 0, torch.nan, 0.0)
    return {
        "easy": triplets - near + nothing,
        "semi_hard": near - hard + nothing,
        "hard": hard + nothing,
        "mean_d_ap": _mean(summed, positives.sum()),
        "mean_d_an": _mean(distances.sum(dtype=wide) - summed, negatives.sum()),
        "effective_rank": participation_ratio(embeddings),
    }


class FigureReading:
    """Scalars on their way from the device, all at once; None stays None.

    Reading waits until the device has come so far, but for nothing that it was given later.
    """

    def __init__(self, figures: Mapping[str, Tensor | None]) -> None:
        present = {name: value.detach() for name, value in figures.items() if value is not None}
        device = next(iter(present.values())).device
        self._all, self._present = tuple(figures), tuple(present)
        self._values = torch.stack([value.to(widest_dtype(device)) for value in present.values()])
        self._arrived: torch.cuda.Event | None = None
        if device.type == "cuda":
            # Pinned, so that the copy is the device's work and the CPU goes on.
            buffer = torch.empty(self._values.shape, dtype=self._values.dtype, pin_memory=True)
            self._values = buffer.copy_(self._values, non_blocking=True)
            self._arrived = torch.cuda.Event()  # type: ignore[no-untyped-call]
            self._arrived.record()

    def values(self) -> dict[str, float | None]:
        """The figures by name."""
        if self._arrived is not None:
            self._arrived.synchronize()
        return {**dict.fromkeys(self._all), **dict(zip(self._present, self._values.tolist(), strict=True))}


def first_not_finite(named: Iterable[tuple[str, Tensor | None]]) -> str | None:
    """Say which of the tensors is the first with a value that is not finite, and what that is; None for none."""
    for name, tensor in named:
        if tensor is not None and tensor.is_floating_point() and not tensor.isfinite().all():
            return f"{name} is {'nan' if tensor.isnan().any() else 'inf'}"
    return None


def _to_positives(distances: Tensor, same: Tensor) -> tuple[Tensor, Tensor]:
    """Distances to the positives of each row [B, P], and which of them are no filling."""
    others = same.to(torch.uint8).fill_diagonal_(0)
    # Asking a GPU for the largest class would wait for all its work; columns to spare cost less there.
    width = int(others.sum(dim=1).max()) if distances.device.type == "cpu" else len(distances)
    valid, columns = others.topk(width, dim=1)
    return distances.gather(1, columns), valid


def _within(d_an: Tensor, d_ap: Tensor, valid: Tensor, margin: float) -> tuple[Tensor, Tensor]:
    """How many triplets have d_an <= d_ap, and d_an <= d_ap + margin."""
    # What is counted lies below a limit, and a negative at the limit belongs to the nearer kind.
    limits = torch.cat([d_ap, d_ap + margin], dim=1).nextafter(d_ap.new_tensor(torch.inf))
    counts, _ = count_below(d_an, limits)
    kept = counts.view(len(d_ap), 2, d_ap.shape[1]) * valid[:, None]
    hard, near = kept.sum(dim=(0, 2), dtype=widest_dtype(d_ap.device)).unbind()
    return hard, near


def _mean(summed: Tensor, count: Tensor) -> Tensor:
    return torch.where(count == 0, torch.nan, summed / count)


def participation_ratio(embeddings: Tensor) -> Tensor:
    """Effective rank of embeddings [B, D], see `embedding_figures`."""
    centred = embeddings - embeddings.mean(dim=0)
    rows, dim = centred.shape
    # Both products have the same trace and the same sum of squares.
    products = centred @ centred.T if rows < dim else centred.T @ centred
    return products.trace().square() / products.square().sum()
