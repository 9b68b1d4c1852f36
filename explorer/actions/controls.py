"""Makes an action of what a control does, so that it can be found by its name and reached by keys."""

from collections.abc import Callable, Iterator, Mapping

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAction, QHelpEvent, QKeySequence
from PySide6.QtWidgets import QComboBox, QToolTip, QWidget

from explorer.actions.entries import Entry, plain
from explorer.actions.pressing import is_on, meaning, press, why_not
from explorer.actions.table import CONTROLS, FIELDS, PANEL_KEYS, ControlSpec
from explorer.icons import icon
from explorer.translation import tr
from explorer.widgets.empty_state import EmptyState

_NOT_SHOWN = tr("It is not shown in its panel at the moment.")
_BRING = tr("Go to {}")


class ControlActions(QObject):
    """The actions of all panels of one window.

    An action stays enabled while its control cannot be used, so that its keys answer with the reason.
    """

    refused = Signal(str)
    """Why what was asked for cannot be done now, in one sentence."""

    def __init__(self, window: QWidget, panels: Mapping[str, QWidget], bring: Callable[[str], None]) -> None:
        super().__init__(window)
        self._window, self._panels, self._bring = window, panels, bring
        self._keys: dict[QObject, str] = {}
        """Of the controls that have some."""

    def entries_of(self, panel: str, title: str) -> list[Entry]:
        """Make the actions of one panel, in a group of its title."""
        specs = [spec for spec in CONTROLS if spec.panel == panel]
        return [Entry(title, self._make_bringer(panel, title)), *(self._make_entry(title, spec) for spec in specs)]

    def choices(self, titles: Mapping[str, str]) -> Iterator[Entry]:
        """What the fields offer now, in groups by the titles of their panels."""
        for spec in FIELDS:
            field = self._control(spec.panel, spec.control)
            if not isinstance(field, QComboBox):
                raise TypeError(f"{spec.panel}.{spec.control}: a field is a combo box, found {type(field).__name__}")
            for row in range(field.count()):
                if text := field.itemText(row):  # a separator has none
                    choice = ControlSpec(spec.panel, spec.control, spec.text.format(text), "", choice=row)
                    yield self._choice(titles[spec.panel], choice)

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

    def _make_bringer(self, panel: str, title: str) -> QAction:
        action = QAction(_BRING.format(title), self._window)
        action.setObjectName(f"go_to_{panel}")
        if keys := PANEL_KEYS.get(panel):
            action.setShortcut(QKeySequence(f"{keys}, {keys[-1]}"))
        action.setStatusTip(tr("Bring the panel {} to the front, and the keyboard into it").format(title))
        action.triggered.connect(lambda _checked=False: self._go_to(panel))
        self._window.addAction(action)
        return action

    def _make_entry(self, group: str, spec: ControlSpec) -> Entry:
        return self._entry(group, self._make(spec), spec)

    def _make(self, spec: ControlSpec) -> QAction:
        control = self._control(spec.panel, spec.control)
        action = QAction(spec.text, self._window)
        action.setObjectName(spec.name)
        action.setShortcut(QKeySequence(spec.shortcut))
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
        self._bring(spec.panel)
        if spec.tab is not None:
            press(self._control(spec.panel, spec.tab[0]), spec.tab[1])
        press(self._control(spec.panel, spec.control), spec.choice)

    def _go_to(self, panel: str) -> None:
        self._bring(panel)
        _first_control(self._panels[panel]).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _refusal(self, spec: ControlSpec) -> str:
        panel = self._panels[spec.panel]
        control = self._control(spec.panel, spec.control)
        reason = why_not(control, panel, spec.choice, behind_tab=spec.tab is not None)
        return "" if reason is None else reason or _empty_state(panel) or _NOT_SHOWN

    def _control(self, panel: str, name: str) -> QObject:
        found = self._panels[panel].findChild(QObject, name)
        if found is None:
            raise LookupError(f"panel {panel!r}: has a control of each name in the table, found none named {name!r}")
        return found

    def _choice(self, group: str, spec: ControlSpec) -> Entry:
        name = f"choice_{spec.name}"
        action = self.findChild(QAction, name) or QAction(self)
        if not action.objectName():
            action.setObjectName(name)
            action.triggered.connect(lambda _checked=False: self._do(spec))
        action.setText(spec.text.replace("&", "&&"))
        return self._entry(group, action, spec)

    def _entry(self, group: str, action: QAction, spec: ControlSpec) -> Entry:
        """An action that asks its control for everything."""
        return Entry(
            group,
            action,
            lambda _action: self._refusal(spec),
            lambda _action: meaning(self._control(spec.panel, spec.control), spec.choice),
            lambda _action: is_on(self._control(spec.panel, spec.control), spec.choice),
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
