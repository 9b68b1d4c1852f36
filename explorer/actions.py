"""The menus: every action of the window, with its shortcut and what it does."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from explorer.icons import icon
from explorer.widgets.run_bar import RunBar

THEMES = (("system", "Like the system"), ("light", "Light"), ("dark", "Dark"))


class Menus(QMenuBar):
    """File, Run, View and Help."""

    open_run_requested = Signal()
    recent_run_chosen = Signal(str)
    open_data_requested = Signal()
    reset_layout_requested = Signal()
    theme_chosen = Signal(str)
    messages_requested = Signal()
    about_requested = Signal()
    quit_requested = Signal()

    def __init__(self, bar: RunBar, theme: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("menus")
        self._recent = QMenu("Open recent run", self)
        self._panels = QMenu("Panels", self)
        self._add_file_menu()
        self._add_run_menu(bar)
        self._add_view_menu(theme)
        self._add_help_menu()
        self.set_recent_runs([])

    def set_recent_runs(self, paths: Sequence[str]) -> None:
        """Offer runs used of late."""
        self._recent.clear()
        self._recent.setEnabled(bool(paths))
        for path in paths:
            action = self._recent.addAction(path)
            action.triggered.connect(lambda _checked=False, path=path: self.recent_run_chosen.emit(path))

    def add_panels(self, actions: Sequence[QAction]) -> None:
        """Offer to show and hide the docks."""
        self._panels.addActions(list(actions))

    def _add_file_menu(self) -> None:
        menu = self.addMenu("&File")
        self._add(menu, "Open run …", "Ctrl+O", "Show a stored run", self.open_run_requested, "open")
        menu.addMenu(self._recent)
        self._add(menu, "Choose data …", "Ctrl+D", "Choose a folder of images to train on", self.open_data_requested)
        menu.addSeparator()
        self._add(menu, "Quit", "Ctrl+Q", "Close the window; a run keeps its last step", self.quit_requested)

    def _add_run_menu(self, bar: RunBar) -> None:
        menu = self.addMenu("&Run")
        menu.addActions([bar.start, bar.pause, bar.stop])

    def _add_view_menu(self, theme: str) -> None:
        menu = self.addMenu("&View")
        menu.addMenu(self._panels)
        self._add(menu, "Reset layout", "Ctrl+0", "Put every panel back in its place", self.reset_layout_requested)
        menu.addSeparator()
        themes = menu.addMenu("Theme")
        group = QActionGroup(themes)
        for name, text in THEMES:
            action = themes.addAction(text)
            action.setObjectName(f"theme_{name}")
            action.setCheckable(True)
            action.setChecked(name == theme)
            group.addAction(action)
            action.triggered.connect(lambda _checked=False, name=name: self.theme_chosen.emit(name))

    def _add_help_menu(self) -> None:
        menu = self.addMenu("&Help")
        self._add(menu, "Messages …", "Ctrl+M", "All messages so far, with details", self.messages_requested)
        self._add(menu, "About metric-explorer", "", "Version and licence", self.about_requested)

    def _add(self, menu: QMenu, text: str, shortcut: str, tip: str, signal: object, picture: str = "") -> None:
        action = menu.addAction(text)
        action.setShortcut(shortcut)
        action.setStatusTip(tip)
        if picture:
            action.setIcon(icon(picture))
        action.triggered.connect(lambda _checked=False: signal.emit())  # type: ignore[attr-defined]
