"""Runs as the rows of a table: how each is written, sorted and searched."""

import html
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSortFilterProxyModel, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QIcon
from PySide6.QtWidgets import QWidget

from core.run_list import ListedRun
from explorer import formats, theme
from explorer.core_words import in_words
from explorer.translation import tr
from explorer.widgets.message import WARNING_SIGN
from explorer.widgets.model_index import Index
from explorer.widgets.tables import TitledRows

_EDITED = tr("F2 or a double click changes it.")


_STATES = {
    "finished": tr("finished"),
    "stopped": tr("stopped"),
    "failed": tr("failed"),
    "training": tr("training"),
    "damaged": tr("damaged"),
}


@dataclass(frozen=True)
class RunColumn:
    """One column: its title, what it tells, and how it is filled."""

    title: str
    help: str
    key: Callable[[ListedRun], Any]
    """What it is sorted by; None where it is not known."""
    text: Callable[[ListedRun], str]
    widest: str
    """What it must hold without being cut."""
    is_number: bool = False


def _figure(name: str) -> Callable[[ListedRun], float | None]:
    return lambda run: None if run.figures is None else getattr(run.figures, name)


def _rate(name: str) -> Callable[[ListedRun], str]:
    read = _figure(name)
    return lambda run: formats.rate(read(run))


def _setting(name: str) -> Callable[[ListedRun], str]:
    return lambda run: run.setting(name)


def _auc(run: ListedRun) -> str:
    value = None if run.figures is None else run.figures.auc
    return formats.UNKNOWN if value is None else f"{value:.4f}"


def _state(run: ListedRun) -> str:
    words = _STATES[run.state]
    return f"{WARNING_SIGN} {words}" if run.state in ("damaged", "failed") else words


def _epochs(run: ListedRun) -> str:
    planned = run.setting("epochs")
    done = formats.count(run.epoch)
    return f"{done}/{planned}" if planned else done


NAME, DATA, LOSS, AUC, EER, TPR, STATE, DATE, BACKBONE, EPOCHS, STEPS, NOTE = range(12)
COLUMNS = (
    RunColumn(
        tr("name"),
        tr("Folder of the run. A double click or Enter opens it, F2 renames it."),
        lambda run: run.name.casefold(),
        lambda run: run.name,
        "2026-11-22T14-05-09-d",
    ),
    RunColumn(tr("data"), tr("Data set."), lambda run: run.data.casefold() or None, lambda run: run.data, "digits"),
    RunColumn(tr("loss"), tr("Metric loss."), _setting("loss"), _setting("loss"), "soft-triplet"),
    RunColumn(
        tr("AUC"), tr("Area under the ROC curve, of its own held-out pairs."), _figure("auc"), _auc, "0.9999", True
    ),
    RunColumn(
        tr("EER"), tr("Equal error rate, of its own held-out pairs."), _figure("eer"), _rate("eer"), "1.23 %", True
    ),
    RunColumn(
        tr("TPR 1 %"),
        tr("Accepted share of genuine pairs where 1 % of the impostor pairs are accepted."),
        _figure("tpr"),
        _rate("tpr"),
        "99.9 %",
        True,
    ),
    RunColumn(
        tr("state"),
        tr("What became of it."),
        lambda run: run.state,
        _state,
        tr("{WARNING_SIGN} damaged").format(WARNING_SIGN=WARNING_SIGN),
    ),
    RunColumn(
        tr("date"),
        tr("When it was begun."),
        lambda run: run.created or None,
        lambda run: run.created[:10],
        "2026-11-22",
    ),
    RunColumn(tr("backbone"), tr("Network below the heads."), _setting("backbone"), _setting("backbone"), "resnet18"),
    RunColumn(tr("epochs"), tr("Epoch it came to, of those planned."), lambda run: run.epoch, _epochs, "100/100", True),
    RunColumn(
        tr("steps"),
        tr("Training steps done."),
        lambda run: run.step,
        lambda run: formats.count(run.step),
        "10 000",
        True,
    ),
    RunColumn(
        tr("note"),
        tr("What you say of it; kept in its folder. {EDITED}").format(EDITED=_EDITED),
        lambda run: run.note.casefold() or None,
        lambda run: run.note,
        tr("a longer note of some words"),
    ),
)
"""Name, what tells runs apart most often, and figures first: these are seen in a narrow panel without scrolling."""
_EDITABLE = (NAME, NOTE)
_READ = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren
_WRITTEN = _READ | Qt.ItemFlag.ItemIsEditable
"""Made once: Qt asks for the flags of every cell again and again."""


