"""The lab's window: the list of pictures and the one that is looked at."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QStackedWidget, QWidget

from explorer import theme
from explorer.lab.picture import Picture, find_pictures
from explorer.settings import Settings
from explorer.translation import tr

_LIST_WIDTH = 26 * theme.UNIT
_HELP = tr("What to look at; the arrow keys go through the list.")


class LabWindow(QWidget):
    """A window of its own that stays beside the main one; a picture is made when it is looked at first."""

    guide_requested = Signal()
    """The user pressed F1."""

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self._settings = settings
        self.setObjectName("lab")
        self.setWindowTitle(tr("Lab – metric-explorer"))
        self._kinds = find_pictures()
        self._made: dict[int, Picture] = {}
        self._list, self._stack = QListWidget(), QStackedWidget()
        self._list.setObjectName("lab_pictures")
        self._list.setAccessibleName(tr("Pictures of the lab"))
        self._list.setToolTip(_HELP)
        self._list.setFixedWidth(_LIST_WIDTH)
        self._list.setSpacing(theme.UNIT // 4)
        for kind in self._kinds:
            item = QListWidgetItem(kind.title, self._list)
            item.setToolTip(kind.sentence)
        self._list.currentRowChanged.connect(self._show_picture)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._list)
        layout.addWidget(self._stack, 1)
        QShortcut(QKeySequence.StandardKey.HelpContents, self, self.guide_requested.emit)
        QShortcut(QKeySequence.StandardKey.Close, self, self.close)
        self.resize(1000, 700)
        if (geometry := settings.lab_geometry()) is not None:
            self.restoreGeometry(geometry)
        self._list.setCurrentRow(0)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember size and place."""
        self._settings.save_lab_geometry(self.saveGeometry())
        super().closeEvent(event)

    def _show_picture(self, place: int) -> None:
        if place not in self._made:
            self._made[place] = self._kinds[place]()
            self._stack.addWidget(self._made[place])
        self._stack.setCurrentWidget(self._made[place])
