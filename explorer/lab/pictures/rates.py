"""TPR, FPR and ROC: what a threshold makes of two distributions of distances."""

import math

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from scipy.special import ndtr, ndtri

from core.evaluation import VerificationCurve, verification_curve_from_distances
from explorer import formats, theme
from explorer.lab.drawn import dashed
from explorer.lab.figures import Figure, Figures
from explorer.lab.handles import Floats, Handle, HandlePlot, faint
from explorer.lab.picture import Picture, setting
from explorer.theme import Shape
from explorer.translation import tr
from explorer.widgets.plot import Plot, curve_pen
from explorer.widgets.plot_legend import PlotLegend

PAIRS = 1000
"""Distances of each kind."""
_END, _TOP = 2.0, 5.0
"""Of the axes of distance and density."""
_AXIS = np.linspace(0.0, _END, 401)
_KINDS = ("genuine", "impostor")
_NAMES = {"genuine": tr("genuine"), "impostor": tr("impostor")}
_PENS = {"genuine": curve_pen(theme.GENUINE), "impostor": dashed(theme.IMPOSTOR)}
_COLOURS = {"genuine": theme.GENUINE, "impostor": theme.IMPOSTOR}


def distances(mean: float, spread: float) -> Floats:
    """Distances of `PAIRS` pairs, evenly over a normal distribution that is cut off at 0."""
    cut = ndtr(-mean / spread)
    shares = (np.arange(PAIRS) + 0.5) / PAIRS
    return np.asarray(np.maximum(mean + spread * ndtri(cut + shares * (1 - cut)), 0.0))


def density(at: Floats, mean: float, spread: float) -> Floats:
    """Density of the same distribution."""
    kept = spread * math.sqrt(2 * math.pi) * (1 - ndtr(-mean / spread))
    return np.asarray(np.exp(-0.5 * ((at - mean) / spread) ** 2) / kept)


