"""The gallery will stand here: people, animals or parts by name, and who is on an image."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from explorer.widgets.empty_state import EmptyState

_EMPTY = "The gallery will stand here: people, animals or parts by name, and who is on an image."


class GalleryPanel(QWidget):
    """Nothing yet but words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        QVBoxLayout(self).addWidget(EmptyState(_EMPTY))
