"""All that the window has said: a table to search, with the details of one message and ways to take them away."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QItemSelectionModel, QSortFilterProxyModel, Qt, Signal
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence, QPaintEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QPlainTextEdit,
    QPushButton,
    QSplitter,
    QStackedLayout,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from explorer import theme
from explorer.dialogs import save_file
from explorer.translation import tr
from explorer.widgets.choice_field import Choice, ChoiceField
from explorer.widgets.empty_state import EmptyState
from explorer.widgets.journal import ENTRY_ROLE, LEVEL, MESSAGE, TIME, Entry, Journal
from explorer.widgets.model_index import Index
from explorer.widgets.search_field import SearchField
from explorer.widgets.tables import set_up_table

_EMPTY = tr(
    "What the window says will stand here, problems with details to copy. Nothing was said since it was cleared."
)
_NO_MATCH = tr("No message matches: choose 'all messages' above, or search for something else.")
_NO_DETAILS = tr("No more is known than the message says.")
_LEVELS = (
    Choice("all", tr("all messages"), tr("Problems, and notes on what was done.")),
    Choice("problems", tr("problems only"), tr("Only what went wrong.")),
)


class LogPanel(QWidget):
    """The messages, the newest last; while it is seen, nothing counts as unread."""

    problem = Signal(str)
    """Why the messages could not be written, in one sentence."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._journal: Journal | None = None
        self._matching = _Matching(self)
        self._level = ChoiceField(tr("log level"), _LEVELS, tr("Which messages stand here."), key="log_level")
        self._search = SearchField(
            "log_search",
            tr("Search the messages"),
            tr("search"),
            tr("Only messages that hold this text, in the message or its details."),
        )
        self._table, self._details = QTableView(), QPlainTextEdit()
        self._copy, self._save, self._clear = (
            QPushButton(tr("Copy")),
            QPushButton(tr("Save …")),
            QPushButton(tr("Clear")),
        )
        self._pages, self._empty = QStackedLayout(), EmptyState(_EMPTY)
        self._set_up_controls()
        self._set_up_table()
        self._arrange()
        self._follow()

    def show_journal(self, journal: Journal) -> None:
        """Show what this keeps, now and later."""
        self._journal = journal
        self._matching.setSourceModel(journal)
        header = self._table.horizontalHeader()
        header.setSectionResizeMode(MESSAGE, QHeaderView.ResizeMode.Stretch)
        self._table.selectionModel().selectionChanged.connect(lambda *_: self._show_details())
        for changed in (self._matching.rowsInserted, self._matching.rowsRemoved, self._matching.modelReset):
            changed.connect(lambda *_: self._follow())
        self._matching.dataChanged.connect(lambda *_: self._show_details())
        journal.unread_changed.connect(lambda _count: self._read_if_seen())
        self._follow()

    def choose_newest(self) -> None:
        """Show the details of the newest problem; of the newest message where nothing went wrong."""
        rows = range(self._matching.rowCount() - 1, -1, -1)
        found = next((row for row in rows if self._entry(row).is_problem), len(rows) - 1)
        if found >= 0:
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
            self._table.selectionModel().setCurrentIndex(self._matching.index(found, MESSAGE), flags)

    def text(self) -> str:
        """The chosen messages with their details; all that are shown where none is chosen."""
        return "\n".join(entry.text() for entry in self._chosen() or self._shown())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Take what is seen as read; Qt counts a tab behind another as visible, but does not paint it."""
        super().paintEvent(event)
        self._read_if_seen()

    # --- parts

    def _set_up_controls(self) -> None:
        self._level.setMinimumContentsLength(12)
        self._level.edited.connect(lambda: self._filter())
        self._search.textChanged.connect(lambda _text: self._filter())
        for button, name, help_text, asked in (
            (
                self._copy,
                "copy_log",
                tr("Copy the chosen messages with their details; all, if none is chosen."),
                self.copy,
            ),
            (
                self._save,
                "save_log",
                tr("Write all messages with their details to a text file."),
                self._ask_where_to_save,
            ),
            (self._clear, "clear_log", tr("Empty this list. The file of the log keeps everything."), self._forget_all),
        ):
            button.setObjectName(name)
            button.setToolTip(help_text)
            button.setAutoDefault(False)
            button.clicked.connect(lambda _checked=False, asked=asked: asked())
        self._details.setObjectName("log_details")
        self._details.setAccessibleName(tr("Details of the chosen message"))
        self._details.setToolTip(tr("Details of the chosen message, to select and copy."))
        self._details.setReadOnly(True)
        self._details.setTabChangesFocus(True)
        self._details.setFont(theme.digits_font())

    def _set_up_table(self) -> None:
        table = self._table
        table.setObjectName("log_table")
        table.setAccessibleName(tr("Messages"))
        table.setModel(self._matching)
        set_up_table(table)
        copy = QAction(tr("Copy messages"), table)
        copy.setObjectName("copy_messages")
        copy.setShortcut(QKeySequence.StandardKey.Copy)
        copy.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        copy.triggered.connect(lambda _checked=False: self.copy())
        table.addAction(copy)
        table.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)

    def _arrange(self) -> None:
        bar = QHBoxLayout()
        bar.setSpacing(theme.UNIT)
        bar.addWidget(self._level)
        bar.addWidget(self._search, 1)
        for button in (self._copy, self._save, self._clear):
            bar.addWidget(button)
        parts = QSplitter(Qt.Orientation.Vertical)
        parts.addWidget(self._table)
        parts.addWidget(self._details)
        parts.setStretchFactor(0, 3)
        parts.setStretchFactor(1, 2)
        parts.setChildrenCollapsible(False)
        self._pages.addWidget(parts)
        self._pages.addWidget(self._empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.UNIT, theme.UNIT // 2, theme.UNIT, theme.UNIT // 2)
        column.setSpacing(theme.UNIT // 2)
        column.addLayout(bar)
        column.addLayout(self._pages, 1)
        for part in (self._table, self._details):
            part.setMinimumHeight(6 * theme.UNIT)

    # --- what is shown

    def _filter(self) -> None:
        self._matching.look_for(self._search.text(), problems_only=self._level.value() == "problems")
        self._follow()

    def _follow(self) -> None:
        """Show the newest, and what there is to see."""
        is_any = self._matching.rowCount() > 0
        is_said = self._journal is not None and self._journal.rowCount() > 0
        self._pages.setCurrentIndex(0 if is_any else 1)
        self._empty.setText(_NO_MATCH if is_said else _EMPTY)
        for button in (self._copy, self._save, self._clear):
            button.setEnabled(is_any if button is self._copy else is_said)
        self._table.scrollToBottom()
        for column in (TIME, LEVEL):  # which Qt would do by itself only where a row changes, not for a new one
            self._table.resizeColumnToContents(column)
        self._show_details()

    def _show_details(self) -> None:
        chosen = self._chosen()
        texts = [f"{entry.sentence}\n\n{entry.details.rstrip() or _NO_DETAILS}" for entry in chosen]
        text = "\n\n".join(texts)
        if text != self._details.toPlainText():
            self._details.setPlainText(text)
        self._details.setVisible(bool(chosen))

    def _read_if_seen(self) -> None:
        if self._journal is not None and not self.visibleRegion().isEmpty():
            self._journal.mark_read()

    def _entry(self, row: int) -> Entry:
        entry: Entry = self._matching.index(row, TIME).data(ENTRY_ROLE)
        return entry

    def _shown(self) -> list[Entry]:
        return [self._entry(row) for row in range(self._matching.rowCount())]

    def _chosen(self) -> Sequence[Entry]:
        rows = sorted(index.row() for index in self._table.selectionModel().selectedRows())
        return [self._entry(row) for row in rows]

    # --- what the user wants

    def copy(self) -> None:
        """Copy the chosen messages, or all that are shown."""
        QGuiApplication.clipboard().setText(self.text())

    def _ask_where_to_save(self) -> None:
        save_file(self, tr("Save the messages"), "messages.txt", "txt", lambda path: self._write(Path(path)))

    def _write(self, path: Path) -> None:
        entries = () if self._journal is None else self._journal.entries
        try:
            text = "".join(f"{entry.text()}\n" for entry in entries)
            path.write_text(text, encoding="utf-8", errors="backslashreplace")
        except OSError as error:
            self.problem.emit(
                tr("{path}: the messages were not written ({strerror})").format(path=path, strerror=error.strerror)
            )

    def _forget_all(self) -> None:
        if self._journal is not None:
            self._journal.clear()


class _Matching(QSortFilterProxyModel):
    """The messages of a level that hold a text."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._text, self._problems_only = "", False

    def look_for(self, text: str, *, problems_only: bool) -> None:
        """Keep only what holds this text."""
        self.beginFilterChange()
        self._text, self._problems_only = text.strip().casefold(), problems_only
        self.endFilterChange()

    def filterAcceptsRow(self, row: int, parent: Index) -> bool:
        entry: Entry = self.sourceModel().index(row, LEVEL).data(ENTRY_ROLE)
        if self._problems_only and not entry.is_problem:
            return False
        return self._text in f"{entry.message}\n{entry.details}".casefold()
