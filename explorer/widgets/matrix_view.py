"""Counts of one thing against another as a heat map: who is taken for whom."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QColor,
    QFontMetrics,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QToolTip, QWidget

from explorer import formats, theme
from explorer.translation import tr

_LARGEST = 6 * theme.UNIT
"""Pixels of a cell where there is room to spare."""
_NAMES = 0.3
"""Share of the width and of the height that names may take."""
_FAINTEST = 0.12
"""Opacity of a cell that holds hardly any of its row."""
_STEPS = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}


class Cell(NamedTuple):
    """A place in the matrix."""

    row: int
    column: int


class MatrixView(QAbstractScrollArea):
    """Rows are the true classes, columns what they were taken for; a shade is a share of its row.

    Right answers have one colour, mistakes the other; cells large enough show their count, and the tooltip tells all.
    Arrow keys move a frame, Enter chooses.
    """

    cell_chosen = Signal(int, int)
    """Row and column that the user clicked."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setObjectName(name.replace(" ", "_"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._counts: NDArray[np.int64] = np.zeros((0, 0), np.int64)
        self._totals: NDArray[np.int64] = np.zeros(0, np.int64)
        self._names: tuple[str, ...] = ()
        self._current: Cell | None = None
        self._side = theme.UNIT
        self._left = self._top = 0
        self._upright = False
        self.viewport().setMouseTracking(True)
        self.setMinimumSize(20 * theme.UNIT, 15 * theme.UNIT)

    def show_counts(self, counts: NDArray[np.int64], names: Sequence[str]) -> None:
        """Show other counts [C, C] of the named classes."""
        self._counts, self._names = counts, tuple(names)
        self._totals = counts.sum(axis=1)
        self._current = None
        self._lay_out()

    def sizeHint(self) -> QSize:
        """Room for a few classes."""
        return QSize(45 * theme.UNIT, 40 * theme.UNIT)

    def sentence(self, cell: Cell) -> str:
        """What a cell tells."""
        count, total = int(self._counts[cell]), int(self._totals[cell.row])
        of_all = tr("{count} of {total} images of {names}").format(
            count=formats.count(count), total=formats.count(total), names=self._names[cell.row]
        )
        share = f" ({formats.rate(count / total)})" if total else ""
        if cell.row == cell.column:
            return tr("{of_all} are recognised{share}").format(of_all=of_all, share=share)
        return tr("{of_all} are taken for {names}{share}").format(
            of_all=of_all, names=self._names[cell.column], share=share
        )

    # --- events

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the cells to the room."""
        super().resizeEvent(event)
        self._lay_out()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of palette or font."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.PaletteChange):
            self._lay_out()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Paint anew: names stay where they are."""
        self.viewport().update()

    def viewportEvent(self, event: QEvent) -> bool:
        """Tell what the cell under the pointer holds."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            cell = self._cell_at(event.pos())
            if cell is None:
                QToolTip.hideText()
            else:
                QToolTip.showText(event.globalPos(), self.sentence(cell), self.viewport(), self._area(cell))
            return True
        return super().viewportEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the press, so that its release comes here."""
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Choose the cell."""
        cell = self._cell_at(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and cell is not None:
            self._go_to(cell)
            self.cell_chosen.emit(*cell)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the frame, or choose the cell in it."""
        size = len(self._counts)
        step = _STEPS.get(Qt.Key(event.key()))
        if not size or (step is None and event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter)):
            super().keyPressEvent(event)
        elif step is None:
            if self._current is not None:
                self.cell_chosen.emit(*self._current)
        elif self._current is None:
            self._go_to(Cell(0, 0))
        else:
            row, column = self._current.row + step[0], self._current.column + step[1]
            self._go_to(Cell(min(max(row, 0), size - 1), min(max(column, 0), size - 1)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the cells that are seen, and the names beside them."""
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), self.palette().color(QPalette.ColorRole.Base))
        if not len(self._counts):
            return
        rows, columns = self._seen()
        painter.save()
        painter.setClipRect(self._plot())
        self._paint_cells(painter, rows, columns)
        painter.restore()
        painter.setPen(self.palette().color(QPalette.ColorRole.Text))
        self._paint_row_names(painter, rows)
        self._paint_column_names(painter, columns)

    # --- inside

    def _lay_out(self) -> None:
        metrics, room = self.fontMetrics(), self.viewport().size()
        widest = max((metrics.horizontalAdvance(name) for name in self._names), default=0) + theme.UNIT
        self._left = min(widest, int(_NAMES * room.width()))
        self._top = min(widest, int(_NAMES * room.height()))
        # Names that are no wider than a cell can be need not lie on their side.
        self._upright = widest <= metrics.height() + theme.UNIT
        if self._upright:
            self._top = metrics.height() + theme.UNIT // 2
        size = max(1, len(self._counts))
        fitting = min((room.width() - self._left) // size, (room.height() - self._top) // size)
        self._side = max(metrics.height(), min(_LARGEST, fitting))
        whole = self._side * size
        for bar, seen in (
            (self.horizontalScrollBar(), room.width() - self._left),
            (self.verticalScrollBar(), room.height() - self._top),
        ):
            bar.setRange(0, max(0, whole - seen))
            bar.setPageStep(max(1, seen))
            bar.setSingleStep(self._side)
        self.viewport().update()

    def _plot(self) -> QRect:
        room = self.viewport().size()
        return QRect(self._left, self._top, room.width() - self._left, room.height() - self._top)

    def _seen(self) -> tuple[range, range]:
        plot, size = self._plot(), len(self._counts)
        first_row = self.verticalScrollBar().value() // self._side
        first_column = self.horizontalScrollBar().value() // self._side
        return (
            range(first_row, min(size, first_row + plot.height() // self._side + 2)),
            range(first_column, min(size, first_column + plot.width() // self._side + 2)),
        )

    def _area(self, cell: Cell) -> QRect:
        x = self._left + cell.column * self._side - self.horizontalScrollBar().value()
        y = self._top + cell.row * self._side - self.verticalScrollBar().value()
        return QRect(x, y, self._side, self._side)

    def _cell_at(self, place: QPoint) -> Cell | None:
        if not self._plot().contains(place):
            return None
        row = (place.y() - self._top + self.verticalScrollBar().value()) // self._side
        column = (place.x() - self._left + self.horizontalScrollBar().value()) // self._side
        size = len(self._counts)
        return Cell(row, column) if row < size and column < size else None

    def _go_to(self, cell: Cell) -> None:
        self._current = cell
        area, plot = self._area(cell), self._plot()
        for bar, before, after in (
            (self.horizontalScrollBar(), area.left() - plot.left(), area.right() - plot.right()),
            (self.verticalScrollBar(), area.top() - plot.top(), area.bottom() - plot.bottom()),
        ):
            bar.setValue(bar.value() + (before if before < 0 else max(0, after)))
        self.setAccessibleDescription(self.sentence(cell))
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))
        self.viewport().update()

    def _paint_cells(self, painter: QPainter, rows: range, columns: range) -> None:
        font = theme.digits_font()
        font.setPointSizeF(0.9 * self.font().pointSizeF())
        painter.setFont(font)
        metrics, ground = QFontMetrics(font), self.palette().color(QPalette.ColorRole.Base)
        self._paint_grid(painter, rows, columns)
        seen = self._counts[rows.start : rows.stop, columns.start : columns.stop]
        for row, column in zip(*(places.tolist() for places in np.nonzero(seen)), strict=True):
            cell = Cell(rows.start + row, columns.start + column)
            self._paint_count(painter, metrics, ground, cell, int(seen[row, column]))
        if self._current is not None and self.hasFocus():
            painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Text), 2))
            painter.drawRect(self._area(self._current).adjusted(1, 1, -1, -1))

    def _paint_grid(self, painter: QPainter, rows: range, columns: range) -> None:
        faint = QColor(self.palette().color(QPalette.ColorRole.Text))
        faint.setAlphaF(0.08)
        painter.setPen(faint)
        first, last = self._area(Cell(rows.start, columns.start)), self._area(Cell(rows.stop, columns.stop))
        for row in range(rows.start, rows.stop + 1):
            y = self._area(Cell(row, 0)).top()
            painter.drawLine(first.left(), y, last.left(), y)
        for column in range(columns.start, columns.stop + 1):
            x = self._area(Cell(0, column)).left()
            painter.drawLine(x, first.top(), x, last.top())

    def _paint_count(self, painter: QPainter, metrics: QFontMetrics, ground: QColor, cell: Cell, count: int) -> None:
        hue = theme.GENUINE if cell.row == cell.column else theme.IMPOSTOR
        colour = _mixed(hue, ground, _FAINTEST + (1 - _FAINTEST) * float(np.sqrt(count / self._totals[cell.row])))
        area = self._area(cell)
        painter.fillRect(area.adjusted(1, 1, 0, 0), colour)
        text = formats.count(count)
        if metrics.horizontalAdvance(text) + 2 <= self._side and metrics.height() <= self._side:
            painter.setPen(Qt.GlobalColor.black if _luminance(colour) > 0.4 else Qt.GlobalColor.white)
            painter.drawText(area, int(Qt.AlignmentFlag.AlignCenter), text)

    def _paint_row_names(self, painter: QPainter, rows: range) -> None:
        painter.setFont(self.font())
        metrics, plot = self.fontMetrics(), self._plot()
        painter.setClipRect(QRect(0, plot.top(), self._left, plot.height()))
        for row in rows:
            area = self._area(Cell(row, 0))
            name = metrics.elidedText(self._names[row], Qt.TextElideMode.ElideMiddle, self._left - theme.UNIT // 2)
            place = QRect(0, area.top(), self._left - theme.UNIT // 2, self._side)
            painter.drawText(place, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), name)

    def _paint_column_names(self, painter: QPainter, columns: range) -> None:
        metrics, plot = self.fontMetrics(), self._plot()
        painter.setClipRect(QRect(plot.left(), 0, plot.width(), self._top))
        for column in columns:
            if self._upright:
                place = QRect(self._area(Cell(0, column)).left(), 0, self._side, self._top)
                painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), self._names[column])
                continue
            name = metrics.elidedText(self._names[column], Qt.TextElideMode.ElideMiddle, self._top - theme.UNIT // 2)
            painter.save()
            middle = QRectF(self._area(Cell(0, column))).center().x()
            painter.translate(QPointF(middle, self._top - theme.UNIT // 2))
            painter.rotate(-90)
            beside = QRectF(0, -self._side / 2, self._top, self._side)
            painter.drawText(beside, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), name)
            painter.restore()


def _mixed(colour: QColor, ground: QColor, share: float) -> QColor:
    parts = zip(colour.getRgb()[:3], ground.getRgb()[:3], strict=True)  # type: ignore[index]
    return QColor(*(round(share * one + (1 - share) * other) for one, other in parts))


def _luminance(colour: QColor) -> float:
    """Relative luminance as in WCAG, near enough by squares."""
    return 0.2126 * colour.redF() ** 2 + 0.7152 * colour.greenF() ** 2 + 0.0722 * colour.blueF() ** 2
