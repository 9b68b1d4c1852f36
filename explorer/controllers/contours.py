"""The contours of the map: traced behind the window whenever it wants others."""

from PySide6.QtCore import QObject

from explorer.bridge.contours import ContourBridge
from explorer.panels.map import MapPanel
from explorer.panels.map_contours import ContourWish
from explorer.widgets.status_line import StatusLine


class ContourController(QObject):
    """Answers the map's wishes."""

    def __init__(self, contours: ContourBridge, *, map_panel: MapPanel, status: StatusLine) -> None:
        super().__init__()
        self._contours = contours
        map_panel.contours.needed.connect(self._trace)
        contours.ready.connect(map_panel.contours.take)
        contours.failed.connect(status.complain)

    def _trace(self, wish: ContourWish) -> None:
        self._contours.trace(wish.xy, wish.labels, wish.groups)
