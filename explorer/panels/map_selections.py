"""What can be done with the selection: kept under a name, combined with a kept one, turned round, exported."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
    QWidgetAction,
)

from core.selections import LONGEST_NAME
from explorer.panels.kept_selections import Combine, KeptList, image_count
from explorer.panels.map_bar import bar_button
from explorer.theme import UNIT
from explorer.translation import tr
from explorer.widgets.message import Message
from explorer.widgets.offering import offer
from explorer.widgets.work_line import WorkLine

_WIDTH = 40 * UNIT
_NONE_KEPT = tr("No selection is kept with this run yet.")
_NO_RUN = tr("There is no run: start one or open one first.")
_NOTHING_SELECTED = tr("No image is selected.")
_NO_MAP = tr("There is no map yet: press Start.")
_NO_NAME = tr("Write a name first.")
_NONE_CHOSEN = tr("Choose a kept selection first.")
_NONE_HELP = tr("Take all images out of the selection; Escape on the map does the same.")
_INVERT_HELP = tr("Select every point of the map that is not selected now.")
_CLASSES_HELP = tr("Select every point of the selected images' classes.")
_SAVE_HELP = tr("Keep the selected images with this run under this name.")
_RENAME_HELP = tr("Give the chosen selection another name; F2 does the same.")
_DELETE_HELP = tr("Forget the chosen selection; Ctrl+Z brings it back.")
_BUSY = tr("An export is under way; wait for it or cancel it.")
_EXPORTS = {
    "table": (
        tr("Table of {} (CSV) …"),
        tr("Image, class, predicted class, part, place on the map and step, a row an image."),
    ),
    "images": (
        tr("Copy {} into a folder …"),
        tr("The original files, in a folder for each class; no file is overwritten."),
    ),
    "projector": (
        tr("Map for the Embedding Projector …"),
        tr("Every point of the map with its embedding and picture, in a folder that tensorboard --logdir opens."),
    ),
}


class MapSelections(QObject):
    """A button with a menu, whose `form` keeps and chooses, and a line that tells how far an export is."""

    export_requested = Signal(str)
    """'table', 'images' or 'projector'"""

    def __init__(self) -> None:
        super().__init__()
        self.button = bar_button(
            "map_selections", tr("Selections"), "selections", tr("Selections: keep, choose, export.")
        )
        self.button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.work = WorkLine()
        self.work.setObjectName("map_export_work")
        self.form = SelectionForm()
        self._selected, self._busy, self._points = 0, False, 0
        menu = QMenu(self.button)
        menu.setToolTipsVisible(True)
        holder = QWidgetAction(menu)
        holder.setDefaultWidget(self.form)
        self.form.resized.connect(holder.setData)  # a changed action has an open menu lay itself out again
        menu.addAction(holder)
        menu.addSeparator()
        self._exports = {name: self._make_export(menu, name) for name in _EXPORTS}
        menu.aboutToShow.connect(self.form.begin)
        self.button.setMenu(menu)
        self.show_counts(0, 0, has_run=False)

    def show_counts(self, selected: int, points: int, *, has_run: bool) -> None:
        """Say how many images are selected, and how many points the map has."""
        self._selected, self._points = selected, points
        self.form.show_counts(selected, points, has_run=has_run)
        self._offer_exports()

    def show_kept(self, selections: Sequence[tuple[str, int]]) -> None:
        """Show the kept selections, each with the number of its images."""
        self.form.show_kept(selections)

    def show_problem(self, sentence: str) -> None:
        """Say why something was not done; empty: all is well."""
        self.form.show_problem(sentence)

    def set_busy(self, busy: bool) -> None:
        """Say whether an export is under way, beside which there is no other."""
        self._busy = busy
        self._offer_exports()

    def _make_export(self, menu: QMenu, name: str) -> QAction:
        action = menu.addAction(_EXPORTS[name][0])
        action.setObjectName(f"export_{name}")
        action.triggered.connect(lambda _checked=False: self.export_requested.emit(name))
        return action

    def _offer_exports(self) -> None:
        what = (
            image_count(self._selected, tr("selected "))
            if self._selected
            else tr("all {points}").format(points=image_count(self._points))
        )
        for name, action in self._exports.items():
            text, help_text = _EXPORTS[name]
            possible = bool(self._points or (self._selected and name != "projector"))
            action.setText(text.format(what))
            action.setEnabled(possible and not self._busy)
            action.setToolTip(_BUSY if self._busy else help_text if possible else _NO_MAP)


class SelectionForm(QWidget):
    """The part of the menu that stays open while it is used."""

    save_requested = Signal(str)
    """Keep the selection under this name; `clear_name` follows if that is done, else `show_problem`."""
    chosen = Signal(str, Combine)
    """Name of a kept selection"""
    rename_requested = Signal(str, str)
    """Name now, and the name wanted"""
    delete_requested = Signal(str)
    none_requested = Signal()
    invert_requested = Signal()
    classes_requested = Signal()
    """Select the whole classes of what is selected."""
    resized = Signal(int)
    """Its height now"""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._count, self._none_kept, self._problem = QLabel(), Message(), Message()
        self._has_run = self._has_selection = False
        self._none = _push("select_none", tr("Select none"))
        self._invert = _push("invert_selection", tr("Invert"))
        self._classes = _push("select_classes", tr("Whole classes"))
        self._name, self._save = self._make_name(), _push("save_selection", tr("Save"))
        self._list = KeptList()
        self._rename, self._delete = _push("rename_selection", tr("Rename")), _push("delete_selection", tr("Delete"))
        self._edits = QWidget()
        self._lay_out()
        self._connect()
        self.show_kept(())

    def begin(self) -> None:
        """The menu opens."""
        self.show_problem("")

    def show_counts(self, selected: int, points: int, *, has_run: bool) -> None:
        """Say how many images are selected, and how many points there are to be selected."""
        self._has_run, self._has_selection = has_run, bool(selected)
        self._count.setText(
            tr("{selected} selected").format(selected=image_count(selected)) if selected else _NOTHING_SELECTED
        )
        offer(self._none, _NONE_HELP, "" if selected else _NOTHING_SELECTED)
        offer(self._classes, _CLASSES_HELP, "" if selected else _NOTHING_SELECTED)
        offer(self._invert, _INVERT_HELP, "" if points else _NO_MAP)
        self._follow_name()

    def show_kept(self, selections: Sequence[tuple[str, int]]) -> None:
        """Show the kept selections, each with the number of its images."""
        self._list.show_kept(selections)
        for widget in (self._list, self._edits):
            widget.setVisible(bool(selections))
        self._none_kept.tell("" if selections else _NONE_KEPT)
        self._follow_list()
        self._fit()

    def show_problem(self, sentence: str) -> None:
        """Say why something was not done; empty: all is well."""
        self._problem.complain(sentence)
        self._fit()

    def clear_name(self) -> None:
        """The selection is kept: the next one has another name."""
        self._name.clear()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of the font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return belongs to the fields; the menu would take it for a choice."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)

    def _fit(self) -> None:
        """Be as high as what is shown, which a menu would only guess of lines that wrap."""
        if (column := self.layout()) is not None:
            column.invalidate()
            wraps = column.hasHeightForWidth()
            self.setFixedSize(_WIDTH, column.heightForWidth(_WIDTH) if wraps else column.sizeHint().height())
            self.resized.emit(self.height())

    def _make_name(self) -> QLineEdit:
        name = QLineEdit()
        name.setObjectName("selection_name")
        name.setAccessibleName(tr("Name of the selection"))
        name.setPlaceholderText(tr("Save selection as …"))
        name.setMaxLength(LONGEST_NAME)
        name.setClearButtonEnabled(True)
        return name

    def _lay_out(self) -> None:
        self._count.setTextFormat(Qt.TextFormat.PlainText)
        column = QVBoxLayout(self)
        column.setContentsMargins(UNIT, UNIT, UNIT, UNIT)
        column.setSpacing(UNIT)
        column.addWidget(self._count)
        column.addLayout(_row(self._none, self._invert, self._classes))
        naming = QHBoxLayout()
        naming.setSpacing(UNIT)
        naming.addWidget(self._name, 1)
        naming.addWidget(self._save)
        column.addLayout(naming)
        edits = _row(self._rename, self._delete)
        edits.setContentsMargins(0, 0, 0, 0)
        self._edits.setLayout(edits)
        for widget in (self._problem, self._none_kept, self._list):
            column.addWidget(widget)
        column.addWidget(self._edits)

    def _connect(self) -> None:
        self._none.clicked.connect(self.none_requested)
        self._invert.clicked.connect(self.invert_requested)
        self._classes.clicked.connect(self.classes_requested)
        self._name.textChanged.connect(self._follow_name)
        self._name.returnPressed.connect(self._ask_to_save)
        self._save.clicked.connect(self._ask_to_save)
        self._list.chosen.connect(self.chosen)
        self._list.renamed.connect(self.rename_requested)
        self._list.currentItemChanged.connect(self._follow_list)
        self._rename.clicked.connect(self._list.edit_current)
        self._delete.clicked.connect(self._ask_to_delete)
        delete = QShortcut(QKeySequence(Qt.Key.Key_Delete), self._list)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        delete.activated.connect(self._ask_to_delete)

    def _follow_name(self) -> None:
        """Offer to save what can be saved, and say what is missing."""
        why_not = "" if self._has_selection else _NOTHING_SELECTED
        why_not = why_not if self._has_run else _NO_RUN
        offer(self._save, _SAVE_HELP, why_not or ("" if self._name.text().strip() else _NO_NAME))
        self._name.setToolTip(
            why_not
            or tr("A name of at most {LONGEST_NAME} characters; Return saves.").format(LONGEST_NAME=LONGEST_NAME)
        )

    def _follow_list(self) -> None:
        why_not = _NONE_CHOSEN if self._list.current() is None else ""
        offer(self._rename, _RENAME_HELP, why_not)
        offer(self._delete, _DELETE_HELP, why_not)

    def _ask_to_save(self) -> None:
        if self._save.isEnabled():
            self.save_requested.emit(self._name.text())

    def _ask_to_delete(self) -> None:
        if (name := self._list.current()) is not None:
            self.delete_requested.emit(name)


def _push(name: str, text: str) -> QPushButton:
    button = QPushButton(text)
    button.setObjectName(name)
    button.setAutoDefault(False)
    return button


def _row(*buttons: QPushButton) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(UNIT // 2)
    for button in buttons:
        row.addWidget(button)
    row.addStretch(1)
    return row
