"""What the images can be narrowed to: parts of the split, what was edited, and what was found; each with its count."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from explorer import formats
from explorer.panels.data_images import KIND_NAMES, VIEWS, View
from explorer.theme import UNIT, digits_font
from explorer.translation import tr

_OWN_LABELS: dict[View, str] = {
    "all": tr("all images"),
    "training": tr("trained on"),
    "held out": tr("held out"),
    "excluded": tr("excluded"),
    "relabelled": tr("other class"),
}
_LABELS: dict[View, str] = {view: text for labels in (_OWN_LABELS, KIND_NAMES) for view, text in labels.items()}
_MOST = 9
"""Lines that are seen at once."""


class ViewList(QTreeWidget):
    """A line a view; one of them is chosen."""

    view_chosen = Signal(str)
    """View that the user wants to see."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("data_views")
        self.setAccessibleName(tr("What to show"))
        self.setColumnCount(2)
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.header().setStretchLastSection(False)
        self.header().setMinimumSectionSize(3 * UNIT)
        self.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self._views: tuple[View, ...] = ()
        self.currentItemChanged.connect(self._report)

    @property
    def view(self) -> View:
        """The one that is chosen."""
        current: QTreeWidgetItem | None = self.currentItem()
        place = -1 if current is None else self.indexOfTopLevelItem(current)
        return self._views[place] if place >= 0 else "all"

    def show_views(self, counted: Sequence[tuple[View, int]]) -> None:
        """Offer these with their numbers of images; what is chosen stays so if it is still there, else it is 'all'."""
        chosen = self.view
        self.blockSignals(True)
        self.clear()
        self._views = tuple(view for view, _ in counted)
        for view, count in counted:
            item = QTreeWidgetItem(self, [_LABELS[view], formats.count(count)])
            item.setToolTip(0, VIEWS[view])
            item.setToolTip(1, VIEWS[view])
            item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            item.setFont(1, digits_font())
        self.blockSignals(False)
        self.choose(chosen if chosen in self._views else "all")
        lines = min(max(len(counted), 1), _MOST)
        self.setFixedHeight(lines * self.sizeHintForRow(0) + 2 * self.frameWidth())

    def choose(self, view: View) -> None:
        """Choose a view; emits nothing."""
        self.blockSignals(True)
        self.setCurrentIndex(self.model().index(self._views.index(view), 0))
        self.blockSignals(False)

    def _report(self) -> None:
        self.view_chosen.emit(self.view)
