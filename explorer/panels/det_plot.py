"""The DET curve: both errors against each other, on axes of normal deviates."""

from typing import Literal

import numpy as np
from PySide6.QtWidgets import QWidget

from core.evaluation.curve import VerificationCurve
from core.evaluation.figures import det_points
from explorer.panels.operating_plot import BOTTOM_LEFT, TOP_RIGHT, Floats, OperatingPlot
from explorer.translation import tr
from explorer.widgets.deviate_axis import DeviateAxis, deviate, share_at

_LARGEST = 0.9
"""What 'fit' shows of both errors: beyond, nobody works."""
_deviates = np.vectorize(deviate, otypes=[np.float64])


class DetPlot(OperatingPlot):
    """FNR over FPR; the nearer to the lower left, the better. Rates of 0 and 1 lie at half a pair from them."""

    title = tr("DET curve")
    columns = ("FPR", "FNR")
    corners = (TOP_RIGHT, BOTTOM_LEFT)
    axis_kind = DeviateAxis

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._smallest = (1e-3, 1e-3)
        self.set_axes(tr("false positive rate (FPR)"), tr("FNR"), percent_x=True, percent_y=True)
        self._fit_home()
        self._draw()
        self._recolour()

    def show_curve(self, curve: VerificationCurve) -> None:
        """Draw another curve; operating point and intervals follow."""
        smallest = (0.5 / curve.impostor_pairs, 0.5 / curve.genuine_pairs)
        if smallest != self._smallest:
            self._smallest = smallest
            self._fit_home()
        super().show_curve(curve)

    def to_axis(self, value: float, axis: Literal[0, 1] = 0) -> float:
        """The deviate of a share."""
        least = self._smallest[axis]
        return deviate(min(max(value, least), 1.0 - least))

    def from_axis(self, coordinate: float, axis: Literal[0, 1] = 0) -> float:
        """The share of a deviate."""
        return share_at(coordinate)

    def _fit_home(self) -> None:
        x, y = ((deviate(min(least, 0.25)) - 0.1, deviate(_LARGEST)) for least in self._smallest)
        self.set_home(x=x, y=y)

    def _points_of(self, curve: VerificationCurve) -> tuple[Floats, Floats, Floats]:
        return det_points(curve)

    def _figures_of(self, fpr: Floats, tpr: Floats) -> tuple[Floats, Floats]:
        return fpr, 1.0 - tpr

    def _placed(self, x: Floats, y: Floats) -> tuple[Floats, Floats]:
        across, up = (
            _deviates(np.clip(rates, least, 1.0 - least)) for rates, least in zip((x, y), self._smallest, strict=True)
        )
        return across, up

    def _chance_line(self) -> tuple[Floats, Floats]:
        shares = np.array([0.001, 0.999])
        return _deviates(shares), _deviates(1.0 - shares)
