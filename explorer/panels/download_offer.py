"""A published data set that is not on this machine yet: what it is, and a button that fetches it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from core.data.catalog.entry import CatalogEntry
from explorer import formats, theme
from explorer.translation import tr
from explorer.widgets.message import Message

_HELP = tr(
    "Fetch it from {host} over the network; nothing is sent. Nothing else in this program opens a connection, but for "
    "pretrained weights that a run asks for.\n\nSource: {source}"
)
_CANCEL_HELP = tr("End this now; what has come is kept, and the next download goes on from there.")
_MEGABYTE = 1e6
_STEPS = 1000
"""Of the bar."""


class DownloadOffer(QWidget):
    """Hidden while nothing is offered; a download that is under way is shown whatever else is chosen."""

    requested = Signal(str)
    """Name of the data set that the user wants to fetch."""
    cancel_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._offered: CatalogEntry | None = None
        self._is_busy = False
        self._about, self._state = Message(), Message()
        self._button, self._bar, self._cancel = QPushButton(tr("Download")), QProgressBar(), QPushButton(tr("Cancel"))
        self._button.setObjectName("download_button")
        self._button.setToolTip(tr("Fetch the chosen data set, after you have read under which licence it is."))
        self._button.clicked.connect(self._on_clicked)
        self._bar.setAccessibleName(tr("Progress of the download"))
        self._bar.setRange(0, _STEPS)
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(theme.UNIT)
        self._cancel.setObjectName("cancel_download")
        self._cancel.setToolTip(_CANCEL_HELP)
        self._cancel.clicked.connect(self._on_cancel)
        row = QHBoxLayout()
        row.setSpacing(theme.UNIT)
        for part in (self._bar, self._cancel, self._button):
            row.addWidget(part, 1 if part is self._bar else 0)
        row.addStretch(0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.UNIT // 2)
        layout.addWidget(self._about)
        layout.addWidget(self._state)
        layout.addLayout(row)
        self._update()

    def offer(self, entry: CatalogEntry | None) -> None:
        """Offer a data set; None offers nothing."""
        self._offered = entry
        self._update()

    def begin(self, title: str) -> None:
        """A download has begun."""
        self._is_busy = True
        self._cancel.setEnabled(True)
        self._bar.setValue(0)
        self._state.tell(tr("fetching {title}").format(title=title))
        self._update()

    def show_progress(self, stage: str, share: float, seconds_left: float | None) -> None:
        """Say how far it is."""
        if self._cancel.isEnabled():
            self._bar.setValue(round(share * _STEPS))
            rest = (
                ""
                if seconds_left is None
                else tr(" · {seconds_left} left").format(seconds_left=formats.duration(seconds_left))
            )
            self._state.tell(f"{stage}{rest}")

    def end(self) -> None:
        """It has ended, one way or the other."""
        self._is_busy = False
        self._state.tell("")
        self._update()

    def _on_clicked(self) -> None:
        if self._offered is not None:
            self.requested.emit(self._offered.name)

    def _on_cancel(self) -> None:
        self._cancel.setEnabled(False)
        self._state.tell(tr("ending …"))
        self.cancel_requested.emit()

    def _update(self) -> None:
        entry = self._offered
        self._about.tell(
            ""
            if entry is None
            else tr("{about} Not on this machine yet. Licence: {licence}.").format(
                about=entry.about, licence=entry.licence
            )
        )
        self._bar.setVisible(self._is_busy)
        self._cancel.setVisible(self._is_busy)
        self._button.setVisible(entry is not None and not self._is_busy)
        if entry is not None:
            host = entry.files[0].url.split("/")[2]
            self._button.setText(tr("Download ({round} MB)").format(round=formats.count(round(entry.size / _MEGABYTE))))
            self._button.setToolTip(_HELP.format(host=host, source=entry.source))
            self._button.setAccessibleName(tr("Download {title}").format(title=entry.title))
        self.setVisible(entry is not None or self._is_busy)
