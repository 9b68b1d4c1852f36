"""What the colours mean, in one line, where a legend has no room."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QSizePolicy, QWidget

from explorer.panels.map_colouring import Quantity
from explorer.theme import UNIT, ClassStyle, class_style, muted
from explorer.translation import tr
from explorer.widgets.colour_scale import fill_with_scale, unknown_style
from explorer.widgets.marks import Look, Surface, draw_mark

_SWATCH = 11.0
_BAR = 10 * UNIT

Entries = tuple[tuple[str, ClassStyle], ...]


class CompactKey(QWidget):
    """A `ColourKey`: as many marks with their names as there is room for, or a scale; the tooltip has all names."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("compact_key")
        self._classes: Entries = ()
        self._entries: Entries = ()
        self._title = ""
        self._scale: tuple[str, str] | None = None
        """What is written at both ends."""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def set_classes(self, names: Sequence[str], labels: NDArray[np.int64]) -> None:
        """Say which classes there are, and which of them each image is of, [N]; tells nothing yet."""
        self._classes = tuple((names[label], class_style(label)) for label in np.unique(labels).tolist())

    def show_classes(self) -> None:
        """Name the classes."""
        self._show("class", self._classes, None, "")

    def show_kinds(
        self, name: str, kinds: Sequence[tuple[str, ClassStyle]], index: NDArray[np.intp], help_text: str = ""
    ) -> None:
        """Name the kinds of which there are images."""
        self._show(name, tuple(kinds[kind] for kind in np.unique(index).tolist()), None, help_text)

    def show_scale(self, quantity: Quantity, ends: tuple[float, float], *, has_unknown: bool) -> None:
        """Show the scale with the values of both ends."""
        low, high = map(quantity.text, ends)
        unknown = ((tr("no value"), unknown_style()),) if has_unknown else ()
        self._show(quantity.label, unknown, (low, high), quantity.help)

    def sizeHint(self) -> QSize:
        """One line."""
        return QSize(20 * UNIT, QFontMetrics(self.font()).height() + UNIT // 2)

    def minimumSizeHint(self) -> QSize:
        """One line."""
        return self.sizeHint()

    def named(self) -> tuple[int, str]:
        """How many of the marks have room, and what is written after them."""
        left = self.width() - self._start()
        metrics = QFontMetrics(self.font())
        widths = np.cumsum([_width(metrics, name) for name, _ in self._entries])
        if not len(widths) or widths[-1] <= left:
            return len(widths), ""
        more = metrics.horizontalAdvance(tr("and {value} more").format(value=len(widths)))
        count = int(np.searchsorted(widths, left - more, side="right"))
        return count, tr("and {value} more").format(value=len(widths) - count) if count else tr(
            "{widths} kinds"
        ).format(widths=len(widths))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw title, scale and marks."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette = self.palette()
        surface = Surface(palette.color(QPalette.ColorRole.Window), palette.color(QPalette.ColorRole.WindowText))
        metrics = QFontMetrics(self.font())
        painter.setPen(muted(palette))
        self._write(painter, 0.0, self._shown_title())
        if self._scale is not None:
            self._draw_scale(painter, metrics, *self._scale)
        x, (count, more) = self._start(), self.named()
        painter.setPen(surface.text)
        for name, style in self._entries[:count]:
            painter.save()
            painter.translate(QPointF(x + UNIT, self.height() / 2))
            draw_mark(painter, style, _SWATCH, surface, Look())
            painter.restore()
            self._write(painter, x + 2 * UNIT + 2, name)
            x += _width(metrics, name)
        painter.setPen(muted(palette))
        self._write(painter, x, more)

    def _show(self, title: str, entries: Entries, scale: tuple[str, str] | None, help_text: str) -> None:
        self._title, self._entries, self._scale = title, entries, scale
        between = () if scale is None else (tr("from {scale} to {scale_2}").format(scale=scale[0], scale_2=scale[1]),)
        words = [title, *between, *(name for name, _ in entries)]
        self.setAccessibleName(", ".join(words))
        self.setToolTip("\n".join((*words, *((help_text,) if help_text else ()))))
        self.update()

    def _shown_title(self) -> str:
        follows = bool(self._entries) or self._scale is not None
        room = self.width() // 2 if follows else self.width()
        return QFontMetrics(self.font()).elidedText(self._title, Qt.TextElideMode.ElideRight, room)

    def _start(self) -> float:
        """Where the marks begin."""
        metrics = QFontMetrics(self.font())
        title = metrics.horizontalAdvance(self._shown_title()) + 2.0 * UNIT
        if self._scale is None:
            return title
        low, high = self._scale
        return title + metrics.horizontalAdvance(low) + _BAR + metrics.horizontalAdvance(high) + 4.0 * UNIT

    def _draw_scale(self, painter: QPainter, metrics: QFontMetrics, low: str, high: str) -> None:
        x = metrics.horizontalAdvance(self._shown_title()) + 2.0 * UNIT
        self._write(painter, x, low)
        bar = QRectF(x + metrics.horizontalAdvance(low) + UNIT, self.height() / 2 - UNIT / 2, _BAR, UNIT)
        middle = bar.center().y()
        fill_with_scale(painter, bar, QPointF(bar.left(), middle), QPointF(bar.right(), middle))
        self._write(painter, bar.right() + UNIT, high)

    def _write(self, painter: QPainter, x: float, text: str) -> None:
        beside = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRectF(x, 0, self.width() - x, self.height()), beside, text)


def _width(metrics: QFontMetrics, name: str) -> float:
    """Of a mark with its name and the gap after it."""
    return metrics.horizontalAdvance(name) + 4.0 * UNIT
