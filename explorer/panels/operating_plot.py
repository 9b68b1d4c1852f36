"""What ROC, DET and precision-recall have in common: a curve, its band, and the operating point on it."""

import math
from abc import abstractmethod
from typing import ClassVar

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainterPath, QPalette
from PySide6.QtWidgets import QGraphicsPathItem, QWidget

from core.evaluation.curve import ConfusionCounts, VerificationCurve
from core.evaluation.intervals import Band, Confidence
from explorer import formats
from explorer.panels.operating_choice import counts_near
from explorer.translation import tr
from explorer.widgets.plot import Plot, curve_pen
from explorer.widgets.plot_export import Table
from explorer.widgets.plot_note import PlotNote

Floats = NDArray[np.float64]

TOP_LEFT = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft
TOP_RIGHT = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight
BOTTOM_LEFT = Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft
BOTTOM_RIGHT = Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignRight

_REACH = 16
"""Pixels from the curve within which a click means the curve."""
_BAND_ALPHA = 0.25
_RIGHT_OF_IT, _LEFT_OF_IT = (-0.2, 0.3), (1.2, 0.7)
"""Anchors of a name beside a mark."""
_FAR_RIGHT = 0.85
"""Share of the x axis beyond which a name at the right of its mark would be cut."""
HIGH = (-0.05, 1.12)
"""What 'fit' shows of a linear axis of shares going up: in a low plot, the circle of a point near 100 % must not be
cut."""
WIDE = (-0.05, 1.05)
"""The same of one going right."""


class _Handle(pg.TargetItem):  # type: ignore[misc] # pyqtgraph has no types
    """The circle at the operating point: says where it is dragged to and leaves the moving to others."""

    dragged = Signal(QPointF)
    """Where the pointer is, in axis coordinates."""

    def mouseDragEvent(self, event: object) -> None:
        if event.button() == Qt.MouseButton.LeftButton:  # type: ignore[attr-defined]
            event.accept()  # type: ignore[attr-defined]
            self.dragged.emit(self.mapToView(event.pos()))  # type: ignore[attr-defined]


