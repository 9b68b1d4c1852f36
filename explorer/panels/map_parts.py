"""Parts of the map panel: the legend with its key, and the note that a projection is being computed."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from explorer import formats
from explorer.panels.map_colouring import Quantity
from explorer.panels.map_contour_key import ContourKey
from explorer.panels.map_kind_key import KindKey
from explorer.theme import UNIT, ClassStyle, Shape, muted
from explorer.translation import tr
from explorer.widgets.colour_scale import ColourBar
from explorer.widgets.legend import Legend
from explorer.widgets.marks import Look, Surface, draw_mark

_FULL = 1000
"""Steps of the bar of progress."""
_CLASS_CLICK = tr("A click selects its images, Ctrl and a click adds them; point at it to see where they are.")


class LegendColumn(QWidget):
    """What the marks mean: filled or hollow, and the classes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.classes = Legend(_CLASS_CLICK)
        self._key = _PartKey()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(UNIT // 2, 0, 0, 0)
        layout.setSpacing(UNIT // 2)
        self._scale = ColourBar()
        self._pages = QStackedLayout()
        self._pages.addWidget(self.classes)
        self.kinds = KindKey()
        self._pages.addWidget(self._scale)
        self._pages.addWidget(self.kinds)
        self._lines = ContourKey()
        layout.addWidget(self._key)
        layout.addWidget(self._lines)
        layout.addLayout(self._pages, 1)
        self.setMinimumWidth(15 * UNIT)

    def show_points(self, names: tuple[str, ...], labels: NDArray[np.int64], held_out: NDArray[np.bool_]) -> None:
        """Name and count what the map shows."""
        self.classes.set_classes(names, np.bincount(labels, minlength=len(names)))
        self._key.set_counts(int(held_out.sum()), int((~held_out).sum()))

    def show_lines(self, *, whole: bool, of_class: str) -> None:
        """Explain the lines of density, see `ContourKey.show_lines`."""
        self._lines.show_lines(whole=whole, of_class=of_class)

    def show_classes(self) -> None:
        """The colours stand for classes."""
        self._pages.setCurrentWidget(self.classes)

    def show_kinds(
        self, name: str, kinds: Sequence[tuple[str, ClassStyle]], index: NDArray[np.intp], help_text: str = ""
    ) -> None:
        """The colours stand for kinds, of which each image has one, [N]."""
        self.kinds.setToolTip(help_text)
        self.kinds.show_kinds(name, kinds, np.bincount(index, minlength=len(kinds)))
        self._pages.setCurrentWidget(self.kinds)

    def show_scale(self, quantity: Quantity, ends: tuple[float, float], *, has_unknown: bool) -> None:
        """The colours stand for a quantity between two values."""
        self._scale.show_scale(quantity.label, ends, quantity.text, has_unknown=has_unknown)
        self._scale.setToolTip(quantity.help)
        self._pages.setCurrentWidget(self._scale)

    def sizeHint(self) -> QSize:
        """Wide enough for short names."""
        return QSize(20 * UNIT, 30 * UNIT)


class ProgressNote(QFrame):
    """Says what is being computed, over the map, with a way out."""

    cancelled = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("projection_progress")
        self.setAutoFillBackground(True)
        self.setFrameStyle(QFrame.Shape.StyledPanel | QFrame.Shadow.Plain)
        self._text = QLabel(textFormat=Qt.TextFormat.PlainText)
        self._busy = QProgressBar(minimum=0, maximum=0, textVisible=False)
        self._busy.setFixedSize(6 * UNIT, UNIT)
        self._busy.setAccessibleName(tr("The projection is being computed"))
        self._cancel = QPushButton(tr("Cancel"))
        self._cancel.setObjectName("cancel_projection")
        self._cancel.setToolTip(tr("Stop computing this projection; the map stays as it is."))
        self._cancel.clicked.connect(self.cancelled)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(UNIT, UNIT // 2, UNIT // 2, UNIT // 2)
        layout.setSpacing(UNIT)
        for widget in (self._busy, self._text, self._cancel):
            layout.addWidget(widget)
        self.move(UNIT, UNIT)
        self.hide()

    def tell(self, text: str | None, share: float | None = None, seconds_left: float | None = None) -> None:
        """Show the text, the share that is done and how long the rest takes where they are known; None hides all."""
        known = text is None or share is not None  # a bar of unknown length moves, which nobody should do unseen
        self._busy.setRange(0, _FULL if known else 0)
        parts = [text or ""]
        if share is not None:
            self._busy.setValue(round(share * _FULL))
            parts.append(f"{round(100 * share):>3} %")
        if seconds_left is not None:
            parts.append(tr("{seconds_left} left").format(seconds_left=formats.duration(seconds_left)))
        self._text.setText(" · ".join(parts))
        self.adjustSize()
        self.setVisible(text is not None)
        self.raise_()

    def text(self) -> str:
        """What the note says."""
        return self._text.text()


class _PartKey(QWidget):
    """Filled marks are held-out images, hollow ones training images, with the number of each."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("part_key")
        self._lines: tuple[tuple[str, int, Look], ...] = ()
        self.setToolTip(
            tr("Filled: held-out images, on which the model is judged.\nHollow and smaller: images it is trained on.")
        )
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.set_counts(0, 0)

    def set_counts(self, held_out: int, training: int) -> None:
        self._lines = ((tr("held-out"), held_out, Look()), (tr("training"), training, Look(hollow=True)))
        self.setAccessibleName(
            tr("{held_out} held-out images, filled; {training} training images, hollow").format(
                held_out=held_out, training=training
            )
        )
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(15 * UNIT, len(self._lines) * self._height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette = self.palette()
        surface = Surface(palette.color(QPalette.ColorRole.Window), palette.color(QPalette.ColorRole.WindowText))
        style = ClassStyle(surface.text, Shape.CIRCLE)
        for row, (name, count, look) in enumerate(self._lines):
            line = QRect(0, row * self._height(), self.width(), self._height()).adjusted(UNIT // 2, 0, -UNIT // 2, 0)
            painter.resetTransform()
            painter.translate(QPointF(line.left() + UNIT, line.center().y() + 0.5))
            draw_mark(painter, style, 11.0, surface, look)
            painter.resetTransform()
            painter.setPen(surface.text)
            painter.drawText(line.adjusted(2 * UNIT + 2, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, name)
            painter.setPen(muted(palette))
            side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(line, side, formats.count(count))

    def _height(self) -> int:
        return QFontMetrics(self.font()).height() + UNIT // 2
