"""An axis of normal deviates, on which the errors of two normal distributions make a straight line."""

from collections.abc import Iterator, Sequence
from statistics import NormalDist

from PySide6.QtGui import QFontMetricsF

from explorer.widgets.plot_axis import Axis

_NORMAL = NormalDist()
_WRITTEN = (0.01, 0.001, 0.05, 0.2, 0.0001, 0.5, 1e-5, 1e-6, 0.8, 0.95, 0.99, 0.02, 0.1, 0.4, 0.002, 0.005, 0.6, 0.9)
"""Shares that may be written beside the axis, the more useful ones first; those that find no room are left out."""
_DRAWN = tuple(digit * power for power in (1e-6, 1e-5, 1e-4, 1e-3, 1e-2) for digit in (1, 2, 5)) + tuple(
    tenth / 10 for tenth in range(1, 10)
)
_APART = 1.25
"""Distance of two numbers, of the size of one."""


def deviate(share: float) -> float:
    """How many standard deviations below the mean a share of a normal distribution lies; of a share in 0..1, open."""
    return _NORMAL.inv_cdf(share)


def share_at(deviate: float) -> float:
    """The share of a normal distribution below a deviate."""
    return _NORMAL.cdf(deviate)


class DeviateAxis(Axis):
    """Deviates on the axis, shares in per cent beside it."""

    def describe(self, label: str, *, log: bool, percent: bool) -> None:
        """Name the axis, unit included."""
        super().describe(label, log=log, percent=percent)
        self.setStyle(maxTickLevel=1)

    def tickValues(self, minVal: float, maxVal: float, size: float) -> list[tuple[float, list[float]]]:
        """Where numbers stand, as many as have room, and where lines stand without a number."""
        per_pixel = (maxVal - minVal) / max(size, 1.0)
        written: list[float] = []
        for share in _WRITTEN:
            place = deviate(share)
            apart = self._room(share) * per_pixel
            if minVal <= place <= maxVal and all(abs(place - other) >= apart for other in written):
                written.append(place)
        lines = (deviate(share) for share in _DRAWN)
        return [(1.0, written), (0.0, [place for place in lines if minVal <= place <= maxVal])]

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float | None) -> list[str | None]:
        """Write the shares; lines without a number have a spacing of 0."""
        return list(_texts(values)) if spacing else [None] * len(values)

    def _room(self, share: float) -> float:
        """Pixels that a number takes along the axis."""
        metrics = QFontMetricsF(self.style["tickFont"] or self.font())
        across = metrics.horizontalAdvance(_text(share)) if self.orientation == "bottom" else metrics.height()
        return _APART * across


def _texts(values: Sequence[float]) -> Iterator[str]:
    return (_text(share_at(value)) for value in values)


def _text(share: float) -> str:
    return f"{float(f'{100 * share:.3g}'):.6g} %"
