"""The menus: every action of the window, with its shortcut and what it does."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from explorer.icons import icon
from explorer.settings import THEMES
from explorer.widgets.run_bar import RunBar

_THEME_TEXTS = {"system": "&Like the system", "light": "L&ight", "dark": "&Dark"}
_EXPORT = "Take the newest checkpoint away, with its threshold"
_EXPORTS = {
    "onnx": ("&ONNX …", "For onnxruntime, with a JSON and an example beside it"),
    "bundle": ("&Bundle …", "A folder that verify and core.Verifier.load read without the run"),
    "report": ("Model &report …", "One page of HTML: figures, curves, errors, settings; measured now"),
}
_REDO = "Make the change again that was taken back"


class Menus(QMenuBar):
    """File, Edit, Run, View and Help."""

    open_run_requested = Signal()
    recent_run_chosen = Signal(str)
    choose_data_requested = Signal()
    export_requested = Signal(str)
    """What to take away: 'onnx', 'bundle' or 'report'."""
    reset_layout_requested = Signal()
    theme_chosen = Signal(str)
    messages_requested = Signal()
    about_requested = Signal()
    quit_requested = Signal()

    def __init__(self, bar: RunBar, theme: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("menus")
        self._recent = QMenu("Open &recent run", self)
        self._panels = QMenu("&Panels", self)
        self._exports = QMenu("&Export model", self)
        self._locked: tuple[QAction, ...] = ()
        self._add_file_menu()
        self._edit = self._add_menu("&Edit")
        self._add_run_menu(bar)
        self._add_view_menu(theme)
        self._add_help_menu()
        self.set_recent_runs([])

    def set_recent_runs(self, paths: Sequence[str]) -> None:
        """Offer runs used of late."""
        self._recent.clear()
        if not paths:
            self._recent.addAction("No run was opened or trained yet").setEnabled(False)
        for path in paths:
            action = self._recent.addAction(path.replace("&", "&&"))
            action.triggered.connect(lambda _checked=False, path=path: self.recent_run_chosen.emit(path))

    def set_locked(self, reason: str | None) -> None:
        """Disable what would show another run or other data, and say why; None enables it."""
        for action in self._locked:
            action.setEnabled(reason is None)
            action.setToolTip(reason or action.statusTip())

    def set_export_blocked(self, reason: str | None) -> None:
        """Disable taking the model away, and say why; None enables it."""
        action = self._exports.menuAction()
        action.setEnabled(reason is None)
        action.setToolTip(reason or _EXPORT)
        action.setStatusTip(reason or _EXPORT)

    def add_edits(self, undo: QAction, redo: QAction) -> None:
        """Offer to take the last change back, and to make it again."""
        for action, shortcut, tip in ((undo, "Ctrl+Z", "Take the last change back"), (redo, "Ctrl+Shift+Z", _REDO)):
            action.setShortcut(shortcut)
            action.setStatusTip(tip)
            self._edit.addAction(action)

    def add_panels(self, actions: Sequence[QAction]) -> None:
        """Offer to show and hide the docks."""
        self._panels.addActions(list(actions))

    def _add_file_menu(self) -> None:
        menu = self._add_menu("&File")
        open_run = self._add(menu, "&Open run …", "Ctrl+O", "Show a stored run", self.open_run_requested, "open")
        menu.addMenu(self._recent)
        help_text = "Choose a folder of images to train on"
        choose_data = self._add(menu, "Choose &data …", "Ctrl+D", help_text, self.choose_data_requested)
        self._locked = (open_run, self._recent.menuAction(), choose_data)
        self._recent.menuAction().setStatusTip("Show a run that was opened or trained of late")
        menu.addSeparator()
        self._add_exports()
        menu.addMenu(self._exports)
        menu.addSeparator()
        self._add(menu, "&Quit", "Ctrl+Q", "Close the window; a run keeps its last step", self.quit_requested)

    def _add_exports(self) -> None:
        self._exports.setToolTipsVisible(True)
        for kind, (text, tip) in _EXPORTS.items():
            action = self._exports.addAction(text)
            action.setObjectName(f"export_{kind}")
            action.setStatusTip(tip)
            action.setToolTip(tip)
            action.triggered.connect(lambda _checked=False, kind=kind: self.export_requested.emit(kind))
        self.set_export_blocked("Open or train a run first")

    def _add_run_menu(self, bar: RunBar) -> None:
        self._add_menu("&Run").addActions([bar.start, bar.pause, bar.stop])

    def _add_view_menu(self, theme: str) -> None:
        menu = self._add_menu("&View")
        menu.addMenu(self._panels)
        self._add(menu, "&Reset layout", "Ctrl+0", "Put every panel back in its place", self.reset_layout_requested)
        menu.addSeparator()
        themes = menu.addMenu("&Theme")
        group = QActionGroup(themes)
        for name in THEMES:
            action = themes.addAction(_THEME_TEXTS[name])
            action.setObjectName(f"theme_{name}")
            action.setCheckable(True)
            action.setChecked(name == theme)
            group.addAction(action)
            action.triggered.connect(lambda _checked=False, name=name: self.theme_chosen.emit(name))

    def _add_help_menu(self) -> None:
        menu = self._add_menu("&Help")
        self._add(menu, "&Messages …", "Ctrl+M", "All messages so far, with details", self.messages_requested)
        self._add(menu, "&About metric-explorer", "", "Version and licence", self.about_requested)

    def _add_menu(self, title: str) -> QMenu:
        menu = self.addMenu(title)
        menu.setToolTipsVisible(True)
        return menu

    def _add(
        self, menu: QMenu, text: str, shortcut: str, tip: str, signal: SignalInstance, picture: str = ""
    ) -> QAction:
        action = menu.addAction(text)
        action.setShortcut(shortcut)
        action.setStatusTip(tip)
        action.setToolTip(tip)
        if picture:
            action.setIcon(icon(picture))
        action.triggered.connect(lambda _checked=False: signal.emit())
        return action
