"""In what several runs differ: a row for each setting that is not the same in all, a column a run."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QVBoxLayout, QWidget

from core.run_list import ListedRun
from explorer import theme
from explorer.panels.comparison_plot import LINE_SIZE, candidate_icon, short_name
from explorer.panels.runs_curves import MOST_COMPARED
from explorer.translation import tr
from explorer.widgets.message import QuietLabel
from explorer.widgets.tables import add_copy_actions, set_up_table

Row = tuple[str, tuple[str, ...]]
"""Name of a setting, and what each run has for it."""
_CONTENT = tr("data content")
_HASH = 8
"""Digits of a content hash that tell data sets apart."""
_UNSET = "–"


def settings_of(runs: Sequence[ListedRun]) -> list[Row]:
    """Settings in which the runs differ; of a single run all of them.

    Live settings are those that a run was started with. 'data content' tells data sets of one name apart.
    """
    names = dict.fromkeys(name for run in runs for name in run.settings or {})
    rows = [(name, tuple(_written(run, name) for run in runs)) for name in names]
    rows.append((_CONTENT, tuple(run.data_hash[:_HASH] or _UNSET for run in runs)))
    return [row for row in rows if len(runs) == 1 or len(set(row[1])) > 1]


def summary(runs: Sequence[ListedRun], rows: Sequence[Row]) -> str:
    """What the table holds, in a sentence."""
    if len(runs) == 1:
        return tr("All settings; live ones as the run was started with.")
    names = {name for run in runs for name in run.settings or {}}
    differing = sum(name != _CONTENT for name, _ in rows)
    if not rows:
        return tr("All {names} settings are the same, and so is the data.").format(names=len(names))
    same_data = "" if any(name == _CONTENT for name, _ in rows) else tr("; the data is the same")
    return tr("{differing} of {names} settings differ, as the runs were started{same_data}.").format(
        differing=differing, names=len(names), same_data=same_data
    )


class RunSettings(QWidget):
    """Settings of the runs that are chosen, copied by Ctrl+C."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._told, self._table = QuietLabel(), QTableView()
        self._model = QStandardItemModel(self)
        table = self._table
        table.setObjectName("run_settings")
        table.setAccessibleName(tr("settings of the chosen runs"))
        table.setModel(self._model)
        set_up_table(table)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        table.setIconSize(LINE_SIZE)
        table.horizontalHeader().setMinimumSectionSize(12 * theme.UNIT)
        table.horizontalHeader().setTextElideMode(Qt.TextElideMode.ElideMiddle)
        table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        add_copy_actions(table, self.text)
        column = QVBoxLayout(self)
        column.setContentsMargins(*4 * [theme.UNIT // 2])
        column.setSpacing(theme.UNIT // 2)
        column.addWidget(self._told)
        column.addWidget(table, 1)

    def show_runs(self, runs: Sequence[ListedRun]) -> None:
        """Show in what these runs differ."""
        runs = runs[:MOST_COMPARED]
        rows = settings_of(runs) if runs else []
        self._told.setText(summary(runs, rows) if runs else "")
        self._model.clear()
        self._model.setHorizontalHeaderLabels(
            [tr("setting"), *(f" {short_name(run.name)}" for run in runs)]
        )  # room for the icon
        for place, run in enumerate(runs, 1):
            item = self._model.horizontalHeaderItem(place)
            item.setIcon(candidate_icon(place - 1, QColor(Qt.GlobalColor.transparent), self.devicePixelRatioF()))
            item.setToolTip(run.name)
        for name, values in rows:
            self._model.appendRow([_item(name), *map(_item, values)])
        header = self._table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        if runs:
            header.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)

    def text(self, only_selected: bool = False) -> str:
        """Header and rows, separated by tabs."""
        chosen = {index.row() for index in self._table.selectionModel().selectedIndexes()} if only_selected else None
        columns = range(self._model.columnCount())
        lines = [[str(self._model.horizontalHeaderItem(column).toolTip() or tr("setting")) for column in columns]]
        for row in range(self._model.rowCount()):
            if chosen is None or row in chosen:
                lines.append([self._model.item(row, column).text() for column in columns])
        return "\n".join("\t".join(line) for line in lines)


def _written(run: ListedRun, name: str) -> str:
    value = (run.settings or {}).get(name)
    if value is None:
        return _UNSET
    return f"{value:g}" if isinstance(value, float) else str(value)


def _item(text: str) -> QStandardItem:
    return QStandardItem(" ".join(text.split()))
