"""The command palette: a field, and below it the actions that fit what is typed."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QFrame, QLineEdit, QListView, QVBoxLayout, QWidget

from explorer import theme
from explorer.actions.entries import Entry
from explorer.palette.rows import PaletteDelegate, PaletteModel, label
from explorer.palette.search import find
from explorer.translation import tr
from explorer.widgets.message import QuietLabel

_WIDTH, _HEIGHT = 76 * theme.UNIT, 52 * theme.UNIT
_MOVES = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
_NONE = tr("No action is called that. Try fewer letters, or the name of a panel.")


class Palette(QFrame):
    """A popup over its window: it takes the keyboard while it is open, and gives it back to where it was."""

    chosen = Signal(object)
    """The `Entry` that is to be done; the palette is shut already."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, Qt.WindowType.Popup)
        self.setObjectName("palette")
        self.setAccessibleName(tr("Find an action"))
        self._window = window
        self._entries: list[Entry] = []
        self._recent: list[int] = []
        self._field, self._list, self._help = QLineEdit(), QListView(), QuietLabel()
        self._model = PaletteModel()
        self._arrange()
        self._field.textChanged.connect(self._search)
        self._field.installEventFilter(self)
        self._list.clicked.connect(lambda _index: self._choose())
        self._list.selectionModel().currentChanged.connect(lambda _now, _before: self._tell())

    def begin(self, entries: Sequence[Entry], recent: Sequence[str]) -> None:
        """Open with these actions; those with the names in `recent` were used of late, the latest first."""
        self._entries = list(entries)
        places = {entry.name: place for place, entry in enumerate(entries)}
        self._recent = [places[name] for name in recent if name in places]
        self._field.clear()
        self._search("")
        self._place()
        self.show()
        self._field.setFocus(Qt.FocusReason.PopupFocusReason)

    def hideEvent(self, event: QHideEvent) -> None:
        """Give the keyboard back on systems that take a popup for the active window; others have never moved it."""
        super().hideEvent(event)
        if QApplication.activeWindow() is self:
            self._window.activateWindow()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw a frame that can be seen on a window of the same ground."""
        super().paintEvent(event)
        with QPainter(self) as painter:
            painter.setPen(theme.muted(self.palette()))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the field's arrow keys move in the list, and Enter choose."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in _MOVES:
                self._list.event(event)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._choose()
                return True
        return super().eventFilter(watched, event)

    def _search(self, query: str) -> None:
        found = find(query, [label(entry) for entry in self._entries], self._recent)
        self._model.show_entries([self._entries[place] for place in found])
        self._list.setCurrentIndex(self._model.index(0 if query else self._first_possible()))
        self._tell()

    def _first_possible(self) -> int:
        """The first row that Enter can do: nobody has asked yet for one that it cannot."""
        rows = range(self._model.rowCount())
        return next((row for row in rows if not self._model.refused(row)), 0)

    def _tell(self) -> None:
        """Say below the list what the present action does, or why it cannot be done."""
        row = self._list.currentIndex().row()
        if row < 0:
            self._help.setText(_NONE)
            return
        entry = self._model.entry(row)
        self._help.setText(self._model.refused(row) or entry.help.partition("\n\n")[0])

    def _choose(self) -> None:
        row = self._list.currentIndex().row()
        if row < 0 or self._model.refused(row):
            return  # the line below the list says why
        entry = self._model.entry(row)
        self.hide()
        self.chosen.emit(entry)

    def _place(self) -> None:
        """In the middle of the window, near its upper edge."""
        window = self._window
        self.resize(min(_WIDTH, window.width()), min(_HEIGHT, window.height() - 8 * theme.UNIT))
        self.move(window.mapToGlobal(QPoint((window.width() - self.width()) // 2, 7 * theme.UNIT)))

    def _arrange(self) -> None:
        self._field.setObjectName("palette_field")
        self._field.setAccessibleName(tr("Name of an action"))
        self._field.setPlaceholderText(tr("What do you want to do?"))
        self._field.setToolTip(tr("Some letters of an action or a panel; Up and Down choose, Enter does it."))
        self._list.setObjectName("palette_actions")
        self._list.setAccessibleName(tr("Actions that fit"))
        self._list.setModel(self._model)
        self._list.setItemDelegate(PaletteDelegate(self._model, self._list))
        self._list.setFocusProxy(self._field)  # which moves in the list
        self._list.setUniformItemSizes(True)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._help.setObjectName("palette_help")
        self._help.setFixedHeight(3 * self._help.fontMetrics().lineSpacing())
        self._help.setAlignment(Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.UNIT, theme.UNIT, theme.UNIT, theme.UNIT)
        column.setSpacing(theme.UNIT)
        column.addWidget(self._field)
        column.addWidget(self._list, 1)
        column.addWidget(self._help)
