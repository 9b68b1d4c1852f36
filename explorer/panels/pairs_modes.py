"""What the list of pairs holds, and in which order."""

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QTabBar, QWidget

from explorer.panels.pairs_view import Mode, Order
from explorer.theme import UNIT
from explorer.translation import tr

_NO_BAR = tr("Click a bar of the histograms or the ROC curve in the ROC panel first.")
_MODES: dict[Mode, tuple[str, str]] = {
    "false accepts": (
        tr("False accepts"),
        tr("Impostor pairs at or below the threshold: two identities taken for one."),
    ),
    "false rejects": (tr("False rejects"), tr("Genuine pairs above the threshold: one identity taken for two.")),
    "bar": (tr("Clicked"), tr("The pairs that were clicked in the ROC panel.")),
    "identities": (tr("By identity"), tr("Who is mistaken for whom: the errors by pair of identities.")),
}
_ORDERS: dict[Order, tuple[str, str]] = {
    "nearest": (tr("nearest the threshold"), tr("pairs that a slightly different threshold would judge rightly.")),
    "worst": (tr("worst first"), tr("pairs far on the wrong side; wrong labels are often among them.")),
}


class ModeBar(QWidget):
    """One of the lists, and the order of errors in it."""

    mode_chosen = Signal()
    order_chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tabs, self._order = self._make_tabs(), self._make_order()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(UNIT // 2)
        row.addWidget(self._tabs)
        row.addStretch(1)
        row.addWidget(self._order)
        self.set_bar(None)
        self._update_order()
        self._tabs.currentChanged.connect(self._take_tab)
        self._order.activated.connect(lambda _row: self.order_chosen.emit())

    @property
    def mode(self) -> Mode:
        """Which list."""
        return tuple(_MODES)[self._tabs.currentIndex()]

    @property
    def order(self) -> Order:
        """Which errors come first."""
        order: Order = self._order.currentData()
        return order

    def set_mode(self, mode: Mode) -> None:
        """Choose a list; emits nothing."""
        with QSignalBlocker(self._tabs):
            self._tabs.setCurrentIndex(tuple(_MODES).index(mode))
        self._update_order()

    def set_bar(self, title: str | None) -> None:
        """Say what the pairs of the last click are; None where nothing was clicked."""
        place = tuple(_MODES).index("bar")
        self._tabs.setTabEnabled(place, title is not None)
        self._tabs.setTabToolTip(place, f"{title or _NO_BAR}\n\n{_MODES['bar'][1]}")

    def _make_tabs(self) -> QTabBar:
        tabs = QTabBar()
        tabs.setObjectName("pair_lists")
        tabs.setAccessibleName(tr("What is listed"))
        tabs.setDrawBase(False)
        tabs.setExpanding(False)
        for name, help_text in _MODES.values():
            tabs.setTabToolTip(tabs.addTab(name), help_text)
        return tabs

    def _make_order(self) -> QComboBox:
        order = QComboBox()
        order.setObjectName("pair_order")
        order.setAccessibleName(tr("Order of the pairs"))
        for key, (name, _) in _ORDERS.items():
            order.addItem(name, key)
        return order

    def _take_tab(self) -> None:
        self._update_order()
        self.mode_chosen.emit()

    def _update_order(self) -> None:
        """The pairs of a click have an order of their own: from where it was."""
        helps = "\n".join(f"{name}: {text}" for name, text in _ORDERS.values())
        own = self.mode == "bar"
        self._order.setEnabled(not own)
        self._order.setToolTip(
            tr("Those nearest the click come first.")
            if own
            else tr("Which errors come first.\n{helps}").format(helps=helps)
        )
