"""What the list of pairs holds, and in which order."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QComboBox, QHBoxLayout, QToolButton, QWidget

from explorer.panels.pairs_view import Mode, Order
from explorer.theme import UNIT

_NO_BAR = "Click a bar of the histograms or the ROC curve in the ROC panel first."
_MODES: dict[Mode, tuple[str, str]] = {
    "false accepts": ("False accepts", "Impostor pairs at or below the threshold: two identities taken for one."),
    "false rejects": ("False rejects", "Genuine pairs above the threshold: one identity taken for two."),
    "bar": ("In this bar", "The pairs that were clicked in the ROC panel."),
    "identities": ("Who for whom", "Who is mistaken for whom: the errors by pair of identities."),
}
_ORDERS: dict[Order, tuple[str, str]] = {
    "nearest": ("nearest the threshold", "pairs that a slightly different threshold would judge rightly."),
    "worst": ("worst first", "pairs far on the wrong side; wrong labels are often among them."),
}


class ModeBar(QWidget):
    """One of the lists, and the order of errors in it."""

    mode_chosen = Signal()
    order_chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group, self._buttons = QButtonGroup(self), dict[Mode, QToolButton]()
        self._order = self._make_order()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(UNIT // 2)
        for mode in _MODES:
            self._buttons[mode] = self._make_button(mode)
            row.addWidget(self._buttons[mode])
        row.addStretch(1)
        row.addWidget(self._order)
        self.set_mode("false accepts")
        self.set_bar(None)
        self._group.buttonClicked.connect(self._take_click)
        self._order.activated.connect(lambda _row: self.order_chosen.emit())

    @property
    def mode(self) -> Mode:
        """Which list."""
        return next(mode for mode, button in self._buttons.items() if button.isChecked())

    @property
    def order(self) -> Order:
        """Which errors come first."""
        order: Order = self._order.currentData()
        return order

    def set_mode(self, mode: Mode) -> None:
        """Choose a list; emits nothing."""
        self._buttons[mode].setChecked(True)
        self._update_order()

    def set_bar(self, title: str | None) -> None:
        """Say what the pairs of the last click are; None where nothing was clicked."""
        button, help_text = self._buttons["bar"], _MODES["bar"][1]
        button.setEnabled(title is not None)
        button.setToolTip(f"{title or _NO_BAR}\n\n{help_text}")

    def _make_button(self, mode: Mode) -> QToolButton:
        name, help_text = _MODES[mode]
        button = QToolButton()
        button.setText(name)
        button.setCheckable(True)
        button.setObjectName(f"mode_{mode.replace(' ', '_')}")
        button.setAccessibleName(name)
        button.setToolTip(help_text)
        self._group.addButton(button)
        return button

    def _make_order(self) -> QComboBox:
        order = QComboBox()
        order.setObjectName("pair_order")
        order.setAccessibleName("Order of the pairs")
        for key, (name, _) in _ORDERS.items():
            order.addItem(name, key)
        return order

    def _take_click(self) -> None:
        self._update_order()
        self.mode_chosen.emit()

    def _update_order(self) -> None:
        """The pairs of a click have an order of their own: from where it was."""
        helps = "\n".join(f"{name}: {text}" for name, text in _ORDERS.values())
        own = self.mode == "bar"
        self._order.setEnabled(not own)
        self._order.setToolTip(
            f"Which errors come first.\n{helps}" if not own else "Those nearest the click come first."
        )
