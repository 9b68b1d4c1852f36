"""What the colours of the map stand for: classes, or a quantity of each image."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor

from explorer import formats
from explorer.theme import GENUINE, IMPOSTOR, ClassStyle, Shape, class_style


@dataclass(frozen=True)
class Quantity:
    """Something that each image has a value of."""

    label: str
    help: str
    text: Callable[[float], str]
    """How a value is written."""
    ends: tuple[float, float] | None = None
    """Values at both ends of the scale; None: what the middle 98 % of the images lie between."""


QUANTITIES = {
    "centre_distance": Quantity(
        "distance to own class",
        "How far each image lies from the mean of the other images of its class, by the distance in force. "
        "Far ones are hard to recognise, or their label is wrong.",
        formats.distance,
    ),
    "foreign_neighbours": Quantity(
        "neighbours of other classes",
        "Share of each image's 10 nearest images in the space of embeddings, not on the map, that are of another "
        "class. High where classes mix, or where a label is wrong.",
        formats.rate,
        (0.0, 1.0),
    ),
}
BY_CLASS = "class"
BY_CLASS_HELP = "One colour and shape a class."


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
        "predicted class",
        "The class that the model takes each image for; in an open set, the training class it is most like.",
    ),
    CORRECT: Kind("right or wrong", "Whether the model takes each image for its own class."),
    PART: Kind("part of the data", "Held-out images, on which the model is judged, and images it is trained on."),
}
RIGHT, WRONG, UNKNOWN_CLASS = range(3)
ANSWERS = (
    ("right", ClassStyle(GENUINE, Shape.CIRCLE)),
    ("wrong", ClassStyle(IMPOSTOR, Shape.CROSS)),
    ("class not known to the model", ClassStyle(QColor("#8a8a8a"), Shape.CIRCLE)),
)
PARTS = (("held-out", class_style(0)), ("training", class_style(1)))


@dataclass(frozen=True, eq=False)
class Colouring:
    """A quantity of images."""

    quantity: str
    """One of `QUANTITIES`."""
    sample_ids: NDArray[np.int64]
    """[N]"""
    values: NDArray[np.float64]
    """[N], NaN where an image has none."""

    def ends(self) -> tuple[float, float]:
        """Values at both ends of the scale."""
        fixed = QUANTITIES[self.quantity].ends
        known = self.values[np.isfinite(self.values)]
        if fixed is not None or not len(known):
            return fixed or (0.0, 1.0)
        low, high = np.percentile(known, (1, 99))
        return float(low), float(high)

    def of(self, sample_ids: NDArray[np.int64]) -> NDArray[np.float64]:
        """Values of these images [M], NaN of those that are not among the measured."""
        order = np.argsort(self.sample_ids)
        place = order[np.searchsorted(self.sample_ids, sample_ids, sorter=order).clip(max=len(order) - 1)]
        return np.where(self.sample_ids[place] == sample_ids, self.values[place], np.nan)


def answers(labels: NDArray[np.int64], predicted: NDArray[np.int64], held_out: NDArray[np.bool_]) -> NDArray[np.intp]:
    """Which of `ANSWERS` each image has got, [N]; the model knows the classes of the images it is trained on."""
    found = np.where(labels == predicted, RIGHT, WRONG)
    known = np.union1d(labels[~held_out], predicted)
    return np.where(np.isin(labels, known), found, UNKNOWN_CLASS).astype(np.intp)
