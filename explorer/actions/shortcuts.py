"""All shortcuts in one list, beside the window."""

from collections.abc import Sequence

from PySide6.QtWidgets import QDialog, QHeaderView, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from explorer import theme
from explorer.actions.entries import Entry
from explorer.palette.search import fit
from explorer.translation import tr
from explorer.widgets.search_field import SearchField

_IN_PLACE: tuple[tuple[str, str], ...] = (
    (tr("Plots and map: zoom"), tr("wheel, + and -")),
    (tr("Plots and map: move"), tr("drag, arrows")),
    (tr("Plots and map: show all"), tr("double click, Home")),
    (tr("Map: add to the selection, take away"), tr("Shift, Alt while dragging or clicking")),
    (tr("Map: select none, leave the search or the comparison"), "Esc"),
    (tr("Slots of Verify and Gallery: choose, paste, clear"), tr("Enter, Ctrl+V, Delete")),
    (tr("Tables: copy"), "Ctrl+C"),
    (tr("Lists: rename, remove"), tr("F2, Delete")),
    (tr("Next and previous control"), tr("Tab, Shift+Tab")),
)
"""Keys that act where the keyboard or the mouse is."""


class Shortcuts(QDialog):
    """What each key does, by groups; a field above finds some."""

    def __init__(self, entries: Sequence[Entry], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("shortcuts_window")
        self.setWindowTitle(tr("Shortcuts"))
        self.resize(72 * theme.UNIT, 72 * theme.UNIT)
        self._field = SearchField(
            "search_shortcuts",
            tr("Search the shortcuts"),
            tr("Search"),
            tr("Shows only shortcuts whose action, panel or keys contain this."),
        )
        self._tree = QTreeWidget()
        self._groups: dict[str, tuple[QTreeWidgetItem, list[QTreeWidgetItem]]] = {}
        self._arrange()
        for entry in entries:
            if entry.keys:
                self._add(entry.group, entry.title, entry.keys)
        for what, keys in _IN_PLACE:
            self._add(tr("Where the keyboard is"), what, keys)
        self._tree.expandAll()
        self._tree.resizeColumnToContents(1)
        self._field.textChanged.connect(self._search)

    def _add(self, group: str, what: str, keys: str) -> None:
        if group not in self._groups:
            self._groups[group] = QTreeWidgetItem(self._tree, [group]), []
        heading, items = self._groups[group]
        item = QTreeWidgetItem(heading, [what, keys])
        items.append(item)
        item.setFont(1, theme.digits_font())

    def _search(self, query: str) -> None:
        for group, (heading, items) in self._groups.items():
            for item in items:
                text = f"{group} {item.text(0)} {item.text(1)}"
                item.setHidden(bool(query.split()) and not fit(query, text))
            heading.setHidden(all(item.isHidden() for item in items))

    def _arrange(self) -> None:
        self._tree.setObjectName("shortcut_list")
        self._tree.setAccessibleName(tr("Shortcuts"))
        self._tree.setToolTip(tr("Keys with a comma are pressed one after the other."))
        self._tree.setHeaderLabels([tr("Action"), tr("Keys")])
        self._tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self._tree.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self._tree.header().setStretchLastSection(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.UNIT, theme.UNIT, theme.UNIT, theme.UNIT)
        column.setSpacing(theme.UNIT)
        column.addWidget(self._field)
        column.addWidget(self._tree, 1)
