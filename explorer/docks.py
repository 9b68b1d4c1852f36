"""Where the panels stand: docks that the user may rearrange, and the arrangement they come back to."""

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from PySide6.QtCore import QByteArray, QDataStream, QEvent, QIODevice, QObject, Qt
from PySide6.QtWidgets import QDockWidget, QMainWindow, QTabWidget, QWidget

from explorer.dock_tabs import DockTabs
from explorer.panel_list import groups
from explorer.panel_spec import PanelSpec, Place

_COLUMNS = {Place.LEFT_TOP: 296, Place.CENTRE_TOP: 608, Place.RIGHT_TOP: 376}
"""Widths at 1280 pixels."""
_ROWS = (
    (Place.LEFT_TOP, 0.57, Place.LEFT_BOTTOM, 0.43),
    (Place.CENTRE_TOP, 0.58, Place.CENTRE_BOTTOM, 0.42),
    (Place.RIGHT_TOP, 0.37, Place.RIGHT_BOTTOM, 0.63),
)
"""Shares of the height, top and bottom."""


class Docks(QObject):
    """The docks of one main window. A window that grows gives its space to the map, wherever that stands."""

    def __init__(self, window: QMainWindow, panels: Mapping[str, PanelSpec[Any]]) -> None:
        super().__init__(window)
        self._window = window
        self._docks: dict[str, QDockWidget] = {}
        self._tabs = groups(panels)
        self._window_width = window.width()
        self._widths: dict[QDockWidget, int] = {}
        """Of one dock a column or more, at that width of the window."""
        options = QMainWindow.DockOption
        window.setDockOptions(options.AnimatedDocks | options.AllowNestedDocks | options.GroupedDragging)
        window.setTabPosition(Qt.DockWidgetArea.AllDockWidgetAreas, QTabWidget.TabPosition.North)
        for name, panel in panels.items():
            dock = QDockWidget(panel.title, window)
            dock.setObjectName(f"dock_{name}")
            dock.toggleViewAction().setShortcut(panel.toggle_keys)
            dock.installEventFilter(self)
            self._docks[name] = dock
        window.installEventFilter(self)
        DockTabs(window, self.all())
        self.arrange()

    def fill(self, name: str, panel: QWidget) -> None:
        """Put a panel into its dock."""
        self._docks[name].setWidget(panel)

    def bring(self, name: str) -> None:
        """Show a dock in front of the tabs it shares its place with."""
        self._docks[name].show()
        self._docks[name].raise_()

    def all(self) -> list[QDockWidget]:
        """Every dock, in reading order."""
        return list(self._docks.values())

    def named(self) -> dict[str, QDockWidget]:
        """Every dock by its name, in reading order."""
        return dict(self._docks)

    def arrange(self) -> None:
        """Put every dock back in its place."""
        docks, window = self._docks, self._window
        for dock in docks.values():
            dock.setFloating(False)
            window.removeDockWidget(dock)
        fronts = self._fronts()
        first, *others = (fronts[place] for place in _COLUMNS)
        window.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, first)
        for before, after in pairwise((first, *others)):
            window.splitDockWidget(before, after, Qt.Orientation.Horizontal)
        for top, _, bottom, _ in _ROWS:
            window.splitDockWidget(fronts[top], fronts[bottom], Qt.Orientation.Vertical)
        # One that is shown before it is behind a tab leaves a second row of tabs in the window.
        for dock in fronts.values():
            dock.show()
        for tabs in self._tabs.values():
            for name, behind in pairwise(tabs):
                window.tabifyDockWidget(docks[name], docks[behind])
                docks[behind].show()
            docks[tabs[0]].raise_()
        self._size()

    def restore(self, arrangement: QByteArray) -> None:
        """Put every dock where it was when the window gave this arrangement.

        It may be one of an older version, which had fewer docks: those that it does not know join the tabs that they
        belong to. One that cannot be read changes nothing.
        """
        window, stored = self._window, bytes(arrangement.data())
        new = {name for name, dock in self._docks.items() if _stored_name(dock) not in stored}
        if not window.restoreState(arrangement):
            return
        if any(new.issuperset(tabs) for tabs in self._tabs.values()):  # columns and rows follow from all places
            self.arrange()
            return
        for tabs in self._tabs.values():
            self._join([name for name in tabs if name not in new], [name for name in tabs if name in new])

    def _join(self, known: list[str], new: list[str]) -> None:
        """Put docks behind the tabs of others: the one in front stays there, and none appears where all are closed."""
        placed = [self._docks[name] for name in known if not self._docks[name].isFloating()]
        shown = [dock for dock in placed if not dock.isHidden()]
        if not new or not placed:
            return
        front = next((dock for dock in shown if self._is_in_place(dock)), None)
        beside = (shown or placed)[-1]
        for name in new:
            self._window.removeDockWidget(self._docks[name])
            self._window.tabifyDockWidget(beside, self._docks[name])
            self._docks[name].setVisible(bool(shown))
            beside = self._docks[name]
        if shown:
            (front or shown[0]).raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Remember the widths of the columns, and restore all but the map's when the window takes another width."""
        if event.type() == QEvent.Type.Resize:
            if watched is self._window:
                self._restore_widths()
            elif self._window.width() == self._window_width:
                self._widths = {dock: dock.width() for dock in self._columns()}
        return super().eventFilter(watched, event)

    def _size(self) -> None:
        fronts, window = self._fronts(), self._window
        spare = max(0, window.width() - sum(_COLUMNS.values()))
        widths = [width + (spare if place is Place.CENTRE_TOP else 0) for place, width in _COLUMNS.items()]
        window.resizeDocks([fronts[place] for place in _COLUMNS], widths, Qt.Orientation.Horizontal)
        for top, top_share, bottom, bottom_share in _ROWS:
            heights = [round(share * window.height()) for share in (top_share, bottom_share)]
            window.resizeDocks([fronts[top], fronts[bottom]], heights, Qt.Orientation.Vertical)

    def _restore_widths(self) -> None:
        gained = self._window.width() - self._window_width
        self._window_width += gained
        centre = self._centre()
        if gained and centre in self._widths:
            widths = self._widths | {centre: max(1, self._widths[centre] + gained)}
            self._window.resizeDocks(list(widths), list(widths.values()), Qt.Orientation.Horizontal)

    def _columns(self) -> list[QDockWidget]:
        """The dock that the map is in, and the docks that stand in other columns."""
        centre = self._centre()
        if centre is None:
            return []
        left, right = centre.x(), centre.x() + centre.width()
        in_place = (dock for dock in self._docks.values() if self._is_in_place(dock))
        return [centre, *(dock for dock in in_place if dock.x() + dock.width() <= left or dock.x() >= right)]

    def _centre(self) -> QDockWidget | None:
        """The map, or the tab that is in front of it; None where none of them is in the window."""
        docks = (self._docks[name] for name in self._tabs[Place.CENTRE_TOP])
        return next((dock for dock in docks if self._is_in_place(dock)), None)

    def _fronts(self) -> dict[Place, QDockWidget]:
        """The dock of each place that is in front of the others at first."""
        return {place: self._docks[tabs[0]] for place, tabs in self._tabs.items()}

    def _is_in_place(self, dock: QDockWidget) -> bool:
        """Whether a dock is in the window; Qt keeps a tab behind another one outside of it."""
        return not dock.isHidden() and not dock.isFloating() and self._window.rect().intersects(dock.geometry())


def _stored_name(dock: QDockWidget) -> bytes:
    """The name of a dock as Qt writes it into an arrangement."""
    written = QByteArray()
    QDataStream(written, QIODevice.OpenModeFlag.WriteOnly).writeQString(dock.objectName())
    return bytes(written.data())
