"""Reliability: of the pairs that get a probability, how many are genuine; and how many pairs that rests on."""

from collections.abc import Sequence
from typing import Literal

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.evaluation.calibration import CalibrationMethod
from explorer import formats, theme
from explorer.reports import CalibrationFit
from explorer.translation import tr
from explorer.widgets.plot import Plot, curve_pen
from explorer.widgets.plot_export import Table
from explorer.widgets.plot_legend import PlotLegend

NAMES: dict[CalibrationMethod, str] = {"platt": "Platt", "isotonic": tr("isotonic")}
_PENS: dict[CalibrationMethod, QPen] = {
    "platt": curve_pen(theme.class_style(0).colour),
    "isotonic": curve_pen(theme.class_style(1).colour, Qt.PenStyle.DashLine),
}
_SYMBOLS: dict[CalibrationMethod, str] = {"platt": "o", "isotonic": "s"}
_PROBABILITY = (-0.04, 1.04)
"""What 'fit' shows of an axis of probabilities."""
_HEADER = ("calibration", "probability", "genuine share", "genuine pairs", "pairs")


class _Lines:
    """One line with symbols for each calibration, in one plot."""

    def __init__(self, plot: Plot) -> None:
        self._items = {name: pg.PlotDataItem(name=NAMES[name], pen=pen) for name, pen in _PENS.items()}
        for name, item in self._items.items():
            item.setSymbol(_SYMBOLS[name])
            item.setSymbolSize(7)
            item.setSymbolPen(_PENS[name].color())
            item.setSymbolBrush(_PENS[name].color())
            plot.add_curve(item)

    def show(self, fits: Sequence[CalibrationFit], what: Literal["observed", "pairs"]) -> None:
        """Show one column over the probability."""
        found = {fit.method: fit.reliability for fit in fits}
        for name, item in self._items.items():
            if name in found:
                item.setData(found[name].predicted, getattr(found[name], what))
            else:
                item.setData([], [])


class _ReliabilityPlot(Plot):
    """Observed over predicted, with the diagonal."""

    def __init__(self) -> None:
        super().__init__(tr("reliability"))
        self._fits: Sequence[CalibrationFit] = ()
        self._diagonal = pg.PlotCurveItem([0.0, 1.0], [0.0, 1.0])
        self.view.addItem(self._diagonal, ignoreBounds=True)
        self._series = _Lines(self)
        self._legend = PlotLegend(self.view, [(NAMES[name], pen) for name, pen in _PENS.items()], at_bottom=True)
        self.set_axes(tr("probability of 'same'"), tr("genuine share"), percent_x=True, percent_y=True)
        self.set_home(x=_PROBABILITY, y=_PROBABILITY)
        self.recoloured.connect(self._recolour)
        self._recolour()

    def show_fits(self, fits: Sequence[CalibrationFit]) -> None:
        self._fits = fits
        self._series.show(fits, "observed")

    def table(self) -> Table:
        """Every bin of every calibration, for export."""
        return Table(
            _HEADER,
            [
                (NAMES[fit.method], *row)
                for fit in self._fits
                for row in zip(
                    fit.reliability.predicted.tolist(),
                    fit.reliability.observed.tolist(),
                    fit.reliability.genuine.tolist(),
                    fit.reliability.pairs.tolist(),
                    strict=True,
                )
            ],
        )

    def _recolour(self) -> None:
        self._diagonal.setPen(curve_pen(self.ink(0.5), Qt.PenStyle.DotLine, 1))
        self._legend.set_theme(self.ink(0.75), self.ink(0.0), self.font())


class ReliabilityPlots(QWidget):
    """The reliability plot, and below it the pairs that each of its points rests on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fits: Sequence[CalibrationFit] = ()
        self.reliability, self.pairs = _ReliabilityPlot(), Plot(tr("pairs by probability"))
        self.pairs.set_axes(tr("probability of 'same'"), tr("pairs"), log_y=True, percent_x=True)
        self.pairs.set_home(x=_PROBABILITY)
        self._counts = _Lines(self.pairs)
        self.reliability.hide_x_texts()
        self.pairs.view.setXLink(self.reliability.view)
        self.reliability.setToolTip(
            tr(
                "On the diagonal a probability is kept: of the pairs that get 80 %, 80 % are "
                "genuine. Below it the model promises too much, above it too little."
            )
        )
        self.pairs.setToolTip(tr("How many pairs each point above rests on; few pairs make it jump."))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.reliability, 5)
        column.addWidget(self.pairs, 3)
        for plot, other in ((self.reliability, self.pairs), (self.pairs, self.reliability)):
            plot.hovered.connect(lambda x, _y, plot=plot, other=other: self._on_hovered(plot, other, x))
            plot.hover_left.connect(other.hide_readout)

    def show_fits(self, fits: Sequence[CalibrationFit]) -> None:
        """Draw other calibrations."""
        self._fits = fits
        self.reliability.show_fits(fits)
        self._counts.show(fits, "pairs")
        self.pairs.fit()

    def _on_hovered(self, plot: Plot, other: Plot, probability: float) -> None:
        lines = []
        for fit in self._fits:
            points = fit.reliability
            if len(points.predicted):
                place = int(np.abs(points.predicted - probability).argmin())
                lines.append(
                    tr("{NAMES:<8} promised {predicted:>7}, genuine {observed:>7} of {pairs} pairs").format(
                        NAMES=NAMES[fit.method],
                        predicted=formats.rate(float(points.predicted[place])),
                        observed=formats.rate(float(points.observed[place])),
                        pairs=formats.count(int(points.pairs[place])),
                    )
                )
        if lines and 0.0 <= probability <= 1.0:
            plot.show_readout(probability, "\n".join(lines))
            other.show_line(probability)
        else:
            plot.hide_readout()
            other.hide_readout()
