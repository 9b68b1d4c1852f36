"""Pictures of panels: to the clipboard or into a file, from the View menu or by a right click on a panel's title."""

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QAction, QGuiApplication, QPixmap
from PySide6.QtWidgets import QApplication, QDockWidget, QMenu, QWidget

from explorer.dialogs import save_file
from explorer.translation import tr
from explorer.widgets.status_line import StatusLine


class PanelPictures(QObject):
    """Takes pictures of the panels of one window as they are on the screen."""

    def __init__(self, window: QWidget, docks: Mapping[str, QDockWidget], status: StatusLine) -> None:
        super().__init__(window)
        self._window, self._docks, self._status = window, tuple(docks.values()), status
        for dock in self._docks:
            dock.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
            dock.customContextMenuRequested.connect(lambda place, dock=dock: self._open_menu(dock, place))

    def copy(self) -> None:
        """Copy a picture of the panel that has the keyboard, or of the whole window."""
        self._copy(*self._current())

    def ask_where_to_save(self) -> None:
        """Let the user choose where a picture of that panel is saved."""
        self._ask(*self._current())

    def _current(self) -> tuple[QWidget, str]:
        focused = QApplication.focusWidget()
        for dock in self._docks:
            if focused is not None and (dock is focused or dock.isAncestorOf(focused)):
                return _panel(dock), dock.windowTitle()
        return self._window, tr("window")

    def _open_menu(self, dock: QDockWidget, place: QPoint) -> None:
        self._menu(dock).popup(dock.mapToGlobal(place))

    def _menu(self, dock: QDockWidget) -> QMenu:
        menu = QMenu(dock)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setToolTipsVisible(True)
        panel, title = _panel(dock), dock.windowTitle()
        floats = tr("Back into the window") if dock.isFloating() else tr("Out of the window")
        for name, text, help_text, asked in (
            ("copy_panel", tr("Copy picture"), tr("Copy what this panel shows"), lambda: self._copy(panel, title)),
            ("save_panel", tr("Save picture …"), tr("Save what this panel shows"), lambda: self._ask(panel, title)),
            ("", "", "", None),
            ("float_panel", floats, tr("Let it float, or back"), lambda: dock.setFloating(not dock.isFloating())),
            ("close_panel", tr("Close"), tr("View > Panels brings it back"), dock.close),
        ):
            if asked is None:
                menu.addSeparator()
                continue
            action = QAction(text, menu)
            action.setObjectName(name)
            action.setToolTip(help_text)
            action.triggered.connect(lambda _checked=False, asked=asked: asked())
            menu.addAction(action)
        return menu

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
