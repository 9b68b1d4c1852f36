"""What a data set is made of, as plots: images of each class, sizes, and shapes."""

import math
from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPen
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedLayout, QVBoxLayout, QWidget

from explorer import formats
from explorer.theme import UNIT
from explorer.translation import tr
from explorer.widgets.empty_state import EmptyState
from explorer.widgets.message import Message
from explorer.widgets.plot import Plot, curve_pen
from explorer.widgets.plot_export import Table

_NAMED = 3
"""Classes at each end that the sentence names."""
_DOTS = 4000
"""Sizes that are drawn one by one; of more, those that are close are drawn as one."""
_BINS = 40
_EMPTY = tr("Here will stand how large the images are and which shapes they have. Press Inspect to read them all.")


class DataFigures(QWidget):
    """Three plots; sizes and shapes are known once the images were inspected."""

    problem = Signal(str)
    """One sentence about an export that failed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._classes, self._sizes, self._shapes = _ClassPlot(), _SizePlot(), _ShapePlot()
        self._sentence = Message()
        top = QWidget()
        column = QVBoxLayout(top)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(UNIT // 2)
        column.addWidget(self._sentence)
        column.addWidget(self._classes, 1)
        measured = QWidget()
        row = QHBoxLayout(measured)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(UNIT)
        row.addWidget(self._sizes, 1)
        row.addWidget(self._shapes, 1)
        below = QWidget()
        self._pages = QStackedLayout(below)
        self._pages.addWidget(EmptyState(_EMPTY))
        self._pages.addWidget(measured)
        halves = QSplitter(Qt.Orientation.Vertical, childrenCollapsible=False)
        halves.addWidget(top)
        halves.addWidget(below)
        halves.setSizes([10_000, 10_000])
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(halves)
        for plot in (self._classes, self._sizes, self._shapes):
            plot.problem.connect(self.problem)

    def show_classes(self, names: Sequence[str], counts: NDArray[np.int64]) -> None:
        """Show how many images each class has, [C]."""
        self._classes.show_counts(names, counts)
        self._sentence.tell(_ends(names, counts))

    def show_sizes(self, widths: NDArray[np.int32] | None, heights: NDArray[np.int32] | None) -> None:
        """Show widths and heights in pixels, [N], above 0; None: nobody has looked."""
        if widths is None or heights is None or not len(widths):
            self._pages.setCurrentIndex(0)
            return
        self._pages.setCurrentIndex(1)
        self._sizes.show_sizes(widths, heights)
        self._shapes.show_shapes(widths / heights)


class _ClassPlot(Plot):
    """Images of each class, the largest first; pointing at a bar names its class."""

    def __init__(self) -> None:
        super().__init__(tr("images of each class"))
        self.setToolTip(tr("Images of each class, from the largest to the smallest; point at one to see its name."))
        self._names: list[str] = []
        self._counts = np.empty(0, np.int64)
        self._bars = _Bars(self, tr("images of each class"))
        self.set_axes(tr("classes, the largest first"), tr("images"))
        self.hovered.connect(self._tell)
        self.hover_left.connect(self.hide_readout)

    def show_counts(self, names: Sequence[str], counts: NDArray[np.int64]) -> None:
        order = np.argsort(-counts, kind="stable")
        self._names, self._counts = [names[place] for place in order], counts[order]
        self._bars.show(np.arange(0.5, len(counts) + 1), self._counts)
        self.set_home(x=(0.5, max(len(counts), 1) + 0.5), y=(0.0, 1.05 * max(1, int(counts.max(initial=0)))))

    def table(self) -> Table:
        """Every class with its number of images, for export."""
        return Table(("class", "images"), list(zip(self._names, self._counts.tolist(), strict=True)))

    def _tell(self, x: float, _y: float) -> None:
        place = round(x) - 1
        if 0 <= place < len(self._names):
            self.show_readout(place + 1.0, f"{self._names[place]}: {_images(int(self._counts[place]))}")
        else:
            self.hide_readout()


class _SizePlot(Plot):
    """A dot for each size that there is."""

    def __init__(self) -> None:
        super().__init__(tr("sizes of the images"))
        self.setToolTip(tr("A dot for each size; the more images have it, the larger the dot."))
        self._sizes, self._counts = np.empty((0, 2), np.int64), np.empty(0, np.int64)
        self._dots = pg.ScatterPlotItem(pxMode=True)
        self.view.addItem(self._dots)
        self.set_axes(tr("width, pixels"), tr("height, pixels"))
        self.recoloured.connect(self._recolour)
        self.hovered.connect(self._tell)
        self.hover_left.connect(self.hide_readout)
        self._recolour()

    def show_sizes(self, widths: NDArray[np.int32], heights: NDArray[np.int32]) -> None:
        sizes = np.stack([widths, heights], axis=1).astype(np.int64)
        self._sizes, self._counts = np.unique(sizes, axis=0, return_counts=True)
        drawn, counts = _thinned(self._sizes, self._counts)
        share = np.sqrt(counts / counts.max())
        self._dots.setData(x=drawn[:, 0], y=drawn[:, 1], size=4 + 10 * share)
        (wide, high) = (max(1, int(values.max())) for values in (widths, heights))
        self.set_home(x=(0.0, 1.1 * wide), y=(0.0, 1.1 * high))

    def table(self) -> Table:
        """Every size with its number of images, for export."""
        rows = zip(*self._sizes.T.tolist(), self._counts.tolist(), strict=True)
        return Table(("width", "height", "images"), list(rows) if len(self._sizes) else [])

    def _tell(self, x: float, y: float) -> None:
        if not len(self._sizes):
            return
        (low_x, high_x), (low_y, high_y) = self.view.viewRange()
        away = np.hypot((self._sizes[:, 0] - x) / (high_x - low_x), (self._sizes[:, 1] - y) / (high_y - low_y))
        place = int(away.argmin())
        if away[place] > 0.03:
            self.hide_readout()
            return
        width, height = self._sizes[place].tolist()
        text = tr("{width} × {height} pixels: {counts}").format(
            width=formats.count(width), height=formats.count(height), counts=_images(int(self._counts[place]))
        )
        self.show_readout(float(width), text)

    def _recolour(self) -> None:
        self._dots.setPen(pg.mkPen(None))
        colour = self.ink(0.65)
        colour.setAlphaF(0.6)
        self._dots.setBrush(colour)


class _ShapePlot(Plot):
    """How many images have which ratio of width to height."""

    def __init__(self) -> None:
        super().__init__(tr("shapes of the images"))
        self.setToolTip(tr("1 is square, 2 twice as wide as high, 0.5 twice as high as wide."))
        self._edges, self._counts = np.empty(0), np.empty(0, np.int64)
        self._bars = _Bars(self, tr("shapes of the images"))
        self.set_axes(tr("width / height"), tr("images"), log_x=True)
        self.hovered.connect(self._tell)
        self.hover_left.connect(self.hide_readout)

    def show_shapes(self, ratios: NDArray[np.float64]) -> None:
        logs = np.log2(ratios)
        reach = max(1.0, float(np.abs(logs).max()))
        # An odd number of bins, so that square images lie in the middle of one.
        edges = np.linspace(-reach, reach, _BINS + 2) * (_BINS + 1) / _BINS
        self._counts, _ = np.histogram(logs, edges)
        self._edges = np.exp2(edges)
        self._bars.show(np.log10(self._edges), self._counts)
        home = (float(np.log10(self._edges[0])), float(np.log10(self._edges[-1])))
        self.set_home(x=home, y=(0.0, 1.05 * max(1, int(self._counts.max()))))

    def table(self) -> Table:
        """Every bar, for export."""
        rows = zip(self._edges[:-1].tolist(), self._edges[1:].tolist(), self._counts.tolist(), strict=True)
        return Table(("from width / height", "to", "images"), list(rows) if len(self._counts) else [])

    def _tell(self, x: float, _y: float) -> None:
        place = int(np.searchsorted(self._edges, x)) - 1
        if not 0 <= place < len(self._counts):
            self.hide_readout()
            return
        low, high = self._edges[place], self._edges[place + 1]
        self.show_readout(
            math.sqrt(low * high),
            tr("{low:.2f} to {high:.2f}: {counts}").format(
                low=low, high=high, counts=_images(int(self._counts[place]))
            ),
        )


class _Bars:
    """Bars without gaps, in axis coordinates, in the colours of the plot."""

    def __init__(self, plot: Plot, name: str) -> None:
        self._plot = plot
        self._item = pg.PlotCurveItem([0, 1], [0], stepMode="center", fillLevel=0, name=name)
        plot.view.addItem(self._item)
        plot.recoloured.connect(self._recolour)
        self._recolour()

    def show(self, edges: NDArray[np.float64], heights: NDArray[np.int64]) -> None:
        self._item.setData(edges, heights.astype(np.float64), stepMode="center", fillLevel=0)

    def _recolour(self) -> None:
        fill = self._plot.ink(0.55)
        fill.setAlphaF(0.45)
        self._item.setBrush(fill)
        self._item.setPen(QPen(curve_pen(self._plot.ink(0.7), width=1)))


def _thinned(sizes: NDArray[np.int64], counts: NDArray[np.int64]) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Sizes to draw and their numbers: those there are, or where these are too many, the middles of small squares."""
    if len(sizes) <= _DOTS:
        return sizes.astype(np.float64), counts
    step = max(1, int(sizes.max()) // int(math.sqrt(_DOTS)))
    squares, place = np.unique(sizes // step, axis=0, return_inverse=True)
    return (squares.astype(np.float64) + 0.5) * step, np.bincount(place.ravel(), counts).astype(np.int64)


def _ends(names: Sequence[str], counts: NDArray[np.int64]) -> str:
    """The largest and the smallest classes: 'largest: cat 200, dog 198 · smallest: owl 3'."""
    order = np.argsort(-counts, kind="stable")

    def listed(places: NDArray[np.intp]) -> str:
        return ", ".join(f"{names[place]} {formats.count(int(counts[place]))}" for place in places)

    if len(order) <= 2 * _NAMED:
        return listed(order)
    return tr("largest: {order} · smallest: {order_2}").format(
        order=listed(order[:_NAMED]), order_2=listed(order[: -_NAMED - 1 : -1])
    )


def _images(count: int) -> str:
    return tr("1 image") if count == 1 else tr("{count} images").format(count=formats.count(count))
