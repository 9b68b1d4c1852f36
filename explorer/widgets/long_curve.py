"""A curve of very many points that draws no more than the screen can show."""

import math

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from explorer.translation import tr

Floats = NDArray[np.float64]
_COLUMN = 2
"""Pixels of a column: no line is thinner, and half the points take half the time."""
_WIDE_LENGTH = 5
"""A curve longer than this many times the view's width is drawn thin: dashing a wide line of noise costs Qt 10 ms."""

_FEW, _DOT = 12, 5.0
"""Up to so many points each one gets a dot, so wide in pixels: a lone point has no line."""


def envelope(x: Floats, y: Floats, columns: int) -> tuple[Floats, Floats]:
    """Thin out a curve so that it looks the same.

    Parameters
    ----------
    x, y
        Any curve [n] with ascending x.
    columns
        Into how many parts the width of the picture is cut.

    Returns
    -------
    x, y
        The lowest and the highest point of each run of points that share a column, in their order; at most four points
        a column. Runs keep their places while points are appended, so that the picture does not shimmer.
    """
    if len(x) <= 2 * columns:
        return x, y
    run = 1 << int(np.ceil(np.log2(len(x) / columns)))
    whole = len(x) // run * run
    picks = _extremes(y[:whole].reshape(-1, run)) + np.arange(0, whole, run)[:, np.newaxis]
    if whole == len(x):
        kept = picks.ravel()
    else:
        kept = np.append(picks, _extremes(y[np.newaxis, whole:]) + whole)
    return x[kept], y[kept]


def _extremes(runs: Floats) -> NDArray[np.intp]:
    return np.sort(np.column_stack((runs.argmin(axis=1), runs.argmax(axis=1))), axis=1)


class LongCurve(pg.PlotCurveItem):  # type: ignore[misc] # pyqtgraph has no types
    """A line through points with ascending x, told apart by colour and dashes.

    pyqtgraph's own item maps, checks and thins all points again whenever one is added; this one touches only what a
    column of pixels needs, and takes the logarithm of that.
    """

    def __init__(self, name: str, colour: QColor, style: Qt.PenStyle) -> None:
        self._x = self._y = np.empty(0)
        self._log = False
        self._drawn = (slice(0, 0), 1)
        self._travel, self._is_thin = 0.0, False
        self._limits: dict[int, tuple[float, float] | tuple[None, None]] = {}
        self._wide, self._thin = QPen(colour, 2.0, style), QPen(colour, 1.0, style)
        self._dot = QPen(colour, _DOT, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
        for pen in (self._wide, self._thin, self._dot):
            pen.setCosmetic(True)
        super().__init__(name=name, pen=self._wide, connect="finite")

    def set_series(self, x: Floats, y: Floats) -> None:
        """Show these points [n]; the arrays are kept, so they must not be written to."""
        self._x, self._y = x, y
        self._limits.clear()
        self._refresh()

    def rename(self, name: str) -> None:
        """Give it another name, in exports."""
        self.opts["name"] = name

    def setLogMode(self, x: bool, y: bool) -> None:
        """Follow the plot's y axis; points at or below 0 leave a gap in a logarithmic one."""
        if x:
            raise ValueError(tr("a long curve has a linear x axis, found a logarithmic one"))
        self._log = y
        self._limits.clear()
        self._refresh()

    def getOriginalDataset(self) -> tuple[Floats, Floats]:
        """All points, in data units."""
        return self._x, self._y

    def dataBounds(self, ax: int, frac: float = 1.0, orthoRange: object = None) -> tuple[float | None, float | None]:
        """Range of all points in axis coordinates, whether drawn or not."""
        if ax not in self._limits:
            self._limits[ax] = self._find_limits(ax)
        return self._limits[ax]

    def viewRangeChanged(self) -> None:
        """Choose points anew for what is seen."""
        if self._choice() != self._drawn:
            self._refresh()
        else:
            self._choose_pen()

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        """Draw the line, and dots where there are few points."""
        super().paint(painter, option, widget)
        x, y = self.getData()
        if 0 < len(x) <= _FEW:
            painter.setPen(self._dot)
            painter.drawPoints([QPointF(*point) for point in zip(x, y, strict=True) if math.isfinite(point[1])])

    def _find_limits(self, ax: int) -> tuple[float, float] | tuple[None, None]:
        if not len(self._x):
            return None, None
        if ax == 0:
            return float(self._x[0]), float(self._x[-1])
        floor = 0.0 if self._log else -math.inf
        low, high = float(self._y.min()), float(self._y.max())
        if not (floor < low and high < math.inf):
            drawable = self._y[(self._y > floor) & (self._y < math.inf)]
            if not len(drawable):
                return None, None
            low, high = float(drawable.min()), float(drawable.max())
        return (math.log10(low), math.log10(high)) if self._log else (low, high)

    def _choice(self) -> tuple[slice, int]:
        """Which points are seen, and in how many columns."""
        view = self.getViewBox()
        if not isinstance(view, pg.ViewBox):  # on its way into the plot
            return slice(0, 0), 1
        columns = max(1, int(view.width()) // _COLUMN)
        if view.autoRangeEnabled()[0] is not False:
            return slice(0, len(self._x)), columns
        left, right = view.viewRange()[0]
        first, last = np.searchsorted(self._x, left), np.searchsorted(self._x, right, side="right")
        return slice(max(0, int(first) - 1), int(last) + 1), columns  # one more at each side: to the edge

    def _refresh(self) -> None:
        self._drawn = self._choice()
        seen, columns = self._drawn
        x, y = envelope(self._x[seen], self._y[seen], columns)
        if self._log:
            y = np.log10(y, out=np.full(len(y), np.nan), where=y > 0)
        self._travel = float(np.nansum(np.abs(np.diff(y))))
        self.setData(x, y)
        self._choose_pen()

    def _choose_pen(self) -> None:
        view = self.getViewBox()
        if not isinstance(view, pg.ViewBox):
            return
        low, high = view.viewRange()[1]
        thin = self._travel / (high - low) * view.height() > _WIDE_LENGTH * view.width()
        if thin is not self._is_thin:
            self._is_thin = thin
            self.setPen(self._thin if thin else self._wide)
