"""Two maps side by side, moved and zoomed together, or one over the other with lines between the places."""

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from pyqtgraph.GraphicsScene.mouseEvents import HoverEvent, MouseClickEvent, MouseDragEvent
from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QFontMetrics, QImage, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from explorer.panels.map_compact_key import CompactKey
from explorer.panels.map_compare_colours import ComparedColours
from explorer.panels.map_compare_rows import MapPair
from explorer.panels.map_hover import MapHover
from explorer.panels.map_plot import MapPlot, MapView
from explorer.panels.map_selecting import MapSelecting
from explorer.theme import UNIT
from explorer.translation import tr
from explorer.widgets.enclosing import Tool
from explorer.widgets.plot import curve_pen
from explorer.widgets.point_cloud import PointCloud

MOST_LINES = 30
"""Points whose way is drawn where none is selected: the most changed ones."""
_MOST_SELECTED = 500
"""Selected points beyond which lines would be a tangle."""
_FAINT = 0.4


class ComparedPlots(QWidget):
    """The other look at the left, the one on the map at the right; over one another at the right alone."""

    selection_changed = Signal(tuple)
    """The user has selected the points of these samples on one of the maps."""
    hover_requested = Signal(int)
    """The mouse stands over the point of this sample; answer with `show_hover_image`."""
    pictures_needed = Signal(tuple)
    """The maps are zoomed in on these samples; answer with `set_picture`. A former wish is void."""
    problem = Signal(str)
    """One sentence about an export that failed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pair: MapPair | None = None
        self._overlaid = False
        self._following = False
        self.other, self.shown = (
            ComparedMap(tr("map of the other look")),
            ComparedMap(tr("map of the look that is shown")),
        )
        self._sides = (self.other, self.shown)
        self._wanted: dict[ComparedMap, tuple[int, ...]] = {}
        """Pictures that a map waits for."""
        self._old = _OldPlaces()
        self._ways = pg.PlotCurveItem(connect="pairs")
        for item, depth in ((self._old, -1), (self._ways, 5)):
            item.setZValue(depth)
            item.hide()
            self.shown.plot.view.addItem(item, ignoreBounds=True)
        self.key = CompactKey()
        self.colours = ComparedColours(self.shown.plot.cloud, self.key, self.other.plot.cloud, self._old)
        maps = QHBoxLayout()
        maps.setSpacing(UNIT)
        for side in self._sides:
            maps.addWidget(side, 1)
            self._connect(side)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(UNIT // 2)
        layout.addLayout(maps, 1)
        layout.addWidget(self.key)

    @property
    def hovers(self) -> tuple[MapHover, ...]:
        """What a mouse finds on each of them."""
        return tuple(side.hover for side in self._sides)

    def show_pair(self, pair: MapPair) -> None:
        """Show both looks, in their own coordinates, which are -1 to 1."""
        self._pair = pair
        self.other.show_view(pair.other, pair.other_name)
        self.shown.show_view(pair.shown, pair.shown_name)
        look = pair.other
        self.key.set_classes(pair.shown.class_names, pair.shown.labels)
        self._old.set_points(look.xy, look.labels, look.sample_ids, ~look.held_out)
        for cloud, view in ((self.other.plot.cloud, look), (self.shown.plot.cloud, pair.shown), (self._old, look)):
            self.colours.show(cloud, view)
        self._show_ways()
        self.fit()

    def clear(self) -> None:
        """Show neither."""
        self._pair = None
        for side in self._sides:
            side.clear()

    def set_overlaid(self, overlaid: bool) -> None:
        """Show the looks over one another, or side by side."""
        self._overlaid = overlaid
        self.other.setVisible(not overlaid)
        self._old.setVisible(overlaid)
        self._ways.setVisible(overlaid)
        self.shown.name_over(self._pair.other_name if overlaid and self._pair is not None else "")
        self._mark(-1)

    def set_selection(self, sample_ids: tuple[int, ...]) -> None:
        """Emphasise the points of these samples; emits nothing."""
        for side in self._sides:
            side.selecting.set_selection(sample_ids)
        self._show_ways()

    def set_tool(self, tool: Tool) -> None:
        """Choose what a drag does."""
        for side in self._sides:
            side.plot.cloud.set_tool(tool)

    def set_names_shown(self, shown: bool) -> None:
        """Write the names of the classes over their points, or not."""
        for side in self._sides:
            side.plot.set_names_shown(shown)

    def fit(self) -> None:
        """Show all points again."""
        self.shown.plot.fit()
        self.other.plot.fit()

    def show_hover_image(self, sample_id: int, image: QImage, caption: str) -> None:
        """Answer `hover_requested`; an answer that comes too late is dropped."""
        for side in self._sides:
            side.hover.show_image(sample_id, image, caption)

    def set_picture(self, sample_id: int, picture: QImage) -> None:
        """Give a sample that the maps are zoomed in on its picture, a null one where it cannot be read."""
        for side in self._sides:
            side.plot.pictures.set_picture(sample_id, picture)
            self._wanted[side] = tuple(each for each in self._wanted.get(side, ()) if each != sample_id)

    def stop_enclosing(self) -> bool:
        """Give up what is being enclosed; whether anything was."""
        stopped = [side.plot.cloud.stop_enclosing() for side in self._sides]  # on both
        return any(stopped)

    def finish_move(self) -> None:
        """Put all points to their places at once, and take the cards away."""
        for side in self._sides:
            side.plot.cloud.finish_move()
            side.hover.hide()

    def _connect(self, side: "ComparedMap") -> None:
        side.selecting.selected.connect(self._select)
        side.hover.hovered.connect(self._hover)
        side.plot.problem.connect(self.problem)
        side.plot.pictures.needed.connect(lambda sample_ids: self._want_pictures(side, sample_ids))
        side.plot.view.sigRangeChanged.connect(lambda *_: self._follow(side))
        side.plot.recoloured.connect(self._colour)

    def _follow(self, leader: "ComparedMap") -> None:
        """Show the same part on the other map."""
        if self._following or not leader.isVisible():
            return
        self._following = True
        follower = self.other if leader is self.shown else self.shown
        (left, right), (bottom, top) = leader.plot.view.viewRange()
        follower.plot.view.setRange(xRange=(left, right), yRange=(bottom, top), padding=0)
        self._following = False

    def _select(self, sample_ids: tuple[int, ...]) -> None:
        for side in self._sides:
            side.hover.hide()
        self.set_selection(sample_ids)
        self.selection_changed.emit(sample_ids)

    def _hover(self, sample_id: int) -> None:
        self._mark(sample_id)
        if sample_id >= 0:
            self.hover_requested.emit(sample_id)

    def _mark(self, sample_id: int) -> None:
        """Mark where an image stands in the other look."""
        over = self.shown if self.shown.hover.sample_id >= 0 else self.other
        twin = self.other if over is self.shown else self.shown
        place = twin.plot.place_of_sample(sample_id) if sample_id >= 0 else None
        for side in self._sides:
            side.mark(None)
        (self.shown if self._overlaid else twin).mark(place)

    def _want_pictures(self, side: "ComparedMap", sample_ids: tuple[int, ...]) -> None:
        """Ask for what both maps wait for, since the one wish would make that of the other void."""
        self._wanted[side] = sample_ids
        wanted = (sample for each in self._wanted.values() for sample in each)
        self.pictures_needed.emit(tuple(dict.fromkeys(wanted)))

    def _show_ways(self) -> None:
        pair = self._pair
        if pair is None:
            return
        rows = np.flatnonzero(np.isin(pair.sample_ids, np.array(self.shown.selecting.selection, np.int64)))
        selected = np.zeros(len(pair.sample_ids), np.bool_)
        selected[rows] = True
        self._old.set_selection(selected if len(rows) else None)
        if not len(rows):
            rows = pair.change.order()[:MOST_LINES]
        self._ways.setData(*_lines(pair.other.xy, pair.shown.xy, rows[:_MOST_SELECTED]))
        self._colour()

    def _colour(self) -> None:
        self._ways.setPen(curve_pen(self.shown.plot.ink(0.6), width=1.0))


class ComparedMap(QWidget):
    """One of the maps, with its name over it."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.plot = MapPlot()
        self.plot.setAccessibleName(name)
        self.plot.setObjectName(name.replace(" ", "_"))
        self.plot.setMinimumHeight(12 * UNIT)
        self.hover = MapHover(self.plot, self)
        self.selecting = MapSelecting(self.plot.cloud, self)
        self._name = self._over = ""
        self._twin = pg.ScatterPlotItem(symbol="o", size=2 * UNIT, brush=None)
        self._twin.setZValue(40)
        self.plot.view.addItem(self._twin, ignoreBounds=True)
        self._title = QLabel()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._title)
        layout.addWidget(self.plot, 1)

    def show_view(self, view: MapView, name: str) -> None:
        """Show a look under its name."""
        self._name = name
        self.plot.show_projection(view, as_is=True)
        self.selecting.show(view)
        self.hover.show(view)
        self.mark(None)
        self._tell_name()

    def clear(self) -> None:
        """Forget the look."""
        self.selecting.show(None)
        self.hover.show(None)
        self.plot.pictures.forget()

    def name_over(self, name: str) -> None:
        """Say which look is drawn faintly below this one; empty: none."""
        self._over = name
        self._tell_name()

    def mark(self, place: QPointF | None) -> None:
        """Mark where the image that the mouse is over in the other look stands; None takes the mark away."""
        self._twin.setPen(curve_pen(self.plot.ink(1.0)))
        self._twin.setData([] if place is None else [place.x()], [] if place is None else [place.y()])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Shorten the name where it must be."""
        super().resizeEvent(event)
        self._tell_name()

    def _tell_name(self) -> None:
        text = tr("{name} · faint: {over}").format(name=self._name, over=self._over) if self._over else self._name
        self._title.setToolTip(text)
        metrics = QFontMetrics(self._title.font())
        self._title.setText(metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, self.width()))


class _OldPlaces(PointCloud):
    """Faint points below others, which leave the mouse to these."""

    def __init__(self) -> None:
        super().__init__()
        self.setOpacity(_FAINT)

    def hoverEvent(self, event: HoverEvent) -> None:
        """Nothing happens."""

    def mouseClickEvent(self, event: MouseClickEvent) -> None:
        """Leave it to others."""
        event.ignore()

    def mouseDragEvent(self, event: MouseDragEvent) -> None:
        """Leave it to others."""
        event.ignore()


def _lines(
    start: NDArray[np.float32], end: NDArray[np.float32], rows: Sequence[int] | NDArray[np.int64]
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Both ends of the line of each row, one after the other, as x and y."""
    both = np.stack([start[rows], end[rows]], axis=1).reshape(-1, 2)
    return both[:, 0], both[:, 1]
