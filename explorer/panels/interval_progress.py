"""How far the measurement of intervals is: a thin line, and a button that stops it or begins it again."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QToolButton, QWidget

from explorer import formats
from explorer.icons import icon
from explorer.time_left import TimeLeft
from explorer.translation import tr

_PARTS = 1_000
_HEIGHT = 3


class IntervalLine(QProgressBar):
    """A line that keeps its place while nothing is measured."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._left = TimeLeft()
        self.setObjectName("interval_progress")
        self.setAccessibleName(tr("progress of the intervals"))
        self.setRange(0, _PARTS)
        self.setTextVisible(False)
        self.setFixedHeight(_HEIGHT)
        policy = self.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.setSizePolicy(policy)
        self.hide()

    def show_share(self, share: float | None) -> None:
        """Show the share that is done; None where nothing is being measured."""
        if share is not None and self.isHidden():
            self._left.begin(share)
        self.setVisible(share is not None)
        self.setValue(round(_PARTS * (share or 0.0)))
        seconds = None if share is None else self._left.at(share)
        left = "" if seconds is None else tr(", {seconds} left").format(seconds=formats.duration(seconds))
        self.setToolTip(
            tr("95 % intervals are being measured: {value:.0f} % done{left}").format(
                value=100 * (share or 0.0), left=left
            )
        )


class IntervalButton(QToolButton):
    """Stops what is being measured, or begins it again where it was stopped; hidden where there is nothing to do."""

    stop_requested = Signal()
    start_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_working = False
        self._stop_icon, self._start_icon = icon("clear"), icon("play")
        self.setObjectName("interval_button")
        self.setAutoRaise(True)
        self.clicked.connect(self._on_clicked)
        self.offer(working=False, missing=False)

    def offer(self, *, working: bool, missing: bool) -> None:
        """Offer to stop while something is measured, or to begin where intervals are missing."""
        self._is_working = working
        self.setVisible(working or missing)
        self.setIcon(self._stop_icon if working else self._start_icon)
        self.setAccessibleName(tr("stop measuring intervals") if working else tr("measure intervals"))
        self.setToolTip(
            tr("Stop measuring the 95 % intervals of this curve.")
            if working
            else tr("Measure the 95 % intervals of this curve behind the window.")
        )

    def _on_clicked(self) -> None:
        (self.stop_requested if self._is_working else self.start_requested).emit()
