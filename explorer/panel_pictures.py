"""Pictures of panels: to the clipboard or into a file, from the View menu or by a right click on a title or tab."""

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QGuiApplication, QPixmap
from PySide6.QtWidgets import QApplication, QDockWidget, QMainWindow, QWidget

from explorer.dialogs import save_file
from explorer.translation import tr
from explorer.widgets.status_line import StatusLine


class PanelPictures(QObject):
    """Takes pictures of the panels of one window as they are on the screen."""

    def __init__(self, window: QMainWindow, docks: Mapping[str, QDockWidget], status: StatusLine) -> None:
        super().__init__(window)
        self._window, self._docks, self._status = window, tuple(docks.values()), status
        self._used: QDockWidget | None = None
        """That of the panel that was used last."""
        for dock in self._docks:
            dock.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)  # DockTabs offers them on the tab, too
            dock.addAction(self._action(dock, "copy", tr("Copy picture"), self._copy))
            dock.addAction(self._action(dock, "save", tr("Save picture …"), self._ask))
            dock.installEventFilter(self)
        window.tabifiedDockWidgetActivated.connect(self._use)
        QApplication.instance().focusChanged.connect(self._follow)  # type: ignore[union-attr]

    def copy(self) -> None:
        """Copy a picture of the panel that was used last, or of the whole window."""
        self._copy(*self._current())

    def ask_where_to_save(self) -> None:
        """Let the user choose where a picture of that panel is saved."""
        self._ask(*self._current())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hear of clicks on what takes no focus, such as a title or a text."""
        if event.type() == QEvent.Type.MouseButtonPress and isinstance(watched, QDockWidget):
            self._use(watched)
        return super().eventFilter(watched, event)

    def _use(self, dock: QDockWidget) -> None:
        self._used = dock

    def _follow(self, _before: QWidget | None, focused: QWidget | None) -> None:
        for dock in self._docks:
            if focused is not None and (dock is focused or dock.isAncestorOf(focused)):
                self._use(dock)

    def _current(self) -> tuple[QWidget, str]:
        used = self._used
        if used is None or used.visibleRegion().isEmpty():  # closed, or behind another tab
            return self._window, tr("window")
        return _panel(used), used.windowTitle()

    def _action(self, dock: QDockWidget, what: str, text: str, do: Callable[[QWidget, str], None]) -> QAction:
        action = QAction(text, dock)
        action.setObjectName(f"{what}_picture_of_{dock.objectName()}")
        action.setToolTip(tr("What this panel shows, as a picture"))
        action.triggered.connect(lambda _checked=False: do(_panel(dock), dock.windowTitle()))
        return action

    def _copy(self, shown: QWidget, title: str) -> None:
        QGuiApplication.clipboard().setPixmap(shown.grab())
        self._status.say(tr("Copied a picture of {}").format(title))

    def _ask(self, shown: QWidget, title: str) -> None:
        picture = shown.grab()  # before the dialog is over it
        name = f"{title.lower().replace(' ', '-')}.png"
        dialog_title = tr("Save a picture of {}").format(title)
        save_file(self._window, dialog_title, name, "png", lambda path: self._save(picture, Path(path)))

    def _save(self, picture: QPixmap, path: Path) -> None:
        if picture.save(str(path), "PNG"):
            self._status.say(tr("Saved {}").format(path))
        else:
            self._status.complain(tr("{}: the picture cannot be written there").format(path))


def _panel(dock: QDockWidget) -> QWidget:
    return dock.widget() or dock
