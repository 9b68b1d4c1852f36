"""Why embeddings are normalised: lengths that say nothing of the class, under the Euclidean and the cosine distance."""

import numpy as np
import torch
from numpy.typing import NDArray
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from core.distances import COSINE, EUCLIDEAN, Distance, pairwise_distances
from core.evaluation.neighbours import Gallery, Search
from explorer.lab.drawn import Cloud, Lines, Rings
from explorer.lab.figures import Figure, Figures
from explorer.lab.handles import Floats, Handle
from explorer.lab.picture import Picture, setting
from explorer.lab.plane import Plane
from explorer.translation import tr
from explorer.widgets.plot import curve_pen

_HALF = 2.8
_DIRECTIONS = np.radians(np.arange(15, 360, 30))
_EACH = 5
CLASSES: NDArray[np.intp] = np.repeat(np.arange(len(_DIRECTIONS)), _EACH)
_START = np.array([[0.1, 0.5]])
_TYPICAL = 1.0
"""Median length."""
_RINGED = tr("ringed: the nearest neighbour is of another class")
_DISTANCES = ((tr("Euclidean distance"), EUCLIDEAN), (tr("cosine distance"), COSINE))


def embeddings(length_spread: float, angle_spread: float) -> Floats:
    """Embeddings [N, 2] of `CLASSES`: directions around that of the class, lengths that have nothing to do with it.

    Parameters
    ----------
    length_spread
        Standard deviation of the length's logarithm.
    angle_spread
        Standard deviation within a class, in degrees.
    """
    drawn = np.random.default_rng(5).standard_normal((len(CLASSES), 2)).clip(-2.0, 2.0)
    angles = _DIRECTIONS[CLASSES] + np.radians(angle_spread) * drawn[:, 0]
    lengths = _TYPICAL * np.exp(length_spread * drawn[:, 1])
    return np.column_stack([lengths * np.cos(angles), lengths * np.sin(angles)])


def wrong(points: Floats, distance: Distance) -> NDArray[np.bool_]:
    """Which points [N, 2] have a nearest neighbour of another class."""
    search = Search(Gallery(points, CLASSES), None, distance)
    nearest = search.classes_of_nearest(torch.arange(len(points)), 1)[:, 0]
    return np.asarray((nearest != search.classes).numpy())


def unit(points: Floats) -> Floats:
    """Points [N, 2] as the cosine distance sees them: brought to length 1."""
    return np.asarray(COSINE.transform(torch.from_numpy(points)).numpy())


class NormalisePicture(Picture):
    """The same embeddings as they are, and at length 1, with the errors of each."""

    place = 40
    title = tr("Why normalise")
    sentence = tr(
        "Raise the spread of lengths: Euclidean neighbours are then those of like length, and errors mount, "
        "while at length 1 only the direction is left, and it is what tells the class."
    )

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.query = _START.copy()
        handle = [Handle(tr("query"), QColor("#7f7f7f"))]
        axes = (tr("1st value / length"), tr("2nd value / length"))
        self.planes = (
            Plane(tr("embeddings as they are"), handle, _HALF),
            Plane(tr("embeddings at length 1"), handle, 1.4, axes, fixed=True),
        )
        self._clouds = [plane.add(Cloud()) for plane in self.planes]
        self._rings = [plane.add(Rings()) for plane in self.planes]
        self._links = [plane.add(Lines(curve_pen(QColor("#7f7f7f"), width=2))) for plane in self.planes]
        self._errors = [
            Figures(
                (
                    Figure(
                        "errors",
                        tr("errors"),
                        tr("Points whose nearest neighbour is of another class."),
                        tr("00 of 00"),
                    ),
                    Figure(
                        "neighbour",
                        tr("query's neighbour"),
                        tr("Class of the point that is nearest to the query; a line leads to it."),
                        tr("class {}").format(10),
                    ),
                )
            )
            for _ in self.planes
        ]
        for plane, figures in zip(self.planes, self._errors, strict=True):
            self.add_plot(plane, figures)
        self.planes[0].moved.connect(self._move)
        self.add_sliders(
            setting(
                "length_spread",
                tr("spread of lengths"),
                (0.0, 1.0),
                0.6,
                tr("How unlike the lengths are; 0 makes them all equal."),
            ),
            setting(
                "angle_spread",
                tr("spread of angles"),
                (0.0, 15.0),
                5.0,
                tr("How far directions of one class differ, in degrees."),
                0,
            ),
        )
        self.refresh()

    def refresh(self) -> None:
        """Look for the neighbours by both distances and draw them."""
        points = embeddings(self.setting("length_spread"), self.setting("angle_spread"))
        shown = ((points, self.query), (unit(points), unit(self.query)))
        for place, (name, distance) in enumerate(_DISTANCES):
            errors = wrong(points, distance)
            nearest = int(pairwise_distances(self.query, points, distance).argmin())
            seen, query = shown[place]
            plane = self.planes[place]
            self._clouds[place].show_points(seen, CLASSES, plane.ink(0.0))
            self._rings[place].show_rings(seen[errors], plane.ink(0.8))
            self._links[place].show_lines(query, seen[nearest : nearest + 1])
            plane.put(query)
            plane.note.set_lines(name, _RINGED)
            self._errors[place].show_values(
                {
                    "errors": tr("{} of {}").format(int(errors.sum()), len(errors)),
                    "neighbour": tr("class {}").format(CLASSES[nearest] + 1),
                }
            )

    def _move(self, _index: int, x: float, y: float) -> None:
        self.query = np.array([[x, y]])
        self.refresh()
