"""How far an image lies from everything the model was trained on."""

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from core.distances import Array, Distance, as_distance, as_tensor, between_mapped, exact_distances, mapped_exactly
from core.evaluation.inputs import as_numpy, checked_embeddings
from core.evaluation.neighbours import in_blocks, nearest
from core.evaluation.prototypes import prototypes, summed, unit_rows
from core.watch import Watch


@dataclass(frozen=True)
class Novelty:
    """Where one image stands among the training images."""

    distance: float
    """To the centre of the nearest class."""
    label: int
    """That class, as the labels of the training images number it."""
    percentile: float
    """0..100: how many of 100 training images lie nearer to their nearest class, equally near ones counting half."""


class NoveltyScale:
    """Distances of the training images to the nearest class, which that of another image is measured against.

    A class is the mean of its normalised embeddings, at unit length: the nearest class mean of Mensink et al.,
    Distance-Based Image Classification, 2013. With a fitted Mahalanobis distance it is the score of Lee et al., A
    Simple Unified Framework for Detecting Out-of-Distribution Samples and Adversarial Attacks, 2018. The nearest single
    image was not taken: near-duplicates among the training images would make everything else look new.

    Each training image is measured without itself: it would draw the centre of a small class to itself. Still the
    model has been trained to bring them together, so unseen images of their classes lie somewhat above 50 on average.

    Parameters
    ----------
    embeddings
        [N, D], of training images.
    labels
        [N]
    distance
        Name or distance object.
    watch
        Takes the share that is done; may raise Cancelled.

    Raises
    ------
    ValueError
        where the shapes do not fit, an embedding is not finite or the distance is unknown.
    InputError
        where there are fewer than 2 embeddings.
    Cancelled
        where `watch` said so.
    """

    def __init__(
        self, embeddings: Array, labels: Array, distance: str | Distance = "cosine", watch: Watch | None = None
    ) -> None:
        vectors, classes = checked_embeddings(embeddings, labels, "a scale of novelty")
        self._labels = np.unique(as_numpy(labels))
        self._rule = as_distance(distance)
        self._centres = prototypes(unit_rows(vectors), classes, len(self._labels))
        self._known = np.sort(_distances_without_self(vectors, classes, self._centres, self._rule, watch))

    @property
    def images(self) -> int:
        """How many training images it is made of."""
        return len(self._known)

    def of(self, embedding: Array) -> Novelty:
        """Measure an embedding [D] that is not among the training images.

        Raises
        ------
        ValueError
            where the shape does not fit or it is not finite.
        """
        sought = as_tensor(embedding).detach().cpu().double()
        if sought.shape != self._centres.shape[1:] or not sought.isfinite().all():
            raise ValueError(f"embedding must be [{self._centres.shape[1]}] and finite, found {list(sought.shape)}")
        distances = exact_distances(unit_rows(sought[None]), self._centres, self._rule)[0]
        place = int(distances.argmin())
        distance = float(distances[place])
        nearer, as_near = (
            np.searchsorted(self._known, distance, "left"),
            np.searchsorted(self._known, distance, "right"),
        )
        return Novelty(distance, int(self._labels[place]), float(50 * (nearer + as_near) / len(self._known)))


def _distances_without_self(
    vectors: Tensor, classes: Tensor, centres: Tensor, rule: Distance, watch: Watch | None
) -> NDArray[np.float64]:
    """Distance of each image [N, D] to the nearest class, its own being without the image, float64 [N]."""
    unit = unit_rows(vectors)
    sums = summed(unit, classes, len(centres))
    alone = classes.bincount()[classes] == 1
    rows, targets = mapped_exactly(unit, rule), mapped_exactly(centres, rule)
    own = mapped_exactly(unit_rows(sums[classes] - unit), rule)
    found = _row_by_row(rows, own, rule).masked_fill(alone, torch.inf)
    if len(centres) > 1:
        # Products find the nearest other class fast, differences then its distance to the last bit.
        blocks = in_blocks(torch.arange(len(unit)), len(centres), watch)
        other = torch.cat([nearest(rows[some], targets, 1, own=classes[some])[:, 0] for some in blocks])
        found = found.minimum(_row_by_row(rows, targets[other], rule))
    distances: NDArray[np.float64] = found.numpy()
    return distances


def _row_by_row(x: Tensor, y: Tensor, rule: Distance) -> Tensor:
    """Distance of each mapped row [N, E] to its counterpart, [N]."""
    return between_mapped(x[:, None], y[:, None], rule).flatten()
