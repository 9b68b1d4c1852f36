"""A box of text with buttons that floats over the window, and rings round the parts that it speaks of."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from explorer import theme
from explorer.translation import tr
from explorer.widgets.message import QuietLabel

_WIDTH = 34 * theme.UNIT
_ROUND = theme.UNIT // 2
_RING = 2
"""Pixels; width of the line."""


class Callout(QFrame):
    """A few words with a way on and a way out; nothing else is blocked, and Escape leaves it."""

    next_pressed = Signal()
    skipped = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("callout")
        self.setAccessibleName(tr("Tour"))
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.setFixedWidth(_WIDTH)
        self._title, self._text, self._place = QLabel(), QLabel(), QuietLabel()
        self._skip, self._next = QPushButton(tr("Skip")), QPushButton()
        self._arrange()
        self._skip.clicked.connect(self.skipped)
        self._next.clicked.connect(self.next_pressed)

    def show_step(self, place: str, title: str, text: str, way_on: str, way_on_help: str) -> None:
        """Say something; `place` is where in the row of steps this is, and `way_on` the text of the button."""
        self._place.setText(place)
        self._title.setText(title)
        self._text.setText(text)
        self._next.setText(way_on)
        self._next.setToolTip(way_on_help)
        self.setAccessibleDescription(f"{title}. {text}")
        self.adjustSize()
        self.show()
        self.raise_()

    def set_way_on(self, text: str, help_text: str) -> None:
        """Let the button do something else."""
        self._next.setText(text)
        self._next.setToolTip(help_text)

    def take_keyboard(self) -> None:
        """Put the keyboard on the way on."""
        self._next.setFocus(Qt.FocusReason.PopupFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave by Escape; Enter presses the button that has the keyboard."""
        focused = self.focusWidget()
        if event.key() == Qt.Key.Key_Escape:
            self.skipped.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(focused, QPushButton):
            focused.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A line round the box, in the colour of the rings."""
        super().paintEvent(event)
        with QPainter(self) as painter:
            painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Highlight), _RING))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))

    def _arrange(self) -> None:
        bold = self._title.font()
        bold.setBold(True)
        self._title.setFont(bold)
        self._place.setWordWrap(False)
        self._text.setWordWrap(True)
        self._skip.setObjectName("skip_tour")
        self._skip.setToolTip(tr("End the tour (Esc). Help > Tour begins it again."))
        self._next.setObjectName("tour_next")
        for button in (self._skip, self._next):
            button.setAutoDefault(False)
        head, foot, column = QHBoxLayout(), QHBoxLayout(), QVBoxLayout(self)
        head.addWidget(self._title, 1)
        head.addWidget(self._place)
        foot.addWidget(self._skip)
        foot.addStretch(1)
        foot.addWidget(self._next)
        column.setContentsMargins(2 * theme.UNIT, theme.UNIT + _RING, 2 * theme.UNIT, theme.UNIT + _RING)
        column.setSpacing(theme.UNIT)
        column.addLayout(head)
        column.addWidget(self._text)
        column.addLayout(foot)


class Rings(QWidget):
    """Lies over the whole window, lets every click through, and rings what it is told to."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._areas: tuple[QRect, ...] = ()
        self._box: QRect | None = None

    def show_round(self, areas: Sequence[QRect], box: QRect) -> None:
        """Ring these areas, and lead a line from the box to the first; all in the window's pixels."""
        self._areas, self._box = tuple(areas), box
        parent = self.parentWidget()
        if parent is not None:
            self.setGeometry(parent.rect())
        self.show()
        self.raise_()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the rings and the line."""
        if not self._areas or self._box is None:
            return
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Highlight), _RING))
            for area in self._areas:
                painter.drawRoundedRect(QRectF(area).adjusted(1, 1, -1, -1), _ROUND, _ROUND)
            start, end = _nearest(self._box, self._areas[0])
            painter.drawLine(start, end)


def _nearest(box: QRect, area: QRect) -> tuple[QPointF, QPointF]:
    """The ends of the shortest line between two areas, along the middle of what they share."""
    xs, ys = (
        _gap(box.left(), box.right(), area.left(), area.right()),
        _gap(box.top(), box.bottom(), area.top(), area.bottom()),
    )
    return QPointF(QPoint(xs[0], ys[0])), QPointF(QPoint(xs[1], ys[1]))


def _gap(low: int, high: int, other_low: int, other_high: int) -> tuple[int, int]:
    if high < other_low:
        return high, other_low
    if other_high < low:
        return low, other_high
    middle = (max(low, other_low) + min(high, other_high)) // 2
    return middle, middle
