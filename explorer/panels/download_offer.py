"""A published data set that is not on this machine yet: what it is, and a button that fetches it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from core.data.catalog.entry import CatalogEntry
from explorer import formats, theme
from explorer.widgets.message import Message
from explorer.widgets.work_line import WorkLine

_HELP = (
    "Fetch it from {host} over the network; nothing is sent. Nothing else in this program opens a connection, but for "
    "pretrained weights that a run asks for."
)
_CANCEL_HELP = "End this now; what has come is kept, and the next download goes on from there."
_MEGABYTE = 1e6


class DownloadOffer(QWidget):
    """Hidden while nothing is offered; a download that is under way is shown whatever else is chosen."""

    requested = Signal(str)
    """Name of the data set that the user wants to fetch."""
    cancel_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._offered: CatalogEntry | None = None
        self._about, self._work = Message(), WorkLine(cancel_help=_CANCEL_HELP)
        self._button = QPushButton("Download")
        self._button.setObjectName("download_button")
        self._button.clicked.connect(self._on_clicked)
        self._work.cancel_requested.connect(self.cancel_requested)
        row = QHBoxLayout()
        row.addWidget(self._button)
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.UNIT // 2)
        for part in (self._about, row, self._work):
            layout.addLayout(part) if isinstance(part, QHBoxLayout) else layout.addWidget(part)
        self._update()

    def offer(self, entry: CatalogEntry | None) -> None:
        """Offer a data set; None offers nothing."""
        self._offered = entry
        self._update()

    def begin(self, title: str) -> None:
        """A download has begun."""
        self._work.begin(f"fetching {title}")
        self._update()

    def show_progress(self, stage: str, share: float, seconds_left: float | None) -> None:
        """Say how far it is."""
        self._work.show_progress(stage, share, seconds_left)

    def end(self) -> None:
        """It has ended, one way or the other."""
        self._work.end()
        self._update()

    def _on_clicked(self) -> None:
        if self._offered is not None:
            self.requested.emit(self._offered.name)

    def _update(self) -> None:
        entry, is_busy = self._offered, not self._work.isHidden()
        self._about.tell("" if entry is None else _words(entry))
        self._button.setVisible(entry is not None)
        self._button.setEnabled(not is_busy)
        if entry is not None:
            host = entry.files[0].url.split("/")[2]
            help_text = _HELP.format(host=host)
            self._button.setText(f"Download ({_size(entry)})")
            self._button.setToolTip(f"One download at a time.\n\n{help_text}" if is_busy else help_text)
            self._button.setAccessibleName(f"Download {entry.title}")
        self.setVisible(entry is not None or is_busy)


def _words(entry: CatalogEntry) -> str:
    return f"{entry.title}: {entry.about} Not on this machine yet. Licence: {entry.licence}. Source: {entry.source}."


def _size(entry: CatalogEntry) -> str:
    return f"{formats.count(round(entry.size / _MEGABYTE))} MB"
