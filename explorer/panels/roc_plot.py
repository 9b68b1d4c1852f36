"""The ROC curve with the operating point on it."""

import math

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QWidget

from core.evaluation.curve import OperatingPoint, RocPoints, VerificationCurve
from explorer import formats
from explorer.widgets.plot import Plot, curve_pen
from explorer.widgets.plot_export import Table

_REACH = 16
"""Pixels from the curve within which a click means the curve."""
_RATES = (-0.05, 1.05)
"""What 'fit' shows of a linear rate axis."""
_TPR = (-0.05, 1.12)
"""The same of the TPR: in a low plot, the circle of a point near 100 % must not be cut."""


class _Handle(pg.TargetItem):  # type: ignore[misc] # pyqtgraph has no types
    """The circle at the operating point: says where it is dragged to and leaves the moving to others."""

    dragged = Signal(QPointF)
    """Where the pointer is, in axis coordinates."""

    def mouseDragEvent(self, event: object) -> None:
        if event.button() == Qt.MouseButton.LeftButton:  # type: ignore[attr-defined]
            event.accept()  # type: ignore[attr-defined]
            self.dragged.emit(self.mapToView(event.pos()))  # type: ignore[attr-defined]


class RocPlot(Plot):
    """TPR over FPR; on the logarithmic axis points with FPR 0 lie on the left edge."""

    threshold_dragged = Signal(float)
    """The user dragged the operating point along the curve, or clicked another place of it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("ROC curve", parent)
        self._points: RocPoints | None = None
        self._eer: OperatingPoint | None = None
        self._point: OperatingPoint | None = None
        self._smallest = 1e-3
        self._is_log = True
        self._line, self._diagonal = pg.PlotCurveItem(), pg.PlotCurveItem()
        self._eer_mark = pg.ScatterPlotItem(symbol="d", size=10)
        self._eer_text = pg.TextItem("EER", anchor=(-0.2, 0.3))
        self._handle = _Handle(size=13, symbol="o")
        for item in (self._diagonal, self._line, self._eer_mark, self._eer_text, self._handle):
            self.view.addItem(item, ignoreBounds=True)
        self._handle.setZValue(20)
        self._handle.setCursor(Qt.CursorShape.PointingHandCursor)
        self._handle.dragged.connect(lambda place: self.threshold_dragged.emit(self._nearest(place)[0]))
        self.clicked.connect(self._on_pressed)
        self.hovered.connect(self._on_hovered)
        self.recoloured.connect(self._recolour)
        self.set_log(True)
        self._recolour()

    def show_curve(self, curve: VerificationCurve) -> None:
        """Draw another curve; the operating point follows by `show_point`."""
        self._points, self._eer = curve.roc(), curve.eer_point
        smallest = 0.5 / curve.impostor_pairs
        if smallest != self._smallest:
            self._smallest = smallest
            self.set_log(self._is_log)
        self._draw()

    def show_point(self, point: OperatingPoint) -> None:
        """Put the circle at an operating point."""
        self._point = point
        self._handle.setPos(float(self._x(point.fpr)), point.tpr)

    def set_log(self, log: bool) -> None:
        """Choose a logarithmic or a linear FPR axis, and show all of it."""
        self._is_log = log
        self.set_axes("false positive rate (FPR)", "TPR", log_x=log, percent_x=True, percent_y=True)
        self.set_home(x=(math.log10(self._smallest) - 0.05, 0.05) if log else _RATES, y=_TPR)
        self._draw()

    def table(self) -> Table:
        """The curve's points with their thresholds, for export."""
        columns = () if self._points is None else (column.tolist() for column in self._points)
        return Table(("threshold", "FPR", "TPR"), zip(*columns, strict=True))

    def _recolour(self) -> None:
        line, accent = self.ink(0.85), self.palette().color(QPalette.ColorRole.Highlight)
        self._line.setPen(curve_pen(line))
        self._diagonal.setPen(curve_pen(self.ink(0.4), Qt.PenStyle.DotLine, 1))
        self._eer_mark.setPen(curve_pen(line, width=1.5))
        self._eer_mark.setBrush(self.ink(0.0))
        self._eer_text.setColor(self.ink(0.75))
        self._handle.setPen(curve_pen(line))
        self._handle.setBrush(accent)
        self._handle.setHoverPen(curve_pen(self.ink(1.0), width=4))
        self._handle.setHoverBrush(accent)

    def _x(self, fpr: NDArray[np.float64] | float) -> NDArray[np.float64]:
        """Axis coordinates of rates; in a logarithmic axis 0 lies at half an impostor pair."""
        return np.log10(np.maximum(fpr, self._smallest)) if self._is_log else np.asarray(fpr)

    def _draw(self) -> None:
        shares = np.geomspace(self._smallest, 1.0, 100)
        self._diagonal.setData(self._x(shares), shares)
        if self._points is None or self._eer is None:
            return
        self._line.setData(self._x(self._points.fpr), self._points.tpr)
        eer = float(self._x(self._eer.fpr)), self._eer.tpr
        self._eer_mark.setData([eer[0]], [eer[1]])
        self._eer_text.setPos(*eer)
        if self._point is not None:
            self.show_point(self._point)

    def _nearest(self, place: QPointF) -> tuple[float, float]:
        """Threshold of the drawn point nearest to a place in axis coordinates, and how many pixels it is away."""
        if self._points is None:
            return math.nan, math.inf
        width, height = self.view.viewPixelSize()
        across = (self._x(self._points.fpr) - place.x()) / width
        up = (self._points.tpr - place.y()) / height
        away = np.hypot(across, up)
        nearest = 1 + int(away[1:].argmin())  # the first point accepts nothing and has no distance
        return float(self._points.thresholds[nearest]), float(away[nearest])

    def _on_pressed(self, position: QPointF) -> None:
        threshold, away = self._nearest(self.view.mapSceneToView(position))
        if away <= _REACH:
            self.threshold_dragged.emit(threshold)

    def _on_hovered(self, fpr: float, _tpr: float) -> None:
        if self._points is None:
            return
        place = int(np.searchsorted(self._points.fpr, fpr, side="right")) - 1
        if place < 0 or fpr > 1.0:
            self.hide_readout()
            return
        lines = (
            f"FPR       {formats.rate(float(self._points.fpr[place]))}",
            f"TPR       {formats.rate(float(self._points.tpr[place]))}",
            f"threshold {formats.distance(float(self._points.thresholds[place]))}",
        )
        self.show_readout(fpr, "\n".join(lines))
