"""Curves of several runs or distances over one another."""

import math
from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from core.evaluation.curve import RocPoints, VerificationCurve
from explorer import formats, theme
from explorer.translation import tr
from explorer.widgets.plot import Plot, curve_pen
from explorer.widgets.plot_export import Table
from explorer.widgets.plot_legend import PlotLegend

_STYLES = (
    Qt.PenStyle.SolidLine,
    Qt.PenStyle.DashLine,
    Qt.PenStyle.DotLine,
    Qt.PenStyle.DashDotLine,
    Qt.PenStyle.DashDotDotLine,
)
LINE_SIZE = QSize(20, 12)
"""Of the line in a list."""
_TPR = (-0.05, 1.05)
MOST_LEGEND = 0.6
"""Share of the plot's height; the list of what is compared shows the lines too."""
_LONGEST_NAME = 32
"""Characters; a longer name is cut in the legend and the readout."""


def candidate_pen(place: int) -> QPen:
    """The line of one of several candidates, told from the others by colour and dashes."""
    return curve_pen(theme.class_style(place).colour, _STYLES[place % len(_STYLES)])


def candidate_icon(place: int, ground: QColor, ratio: float) -> QIcon:
    """The line of a candidate on a ground, for a list of them, at so many pixels of the screen for one of ours."""
    picture = QPixmap(LINE_SIZE * ratio)
    picture.setDevicePixelRatio(ratio)
    picture.fill(ground)
    with QPainter(picture) as painter:
        painter.setPen(candidate_pen(place))
        painter.drawLine(0, LINE_SIZE.height() // 2, LINE_SIZE.width(), LINE_SIZE.height() // 2)
    icon = QIcon(picture)
    icon.addPixmap(picture, QIcon.Mode.Selected)  # or Qt would tint it
    return icon


def short_name(name: str) -> str:
    """A name with its middle left out where it is long."""
    if len(name) <= _LONGEST_NAME:
        return name
    half = (_LONGEST_NAME - 1) // 2
    return f"{name[:half]}…{name[-half:]}"


class ComparisonPlot(Plot):
    """TPR over a logarithmic FPR, one line for each candidate."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("ROC curves compared"), parent)
        self._names: tuple[str, ...] = ()
        self._points: tuple[RocPoints, ...] = ()
        self._drawn: list[pg.PlotCurveItem] = []
        self._legend = PlotLegend(self.view, (), at_bottom=True, most=MOST_LEGEND)
        self.set_axes(tr("false positive rate (FPR)"), tr("TPR"), log_x=True, percent_x=True, percent_y=True)
        self.set_home(x=(-3.0, 0.05), y=_TPR)
        self.hovered.connect(self._on_hovered)
        self.recoloured.connect(self._recolour)
        self._recolour()

    def show_curves(self, names: Sequence[str], curves: Sequence[VerificationCurve]) -> None:
        """Draw these curves; none clears the plot."""
        self.show_points(names, [curve.roc() for curve in curves], [curve.impostor_pairs for curve in curves])

    def show_points(
        self,
        names: Sequence[str],
        points: Sequence[RocPoints],
        impostor_pairs: Sequence[int],
        *,
        places: Sequence[int] | None = None,
        figures: Sequence[str] | None = None,
    ) -> None:
        """Draw curves by their points; none clears the plot.

        Parameters
        ----------
        impostor_pairs
            Of each curve; they say how low a rate can be told.
        places
            Of their pens, where these are not in order.
        figures
            What is written behind each name.
        """
        pens = [candidate_pen(place) for place in (range(len(points)) if places is None else places)]
        for item in self._drawn:
            self.view.removeItem(item)
        self._names, self._points = tuple(names), tuple(points)
        least = min((0.5 / max(pairs, 1) for pairs in impostor_pairs), default=1e-3)
        self._drawn = [
            pg.PlotCurveItem(np.log10(np.maximum(each.fpr, least)), each.tpr, pen=pen)
            for each, pen in zip(self._points, pens, strict=True)
        ]
        for item in self._drawn:
            self.view.addItem(item, ignoreBounds=True)
        behind = [f"  {text}" for text in figures] if figures else [""] * len(pens)
        entries = zip(self._names, behind, pens, strict=True)
        self._legend.set_entries([(f"{short_name(name)}{text}", pen) for name, text, pen in entries])
        self.set_home(x=(math.log10(least) - 0.05, 0.05), y=_TPR)

    def table(self) -> Table:
        """The points of every curve with their thresholds, for export."""
        return Table(
            ("candidate", "threshold", "FPR", "TPR"),
            [
                (name, *row)
                for name, points in zip(self._names, self._points, strict=True)
                for row in zip(*(column.tolist() for column in points), strict=True)
            ],
        )

    def _recolour(self) -> None:
        self._legend.set_theme(self.ink(0.75), self.ink(0.0), self.font())

    def _on_hovered(self, fpr: float, _tpr: float) -> None:
        if not self._points or fpr > 1.0:
            self.hide_readout()
            return
        lines = [tr("FPR at most {fpr}").format(fpr=formats.rate(fpr))]
        for name, points in zip(self._names, self._points, strict=True):
            place = int(np.searchsorted(points.fpr, fpr, side="right")) - 1
            lines.append(
                tr("TPR {tpr:>7}  {name}").format(
                    tpr=formats.rate(float(points.tpr[max(place, 0)])), name=short_name(name)
                )
            )
        self.show_readout(fpr, "\n".join(lines))
