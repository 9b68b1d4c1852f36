"""The plot of the map: a projection as points without axes."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

from explorer import formats
from explorer.theme import GENUINE, IMPOSTOR, UNIT
from explorer.translation import tr
from explorer.widgets.contour_lines import ContourLine, ContourLines
from explorer.widgets.place_names import PlaceNames
from explorer.widgets.plot import Plot, curve_pen
from explorer.widgets.plot_export import Table
from explorer.widgets.point_cloud import PointCloud
from explorer.widgets.point_pictures import PointPictures

Method = Literal["pca", "umap", "tsne"]
_MARGIN = 0.06
_REACH = (-1 - _MARGIN, 1 + _MARGIN)
"""Range shown; the layout fills -1 to 1."""


@dataclass(frozen=True, eq=False)
class Frame:
    """The square part of a projection's plane that fills the view."""

    centre: NDArray[np.float32]
    """[2]"""
    half: float
    """Of its side."""

    def placed(self, xy: NDArray[np.float32]) -> NDArray[np.float32]:
        """Places [N, 2] of the plane in the view, where the frame is -1 to 1."""
        moved: NDArray[np.float32] = (xy - self.centre) / np.float32(self.half)
        return moved


@dataclass(frozen=True, eq=False)
class MapView:
    """A projection of the probe set, and what it is of."""

    xy: NDArray[np.float32]
    """[N, 2], y upwards, in any unit"""
    labels: NDArray[np.int64]
    """[N], positions in `class_names`"""
    sample_ids: NDArray[np.int64]
    """[N], positions in the decoded data set, each once"""
    held_out: NDArray[np.bool_]
    """[N], False for images the model is trained on"""
    class_names: tuple[str, ...]
    method: Method
    step: int
    """The model's step at which the images were embedded."""
    provenance: str
    """What else the picture is of, such as 'open set'."""
    predicted: NDArray[np.int64] | None = None
    """[N], positions in `class_names` of the classes that the model takes the images for; None where not known."""
    sample_names: tuple[str, ...] = ()
    """Ids of the images by their positions in the decoded data set; without them an image is named by its position."""
    frame: Frame | None = None
    """What fills the view; None: all points. Looks at one run share one, or an outlier in one would move all others."""

    @property
    def placed(self) -> NDArray[np.float32]:
        """[N, 2], where the points are drawn."""
        return (self.frame or frame_of(self.xy)).placed(self.xy)

    def name_of(self, index: int) -> str:
        """What the image of a point is called."""
        position = int(self.sample_ids[index])
        return (
            self.sample_names[position]
            if self.sample_names
            else tr("image {position}").format(position=formats.count(position))
        )

    def class_of(self, index: int) -> str:
        """Name of a point's class."""
        return self.class_names[int(self.labels[index])]

    def part_of(self, index: int) -> str:
        """Which part of the data a point belongs to."""
        return "held-out" if self.held_out[index] else "training"


