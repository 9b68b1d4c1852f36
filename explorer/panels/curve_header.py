"""The line over the curve: which view, what the curve is of, and how far its intervals are."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QTabBar, QVBoxLayout, QWidget
from superqt import QElidingLabel

from explorer import theme
from explorer.panels.interval_progress import IntervalButton, IntervalLine
from explorer.translation import tr


class CurveHeader(QWidget):
    """Tabs of the views, choice of the axis, provenance, and a thin line while intervals are measured.

    Parameters
    ----------
    tabs
        Of the views; the first one is the ROC curve.
    """

    log_toggled = Signal(bool)
    """The user wants a logarithmic FPR axis, or a linear one."""

    def __init__(self, tabs: QTabBar, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._made_of = self._work = ""
        self._log, self.provenance = QCheckBox(tr("log FPR")), QElidingLabel()
        self._line, self.button = IntervalLine(), IntervalButton()
        self._log.setChecked(True)
        self._log.setObjectName("log_fpr_field")
        self._log.toggled.connect(self.log_toggled)
        self.provenance.setObjectName("roc_provenance")
        self.provenance.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._arrange(tabs)
        self._offer_log(tabs.currentIndex())
        tabs.currentChanged.connect(self._offer_log)

    @property
    def is_measuring(self) -> bool:
        """Whether it says that intervals are being measured."""
        return self._line.isVisibleTo(self)

    def set_provenance(self, text: str) -> None:
        """Say what the curve is of."""
        self._made_of = text
        self._show_provenance()

    def set_progress(self, text: str) -> None:
        """Say what is being computed, in place of what the curve is of; nothing is where empty."""
        self._work = text
        self._show_provenance()

    def show_share(self, share: float | None, *, missing: bool = False) -> None:
        """Show how far intervals are; None where they are not being measured, but may be, where they are missing."""
        if (share is not None) != self.is_measuring or share is None:
            self.button.offer(working=share is not None, missing=missing)
        self._line.show_share(share)

    def _arrange(self, tabs: QTabBar) -> None:
        line = QHBoxLayout()
        line.setSpacing(theme.UNIT // 2)
        line.addWidget(tabs)
        line.addWidget(self._log)
        line.addWidget(self.provenance, 1)
        line.addWidget(self.button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(line)
        column.addWidget(self._line)

    def _offer_log(self, view: int) -> None:
        refusal = "" if view == 0 else tr("Not here: only the ROC curve has such an axis.\n\n")
        self._log.setEnabled(view == 0)
        self._log.setToolTip(
            tr("{refusal}Logarithmic FPR axis of the ROC curve: shows the small rates that matter.").format(
                refusal=refusal
            )
        )

    def _show_provenance(self) -> None:
        text = self._work or self._made_of
        if text != self.provenance.toolTip():
            self.provenance.setText(text)
            self.provenance.setToolTip(text)
