"""The legend of kinds that each image on the map is one of."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from explorer.theme import UNIT, ClassStyle
from explorer.translation import tr
from explorer.widgets.legend import Legend

_CLICK = tr("A click selects its images, Ctrl and a click adds them.")


class KindKey(QWidget):
    """Names and counts of kinds beside their marks; those that no image has are left out."""

    clicked = Signal(int, Qt.KeyboardModifier)
    """A kind was clicked, or Return or Space pressed on it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("kind_key")
        self._title = QLabel(textFormat=Qt.TextFormat.PlainText, wordWrap=True)
        self._title.setContentsMargins(UNIT // 2, 0, 0, 0)
        self._list = Legend(_CLICK)
        self._list.setObjectName("kinds")
        self._seen: NDArray[np.intp] = np.empty(0, np.intp)
        """Kind of each line of the list."""
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(UNIT // 2)
        layout.addWidget(self._title)
        layout.addWidget(self._list, 1)
        layout.addStretch(0)  # where there is no list
        self._list.class_clicked.connect(lambda row, keys: self.clicked.emit(int(self._seen[row]), keys))

    def show_kinds(self, name: str, kinds: Sequence[tuple[str, ClassStyle]], counts: NDArray[np.int64]) -> None:
        """Show the kinds that there are, [K]."""
        self._seen = np.flatnonzero(counts)
        seen = [kinds[place] for place in self._seen.tolist()]
        names, found = [kind for kind, _ in seen], counts[self._seen]
        self._title.setText(name)
        self._list.setAccessibleName(name)
        self._list.set_classes(names, found, [style for _, style in seen])
        self._list.setVisible(bool(seen))
        words = (f"{kind} {count}" for kind, count in zip(names, found.tolist(), strict=True))
        self.setAccessibleName(", ".join((name, *words)))
