"""Makes an action of what a control does, so that it can be found by its name and reached by keys."""

from collections.abc import Callable, Iterator
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAction, QHelpEvent, QKeySequence
from PySide6.QtWidgets import QComboBox, QToolTip, QWidget

from explorer.actions.entries import Entry, plain
from explorer.actions.pressing import is_on, meaning, press, why_not
from explorer.icons import icon
from explorer.panel_spec import ControlSpec, PanelSpec
from explorer.translation import tr
from explorer.widgets.empty_state import EmptyState

_NOT_SHOWN = tr("It is not shown in its panel at the moment.")
_BRING = tr("Go to {}")


class ControlActions(QObject):
    """The actions of one panel.

    An action stays enabled while its control cannot be used, so that its keys answer with the reason.
    """

    refused = Signal(str)
    """Why what was asked for cannot be done now, in one sentence."""

    def __init__(
        self, window: QWidget, name: str, spec: PanelSpec[Any], panel: QWidget, bring: Callable[[str], None]
    ) -> None:
        super().__init__(window)
        self._window, self._name, self._spec, self._panel, self._bring = window, name, spec, panel, bring
        self._keys: dict[QObject, str] = {}
        """Of the controls that have some."""

    def entries(self) -> list[Entry]:
        """Make them, in a group of the panel's title; to be called once."""
        made = (self._entry(self._make(control), control) for control in self._spec.controls)
        return [Entry(self._spec.title, self._make_bringer()), *made]

    def choices(self) -> Iterator[Entry]:
        """What the fields offer now."""
        for spec in self._spec.fields:
            field = self._control(spec.control)
            if not isinstance(field, QComboBox):
                raise TypeError(f"{self._name}.{spec.control}: a field is a combo box, found {type(field).__name__}")
            for row in range(field.count()):
                if text := field.itemText(row):  # a separator has none
                    yield self._choice(ControlSpec(spec.control, spec.text.format(text), "", choice=row))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Write a control's keys below its tooltip."""
        keys = self._keys.get(watched)
        if keys and isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            widget = watched if isinstance(watched, QWidget) else None
            if widget is not None and widget.toolTip():
                QToolTip.showText(event.globalPos(), f"{widget.toolTip()}\n\n({keys})", widget)
                return True
        return super().eventFilter(watched, event)

    # --- one action

    def _make_bringer(self) -> QAction:
        title = self._spec.title
        action = QAction(_BRING.format(title), self._window)
        action.setObjectName(f"go_to_{self._name}")
        action.setShortcut(QKeySequence(self._spec.bring_keys))
        action.setStatusTip(tr("Bring the panel {} to the front, and the keyboard into it").format(title))
        action.triggered.connect(lambda _checked=False: self._go_there())
        self._window.addAction(action)
        return action

    def _make(self, spec: ControlSpec) -> QAction:
        control = self._control(spec.control)
        action = QAction(spec.text, self._window)
        action.setObjectName(f"{self._name}_{spec.name}")
        action.setShortcut(QKeySequence(self._spec.keys_of(spec)))
        if spec.picture:
            action.setIcon(icon(spec.picture))
        action.triggered.connect(lambda _checked=False: self._do(spec))
        self._window.addAction(action)
        if isinstance(control, QWidget) and spec.choice is None:
            self._keys[control] = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            control.installEventFilter(self)
        return action

    def _do(self, spec: ControlSpec) -> None:
        reason = self._refusal(spec)
        if reason:
            self.refused.emit(f"{plain(spec.text)}: {reason}")
            return
        self._bring(self._name)
        if spec.tab is not None:
            press(self._control(spec.tab[0]), spec.tab[1])
        press(self._control(spec.control), spec.choice)

    def _go_there(self) -> None:
        self._bring(self._name)
        _first_control(self._panel).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _refusal(self, spec: ControlSpec) -> str:
        control = self._control(spec.control)
        reason = why_not(control, self._panel, spec.choice, behind_tab=spec.tab is not None)
        return "" if reason is None else reason or _empty_state(self._panel) or _NOT_SHOWN

    def _control(self, name: str) -> QObject:
        found = self._panel.findChild(QObject, name)
        if found is None:
            raise LookupError(f"panel {self._name!r}: has every control that it declares, found none named {name!r}")
        return found

    def _choice(self, spec: ControlSpec) -> Entry:
        name = f"choice_{self._name}_{spec.name}"
        action = self.findChild(QAction, name) or QAction(self)
        if not action.objectName():
            action.setObjectName(name)
            action.triggered.connect(lambda _checked=False: self._do(spec))
        action.setText(spec.text.replace("&", "&&"))
        return self._entry(action, spec)

    def _entry(self, action: QAction, spec: ControlSpec) -> Entry:
        """An action that asks its control for everything."""
        return Entry(
            self._spec.title,
            action,
            lambda _action: self._refusal(spec),
            lambda _action: meaning(self._control(spec.control), spec.choice),
            lambda _action: is_on(self._control(spec.control), spec.choice),
        )


def _first_control(panel: QWidget) -> QWidget:
    """The part of a panel that the keyboard comes to first; the panel itself where it has none yet."""
    widget = panel.nextInFocusChain()
    while widget is not None and panel.isAncestorOf(widget):
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible() and widget.isEnabled():
            return widget
        widget = widget.nextInFocusChain()
    return panel


def _empty_state(panel: QWidget) -> str:
    """What a panel says that has nothing to show yet."""
    shown = [each for each in panel.findChildren(EmptyState) if each.isVisibleTo(panel)]
    return " ".join(shown[0].text().split()) if shown else ""
