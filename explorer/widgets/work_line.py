"""How far a piece of work is, with a button that ends it; takes no space while nothing is under way."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QSizePolicy, QWidget

from explorer import formats, theme
from explorer.time_left import TimeLeft
from explorer.translation import tr

_FULL = 1000
"""Steps of the bar."""


class WorkLine(QWidget):
    """A bar, what is being done, how long that takes, and Cancel.

    Parameters
    ----------
    cancel_help
        What becomes of the work when it is cancelled.
    """

    cancel_requested = Signal()

    def __init__(
        self, parent: QWidget | None = None, *, cancel_help: str = tr("End this now; nothing is kept of it.")
    ) -> None:
        super().__init__(parent)
        self._bar, self._text, self._cancel = QProgressBar(), QLabel(), QPushButton(tr("Cancel"))
        self._left, self._what = TimeLeft(), ""
        self._bar.setObjectName("work_progress")
        self._bar.setAccessibleName(tr("Progress of the work"))
        self._bar.setTextVisible(False)
        self._bar.setFixedSize(12 * theme.UNIT, theme.UNIT)
        self._text.setObjectName("work_text")
        self._text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._cancel.setObjectName("cancel_button")
        self._cancel.setToolTip(cancel_help)
        self._cancel.clicked.connect(self._ask_to_end)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.UNIT)
        row.addWidget(self._bar)
        row.addWidget(self._text, 1)
        row.addWidget(self._cancel)
        self.end()

    def begin(self, what: str) -> None:
        """Appear: something has begun."""
        self._cancel.setEnabled(True)
        self._what = ""
        self.show_progress(what, None, None)
        self.show()

    def show_progress(self, what: str, share: float | None, seconds_left: float | None = None) -> None:
        """Say what is being done, which share of it is done, and how long the rest takes.

        Nothing is said of a share that is not known; a time that is not known is guessed from the shares.
        """
        if not self._cancel.isEnabled():
            return
        if what != self._what:
            self._what = what
            self._left.begin(share or 0.0)
        if share is not None and seconds_left is None:
            seconds_left = self._left.at(share)
        self._bar.setRange(0, 0 if share is None else _FULL)
        if share is not None:
            self._bar.setValue(round(share * _FULL))
        parts = [what or tr("working")]
        if share is not None:
            parts.append(f"{round(100 * share):>3} %")
        if seconds_left is not None:
            parts.append(tr("{seconds_left} left").format(seconds_left=formats.duration(seconds_left)))
        self._text.setText(" · ".join(parts))
        self._text.setToolTip(self._text.text())

    def end(self) -> None:
        """Go: nothing is under way."""
        self.hide()
        self._bar.setRange(0, 1)  # a bar of unknown length would go on moving

    def _ask_to_end(self) -> None:
        self._text.setText(tr("ending …"))
        self._cancel.setEnabled(False)
        self.cancel_requested.emit()
