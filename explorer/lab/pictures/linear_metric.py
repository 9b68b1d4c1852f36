"""k-NN before and after a linear metric is learned: which class each place of the plane would be given."""

from dataclasses import dataclass
from functools import partial

import numpy as np
import pyqtgraph as pg
import torch
from numpy.typing import NDArray
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from core.config import FittedDistance
from core.distances import EUCLIDEAN, Distance
from core.evaluation.neighbours import knn_accuracy, majority, nearest
from core.fitted_distances import fit_distance
from explorer import formats, theme
from explorer.lab.behind import Behind
from explorer.lab.drawn import Cloud, Lines
from explorer.lab.figures import Figure, Figures
from explorer.lab.handles import Floats, Handle
from explorer.lab.picture import Picture, row, setting
from explorer.lab.plane import Plane
from explorer.translation import tr
from explorer.widgets.choice_field import Choice, ChoiceField
from explorer.widgets.plot import curve_pen

_HALF = 2.4
_REACH = 2.0 * _HALF
"""How far the regions go, in both values: beyond what is seen."""
_SIDE = 72
_AXIS = (np.arange(_SIDE) + 0.5) * 2 * _REACH / _SIDE - _REACH
_PLACES = np.stack(np.meshgrid(_AXIS, _AXIS, indexing="ij"), axis=-1).reshape(-1, 2)
_EACH = 25
CLASSES: NDArray[np.intp] = np.repeat(np.arange(3), _EACH)
_TURN = np.radians(35.0)
_APART, _NARROW = 0.75, 0.18
"""Of the classes' middles, and of each class across the direction that says nothing."""
_REGION = 70
"""Opacity of a region, of 255."""
_ACCURACY = tr("Share of points whose class the majority of their k nearest names.")
_VOTE = tr("What the majority of its k nearest says; lines lead to them.")


@dataclass(frozen=True, eq=False)
class Learned:
    """What k-NN makes of the points by one distance."""

    distance: Distance
    regions: NDArray[np.intp]
    """Class of each place [S, S], first axis along the 1st value"""
    accuracy: float
    """Share of points that the others name rightly"""


def points(useless: float) -> Floats:
    """Points [N, 2] of `CLASSES`, side by side along one direction and spread along the other by `useless`."""
    drawn = np.random.default_rng(8).standard_normal((len(CLASSES), 2)).clip(-2.0, 2.0)
    along = _APART * (CLASSES - 1) + _NARROW * drawn[:, 0]
    turn = np.array([[np.cos(_TURN), np.sin(_TURN)], [-np.sin(_TURN), np.cos(_TURN)]])
    return np.asarray(np.column_stack([along, useless * drawn[:, 1]]) @ turn)


def neighbours(queries: Floats, found: Floats, distance: Distance, k: int) -> torch.Tensor:
    """Rows of the k points [N, 2] that are nearest to each query [Q, 2], int64 [Q, k]."""
    seen, among = (distance.transform(torch.from_numpy(each)) for each in (queries, found))
    return nearest(seen, among, k)


def learn(useless: float, k: int, name: FittedDistance) -> tuple[Learned, Learned]:
    """k-NN by the Euclidean distance, and by the one that is fitted to the points."""
    found = points(useless)
    before, after = (_judged(found, distance, k) for distance in (EUCLIDEAN, fit_distance(name, found, CLASSES)))
    return before, after


def _judged(found: Floats, distance: Distance, k: int) -> Learned:
    voters = torch.from_numpy(CLASSES)[neighbours(_PLACES, found, distance, k)]
    accuracy = knn_accuracy(found, CLASSES, distance, ks=[k])[k]
    return Learned(distance, majority(voters).numpy().reshape(_SIDE, _SIDE), accuracy)