class RunRows(TitledRows):
    """A row for each run."""

    edited = Signal(object, int, str)
    """ListedRun, NAME or NOTE, and what the user wrote there; the row stays as it is until other rows come."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(COLUMNS, parent)
        self.runs: tuple[ListedRun, ...] = ()
        self._icons: dict[Path, QIcon] = {}
        self._slanted = QFont(parent.font())
        self._slanted.setItalic(True)  # of archived runs

    def replace(self, runs: Sequence[ListedRun]) -> None:
        """Show other runs."""
        self.beginResetModel()
        self.runs = tuple(runs)
        self.endResetModel()

    def mark(self, icons: Mapping[Path, QIcon]) -> None:
        """Show before the names of these runs, by their paths, with which lines they are drawn."""
        self._icons = dict(icons)
        if not self.runs:
            return
        self.dataChanged.emit(
            self.index(0, NAME), self.index(len(self.runs) - 1, NAME), [Qt.ItemDataRole.DecorationRole]
        )

    def count(self) -> int:
        """Runs."""
        return len(self.runs)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Names and notes can be written."""
        return _WRITTEN if index.column() in _EDITABLE else _READ

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A cell as it is written."""
        run, place = self.runs[index.row()], index.column()
        column = COLUMNS[place]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return _one_line(column.text(run))
        if role == Qt.ItemDataRole.ToolTipRole:
            return _tooltip(run, place)
        if role == Qt.ItemDataRole.DecorationRole and place == NAME:
            return self._icons.get(run.path)
        if role == Qt.ItemDataRole.FontRole and run.archived and not column.is_number:
            return self._slanted
        return super().data(index, role)

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Ask for another name or note; nothing is shown before it is kept."""
        run, column = self.runs[index.row()], index.column()
        if role == Qt.ItemDataRole.EditRole and column in _EDITABLE and str(value) != COLUMNS[column].text(run):
            self.edited.emit(run, column, str(value))
        return False


class RunFilter(QSortFilterProxyModel):
    """Rows in the order of a column, and only those that hold every word searched for; unknown values come last."""

    def __init__(self, rows: RunRows, parent: QWidget) -> None:
        super().__init__(parent)
        self._rows = rows
        self._words: tuple[str, ...] = ()
        self._archived = False
        self.setSourceModel(rows)
        self.setDynamicSortFilter(True)

    def show_only(self, text: str, *, archived: bool) -> None:
        """Show runs in which every word of the text stands; those that are archived only where they are wanted."""
        self._words, self._archived = tuple(text.casefold().split()), archived
        self.invalidate()

    def run(self, row: int) -> ListedRun:
        """The run in a row as it is shown."""
        return self._rows.runs[self.mapToSource(self.index(row, 0)).row()]

    def filterAcceptsRow(self, row: int, _parent: Index) -> bool:
        """Whether a run is shown."""
        run = self._rows.runs[row]
        if run.archived and not self._archived:
            return False
        if not self._words:
            return True
        text = "\n".join(
            [column.text(run) for column in COLUMNS] + ([tr("archived")] if run.archived else [])
        ).casefold()
        return all(word in text for word in self._words)

    def lessThan(self, left: Index, right: Index) -> bool:
        """By value and not by text."""
        key = COLUMNS[left.column()].key
        first, second = (key(self._rows.runs[index.row()]) for index in (left, right))
        if first is None or second is None:
            last = self.sortOrder() is Qt.SortOrder.AscendingOrder
            return (second is None and first is not None) if last else (first is None and second is not None)
        return bool(first < second)


def column_width(column: RunColumn, font: QFontMetrics) -> int:
    """Pixels that hold the column's widest text, and its title with the sign of the order."""
    digits = QFontMetrics(theme.digits_font()) if column.is_number else font
    title = font.horizontalAdvance(column.title) + 2 * theme.UNIT
    return max(digits.horizontalAdvance(column.widest), title) + 2 * theme.UNIT


def _tooltip(run: ListedRun, place: int) -> str:
    """What a cell is of; texts of others are no HTML."""
    column = COLUMNS[place]
    lines = [column.text(run) or column.help]
    if place == NAME:
        lines = [str(run.path), *([tr("archived")] if run.archived else [])]
    elif place == DATE:
        lines = [run.created or column.help]
    elif column.is_number:
        lines = [column.help]
    if place in (AUC, EER, TPR) and run.figures is not None:
        genuine, impostor = formats.count(run.figures.genuine_pairs), formats.count(run.figures.impostor_pairs)
        lines.append(
            tr("step {step}: {genuine} genuine, {impostor} impostor pairs").format(
                step=formats.count(run.figures.step), genuine=genuine, impostor=impostor
            )
        )
    if run.problem and place in (NAME, STATE):
        lines.append(in_words(run.problem))
    if place == NOTE:
        lines.append(_EDITED)
    return f"<p>{'<br>'.join(html.escape(line) for line in lines)}</p>"


def _one_line(text: str) -> str:
    return " ".join(text.split()) if "\n" in text or "\t" in text else text
