"""What the window has said since it began: the newest thousand messages, each problem unread until somebody saw it."""

import logging
from dataclasses import dataclass, replace
from datetime import datetime

from PySide6.QtCore import QAbstractTableModel, QObject, Qt, Signal
from PySide6.QtWidgets import QApplication

from explorer.translation import tr
from explorer.widgets.message import WARNING_SIGN, problem_colour
from explorer.widgets.model_index import NO_INDEX, Index

log = logging.getLogger(__name__)

KEPT = 1_000
"""Messages; older ones go."""
TIME, LEVEL, MESSAGE = range(3)
ENTRY_ROLE = Qt.ItemDataRole.UserRole
_TITLES = (tr("Time"), tr("Level"), tr("Message"))
_HELPS = (
    tr("When it was said."),
    tr("A problem, or a note on what was done."),
    tr("What was said, the newest at the end."),
)


@dataclass(frozen=True)
class Entry:
    """One message."""

    time: datetime
    message: str
    details: str = ""
    is_problem: bool = False
    times: int = 1
    """How often it was said without another one between."""

    @property
    def level(self) -> str:
        """In one word; a problem with its sign."""
        return f"{WARNING_SIGN} " + tr("problem") if self.is_problem else tr("note")

    @property
    def sentence(self) -> str:
        """The message, and how often it was said."""
        return (
            self.message
            if self.times == 1
            else tr("{message} ({times} times)").format(message=self.message, times=self.times)
        )

    def text(self) -> str:
        """All of it, as it is copied and saved."""
        sign = f"{WARNING_SIGN} " if self.is_problem else ""
        line = f"{self.time:%Y-%m-%d %H:%M:%S}  {sign}{self.sentence}"
        return f"{line}\n{self.details.rstrip()}" if self.details else line


class Journal(QAbstractTableModel):
    """A table of time, level and message, the newest last."""

    unread_changed = Signal(int)
    """So many problems nobody has seen in the log."""
    problem_added = Signal(str)
    """A message; not one that is only counted."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: list[Entry] = []
        self._unread = 0

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The oldest first."""
        return tuple(self._entries)

    @property
    def unread(self) -> int:
        """Problems that nobody has seen in the log."""
        return self._unread

    def add(self, message: str, details: str = "", *, is_problem: bool = False) -> None:
        """Take a message; one that is the newest already is counted instead."""
        log.log(logging.WARNING if is_problem else logging.INFO, "%s", message)
        entry = Entry(datetime.now(), message, details, is_problem)
        newest = self._entries[-1] if self._entries else None
        if newest is not None and replace(entry, time=newest.time, times=newest.times) == newest:
            self._entries[-1] = replace(entry, times=newest.times + 1)
            row = len(self._entries) - 1
            self.dataChanged.emit(self.index(row, 0), self.index(row, len(_TITLES) - 1))
        else:
            self._append(entry)
            if is_problem:
                self.problem_added.emit(message)
        if is_problem:
            self._set_unread(self._unread + 1)

    def mark_read(self) -> None:
        """Say that the log is being looked at."""
        self._set_unread(0)

    def clear(self) -> None:
        """Forget all messages; the file of the log keeps them."""
        self.beginResetModel()
        self._entries.clear()
        self.endResetModel()
        self._set_unread(0)

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        """One row a message."""
        return 0 if parent.isValid() else len(self._entries)

    def columnCount(self, parent: Index = NO_INDEX) -> int:
        """Time, level and message."""
        return 0 if parent.isValid() else len(_TITLES)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Titles, and what they tell."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return _TITLES[section]
        if role == Qt.ItemDataRole.ToolTipRole:
            return _HELPS[section]
        return int(Qt.AlignmentFlag.AlignLeft) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A cell; the whole entry under `ENTRY_ROLE`."""
        entry = self._entries[index.row()]
        if role == ENTRY_ROLE:
            return entry
        if role == Qt.ItemDataRole.DisplayRole:
            return self._words(entry)[index.column()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return entry.sentence
        if role == Qt.ItemDataRole.ForegroundRole and entry.is_problem and index.column() != TIME:
            return problem_colour(QApplication.palette())
        return None

    def _words(self, entry: Entry) -> tuple[str, str, str]:
        return f"{entry.time:%H:%M:%S}", entry.level, entry.sentence.partition("\n")[0]

    def _append(self, entry: Entry) -> None:
        surplus = len(self._entries) + 1 - KEPT
        if surplus > 0:
            self.beginRemoveRows(NO_INDEX, 0, surplus - 1)
            del self._entries[:surplus]
            self.endRemoveRows()
        self.beginInsertRows(NO_INDEX, len(self._entries), len(self._entries))
        self._entries.append(entry)
        self.endInsertRows()

    def _set_unread(self, count: int) -> None:
        if count != self._unread:
            self._unread = count
            self.unread_changed.emit(count)
