"""What a mouse on a map finds: the card with the image of the point below it, and that image dragged out."""

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QImage, QPixmap

from explorer.panels.map_plot import MapPlot, MapView
from explorer.translation import tr
from explorer.widgets.hover_card import HoverCard
from explorer.widgets.sample_drag import ImageProvider, drag_sample


class MapHover(QObject):
    """Says which image is below the mouse, and shows it when it is there."""

    hovered = Signal(int)
    """Sample below the mouse, of which `show_image` may follow; -1 where there is none."""

    def __init__(self, plot: MapPlot, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._plot, self._card = plot, HoverCard(plot.viewport())
        self._view: MapView | None = None
        self._index = -1
        self.provider: ImageProvider = lambda _sample: None
        """Where the image of a sample comes from when its point is dragged out of the map."""
        plot.cloud.point_hovered.connect(self._hover)
        # Queued: the drag has an event loop of its own, which must not run inside the mouse handling of the scene.
        plot.cloud.drag_started.connect(self._drag, Qt.ConnectionType.QueuedConnection)

    @property
    def sample_id(self) -> int:
        """Sample below the mouse; -1 where there is none."""
        return -1 if self._view is None or self._index < 0 else int(self._view.sample_ids[self._index])

    def show(self, view: MapView | None) -> None:
        """Look at the points of another picture; None: there is none."""
        self._view = view
        if view is None:
            self._index = -1
            self._card.hide()

    def show_image(self, sample_id: int, image: QImage, caption: str) -> None:
        """Show the image of a sample where the mouse is still over its point."""
        if self._view is not None and self.sample_id == sample_id:
            self._card.show_image(image, _described(self._view, self._index, caption))

    def hide(self) -> None:
        """Take the card away until another point is below the mouse."""
        self._card.hide()

    def pixmap(self) -> QPixmap:
        """The image as shown, null while it is awaited."""
        return self._card.pixmap()

    def _hover(self, index: int) -> None:
        self._index = index
        if index < 0 or self._view is None:
            self._card.hide()
        else:
            text = _described(self._view, index, self._view.name_of(index))
            self._card.show_text(text, self._plot.place_of(index))
        self.hovered.emit(self.sample_id)

    def _drag(self, index: int) -> None:
        sample = None if self._view is None else self.provider(int(self._view.sample_ids[index]))
        if sample is not None:
            self._card.hide()
            drag_sample(self._plot, sample, self._card.pixmap())
        self._plot.end_press()


def _described(view: MapView, index: int, caption: str) -> str:
    return tr("class {index}\n{caption}\n{index_2}").format(
        index=view.class_of(index), caption=caption, index_2=tr(view.part_of(index))
    )
