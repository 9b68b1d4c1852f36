"""Which pairs does the threshold get wrong? Pairs of images by distance, and who is mistaken for whom."""

from PySide6.QtWidgets import QStackedLayout, QWidget

from explorer.widgets.empty_state import EmptyState

_EMPTY = (
    "The pairs behind the curve will stand here: false accepts and false rejects nearest the threshold. "
    "Click the ROC curve or a bar of the histograms to see them."
)


class PairsPanel(QWidget):
    """Pairs of images with their distances, and the identities that are mistaken for one another."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pairs_panel")
        self._pages = QStackedLayout(self)
        self._pages.addWidget(EmptyState(_EMPTY))
