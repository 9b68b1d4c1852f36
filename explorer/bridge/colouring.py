"""Measures behind the window what the map is coloured by."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Signal

from core.training.records import TrainingSnapshot
from explorer.bridge.newest import NewestBridge
from explorer.translation import tr

if TYPE_CHECKING:
    from core.distances import Distance
    from core.watch import Watch


@dataclass(frozen=True, eq=False)
class ColourWish:
    """What to measure of every image of a snapshot."""

    snapshot: TrainingSnapshot
    name: str
    """One of `explorer.panels.map_colouring.MEASURED`."""
    distance: "str | Distance"
    """What images are compared by."""
    trained_by: str
    """The distance that the run is trained with."""
    margin: float
    """Of the triplet loss."""


@dataclass(frozen=True, eq=False)
class ImageValues:
    """What was measured."""

    wish: ColourWish
    values: NDArray[Any]
    """[N]: float64, NaN where an image has none; of clusters int64, see `core.evaluation.clustering.find_clusters`"""


class ColouringBridge(NewestBridge):
    """One wish at a time; a newer one ends an older one."""

    ready = Signal(object)
    """ImageValues"""

    key = "colouring"
    failed_text = tr("Colours of the map: {message}")

    def measure(self, wish: ColourWish) -> None:
        """Measure all images of a snapshot; `ready` or `failed` follows, unless another wish takes its place."""
        self._begin(lambda watcher: _measured(wish, watcher), self.ready.emit)


def _measured(wish: ColourWish, watch: "Watch") -> ImageValues:
    return ImageValues(wish, _MEASURES[wish.name](wish, watch))


def _classification_loss(wish: ColourWish, _watch: "Watch") -> NDArray[np.float64]:
    kept = wish.snapshot.classification_losses
    return np.full(len(wish.snapshot.labels), np.nan) if kept is None else kept.astype(np.float64)


def _metric_loss(wish: ColourWish, watch: "Watch") -> NDArray[np.float64]:
    from core.evaluation.image_scores import triplet_losses

    look = wish.snapshot
    return triplet_losses(look.embeddings, look.labels, wish.trained_by, margin=wish.margin, watch=watch)


def _centre_distance(wish: ColourWish, _watch: "Watch") -> NDArray[np.float64]:
    from core.evaluation.image_scores import centre_distances

    return centre_distances(wish.snapshot.embeddings, wish.snapshot.labels, wish.distance)


def _foreign_neighbours(wish: ColourWish, watch: "Watch") -> NDArray[np.float64]:
    from core.evaluation.image_scores import foreign_neighbours

    return foreign_neighbours(wish.snapshot.embeddings, wish.snapshot.labels, wish.distance, watch=watch)


def _k_means(wish: ColourWish, _watch: "Watch") -> NDArray[np.int64]:
    from core.evaluation.clustering import find_clusters

    return find_clusters(wish.snapshot.embeddings, wish.snapshot.labels, "k-means", wish.distance)


def _hdbscan(wish: ColourWish, _watch: "Watch") -> NDArray[np.int64]:
    from core.evaluation.clustering import find_clusters

    return find_clusters(wish.snapshot.embeddings, wish.snapshot.labels, "hdbscan", wish.distance)


_MEASURES: Mapping[str, "Callable[[ColourWish, Watch], NDArray[Any]]"] = {
    "classification_loss": _classification_loss,
    "metric_loss": _metric_loss,
    "centre_distance": _centre_distance,
    "foreign_neighbours": _foreign_neighbours,
    "k-means": _k_means,
    "hdbscan": _hdbscan,
}