class RatesPicture(Picture):
    """Both distributions with the threshold between them, and the ROC curve with the point that it makes."""

    place = 60
    title = tr("TPR, FPR and ROC")
    sentence = tr(
        "Drag the threshold and see the shaded areas become TPR and FPR, the point on the curve; then push both "
        "distributions apart and see the curve rise to the corner."
    )

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._make_densities()
        self._make_roc()
        self.add_sliders(
            setting("genuine_mean", tr("genuine mean"), (0.1, 1.5), 0.45, tr("Mean distance of genuine pairs.")),
            setting(
                "genuine_spread",
                tr("genuine spread"),
                (0.08, 0.4),
                0.15,
                tr("Standard deviation of genuine pairs' distances."),
            ),
            setting("impostor_mean", tr("impostor mean"), (0.3, 1.8), 0.9, tr("Mean distance of impostor pairs.")),
            setting(
                "impostor_spread",
                tr("impostor spread"),
                (0.08, 0.4),
                0.2,
                tr("Standard deviation of impostor pairs' distances."),
            ),
            setting("threshold", tr("threshold"), (0.0, _END), 0.6, tr("Pairs up to this distance are accepted.")),
        )
        self.refresh()

    def curve(self) -> VerificationCurve:
        """The verification curve of the distances shown."""
        genuine, impostor = (distances(self.setting(f"{kind}_mean"), self.setting(f"{kind}_spread")) for kind in _KINDS)
        return verification_curve_from_distances(genuine, impostor)

    def refresh(self) -> None:
        """Measure the curve and draw everything."""
        threshold, curve = self.setting("threshold"), self.curve()
        places = []
        for kind in _KINDS:
            mean, spread = self.setting(f"{kind}_mean"), self.setting(f"{kind}_spread")
            heights = density(_AXIS, mean, spread)
            accepted = _AXIS <= threshold
            self._lines[kind].setData(_AXIS, heights)
            self._areas[kind].setData(_AXIS[accepted], heights[accepted])
            places += [(x, float(density(np.array(x), mean, spread))) for x in (mean, mean + spread)]
        self.densities.put(np.array(places))
        self._line.setValue(threshold)
        self._show_curve(curve, threshold)
        self._legend.set_theme(self.densities.ink(0.75), self.densities.ink(0.0), self.densities.font())

    def _show_curve(self, curve: VerificationCurve, threshold: float) -> None:
        point = curve.at_threshold(threshold)
        roc = curve.roc()
        self._roc.setData(roc.fpr, roc.tpr)
        self._roc.setPen(curve_pen(self.roc.ink(1.0)))
        self._chance.setPen(curve_pen(self.roc.ink(0.4), Qt.PenStyle.DotLine, 1))
        self._point.setData(pos=[(point.fpr, point.tpr)], brush=self.roc.ink(1.0), pen=curve_pen(self.roc.ink(0.0)))
        self._figures.show_values(
            {
                "tpr": formats.rate(point.tpr),
                "fpr": formats.rate(point.fpr),
                "fnr": formats.rate(1.0 - point.tpr),
                "auc": f"{curve.auc:.4f}",
                "eer": formats.rate(curve.eer),
            }
        )

    def _make_densities(self) -> None:
        shapes = {tr("mean"): Shape.CIRCLE, tr("spread"): Shape.DIAMOND}
        handles = [
            Handle(f"{_NAMES[kind]}, {what}", _COLOURS[kind], shape, is_written=False)
            for kind in _KINDS
            for what, shape in shapes.items()
        ]
        self.densities = HandlePlot(tr("distributions of distances"), handles, (0.0, _END), (-0.1, _TOP))
        self.densities.set_axes(tr("distance"), tr("density"))
        self._lines, self._areas = {}, {}
        for kind, pen in _PENS.items():
            self._areas[kind] = pg.PlotCurveItem(pen=None, brush=faint(pen.color(), 0.35), fillLevel=0.0)
            self._lines[kind] = pg.PlotDataItem(pen=pen, name=_NAMES[kind], antialias=True)
            self.densities.view.addItem(self._areas[kind])
            self.densities.add_curve(self._lines[kind])
        self._line = self.densities.add_line(0.0, movable=True)
        self._line.sigDragged.connect(lambda line: self.set_setting("threshold", float(line.value())))
        self._legend = PlotLegend(self.densities.view, [(_NAMES[kind], pen) for kind, pen in _PENS.items()])
        self.densities.moved.connect(self._move)
        self.add_plot(self.densities)

    def _make_roc(self) -> None:
        self.roc = Plot(tr("ROC curve of the two distributions"))
        self.roc.set_axes(tr("false positive rate (FPR)"), tr("TPR"), percent_x=True, percent_y=True)
        self.roc.set_home((-0.02, 1.02), (-0.02, 1.05))
        self._chance = pg.PlotCurveItem([0.0, 1.0], [0.0, 1.0])
        self._roc = pg.PlotDataItem(name="ROC", antialias=True)
        self._point = pg.ScatterPlotItem(size=13, antialias=True)
        self.roc.view.addItem(self._chance)
        self.roc.add_curve(self._roc)
        self.roc.view.addItem(self._point)
        self._figures = Figures(
            (
                Figure("tpr", "TPR", tr("Share of genuine pairs that are accepted: their shaded area."), "00.0 %"),
                Figure("fpr", "FPR", tr("Share of impostor pairs that are accepted: their shaded area."), "00.0 %"),
                Figure("fnr", "FNR", tr("Share of genuine pairs that are rejected: 100 % − TPR."), "00.0 %"),
                Figure("auc", "AUC", tr("How often a genuine pair is nearer than an impostor pair."), "0.0000"),
                Figure("eer", "EER", tr("Error rate at the threshold where FPR and FNR are equal."), "00.0 %"),
            )
        )
        self.add_plot(self.roc, self._figures)

    def _move(self, index: int, x: float, _y: float) -> None:
        """A circle is dragged to another mean, a diamond to another spread."""
        kind = _KINDS[index // 2]
        if index % 2:
            self.set_setting(f"{kind}_spread", x - self.setting(f"{kind}_mean"))
        else:
            self.set_setting(f"{kind}_mean", x)