class LinearMetricPicture(Picture):
    """Regions of k-NN by the Euclidean distance and by a learned one."""

    place = 50
    title = tr("Learning a linear metric")
    sentence = tr(
        "Raise the spread in the useless direction: the Euclidean regions fray, while the learned metric hardly "
        "looks in that direction and keeps them apart; drag the query to see who votes."
    )

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.query = np.array([[0.9, 1.2]])
        self.learned: tuple[Learned, Learned] | None = None
        self._asked: tuple[float, int, str] | None = None
        self._behind = Behind(self)
        choices = (
            Choice("mahalanobis", tr("Mahalanobis"), tr("Divides by the spread within the classes.")),
            Choice("nca", tr("NCA"), tr("Goes on from there, until neighbours are of one class as often as can be.")),
        )
        self.choice = ChoiceField(
            tr("learned metric"), choices, tr("How the metric at the right is learned."), key="learned_metric"
        )
        self.choice.setMinimumContentsLength(12)
        self.choice.edited.connect(self.refresh)
        handle, grey = [Handle(tr("query"), QColor("#7f7f7f"))], curve_pen(QColor("#7f7f7f"), width=1.5)
        self.planes = [Plane(name, handle, _HALF) for name in (tr("before: Euclidean"), tr("after: learned"))]
        self._regions = [plane.add(pg.ImageItem()) for plane in self.planes]
        self._links = [plane.add(Lines(grey)) for plane in self.planes]
        self._clouds = [plane.add(Cloud()) for plane in self.planes]
        self._figures = [
            Figures(
                (
                    Figure("accuracy", tr("k-NN accuracy"), _ACCURACY, "100.0 %"),
                    Figure("query", tr("query's class"), _VOTE, tr("class {}").format(1)),
                )
            )
            for _ in self.planes
        ]
        for plane, below in zip(self.planes, (self._figures[0], row(self._figures[1], self.choice)), strict=True):
            plane.note.set_lines(plane.accessibleName())
            plane.moved.connect(self._move)
            self.add_plot(plane, below)
        self.add_sliders(
            setting(
                "useless",
                tr("useless spread"),
                (0.2, 1.5),
                1.0,
                tr("How far points spread in the direction that says nothing of the class."),
            ),
            setting("k", tr("k"), (1, 15), 5.0, tr("How many nearest neighbours vote."), 0),
        )
        self.refresh()

    def refresh(self) -> None:
        """Draw what is known, and have the metric learned anew where the settings are others."""
        wish = (self.setting("useless"), int(self.setting("k")), self.choice.value())
        if wish != self._asked:
            self._asked = wish
            self._behind.do(partial(learn, *wish), self._take)
        self._draw()

    def _take(self, learned: tuple[Learned, Learned]) -> None:
        self.learned = learned
        self._draw()

    def _draw(self) -> None:
        found = points(self.setting("useless"))
        for place, plane in enumerate(self.planes):
            self._clouds[place].show_points(found, CLASSES, plane.ink(0.0))
            plane.put(self.query)
            if self.learned is not None:
                self._draw_learned(place, self.learned[place], found)

    def _draw_learned(self, place: int, learned: Learned, found: Floats) -> None:
        self._regions[place].setImage(_coloured(learned.regions))
        self._regions[place].setRect(QRectF(-_REACH, -_REACH, 2 * _REACH, 2 * _REACH))
        rows = neighbours(self.query, found, learned.distance, int(self.setting("k")))
        self._links[place].show_lines(np.repeat(self.query, rows.shape[1], axis=0), found[rows[0].numpy()])
        voted = int(majority(torch.from_numpy(CLASSES)[rows])[0])
        self._figures[place].show_values(
            {"accuracy": formats.rate(learned.accuracy), "query": tr("class {}").format(voted + 1)}
        )

    def _move(self, _index: int, x: float, y: float) -> None:
        self.query = np.array([[x, y]])
        self._draw()


def _coloured(regions: NDArray[np.intp]) -> NDArray[np.uint8]:
    """RGBA [S, S, 4] of the classes of places [S, S]."""
    colours = [theme.class_style(index).colour for index in range(3)]
    table = np.array([(colour.red(), colour.green(), colour.blue(), _REGION) for colour in colours], np.uint8)
    return table[regions]
