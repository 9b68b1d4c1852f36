"""A picture of a very large set: axes of all its embeddings, and the images that there is room for."""

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray

from core.embedded.embedding_set import EmbeddingSet
from core.errors import InputError
from core.watch import Watch

IMAGES_SHOWN = 50_000


@dataclass(frozen=True, eq=False)
class Axes:
    """The first two principal components of all embeddings of a set."""

    mean: NDArray[np.float64]
    """[D]"""
    axes: NDArray[np.float64]
    """[D, 2], unit vectors; 0 where there is no second one. The largest loading of each is positive."""
    explained: tuple[float, float]
    """Shares of the variance."""

    def layout(self, embeddings: NDArray[np.float32]) -> NDArray[np.float32]:
        """Where embeddings [N, D] lie, float32 [N, 2]."""
        found: NDArray[np.float32] = ((embeddings - self.mean) @ self.axes).astype(np.float32)
        return found


def principal_axes(embedded: EmbeddingSet, watch: Watch | None = None) -> Axes:
    """Find the axes along which all embeddings of a set spread most, exactly, in one pass over them.

    Sums of a block are taken about the first block's mean: about 0 they would lose digits where the mean is far.

    Parameters
    ----------
    embedded
        Of which no two blocks are in memory at once.
    watch
        Takes the share that is done; may raise Cancelled.

    Raises
    ------
    InputError
        where there are fewer than 2 embeddings.
    Cancelled
        where `watch` said so.
    """
    count, size = len(embedded), embedded.dimensions
    if count < 2:
        raise InputError(f"{embedded.path}: a map needs at least 2 embeddings, found {count}")
    origin = None
    sums, products = torch.zeros(size, dtype=torch.float64), torch.zeros((size, size), dtype=torch.float64)
    for first, block in embedded.blocks():
        if watch is not None:
            watch(first / count)
        rows = torch.from_numpy(np.array(block)).double()
        origin = rows.mean(dim=0) if origin is None else origin
        rows -= origin
        sums += rows.sum(dim=0)
        products += rows.T @ rows
    off = sums / count
    covariance = products / count - torch.outer(off, off)
    values, vectors = torch.linalg.eigh(covariance)
    axes = torch.zeros((size, 2), dtype=torch.float64)
    leading = vectors[:, -2:].flip(1)
    largest = leading.gather(0, leading.abs().argmax(dim=0, keepdim=True))
    axes[:, : leading.shape[1]] = leading * largest.sign()
    total = float(values.clamp(min=0).sum()) or 1.0
    shares = [*(float(value) / total for value in values.clamp(min=0).flip(0)[:2]), 0.0]
    mean = off if origin is None else off + origin
    return Axes(mean.numpy(), axes.numpy(), (shares[0], shares[1]))


def shown_rows(embedded: EmbeddingSet, images: int = IMAGES_SHOWN, seed: int = 0) -> NDArray[np.int64]:
    """Rows of the images that a map shows: all, or so many of them that are drawn alike, int64 [K], ascending."""
    if len(embedded) <= images:
        return np.arange(len(embedded))
    return np.sort(np.random.default_rng(seed).choice(len(embedded), images, replace=False))
