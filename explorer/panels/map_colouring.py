"""What the colours of the map stand for: classes, kinds that each image is one of, or a quantity of each image."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from explorer import formats
from explorer.theme import GENUINE, IMPOSTOR, ClassStyle, Shape, class_style
from explorer.translation import tr
from explorer.widgets.colour_scale import unknown_style

BY_CLASS = "class"
BY_CLASS_HELP = tr("One colour and shape a class.")
NOT_KNOWN = (tr("not known"), unknown_style())


@dataclass(frozen=True)
class Quantity:
    """Something that each image has a value of."""

    label: str
    help: str
    text: Callable[[float], str]
    """How a value is written."""
    ends: tuple[float, float] | None = None
    """Values at both ends of the scale; None: what the middle 98 % of the images lie between."""


@dataclass(frozen=True)
class Kind:
    """Kinds that each image is one of."""

    label: str
    help: str


PREDICTED = "predicted"
CORRECT = "correct"
PART = "part"
KINDS = {
    PREDICTED: Kind(
        tr("predicted class"),
        tr("The class that the model takes each image for; in an open set, the training class it is most like."),
    ),
    CORRECT: Kind(
        tr("right or wrong"),
        tr(
            "Whether the model takes each image for its own class; classes that it is not trained on are unknown to it."
        ),
    ),
    PART: Kind(
        tr("part of the data"), tr("Held-out images, on which the model is judged, and images it is trained on.")
    ),
}
"""What the picture says itself."""
QUANTITIES = {
    "classification_loss": Quantity(
        tr("classification loss"),
        tr(
            "Cross entropy of each image's own class: high where the model is sure of "
            "another one. Not known of classes that it is not trained on."
        ),
        formats.loss,
    ),
    "metric_loss": Quantity(
        tr("metric loss"),
        tr(
            "Mean triplet loss of all triplets with the image as anchor, among the images "
            "of the map and without mining; by the distance that the run is trained with, "
            "and by the margin it was started with, or 0.2 where its loss is no triplet "
            "loss. High where other classes are as near as the own one."
        ),
        formats.loss,
    ),
    "centre_distance": Quantity(
        tr("distance to own class"),
        tr(
            "How far each image lies from the mean of the other images of its class, by the distance in force. "
            "Far ones are hard to recognise, or their label is wrong."
        ),
        formats.distance,
    ),
    "foreign_neighbours": Quantity(
        tr("neighbours of other classes"),
        tr(
            "Share of each image's 10 nearest images in the space of embeddings, not on the map, that are of another "
            "class. High where classes mix, or where a label is wrong."
        ),
        formats.rate,
        (0.0, 1.0),
    ),
}
"""Quantities that are measured behind the window."""
CLUSTERINGS = {
    "k-means": Kind(
        tr("k-means cluster"),
        tr(
            "As many clusters of the embeddings as there are classes, found without the "
            "labels. Each has the colour of the class it agrees with best; beside it "
            "stands which class most of its images are of, and how many if not all."
        ),
    ),
    "hdbscan": Kind(
        tr("HDBSCAN cluster"),
        tr(
            "Clusters where the embeddings lie dense, as many as there are, found without "
            "the labels; grey crosses lie in none. Each has the colour of the class it "
            "agrees with best; clusters without a class have others."
        ),
    ),
}
"""Kinds that are measured behind the window."""
MEASURED: dict[str, Quantity | Kind] = {**QUANTITIES, **CLUSTERINGS}
"""All of them."""

RIGHT, WRONG, UNKNOWN_CLASS = range(3)
ANSWERS = (
    (tr("right"), ClassStyle(GENUINE, Shape.CIRCLE)),
    (tr("wrong"), ClassStyle(IMPOSTOR, Shape.CROSS)),
    (tr("unknown class"), unknown_style()),
)
PARTS = ((tr("held-out"), class_style(0)), (tr("training"), class_style(1)))


@dataclass(frozen=True, eq=False)
class Colouring:
    """A quantity of images."""

    name: str
    """What was chosen: one of `QUANTITIES`, or a column."""
    meaning: Quantity
    sample_ids: NDArray[np.int64]
    """[N]"""
    values: NDArray[np.float64]
    """[N], NaN where an image has none."""
    step: int | None = None
    """Of the look that it was measured of; None: it is known of the images themselves."""

    def ends(self) -> tuple[float, float]:
        """Values at both ends of the scale."""
        fixed = self.meaning.ends
        known = self.values[np.isfinite(self.values)]
        if fixed is not None or not len(known):
            return fixed or (0.0, 1.0)
        low, high = np.percentile(known, (1, 99))
        return float(low), float(high)

    def of(self, sample_ids: NDArray[np.int64]) -> NDArray[np.float64]:
        """Values of these images [M], NaN of those that are not among the measured."""
        place, known = _places(self.sample_ids, sample_ids)
        return np.where(known, self.values[place], np.nan)


@dataclass(frozen=True, eq=False)
class Grouping:
    """A kind of each image."""

    name: str
    """What was chosen: one of `CLUSTERINGS`, or a column."""
    meaning: Kind
    sample_ids: NDArray[np.int64]
    """[N]"""
    index: NDArray[np.intp]
    """[N], positions in `kinds`"""
    kinds: tuple[tuple[str, ClassStyle], ...]
    """Name and look; the last one is `NOT_KNOWN`."""
    step: int | None = None
    """As of a `Colouring`."""

    def of(self, sample_ids: NDArray[np.int64]) -> NDArray[np.intp]:
        """Kinds of these images [M]."""
        place, known = _places(self.sample_ids, sample_ids)
        return np.where(known, self.index[place], len(self.kinds) - 1)


def _places(known: NDArray[np.int64], sought: NDArray[np.int64]) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
    """Where samples stand among known ones [M], anywhere where they do not; and whether they do."""
    order = np.argsort(known)
    place = order[np.searchsorted(known, sought, sorter=order).clip(max=len(order) - 1)]
    return place, known[place] == sought


def answers(labels: NDArray[np.int64], predicted: NDArray[np.int64], held_out: NDArray[np.bool_]) -> NDArray[np.intp]:
    """Which of `ANSWERS` each image has got, [N]; the model knows the classes of the images it is trained on."""
    found = np.where(labels == predicted, RIGHT, WRONG)
    known = np.union1d(labels[~held_out], predicted)
    return np.where(np.isin(labels, known), found, UNKNOWN_CLASS).astype(np.intp)
