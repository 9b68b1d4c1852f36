"""Does for an action what a hand does with a control: presses it, opens it, or puts the focus into it."""

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QMenu,
    QStackedWidget,
    QTabBar,
    QTabWidget,
    QToolButton,
    QWidget,
)

from explorer.widgets.image_slot import ImageSlot

Choice = str | int | None


def press(control: QObject, choice: Choice = None) -> None:
    """Use a control as a hand would; `choice` is what is chosen in a field or among tabs."""
    if isinstance(control, QAction):
        control.trigger()
    elif isinstance(control, QTabBar | QTabWidget) and isinstance(choice, int):
        control.setCurrentIndex(choice)
    elif isinstance(control, QComboBox) and choice is not None:
        _choose(control, row_of(control, choice))
    elif isinstance(control, ImageSlot):
        control.open_dialog()
    elif isinstance(control, QAbstractButton):
        _push(control)
    elif isinstance(control, QWidget):
        _enter(control)


def row_of(field: QComboBox, choice: str | int) -> int:
    """Place of a choice, given by its data, its text or its place; -1 where it is none."""
    if isinstance(choice, int):
        return choice
    return max(field.findData(choice), field.findText(choice))


def why_not(control: QObject, panel: QWidget, choice: Choice = None, *, behind_tab: bool = False) -> str | None:
    """Why a control cannot be used now: what its tooltip says, or an empty text where it is not shown at all.

    None where it can be used. One that is `behind_tab` may stand on a page that is not in front.
    """
    if isinstance(control, QAction):
        return None if control.isEnabled() else control.toolTip()
    if not isinstance(control, QWidget) or _is_put_away(control, panel, behind_tab=behind_tab):
        return ""
    if not control.isEnabled():
        return control.toolTip()
    if isinstance(control, QComboBox) and choice is not None:
        return _why_not_row(control, row_of(control, choice))
    if isinstance(control, QTabBar) and isinstance(choice, int) and not control.isTabEnabled(choice):
        return control.tabToolTip(choice)
    return None


def is_on(control: QObject, choice: Choice = None) -> bool:
    """Whether a control is ticked, or that choice of it is made."""
    if isinstance(control, QComboBox):
        return choice is not None and control.currentIndex() == row_of(control, choice)
    if isinstance(control, QTabBar | QTabWidget):
        return control.currentIndex() == choice
    return isinstance(control, QAction | QAbstractButton) and control.isChecked()


def meaning(control: QObject, choice: Choice = None) -> str:
    """What a control does, or what a choice of it means, by its tooltip."""
    if isinstance(control, QComboBox) and choice is not None:
        row = row_of(control, choice)
        return str(control.itemData(row, Qt.ItemDataRole.ToolTipRole) or control.toolTip())
    if isinstance(control, QTabBar | QTabWidget) and isinstance(choice, int):
        return control.tabToolTip(choice)
    return control.toolTip() if isinstance(control, QAction | QWidget) else ""


def _why_not_row(field: QComboBox, row: int) -> str | None:
    index = field.model().index(row, field.modelColumn())
    if index.isValid() and index.flags() & Qt.ItemFlag.ItemIsEnabled:
        return None
    return str(field.itemData(row, Qt.ItemDataRole.ToolTipRole) or "")


def _is_put_away(control: QWidget, panel: QWidget, *, behind_tab: bool) -> bool:
    """Whether a part of the panel that the control is in is hidden; a menu that is shut does not count."""
    widget: QWidget | None = control
    while widget is not None and widget is not panel and not isinstance(widget, QMenu):
        if widget.isHidden() and not (behind_tab and isinstance(widget.parentWidget(), QStackedWidget)):
            return True
        widget = widget.parentWidget()
    return False


def _choose(field: QComboBox, row: int) -> None:
    field.setCurrentIndex(row)
    field.activated.emit(row)


def _push(button: QAbstractButton) -> None:
    menu = _menu_of(button)
    if menu is None:
        button.click()
    else:
        menu.popup(button.mapToGlobal(QPoint(0, button.height())))


def _menu_of(button: QAbstractButton) -> QMenu | None:
    """The menu that a button opens; not one beside which it does something itself."""
    if isinstance(button, QToolButton):
        return button.menu() if button.popupMode() is QToolButton.ToolButtonPopupMode.InstantPopup else None
    return getattr(button, "menu", lambda: None)()


def _enter(widget: QWidget) -> None:
    widget.setFocus(Qt.FocusReason.ShortcutFocusReason)
    if isinstance(widget, QLineEdit | QAbstractSpinBox):
        widget.selectAll()
    elif isinstance(widget, QComboBox):
        widget.showPopup()
