import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from explorer.widgets.figure_table import FigureGroup, FigureRow, FigureTable

GROUPS = (
    FigureGroup(
        "Verification",
        (
            FigureRow("AUC", "0.9746", "(0.9701–0.9780)", help="Whatever the threshold."),
            FigureRow("TPR at FPR 0.1 %", "–", note="400 impostor pairs cannot show a rate that low"),
        ),
    ),
    FigureGroup("Notes", (FigureRow("The images are few."),)),
)


@pytest.fixture
def table(qtbot: QtBot) -> FigureTable:
    table = FigureTable("figures")
    qtbot.addWidget(table)
    table.show_groups(GROUPS)
    return table


def group(table: FigureTable, row: int) -> QModelIndex:
    return table.model().index(row, 0)


def cell(table: FigureTable, place: int, row: int, column: int) -> QModelIndex:
    return table.model().index(row, column, group(table, place))


def test_figures_stand_below_their_groups(table: FigureTable) -> None:
    assert [group(table, row).data() for row in range(2)] == ["Verification", "Notes"]
    assert [cell(table, 0, 0, column).data() for column in range(4)] == ["AUC", "0.9746", "(0.9701–0.9780)", ""]
    assert table.isExpanded(group(table, 0))


def test_a_missing_figure_says_why_beside_it_and_in_its_tooltip(table: FigureTable) -> None:
    why = "400 impostor pairs cannot show a rate that low"
    assert cell(table, 0, 1, 3).data() == why
    assert cell(table, 0, 1, 1).data(Qt.ItemDataRole.ToolTipRole) == why


def test_a_row_of_words_takes_the_whole_width(table: FigureTable) -> None:
    assert table.isFirstColumnSpanned(0, group(table, 1))
    assert not table.isFirstColumnSpanned(0, group(table, 0))


def test_a_group_that_was_closed_stays_closed(table: FigureTable) -> None:
    table.collapse(group(table, 0))
    table.show_groups(GROUPS)
    assert not table.isExpanded(group(table, 0))
    assert table.isExpanded(group(table, 1))


def test_all_figures_are_copied_with_the_names_of_their_groups(table: FigureTable) -> None:
    next(action for action in table.actions() if action.objectName() == "copy_all").trigger()
    lines = QGuiApplication.clipboard().text().split("\n")
    assert lines[0] == "group\tfigure\tvalue\t95 % interval\tnote"
    assert lines[1] == "Verification\tAUC\t0.9746\t(0.9701–0.9780)\t"
    assert len(lines) == 4


def test_only_what_is_selected_is_copied_where_something_is(table: FigureTable) -> None:
    table.setCurrentIndex(cell(table, 0, 1, 0))
    next(action for action in table.actions() if action.objectName() == "copy").trigger()
    lines = QGuiApplication.clipboard().text().split("\n")
    assert [line.split("\t")[1] for line in lines] == ["figure", "TPR at FPR 0.1 %"]
