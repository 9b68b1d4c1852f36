"""The title bars of docks, and the tabs of docks that share a place: what a title bar is for is done with its tab."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QContextMenuEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractButton, QDockWidget, QMainWindow, QMenu, QTabBar, QWidget

from explorer.icons import icon
from explorer.translation import tr

_HELP = tr("Drag a tab out to move its panel, double-click it to take the panel out of the window.")
_ICONS = {"qt_dockwidget_floatbutton": "dock-float", "qt_dockwidget_closebutton": "dock-close"}
"""Of the buttons that Qt gives a title bar; its own icons are lost on a dark ground."""


class DockTabs(QObject):
    """Hides the title bar of a dock while a tab names it, and lets the tab do its work.

    A double click floats the dock, the middle button closes it, the right one offers both and the dock's own actions.
    Qt itself lets a tab be dragged out, by `GroupedDragging`.
    """

    def __init__(self, window: QMainWindow, docks: Sequence[QDockWidget]) -> None:
        super().__init__(window)
        self._window, self._docks = window, tuple(docks)
        self._bars: set[QTabBar] = set()
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self._update)
        for dock in docks:
            dock.topLevelChanged.connect(self._later.start)
            dock.dockLocationChanged.connect(self._later.start)
            dock.visibilityChanged.connect(self._later.start)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hear what is done with a tab."""
        if isinstance(watched, QTabBar):
            if isinstance(event, QContextMenuEvent):
                return self._offer(self._dock_at(watched, event.pos()), event.globalPos())
            if isinstance(event, QMouseEvent) and (dock := self._dock_at(watched, event.position().toPoint())):
                return self._act(dock, event)
        return super().eventFilter(watched, event)

    def _act(self, dock: QDockWidget, event: QMouseEvent) -> bool:
        left, middle = (event.button() is each for each in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton))
        if left and event.type() == QEvent.Type.MouseButtonDblClick:
            dock.setFloating(True)
        elif middle and event.type() == QEvent.Type.MouseButtonRelease:
            dock.close()
        else:
            return False
        return True

    def _offer(self, dock: QDockWidget | None, place: QPoint) -> bool:
        if dock is None:
            return False
        menu = QMenu(self._window)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(tr("Take out of the window"), lambda: dock.setFloating(True))
        menu.addAction(tr("Close"), dock.close)
        menu.addSeparator()
        menu.addActions(dock.actions())
        menu.popup(place)
        return True

    def _update(self) -> None:
        for dock in self._docks:
            named = not dock.isFloating() and bool(self._window.tabifiedDockWidgets(dock))
            bare = dock.titleBarWidget() is not None
            if named and not bare:
                dock.setTitleBarWidget(QWidget(dock))  # of no height
            elif bare and not named:
                dock.setTitleBarWidget(None)  # type: ignore[arg-type]
            _draw_buttons(dock)
        for bar in self._window.findChildren(QTabBar, options=Qt.FindChildOption.FindDirectChildrenOnly):
            if bar not in self._bars:
                self._bars.add(bar)
                bar.installEventFilter(self)
                bar.setToolTip(_HELP)

    def _dock_at(self, bar: QTabBar, place: QPoint) -> QDockWidget | None:
        """The dock of a tab; Qt does not tell it but by its title."""
        title = bar.tabText(bar.tabAt(place))
        return next((dock for dock in self._docks if dock.windowTitle() == title and not dock.isFloating()), None)


def _draw_buttons(dock: QDockWidget) -> None:
    """Qt puts its own icons back whenever it shows the title bar anew."""
    for button in dock.findChildren(QAbstractButton, options=Qt.FindChildOption.FindDirectChildrenOnly):
        if button.objectName() in _ICONS:
            button.setIcon(icon(_ICONS[button.objectName()]))
