"""The axis of a plot: counts with separators, shares in per cent, powers of ten without superscripts."""

import math
from collections.abc import Sequence

import pyqtgraph as pg
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QFont, QFontMetrics

from explorer import formats

_GAP = 6
"""Pixels between numbers, name and edge."""
_END = 16
"""Pixels by which a number may stand beyond the end of its axis."""
_SMALL = 0.9
"""Size of the axis text, of the application's font."""


class Axis(pg.AxisItem):  # type: ignore[misc] # pyqtgraph has no types
    """An axis whose ticks read as numbers do everywhere else in the window."""

    _is_set_up = False
    """While an axis takes its settings, its name is not laid out anew with each of them."""

    def __init__(self, orientation: str) -> None:
        super().__init__(orientation, maxTickLength=-4)
        self._percent = False
        self._bare = False
        self._line_height = 0
        self.enableAutoSIPrefix(False)
        # Opaque lines in a pale colour: translucent ones, pyqtgraph's way, cost six times as much to draw.
        self.setGrid(255)
        self.setStyle(tickAlpha=255, textFillLimits=[(0, 0.9)])
        self._is_set_up = True

    def describe(self, label: str, *, log: bool, percent: bool) -> None:
        """Name the axis, unit included, and say how its numbers are spaced and written."""
        self._percent = percent
        self.setLogMode(log, log)
        self.setStyle(maxTickLevel=2 if log else 0)
        self.setLabel(label)
        self.showLabel(not self._bare)

    def set_theme(self, text: QColor, lines: QColor, grid: QColor, font: QFont) -> None:
        """Take the colours and the font size of the palette."""
        self._is_set_up = False
        small = QFont(font)
        small.setPointSizeF(font.pointSizeF() * _SMALL)
        self.setStyle(tickFont=small)
        self.labelStyle["font-size"] = f"{small.pointSizeF():.1f}pt"
        self.setTextPen(text)
        self.setPen(lines)
        self.setTickPen(grid)
        self.labelStyle["color"] = text.name()
        self._is_set_up = True
        self._updateLabel()
        self._fix_size(QFontMetrics(small))

    def hide_texts(self) -> None:
        """Leave name and numbers to the axis of a plot right beside."""
        self._bare = True
        self.showLabel(False)
        self.setStyle(showValues=False)
        self.setHeight(_GAP)

    def _updateLabel(self) -> None:
        if self._is_set_up:
            super()._updateLabel()

    def _fix_size(self, metrics: QFontMetrics) -> None:
        self._line_height = metrics.height()
        # A fixed size keeps plots aligned that stand above one another, and keeps them from jittering.
        if self.orientation == "left":
            self.setWidth(metrics.horizontalAdvance("0.0000") + metrics.height() + _GAP)
        elif not self._bare:
            self.setHeight(2 * metrics.height() + _GAP)

    def boundingRect(self) -> QRectF:
        """The axis and its grid, and room for numbers that stand at its very ends."""
        x, y = (_END, 0) if self.orientation == "bottom" else (0, _END)
        return QRectF(super().boundingRect().adjusted(-x, -y, x, y))

    def tickSpacing(self, minVal: float, maxVal: float, size: float) -> list[tuple[float, float]]:
        """Leave numbers out where they would touch, as in a low plot."""
        levels: list[tuple[float, float]] = super().tickSpacing(minVal, maxVal, size)
        if self.orientation != "left" or self.logMode or self._tickSpacing is not None or not levels:
            return levels
        spacing = levels[0][0]
        for factor in (1, 2, 5, 10):
            if factor * spacing * size >= self._line_height * abs(maxVal - minVal):
                break
        return [(factor * spacing, 0.0)]

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float | None) -> list[str | None]:
        """Write the numbers at the ticks; on a log axis `values` are exponents of ten, and 1, 2 and 5 are written."""
        factor = 100.0 * scale if self._percent else scale
        unit = " %" if self._percent else ""
        if self.logMode:
            texts = [f"{_plain(10.0**value * factor)}{unit}" if _is_round(value) else None for value in values]
            return self._with_room(values, texts)
        places = max(0, math.ceil(-math.log10(spacing * factor))) if spacing else 3
        return [f"{_linear(value * factor, places)}{unit}" for value in values]

    def _with_room(self, exponents: Sequence[float], texts: list[str | None]) -> list[str | None]:
        """Leave out powers of ten that would touch below a narrow plot; the highest one stays."""
        low, high = self.range
        if self.orientation != "bottom" or not high > low:
            return texts
        metrics = QFontMetrics(self.style["tickFont"] or self.font())
        widest = max((metrics.horizontalAdvance(text) for text in texts if text), default=0)
        every = math.ceil((widest + _GAP) * (high - low) / max(self.width(), 1.0))
        if every <= 1:
            return texts
        top = math.floor(high + 1e-9)
        kept = [abs(value - round(value)) < 1e-9 and (top - round(value)) % every == 0 for value in exponents]
        return [text if keep else None for text, keep in zip(texts, kept, strict=True)]


def _is_round(exponent: float) -> bool:
    return round(10.0 ** (exponent % 1.0), 3) in (1.0, 2.0, 5.0, 10.0)


def _linear(value: float, places: int) -> str:
    return f"{value:.{places}f}" if places else formats.count(round(value))


def _plain(value: float) -> str:
    return f"{value:.6g}" if 1e-5 <= value < 1e5 else f"{value:.0e}"
