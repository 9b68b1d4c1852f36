"""The field that says what the map is coloured by."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QSizePolicy, QWidget

from explorer.panels.data_words import short
from explorer.panels.map_colouring import BY_CLASS, BY_CLASS_HELP, CLUSTERINGS, KINDS, QUANTITIES
from explorer.panels.map_groupings import column_key
from explorer.theme import UNIT
from explorer.translation import tr
from explorer.widgets.wheel import wheel_only_when_focused

_HELP = tr("What the colours stand for; each entry of the list says more when pointed at.")
_COLUMN_HELP = tr("A column of the data set's table: a scale for numbers, a colour each for words.")
_WIDEST = 40 * UNIT
_AROUND = 5 * UNIT
"""What the field has beside its text: frame, margins and arrow."""


class ColourField(QComboBox):
    """What there is to colour by; below a line, the columns of the data set."""

    chosen = Signal(str)
    """'class', one of `map_colouring.KINDS` or `MEASURED`, or a column's `map_groupings.column_key`"""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("map_colouring")
        self.setAccessibleName(tr("Colour by"))
        named = {BY_CLASS: (tr("class"), BY_CLASS_HELP)}
        named |= {name: (each.label, each.help) for name, each in (*KINDS.items(), *CLUSTERINGS.items())}
        named |= {name: (quantity.label, quantity.help) for name, quantity in QUANTITIES.items()}
        for name, (label, help_text) in named.items():
            self._add(label, name, help_text)
        self._fixed = self.count()
        self.setToolTip(_HELP)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(5)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._fit()
        wheel_only_when_focused(self)
        self.activated.connect(lambda row: self.chosen.emit(self.itemData(row)))

    def set_columns(self, names: Sequence[str]) -> None:
        """Offer these columns; where the one that is chosen is not among them, class is chosen again."""
        before = self.currentData()
        while self.count() > self._fixed:
            self.removeItem(self.count() - 1)
        if names:
            self.insertSeparator(self._fixed)
        for name in names:
            self._add(short(name), column_key(name), _COLUMN_HELP)
        self._fit()
        row = self.findData(before)
        self.setCurrentIndex(max(row, 0))
        if row < 0:
            self.chosen.emit(BY_CLASS)

    def _add(self, label: str, name: str, help_text: str) -> None:
        self.addItem(label, name)
        self.setItemData(self.count() - 1, help_text, Qt.ItemDataRole.ToolTipRole)

    def _fit(self) -> None:
        """The list may be wider than the field, which takes the room that there is up to what its texts need."""
        view = self.view()
        view.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        view.setMinimumWidth(min(view.sizeHintForColumn(0) + 2 * UNIT, _WIDEST))
        longest = max(self.fontMetrics().horizontalAdvance(self.itemText(row)) for row in range(self.count()))
        self.setMaximumWidth(min(longest + _AROUND, _WIDEST))