class MapPlot(Plot):
    """The points of one projection, both axes on one scale."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("map of embeddings"), parent)
        self.cloud = PointCloud()
        self._trails = pg.PlotCurveItem(connect="finite")
        """Ways of the selected points from look to look."""
        self._projection: MapView | None = None
        self._cut: list[list[float]] | None = None
        """What is seen of the plane since a lower plot took a part of the whole frame away."""
        self.left.hide()
        self.bottom.hide()
        self.centralWidget.layout().setContentsMargins(0, 0, 0, 0)  # there is no axis to leave room for
        self.view.setAspectLocked(True)
        self.view.addItem(self.cloud)
        self._contours = ContourLines()
        self.view.addItem(self._contours, ignoreBounds=True)
        self._links = {same: pg.PlotCurveItem(connect="pairs") for same in (True, False)}
        """Lines from a point to its neighbours, to those of its class and to others."""
        for same, curve in self._links.items():
            curve.setPen(curve_pen(GENUINE) if same else curve_pen(IMPOSTOR, Qt.PenStyle.DashLine))
            self.view.addItem(curve, ignoreBounds=True)
        self.view.addItem(self._trails, ignoreBounds=True)
        self.pictures = PointPictures(self.cloud, _REACH[1] - _REACH[0])
        self.view.addItem(self.pictures, ignoreBounds=True)
        self._guest, self._guest_text = pg.ScatterPlotItem(symbol="star", size=20), pg.TextItem(anchor=(0.5, 1.6))
        for item in (self._guest, self._guest_text):
            item.setZValue(30)
            self.view.addItem(item, ignoreBounds=True)
        self.show_guest(None, "")
        self._xy = np.empty((0, 2), np.float32)
        """Of the projection, as it is drawn."""
        self._names = PlaceNames()
        self._names.setVisible(False)
        self.view.addItem(self._names, ignoreBounds=True)
        self.set_home(_REACH, _REACH)
        self.setMinimumSize(20 * UNIT, 16 * UNIT)

    def show_projection(self, projection: MapView, *, as_is: bool = False) -> None:
        """Draw another projection in its frame, or as it is where several are in the same coordinates.

        What a user has zoomed to stays, and within one layout everything, so that points move only where the layout
        does; of another one the whole frame is seen where only the height of the plot has taken some of it away.
        """
        before, self._projection = self._projection, projection
        labels, ids = projection.labels, projection.sample_ids
        xy = projection.xy if as_is else projection.placed
        self._home = (_reach(xy), _reach(xy))
        self.cloud.set_points(xy, labels, ids, ~projection.held_out)
        self.pictures.set_points(ids)
        self._xy = xy
        self._place_names()
        if before is not None and before.xy is not projection.xy and self.view.viewRange() == self._cut:
            self.view.setRange(xRange=_REACH, yRange=_REACH, padding=0)

    def show_contours(self, lines: Sequence[ContourLine]) -> None:
        """Draw lines of equal density, in coordinates of `MapView.placed`; none: none."""
        self._contours.set_lines(lines)

    def set_names_shown(self, shown: bool) -> None:
        """Write the names of the classes over their points, or not."""
        self._names.setVisible(shown)
        self._place_names()

    def _place_names(self) -> None:
        """Put the names where they stand now; where nobody sees them, that would be half of the work of a redraw."""
        if self._projection is not None and self._names.isVisible():
            self._names.set_names(_centres(self._projection, self._xy))

    @contextmanager
    def held_still(self, place: QPointF | None) -> Iterator[None]:
        """Keep the points where they are on the screen while the plot's height changes at its lower edge.

        Parameters
        ----------
        place
            What must not go out of sight with it; for this alone, and as little as needed, the points move. None:
            nothing.
        """
        (left, right), (bottom, top) = seen = self.view.viewRange()
        was_whole = seen == self._cut or (bottom <= _REACH[0] and top >= _REACH[1])
        height, before = self.view.height(), self.height()
        yield
        gained = self.height() - before
        if not gained or height <= 0:
            return
        shift = 0.0
        scale = (top - bottom) / height
        lowest = bottom - gained * scale
        margin = 2 * UNIT * scale
        if place is not None and bottom <= place.y() < lowest + margin:
            shift = lowest + margin - place.y()
        self.view.setRange(xRange=(left, right), yRange=(lowest - shift, top - shift), padding=0)
        self._cut = self.view.viewRange() if was_whole else None

    def show_links(self, start: QPointF | None, others: Mapping[int, bool]) -> None:
        """Draw lines from a place to the points of samples, with whether they are of its class; None: none."""
        for same, curve in self._links.items():
            ends = [self.place_of_sample(sample) for sample, is_same in others.items() if is_same is same]
            places = [place for end in ends if start is not None and end is not None for place in (start, end)]
            curve.setData([place.x() for place in places], [place.y() for place in places])

    def place_of_sample(self, sample_id: int) -> QPointF | None:
        """Where the point of a sample will stand, in axis coordinates; None where it is not on the map."""
        shown = self._projection
        rows = np.empty(0, np.intp) if shown is None else np.flatnonzero(shown.sample_ids == sample_id)
        return self.cloud.target(int(rows[0])) if len(rows) else None

    def show_guest(self, place: QPointF | None, caption: str) -> None:
        """Mark the place of an image that is none of the points; None takes the mark away."""
        self._guest.setVisible(place is not None)
        self._guest_text.setVisible(place is not None)
        if place is not None:
            self._guest.setData([place.x()], [place.y()])
            self._guest.setPen(curve_pen(self.ink(1.0)))
            self._guest.setBrush(self.ink(0.0))
            self._guest_text.setText(caption)
            self._guest_text.setColor(self.ink(1.0))
            self._guest_text.setPos(place)

    def show_trails(self, trails: Sequence[NDArray[np.float32]]) -> None:
        """Draw the ways [T, 2] that some points have come, in coordinates of `MapView.placed`; none: none."""
        gap = np.full((1, 2), np.nan, np.float32)
        joined = np.concatenate([gap, *(part for trail in trails for part in (trail, gap))])
        self._trails.setPen(curve_pen(self.ink(0.55), width=1.5))
        self._trails.setData(joined[:, 0], joined[:, 1])

    def place_of(self, index: int) -> QPoint:
        """Where a point is drawn, in pixels of the plot."""
        place: QPoint = self.mapFromScene(self.cloud.mapToScene(self.cloud.position(index)))
        return place

    def table(self) -> Table:
        """Every point with what it stands for, in the units of the projection, for export."""
        header = ("image", "class", "part", "x", "y")
        shown = self._projection
        if shown is None:
            return Table(header, ())
        places = enumerate(shown.xy.tolist())
        return Table(header, [(shown.name_of(i), shown.class_of(i), shown.part_of(i), x, y) for i, (x, y) in places])

    def end_press(self) -> None:
        """Tell the scene that the button is up, which it does not learn when a drag has taken the release."""
        viewport = self.viewport()
        place = QPointF(-1, -1)
        release = QMouseEvent(
            QEvent.Type.MouseButtonRelease,
            place,
            viewport.mapToGlobal(place),
            Qt.MouseButton.LeftButton,
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
        )
        QApplication.sendEvent(viewport, release)


def _centres(projection: MapView, xy: NDArray[np.float32]) -> list[tuple[str, QPointF]]:
    """Each class with the point in its middle, largest class first.

    In the middle is the point nearest to the median of its class: the median itself may lie between two clusters.
    """
    order = np.argsort(projection.labels, kind="stable")
    classes, starts = np.unique(projection.labels[order], return_index=True)
    members = np.split(order, starts[1:])
    found = []
    for index, rows in sorted(zip(classes.tolist(), members, strict=True), key=lambda each: -len(each[1])):
        places = xy[rows][np.isfinite(xy[rows]).all(axis=1)]
        if len(places):
            away = np.abs(places - np.median(places, axis=0)).sum(axis=1)
            middle = places[int(away.argmin())]
            found.append((projection.class_names[index], QPointF(float(middle[0]), float(middle[1]))))
    return found


def _reach(xy: NDArray[np.float32]) -> tuple[float, float]:
    """Range of either axis that shows the frame, and the points that reach out of it."""
    furthest = float(np.abs(xy).max(initial=1.0, where=np.isfinite(xy))) + _MARGIN
    return -furthest, furthest


def frame_of(xy: NDArray[np.float32]) -> Frame:
    """The frame that just holds all points [N, 2]."""
    known = xy[np.isfinite(xy).all(axis=1)]
    if not len(known):
        return Frame(np.zeros(2, np.float32), 1.0)
    low, high = known.min(axis=0), known.max(axis=0)
    return Frame((low + high) / 2, float((high - low).max()) / 2 or 1.0)


def fitted(xy: NDArray[np.float32]) -> NDArray[np.float32]:
    """The layout moved and scaled into -1 to 1."""
    return frame_of(xy).placed(xy)
