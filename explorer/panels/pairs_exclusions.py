"""What is excluded: how many images, and on demand which, why and since when."""

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QListWidget, QListWidgetItem, QPushButton, QWidget

from explorer import formats
from explorer.core_words import in_words
from explorer.theme import UNIT
from explorer.translation import tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.run_content import Exclusion

_LINES = 4
"""That are seen at once."""


class ExclusionList(QWidget):
    """The excluded images, any of which can be taken back."""

    take_back_requested = Signal(object)
    """tuple[str, ...]: ids of images to be counted again."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._list = QListWidget()
        self._list.setObjectName("excluded_images")
        self._list.setAccessibleName(tr("Excluded images"))
        self._list.setToolTip(tr("Images that no evaluation counts; the data itself is not touched."))
        self._list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self._list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self._take_back = QPushButton(tr("Take back"))
        self._take_back.setObjectName("take_back")
        self._take_back.setToolTip(tr("Count the selected images again, or all of them where none is selected."))
        self._take_back.clicked.connect(self._ask)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(UNIT)
        row.addWidget(self._list, 1)
        row.addWidget(self._take_back, 0, Qt.AlignmentFlag.AlignTop)

    def show_exclusions(self, exclusions: "Sequence[Exclusion]") -> None:
        """Show these, in the order in which they were excluded."""
        self._list.clear()
        for exclusion in exclusions:
            item = QListWidgetItem(f"{exclusion.sample} · {in_words(exclusion.reason)} · {_local_time(exclusion.at)}")
            item.setData(Qt.ItemDataRole.UserRole, exclusion.sample)
            item.setToolTip(item.text())
            self._list.addItem(item)
        lines = min(max(len(exclusions), 1), _LINES)
        self._list.setFixedHeight(lines * self._list.sizeHintForRow(0) + 2 * self._list.frameWidth())

    def _ask(self) -> None:
        chosen = self._list.selectedItems() or [self._list.item(row) for row in range(self._list.count())]
        self.take_back_requested.emit(tuple(item.data(Qt.ItemDataRole.UserRole) for item in chosen))


def count_text(count: int) -> str:
    """'no image excluded', '1 image excluded'."""
    if count == 0:
        return tr("no image excluded")
    return tr("1 image excluded") if count == 1 else tr("{count} images excluded").format(count=formats.count(count))


def _local_time(text: str) -> str:
    """A time in UTC as the clock on the wall shows it; as it stands where it is none."""
    try:
        return datetime.fromisoformat(text).astimezone().strftime("%Y-%m-%d %H:%M")
    except ValueError:
        return text
