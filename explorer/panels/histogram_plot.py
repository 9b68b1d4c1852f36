"""Distances of genuine and of impostor pairs, and the threshold between them."""

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from core.evaluation.curve import DistanceHistogram, VerificationCurve
from explorer import formats, theme
from explorer.widgets.plot import Plot, curve_pen
from explorer.widgets.plot_export import Table
from explorer.widgets.plot_legend import PlotLegend

_BINS = 80
_LEGEND_FROM = 0.6
"""Share of the width from which on the legend may lie over a curve."""
_PENS = {"genuine": curve_pen(theme.GENUINE), "impostor": curve_pen(theme.IMPOSTOR, Qt.PenStyle.DashLine)}


class HistogramPlot(Plot):
    """Both histograms with an area of 1: genuine filled under a solid line, impostor below a dashed line."""

    threshold_dragged = Signal(float)
    """The user dragged the threshold line."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("distance histograms", parent)
        self._counts: DistanceHistogram | None = None
        self._start, self._end = 0.0, 1.0
        self._curves_of = {name: pg.PlotCurveItem(pen=pen) for name, pen in _PENS.items()}
        fill = QColor(theme.GENUINE)
        fill.setAlphaF(0.35)
        self._curves_of["genuine"].setBrush(fill)
        self._curves_of["genuine"].setFillLevel(0.0)
        for curve in self._curves_of.values():
            self.view.addItem(curve)
        self._legend = PlotLegend(self.view, list(_PENS.items()))
        self._line = self.add_line(0.0, movable=True)
        self._line.sigDragged.connect(self._on_dragged)
        self.hovered.connect(self._on_hovered)
        self.set_distance("cosine")
        self.recoloured.connect(self._recolour)
        self._recolour()

    def set_distance(self, name: str) -> None:
        """Name the distance on the axis."""
        self.set_axes(f"distance ({name})", "density")

    def show_curve(self, curve: VerificationCurve, end: float) -> None:
        """Draw the distances of a curve over an axis from 0 to `end`."""
        self._counts = curve.histogram(_BINS)
        for name, item in self._curves_of.items():
            item.setData(self._counts.edges, self._density(name), stepMode="center")
        self._start, self._end = min(0.0, float(self._counts.edges[0])), end
        self.set_home(x=(self._start, end), y=self._headroom())

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

    def _on_hovered(self, distance: float, _density: float) -> None:
        if self._counts is None:
            return
        edges = self._counts.edges
        place = int(np.searchsorted(edges, distance, side="right")) - 1
        if not 0 <= place < len(edges) - 1:
            self.hide_readout()
            return
        lines = (
            f"distance {formats.distance(float(edges[place]))} to {formats.distance(float(edges[place + 1]))}",
            f"genuine  {formats.count(int(self._counts.genuine[place]))} pairs",
            f"impostor {formats.count(int(self._counts.impostor[place]))} pairs",
        )
        self.show_readout(distance, "\n".join(lines))