class OperatingPlot(Plot):
    """One view of a verification curve; a subclass says what its axes are."""

    threshold_dragged = Signal(float)
    """The user dragged the operating point along the curve, or clicked another place of it."""
    picked = Signal(float)
    """The user clicked the curve at this threshold: the pairs behind it are wanted."""
    columns: ClassVar[tuple[str, str]]
    """Names of both axes' figures in exported files."""
    title: ClassVar[str]
    """See `Plot`'s name."""
    corners: ClassVar[tuple[Qt.AlignmentFlag, Qt.AlignmentFlag]]
    """Where figures may stand, the place that is empty most often first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.title, parent)
        self._curve: VerificationCurve | None = None
        self._counts: ConfusionCounts | None = None
        self._confidence: Confidence | None = None
        self._thresholds, self._x, self._y = np.empty(0), np.empty(0), np.empty(0)
        self._band = QGraphicsPathItem()
        self._line, self._chance = pg.PlotCurveItem(), pg.PlotCurveItem()
        self._eer_mark = pg.ScatterPlotItem(symbol="d", size=10)
        self._eer_text = pg.TextItem(tr("EER"), anchor=_RIGHT_OF_IT)
        self._handle = _Handle(size=13, symbol="o")
        self._handle.hide()
        for item in (self._band, self._chance, self._line, self._eer_mark, self._eer_text, self._handle):
            self.view.addItem(item, ignoreBounds=True)
        self.note = PlotNote(self.view, self.corners)
        self._handle.setZValue(20)
        self._handle.setCursor(Qt.CursorShape.PointingHandCursor)
        self._handle.dragged.connect(lambda place: self.threshold_dragged.emit(self._nearest(place)[0]))
        self.clicked.connect(self._on_pressed)
        self.hovered.connect(self._on_hovered)
        self.recoloured.connect(self._recolour)

    # --- what a subclass says

    @abstractmethod
    def _points_of(self, curve: VerificationCurve) -> tuple[Floats, Floats, Floats]:
        """Thresholds, ascending, and both figures of the axes [K] to draw."""

    @abstractmethod
    def _figures_of(self, fpr: Floats, tpr: Floats) -> tuple[Floats, Floats]:
        """Both figures of the axes at some rates."""

    def _placed(self, x: Floats, y: Floats) -> tuple[Floats, Floats]:
        """Axis coordinates of both figures."""
        return x, y

    @abstractmethod
    def _chance_line(self) -> tuple[Floats, Floats]:
        """What guessing would be, in axis coordinates."""

    def _at(self, x: float) -> int:
        """Which drawn point a pointer at this figure of the x axis means; -1 for none."""
        return int(np.searchsorted(self._x, x, side="right")) - 1

    # --- what is shown

    def show_curve(self, curve: VerificationCurve) -> None:
        """Draw another curve; operating point and intervals follow."""
        self._curve, self._confidence = curve, None
        self._thresholds, self._x, self._y = self._points_of(curve)
        self._draw()

    def show_point(self, counts: ConfusionCounts) -> None:
        """Put the circle at an operating point."""
        self._counts = counts
        self._handle.setPos(*self._place_of(counts.fpr, counts.tpr))
        self._handle.show()

    def show_confidence(self, confidence: Confidence | None) -> None:
        """Shade the band that the curve lies in; None takes it away."""
        self._confidence = confidence
        self._draw_band(None if confidence is None else confidence.band)

    def table(self) -> Table:
        """The curve's points with their thresholds, and the limits of both rates where they are known, for export."""
        rows = zip(self._thresholds.tolist(), self._x.tolist(), self._y.tolist(), strict=True)
        header = ("threshold", *self.columns)
        confidence = self._confidence
        if confidence is None or confidence.band is None:
            return Table(header, rows)
        limits = (tr("TPR from"), tr("TPR to"), tr("FPR from"), tr("FPR to"))
        return Table((*header, *limits), ((*row, *_limits(confidence, row[0])) for row in rows))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show a hand where a click means the curve."""
        super().mouseMoveEvent(event)
        if event.buttons() == Qt.MouseButton.NoButton:
            place = self.view.mapSceneToView(self.mapToScene(event.position().toPoint()))
            near = self._nearest(place)[1] <= _REACH
            self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if near else Qt.CursorShape.ArrowCursor)

    def _draw(self) -> None:
        self._chance.setData(*self._chance_line())
        if self._curve is None:
            return
        x, y = self._placed(self._x, self._y)
        self._line.setData(x, y)
        self.note.avoid(x, y)
        eer = self._place_of(self._curve.eer_point.fpr, self._curve.eer_point.tpr)
        self._eer_mark.setData([eer[0]], [eer[1]])
        self._eer_text.setPos(*eer)
        left, right = self.view.viewRange()[0]
        self._eer_text.setAnchor(_LEFT_OF_IT if eer[0] > left + _FAR_RIGHT * (right - left) else _RIGHT_OF_IT)
        self.show_confidence(self._confidence)
        if self._counts is not None:
            self.show_point(self._counts)

    def _draw_band(self, band: Band | None) -> None:
        path = QPainterPath()
        if band is not None:
            low, high = (self._placed(*self._figures_of(band.fpr, tpr)) for tpr in (band.low, band.high))
            x, y = (np.concatenate([there, back[::-1]]) for there, back in zip(low, high, strict=True))
            path = pg.arrayToQPath(x, y, finiteCheck=True)
        self._band.setPath(path)

    def _place_of(self, fpr: float, tpr: float) -> tuple[float, float]:
        x, y = self._placed(*self._figures_of(np.array([fpr]), np.array([tpr])))
        return float(x[0]), float(y[0])

    def _recolour(self) -> None:
        line, accent = self.ink(0.85), self.palette().color(QPalette.ColorRole.Highlight)
        shade = QColor(accent)
        shade.setAlphaF(_BAND_ALPHA)
        self._line.setPen(curve_pen(line))
        self._chance.setPen(curve_pen(self.ink(0.4), Qt.PenStyle.DotLine, 1))
        self._band.setPen(Qt.PenStyle.NoPen)
        self._band.setBrush(shade)
        self._eer_mark.setPen(curve_pen(line, width=1.5))
        self._eer_mark.setBrush(self.ink(0.0))
        self._eer_text.setColor(self.ink(0.75))
        self._handle.setPen(curve_pen(line))
        self._handle.setBrush(accent)
        self._handle.setHoverPen(curve_pen(self.ink(1.0), width=4))
        self._handle.setHoverBrush(accent)
        self.note.set_theme(self.ink(0.75), self.ink(0.0), self.font())

    # --- the mouse

    def _nearest(self, place: QPointF) -> tuple[float, float]:
        """Threshold of the drawn point nearest to a place in axis coordinates, and how many pixels it is away."""
        if not len(self._thresholds):
            return math.nan, math.inf
        width, height = self.view.viewPixelSize()
        x, y = self._placed(self._x, self._y)
        away = np.hypot((x - place.x()) / width, (y - place.y()) / height)
        away[~np.isfinite(self._thresholds)] = math.inf  # accepts nothing and has no distance
        nearest = int(away.argmin())
        return float(self._thresholds[nearest]), float(away[nearest])

    def _on_pressed(self, position: QPointF) -> None:
        threshold, away = self._nearest(self.view.mapSceneToView(position))
        if away <= _REACH:
            self.threshold_dragged.emit(threshold)
            self.picked.emit(threshold)

    def _on_hovered(self, x: float, _y: float) -> None:
        if self._curve is None:
            return
        place = self._at(x) if x <= 1.0 else -1
        if not 0 <= place < len(self._thresholds):
            self.hide_readout()
            return
        threshold = float(self._thresholds[place])
        figures = readout(threshold, counts_near(self._curve, threshold))
        self.show_readout(x, tr("{figures}\nclick the curve to see its pairs").format(figures=figures))


def readout(threshold: float, counts: ConfusionCounts) -> str:
    """All rates at a threshold, a line each."""
    accepted = counts.true_positives + counts.false_positives
    precision = counts.true_positives / accepted if accepted else None
    lines = (
        (tr("threshold"), formats.distance(threshold)),
        ("TPR", formats.rate(counts.tpr)),
        ("FPR", formats.rate(counts.fpr)),
        ("FNR", formats.rate(1.0 - counts.tpr)),
        (tr("precision"), formats.rate(precision)),
    )
    return "\n".join(f"{name:<9} {text}" for name, text in lines)


def _limits(confidence: Confidence, threshold: float) -> tuple[float | None, ...]:
    found = confidence.at_threshold(threshold) if math.isfinite(threshold) else None
    return (None,) * 4 if found is None else (*found.tpr, *found.fpr)
