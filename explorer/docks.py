"""Where the panels stand: docks that the user may rearrange, and the arrangement they come back to."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDockWidget, QMainWindow, QSizePolicy, QTabWidget, QWidget

_TITLES = {
    "setup": "Run setup",
    "settings": "Settings (live)",
    "map": "Map",
    "data": "Data",
    "curves": "Curves",
    "verify": "Verify",
    "roc": "ROC",
}
_COLUMNS = {"setup": 296, "map": 608, "verify": 376}
"""Widths at 1280 pixels; a larger window gives the rest to the map."""
_ROWS = (("setup", 0.63, "settings", 0.37), ("map", 0.6, "curves", 0.4), ("verify", 0.4, "roc", 0.6))
"""Shares of the height, top and bottom."""


class Docks:
    """The docks of one main window."""

    def __init__(self, window: QMainWindow) -> None:
        self._window = window
        self._docks: dict[str, QDockWidget] = {}
        window.setDockNestingEnabled(True)
        window.setTabPosition(Qt.DockWidgetArea.AllDockWidgetAreas, QTabWidget.TabPosition.North)
        for name, title in _TITLES.items():
            dock = QDockWidget(title, window)
            dock.setObjectName(f"dock_{name}")
            self._docks[name] = dock
        self.arrange()

    def fill(self, name: str, panel: QWidget) -> None:
        """Put a panel into its dock."""
        if name == "map":
            panel.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._docks[name].setWidget(panel)

    def all(self) -> list[QDockWidget]:
        """Every dock, in reading order."""
        return list(self._docks.values())

    def show(self, name: str) -> None:
        """Bring a dock to the front."""
        self._docks[name].show()
        self._docks[name].raise_()

    def arrange(self) -> None:
        """Put every dock back in its place."""
        docks, window = self._docks, self._window
        for dock in docks.values():
            dock.setFloating(False)
            window.removeDockWidget(dock)
        window.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, docks["setup"])
        window.splitDockWidget(docks["setup"], docks["map"], Qt.Orientation.Horizontal)
        window.splitDockWidget(docks["map"], docks["verify"], Qt.Orientation.Horizontal)
        for top, _, bottom, _ in _ROWS:
            window.splitDockWidget(docks[top], docks[bottom], Qt.Orientation.Vertical)
        window.tabifyDockWidget(docks["map"], docks["data"])
        for dock in docks.values():
            dock.show()
        docks["map"].raise_()
        self._size()

    def _size(self) -> None:
        docks, window = self._docks, self._window
        spare = max(0, window.width() - sum(_COLUMNS.values()))
        widths = {name: width + (spare if name == "map" else 0) for name, width in _COLUMNS.items()}
        window.resizeDocks([docks[name] for name in widths], list(widths.values()), Qt.Orientation.Horizontal)
        for top, top_share, bottom, bottom_share in _ROWS:
            heights = [round(share * window.height()) for share in (top_share, bottom_share)]
            window.resizeDocks([docks[top], docks[bottom]], heights, Qt.Orientation.Vertical)
