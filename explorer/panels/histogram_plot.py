"""Distances of genuine and of impostor pairs, and the threshold between them."""

import math

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QMouseEvent
from PySide6.QtWidgets import QWidget

from core.evaluation.curve import DistanceHistogram, VerificationCurve
from core.evaluation.curve_figures import CurveFigures
from core.evaluation.intervals import Confidence
from explorer import formats, theme
from explorer.panels.distance_field import DISTANCE_LABELS
from explorer.panels.pairs_wish import PairsWish
from explorer.translation import tr
from explorer.widgets.plot import Plot, curve_pen
from explorer.widgets.plot_export import Table
from explorer.widgets.plot_legend import PlotLegend

_BINS = 80
_LEGEND_FROM = 0.6
"""Share of the width from which on the legend may lie over a curve."""
_BESIDE = 12
"""Pixels by which the name of the axis may be longer than the axis, at both ends."""
_FILL = 0.3
"""Opacity of the bars, and"""
_EDGE = 0.6
"""of their edges."""
_NAMES = {"genuine": tr("genuine"), "impostor": tr("impostor")}
_PENS = {"genuine": curve_pen(theme.GENUINE), "impostor": curve_pen(theme.IMPOSTOR, Qt.PenStyle.DashLine)}


class HistogramPlot(Plot):
    """Both histograms with an area of 1, and their densities over them: genuine solid, impostor dashed."""

    threshold_dragged = Signal(float)
    """The user dragged the threshold line."""
    pairs_requested = Signal(object)
    """PairsWish: the user clicked a bar, and wants to see the pairs in it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("distance histograms"), parent)
        self._counts: DistanceHistogram | None = None
        self._distance = ""
        self._separation: tuple[str, ...] = ()
        """What may follow the distance's name, the most precise first."""
        self._start, self._end = 0.0, 1.0
        self._bars = {name: _bars(pen.color()) for name, pen in _PENS.items()}
        self._densities = {name: pg.PlotCurveItem(pen=pen) for name, pen in _PENS.items()}
        for curve in (*self._bars.values(), *self._densities.values()):
            self.view.addItem(curve)
        self._legend = PlotLegend(self.view, [(_NAMES[name], pen) for name, pen in _PENS.items()])
        self._line = self.add_line(0.0, movable=True)
        self._line.sigDragged.connect(self._on_dragged)
        self.hovered.connect(self._on_hovered)
        self.clicked.connect(self._on_pressed)
        self.view.sigResized.connect(self._name_axis)
        self.set_distance(DISTANCE_LABELS["cosine"])
        self.recoloured.connect(self._recolour)
        self._recolour()

    def set_distance(self, name: str) -> None:
        """Name the distance on the axis; how far the two kinds are apart by it follows with a curve."""
        self._distance, self._separation = name, ()
        self.set_axes(tr("distance ({name})").format(name=name), tr("density"))

    def show_curve(self, curve: VerificationCurve, end: float) -> None:
        """Draw the distances of a curve over an axis from 0 to `end`."""
        self._counts = curve.histogram(_BINS)
        for name, item in self._bars.items():
            item.setData(self._counts.edges, self._density(name), stepMode="center")
        self._start, self._end = min(0.0, float(self._counts.edges[0])), end
        self.show_figures(None, None)
        self.set_home(x=(self._start, end), y=self._headroom())

    def show_figures(self, figures: CurveFigures | None, confidence: Confidence | None) -> None:
        """Draw the densities over the bars, and say how far the two kinds are apart; as far as that is known."""
        for name, item in self._densities.items():
            found = None if figures is None else figures.densities
            item.setData(*(([], []) if found is None else (found.distances, getattr(found, name))))
        self._separation = _separation(figures, confidence)
        self._name_axis()

    def show_threshold(self, threshold: float) -> None:
        """Put the line at a threshold; -inf is the left end."""
        self._line.setValue(max(threshold, self._start))

    def table(self) -> Table:
        """Edges and pairs of every bin, for export."""
        header = ("distance from", "distance to", "genuine pairs", "impostor pairs")
        if self._counts is None:
            return Table(header, ())
        edges, genuine, impostor = (column.tolist() for column in self._counts)
        return Table(header, zip(edges[:-1], edges[1:], genuine, impostor, strict=True))

    def _name_axis(self) -> None:
        """Name the distance, and say how far the two kinds are apart by it, as precisely as there is room."""
        name = tr("distance ({distance})").format(distance=self._distance)
        room = self.view.width() + 2 * _BESIDE
        metrics = QFontMetricsF(self.bottom.label.font())
        fitting = (words for words in self._separation if metrics.horizontalAdvance(name + words) <= room)
        self.bottom.setLabel(name + next(fitting, ""))
        self.bottom.resizeEvent()  # puts another name in the middle

    def _recolour(self) -> None:
        self._legend.set_theme(self.ink(0.75), self.ink(0.0), self.font())

    def _on_dragged(self, line: pg.InfiniteLine) -> None:
        self.threshold_dragged.emit(min(max(float(line.value()), self._start), self._end))

    def _density(self, name: str) -> NDArray[np.float64]:
        if self._counts is None:
            return np.empty(0)
        counts = self._counts.genuine if name == "genuine" else self._counts.impostor
        return np.asarray(counts / (counts.sum() * np.diff(self._counts.edges)))

    def _headroom(self) -> tuple[float, float] | None:
        """A range of the density that leaves the legend its place above the curves, where they would reach into it."""
        if self._counts is None:
            return None
        free = max(0.25, 1.0 - self._legend.boundingRect().bottom() / max(self.view.height(), 1.0))
        beside = self._counts.edges[1:] > self._start + _LEGEND_FROM * (self._end - self._start)
        densities = np.maximum(self._density("genuine"), self._density("impostor"))
        peak, near = float(densities.max()), float(densities[beside].max(initial=0.0))
        bottom = -0.05 * peak
        top = bottom + (1.05 * near - bottom) / free
        return (bottom, top) if top > 1.05 * peak else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show a hand where a click means a bar."""
        super().mouseMoveEvent(event)
        if event.buttons() == Qt.MouseButton.NoButton:
            on_bar = bool(self._kinds_at(self.view.mapSceneToView(self.mapToScene(event.position().toPoint()))))
            self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if on_bar else Qt.CursorShape.ArrowCursor)

    def _bar_at(self, distance: float) -> int | None:
        """Which bin a distance lies in; None for one beyond the ends."""
        if self._counts is None:
            return None
        place = int(np.searchsorted(self._counts.edges, distance, side="right")) - 1
        return place if 0 <= place < len(self._counts.edges) - 1 else None

    def _kinds_at(self, point: QPointF) -> tuple[str, ...]:
        """The kinds whose bars a place lies on."""
        bar = self._bar_at(point.x())
        return () if bar is None else tuple(name for name in _PENS if 0 < point.y() <= self._density(name)[bar])

    def _on_pressed(self, position: QPointF) -> None:
        point = self.view.mapSceneToView(position)
        bar, kinds = self._bar_at(point.x()), self._kinds_at(point)
        if self._counts is None or bar is None or not kinds:
            return
        low, high = float(self._counts.edges[bar]), float(self._counts.edges[bar + 1])
        is_last = bar == len(self._counts.genuine) - 1
        who = tr("{capitalize} pairs").format(capitalize=kinds[0].capitalize()) if len(kinds) == 1 else tr("Pairs")
        self.pairs_requested.emit(
            PairsWish(
                genuine=None if len(kinds) > 1 else kinds[0] == "genuine",
                low=math.nextafter(low, -math.inf),  # a bin holds its left edge, and only the last its right one
                high=high if is_last else math.nextafter(high, -math.inf),
                nearest=min(max(float(self._line.value()), low), high),
                title=tr("{who} from {low} to {high}").format(
                    who=who, low=formats.distance(low), high=formats.distance(high)
                ),
            )
        )

    def _on_hovered(self, distance: float, _density: float) -> None:
        bar = self._bar_at(distance)
        if self._counts is None or bar is None:
            self.hide_readout()
            return
        edges = self._counts.edges
        lines = (
            tr("distance {edges} to {edges_2}").format(
                edges=formats.distance(float(edges[bar])), edges_2=formats.distance(float(edges[bar + 1]))
            ),
            tr("genuine  {genuine} pairs").format(genuine=formats.count(int(self._counts.genuine[bar]))),
            tr("impostor {impostor} pairs").format(impostor=formats.count(int(self._counts.impostor[bar]))),
            tr("click a bar to see them"),
        )
        self.show_readout(distance, "\n".join(lines))


def _bars(colour: QColor) -> pg.PlotCurveItem:
    edge, fill = QColor(colour), QColor(colour)
    edge.setAlphaF(_EDGE)
    fill.setAlphaF(_FILL)
    return pg.PlotCurveItem(pen=curve_pen(edge, width=1), brush=fill, fillLevel=0.0)


def _separation(figures: CurveFigures | None, confidence: Confidence | None) -> tuple[str, ...]:
    """How far both kinds are apart, in words: with its interval where that is known, and without."""
    if figures is None or figures.d_prime is None:
        return ()
    plain = f" · d′ {figures.d_prime:.2f}"
    interval = None if confidence is None else confidence.figures.get("d_prime")
    return (plain,) if interval is None else (f"{plain} {formats.interval(*interval, 2)}", plain)
