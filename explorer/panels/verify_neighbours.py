"""The second page of a verdict: the training images nearest to each of the two images."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QGridLayout, QWidget
from superqt import QElidingLabel

from explorer import theme
from explorer.panels.verify_view import SLOTS, NearestView, nearest_words, novelty_words
from explorer.translation import tr
from explorer.widgets.message import WARNING_SIGN
from explorer.widgets.neighbour_strip import NeighbourStrip
from explorer.widgets.sample_drag import ImageProvider

_SIDE = 5 * theme.UNIT
_HELP = tr(
    "The training images of the newest look at the model that lie nearest in the space of embeddings, by the distance "
    "in use. One of another class than the image is taken for has ≠ before its distance. A click selects it "
    "on the map."
)


class NeighboursPage(QWidget):
    """A strip for A and one for B, each below its image."""

    chosen = Signal(int)
    """The user wants to see this sample on the map."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._header = QElidingLabel()
        self._header.setObjectName("nearest_images")
        self.strips = {name: NeighbourStrip(side=_SIDE, with_classes=True) for name in SLOTS}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.UNIT)
        grid.setVerticalSpacing(theme.UNIT // 4)
        grid.setRowStretch(2, 1)
        grid.addWidget(self._header, 0, 0, 1, len(SLOTS))
        for column, (name, strip) in enumerate(self.strips.items()):
            strip.setObjectName(f"neighbours_{name.lower()}")
            strip.chosen.connect(self.chosen)
            strip.setToolTip(_HELP)
            grid.addWidget(strip, 1, column, Qt.AlignmentFlag.AlignTop)
            grid.setColumnStretch(column, 1)

    def set_image_provider(self, provider: ImageProvider) -> None:
        """Let neighbours be dragged out, as what this says."""
        for strip in self.strips.values():
            strip.set_image_provider(provider)

    def show_nearest(self, views: tuple[NearestView | None, NearestView | None], step: int | None) -> None:
        """Show what lies nearest to A and B, whose embeddings are by the weights of `step`; None: not known yet."""
        found = nearest_words(views[0], step)
        novel = [
            f"{WARNING_SIGN} {name} {novelty_words(view)}"
            for name, view in zip(SLOTS, views, strict=True)
            if novelty_words(view)
        ]
        self._header.setText(" · ".join(novel) or found)
        self._header.setToolTip("\n\n".join(part for part in (*novel, found, _HELP) if part))
        for strip, view in zip(self.strips.values(), views, strict=True):
            strip.show_items(() if view is None else view.items)

    def set_image(self, sample_id: int, image: QImage) -> None:
        """Give a sample its picture, a null one where it cannot be read."""
        for strip in self.strips.values():
            strip.set_image(sample_id, image)
