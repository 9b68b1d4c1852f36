"""The ROC curve with the operating point on it."""

import math

import numpy as np
from PySide6.QtWidgets import QWidget

from core.evaluation.curve import VerificationCurve
from explorer.panels.operating_plot import BOTTOM_RIGHT, HIGH, TOP_LEFT, WIDE, Floats, OperatingPlot
from explorer.translation import tr


class RocPlot(OperatingPlot):
    """TPR over FPR; on the logarithmic axis points with FPR 0 lie on the left edge."""

    title = tr("ROC curve")
    columns = ("FPR", "TPR")
    corners = (BOTTOM_RIGHT, TOP_LEFT)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._smallest = 1e-3
        self._is_log = True
        self.set_log(True)
        self._recolour()

    def show_curve(self, curve: VerificationCurve) -> None:
        """Draw another curve; operating point and intervals follow."""
        smallest = 0.5 / curve.impostor_pairs
        if smallest != self._smallest:
            self._smallest = smallest
            self._fit_home()
        super().show_curve(curve)

    def set_log(self, log: bool) -> None:
        """Choose a logarithmic or a linear FPR axis, and show all of it."""
        self._is_log = log
        self.set_axes(tr("false positive rate (FPR)"), tr("TPR"), log_x=log, percent_x=True, percent_y=True)
        self._fit_home()
        self._draw()

    def _fit_home(self) -> None:
        self.set_home(x=(math.log10(self._smallest) - 0.05, 0.05) if self._is_log else WIDE, y=HIGH)

    def _points_of(self, curve: VerificationCurve) -> tuple[Floats, Floats, Floats]:
        return curve.roc()

    def _figures_of(self, fpr: Floats, tpr: Floats) -> tuple[Floats, Floats]:
        return fpr, tpr

    def _placed(self, x: Floats, y: Floats) -> tuple[Floats, Floats]:
        """On a logarithmic axis an FPR of 0 lies at half an impostor pair."""
        return (np.log10(np.maximum(x, self._smallest)) if self._is_log else x), y

    def _chance_line(self) -> tuple[Floats, Floats]:
        shares = np.geomspace(self._smallest, 1.0, 100)
        return self._placed(shares, shares)
