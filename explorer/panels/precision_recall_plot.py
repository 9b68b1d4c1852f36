"""Precision over recall: how far a pair that is accepted can be trusted."""

import numpy as np
from PySide6.QtWidgets import QWidget

from core.evaluation.curve import VerificationCurve
from core.evaluation.figures import precision_recall_points
from explorer.panels.operating_plot import BOTTOM_LEFT, HIGH, TOP_RIGHT, WIDE, Floats, OperatingPlot
from explorer.translation import tr


class PrecisionRecallPlot(OperatingPlot):
    """Genuine share of the accepted pairs over the accepted share of genuine pairs."""

    title = tr("precision-recall curve")
    columns = ("recall", "precision")
    corners = (BOTTOM_LEFT, TOP_RIGHT)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.set_axes(tr("recall (TPR)"), tr("precision"), percent_x=True, percent_y=True)
        self.set_home(x=WIDE, y=HIGH)
        self._recolour()

    def _points_of(self, curve: VerificationCurve) -> tuple[Floats, Floats, Floats]:
        return precision_recall_points(curve)

    def _figures_of(self, fpr: Floats, tpr: Floats) -> tuple[Floats, Floats]:
        """The precision of none accepted is not defined; it is drawn at 100 %."""
        if self._curve is None:
            return tpr, np.ones_like(tpr)
        genuine, impostor = tpr * self._curve.genuine_pairs, fpr * self._curve.impostor_pairs
        accepted = genuine + impostor
        return tpr, np.divide(genuine, accepted, out=np.ones_like(genuine), where=accepted > 0)

    def _chance_line(self) -> tuple[Floats, Floats]:
        """The genuine share of all pairs."""
        if self._curve is None:
            return np.empty(0), np.empty(0)
        share = self._curve.genuine_pairs / (self._curve.genuine_pairs + self._curve.impostor_pairs)
        return np.array([0.0, 1.0]), np.array([share, share])

    def _at(self, x: float) -> int:
        """The smallest threshold that reaches a recall, which has the highest precision."""
        return int(np.searchsorted(self._x, x, side="left"))
