"""Is the embedding good? Every figure of an evaluation with its interval, protocols, and runs beside one another."""

from PySide6.QtWidgets import QStackedLayout, QWidget

from explorer.widgets.empty_state import EmptyState

_EMPTY = (
    "Every figure of the held-out images will stand here: verification, retrieval, clustering, classification and "
    "segmentation. Start a run and wait for its first epoch, or open a finished run."
)


class EvaluationPanel(QWidget):
    """Figures, protocols and comparisons, measured when asked for."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("evaluation_panel")
        self._pages = QStackedLayout(self)
        self._pages.addWidget(EmptyState(_EMPTY))
