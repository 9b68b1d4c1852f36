"""What helps to find one's way in the window: command palette, list of shortcuts, and the guide."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QComboBox, QDockWidget, QLineEdit, QWidget
from shiboken6 import isValid

from explorer.actions.controls import ControlActions
from explorer.actions.menus import Menus
from explorer.panel_list import PANELS
from explorer.settings import Settings
from explorer.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from explorer.actions.entries import Entry
    from explorer.guide import Guide
    from explorer.lab.window import LabWindow
    from explorer.palette.palette import Palette

_PALETTE_KEYS = QKeySequence("Ctrl+K")
_FIELDS = (QLineEdit, QAbstractSpinBox, QComboBox)


class Assistance(QObject):
    """Joins the actions of one window with what shows them; each window of its own is made when it is first wanted."""

    def __init__(self, window: QWidget, menus: Menus, settings: Settings, status: StatusLine) -> None:
        super().__init__(window)
        self._window, self._menus, self._settings, self._status = window, menus, settings, status
        self._palette: Palette | None = None
        self._guide: Guide | None = None
        self._lab: LabWindow | None = None
        self._panel = ""
        """Name of the dock that the keyboard was in last."""
        menus.palette_requested.connect(self.show_palette)
        menus.shortcuts_requested.connect(self.show_shortcuts)
        menus.lab_requested.connect(self.show_lab)
        menus.guide_requested.connect(lambda: self.show_guide(self._panel))
        QApplication.instance().focusChanged.connect(self._follow_focus)  # type: ignore[union-attr]

    def add_panels(self, docks: Mapping[str, QDockWidget], bring: Callable[[str], None]) -> None:
        """Make the actions of all panels; to be called once, when the panels are there."""
        for name, dock in docks.items():
            actions = ControlActions(self._window, name, PANELS[name], dock.widget(), bring)
            actions.refused.connect(self._status.say)
            self._menus.add_panel_actions(dock.windowTitle(), actions.entries())
            self._menus.entries.add_source(actions.choices)

    def show_palette(self) -> None:
        """Open the command palette."""
        if self._palette is None:
            from explorer.palette.palette import Palette

            self._palette = Palette(self._window)
            self._palette.chosen.connect(self._do)
        self._palette.begin(self._menus.entries.all(), self._settings.recent("actions"))

    def show_shortcuts(self) -> None:
        """Open the list of shortcuts, made anew, since recent runs come and go."""
        from explorer.actions.shortcuts import Shortcuts

        dialog = Shortcuts(self._menus.entries.all(), self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        _show(dialog)

    def show_guide(self, panel: str) -> None:
        """Open the guide's page on a panel, given by the name of its dock; the first page where it has none."""
        from explorer.guide import Guide, page_of

        if self._guide is None:
            self._guide = Guide(self._window)
        self._guide.show_page(page_of(panel))
        _show(self._guide)

    def allow_lab(self) -> None:
        """Offer the lab: what it computes with is loaded."""
        self._menus.set_lab_blocked(None)

    def show_lab(self) -> None:
        """Open the lab."""
        from explorer.lab.window import LabWindow

        if self._lab is None:
            self._lab = LabWindow(self._settings, self._window)
            self._lab.guide_requested.connect(lambda: self.show_guide("lab"))
        _show(self._lab)

    def close(self) -> None:
        """Close the windows that remember their place."""
        if self._lab is not None:
            self._lab.close()

    def _do(self, entry: "Entry") -> None:
        self._settings.add_recent("actions", entry.name)
        entry.action.trigger()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep a field of text from taking the palette's keys for its own, which would delete what it holds."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            is_palettes = QKeySequence(event.keyCombination()) == _PALETTE_KEYS
            if is_palettes:
                event.ignore()
            return is_palettes
        return super().eventFilter(watched, event)

    def _follow_focus(self, before: QWidget | None, now: QWidget | None) -> None:
        if isinstance(before, _FIELDS) and isValid(before):
            before.removeEventFilter(self)
        if isinstance(now, _FIELDS):
            now.installEventFilter(self)
        widget = now
        while widget is not None and not isinstance(widget, QDockWidget):
            widget = widget.parentWidget()
        if widget is not None:
            self._panel = widget.objectName().removeprefix("dock_")


def _show(dialog: QWidget) -> None:
    dialog.show()
    dialog.raise_()
    dialog.activateWindow()
