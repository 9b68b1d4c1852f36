"""The selections that are kept with a run, as a list: chosen by a click, renamed in their lines."""

from collections.abc import Sequence
from enum import Enum

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QApplication, QHeaderView, QTreeWidget, QTreeWidgetItem

from explorer import formats
from explorer.theme import UNIT, digits_font
from explorer.translation import tr

_LINES = 6
"""Of the list that are seen at once."""
_HELP = tr(
    "Selections kept with this run. A click selects the images; Shift adds them, Alt takes them away, Shift and Alt "
    "leave only those that are in both."
)


class Combine(Enum):
    """What a kept selection does with the images that are selected."""

    REPLACE = Qt.KeyboardModifier.NoModifier
    ADD = Qt.KeyboardModifier.ShiftModifier
    TAKE_AWAY = Qt.KeyboardModifier.AltModifier
    INTERSECT = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.AltModifier

    @classmethod
    def by_keys(cls, keys: Qt.KeyboardModifier) -> "Combine":
        """As on the map: Ctrl is as good as Shift."""
        if keys & Qt.KeyboardModifier.ControlModifier:
            keys |= Qt.KeyboardModifier.ShiftModifier
        return cls(keys & Combine.INTERSECT.value)

    def of(self, selection: Sequence[int], members: Sequence[int]) -> tuple[int, ...]:
        """What is selected from now on; those that were selected keep their order."""
        wanted, before = set(members), set(selection)
        match self:
            case Combine.REPLACE:
                return tuple(members)
            case Combine.ADD:
                return (*selection, *(sample for sample in members if sample not in before))
            case Combine.TAKE_AWAY:
                return tuple(sample for sample in selection if sample not in wanted)
            case Combine.INTERSECT:
                return tuple(sample for sample in selection if sample in wanted)


class KeptList(QTreeWidget):
    """Names, which can be edited in place, and counts."""

    chosen = Signal(str, Combine)
    """Name, and what it does with what is selected"""
    renamed = Signal(str, str)
    """Name now, and the name wanted; `show_kept` follows if it is given"""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("kept_selections")
        self.setAccessibleName(tr("Kept selections"))
        self.setToolTip(_HELP)
        self.setColumnCount(2)
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.header().setStretchLastSection(False)
        self.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.itemClicked.connect(self._choose)
        self.itemActivated.connect(self._choose)
        self.itemChanged.connect(self._take_name)

    def show_kept(self, selections: Sequence[tuple[str, int]]) -> None:
        """Show these, each with the number of its images; the current one stays so."""
        current = self.current()
        self.blockSignals(True)
        self.clear()
        for name, count in selections:
            item = QTreeWidgetItem(self, [name, formats.count(count)])
            item.setData(0, Qt.ItemDataRole.UserRole, name)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
            item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            item.setFont(1, digits_font())
            item.setToolTip(0, f"{name}\n{image_count(count)}")
            if name == current:
                self.setCurrentItem(item)
        self.blockSignals(False)
        lines = min(max(len(selections), 1), _LINES)
        self.setFixedHeight(lines * max(self.sizeHintForRow(0), 2 * UNIT) + 2 * self.frameWidth())

    def current(self) -> str | None:
        """Name of the one that is chosen for renaming and deleting."""
        item = self.currentItem()
        return None if item is None else str(item.data(0, Qt.ItemDataRole.UserRole))

    def edit_current(self) -> None:
        """Let the name of the current one be edited."""
        if (item := self.currentItem()) is not None:
            self.editItem(item, 0)

    def _choose(self, item: QTreeWidgetItem) -> None:
        keys = QApplication.keyboardModifiers()
        self.chosen.emit(item.data(0, Qt.ItemDataRole.UserRole), Combine.by_keys(keys))

    def _take_name(self, item: QTreeWidgetItem, column: int) -> None:
        before, wanted = str(item.data(0, Qt.ItemDataRole.UserRole)), item.text(0)
        if column == 0 and wanted != before:
            self.blockSignals(True)
            item.setText(0, before)  # until it is renamed
            self.blockSignals(False)
            self.renamed.emit(before, wanted)


def image_count(count: int, kind: str = "") -> str:
    """'1 image', '1 200 selected images'."""
    return (
        tr("1 {kind}image").format(kind=kind)
        if count == 1
        else tr("{count} {kind}images").format(count=formats.count(count), kind=kind)
    )
