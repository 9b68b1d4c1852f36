"""Verdicts: the pairs that were looked at one by one, and many pairs at once."""

from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from explorer.panels.looked_at import LookedAtPage
from explorer.panels.verdicts_many import ManyPage
from explorer.translation import tr


class VerdictsPanel(QWidget):
    """Two pages."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("verdicts_panel")
        self.looked_at, self.many = LookedAtPage(), ManyPage()
        self._tabs = QTabWidget()
        self._tabs.setObjectName("verdict_tabs")
        self._tabs.setDocumentMode(True)
        for title, page, help_text in (
            (tr("Looked at"), self.looked_at, tr("The pairs that were looked at in Verify, with notes.")),
            (
                tr("Many at once"),
                self.many,
                tr("A verdict on every pair of a folder, of two folders, or of a pairs file."),
            ),
        ):
            self._tabs.setTabToolTip(self._tabs.addTab(page, title), help_text)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._tabs)
