from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from explorer import formats
from explorer.widgets.data_table import Column, DataTable

COLUMNS = (
    Column("class", "The class."),
    Column("images", "How many.", formats.count),
    Column("accuracy", "Share.", formats.rate),
)
ROWS = (("cat", 9, 0.5), ("dog", 100, None), ("ape", 20, 0.25))


@pytest.fixture
def table(qtbot: QtBot) -> DataTable:
    table = DataTable("classes", COLUMNS)
    qtbot.addWidget(table)
    table.set_rows(ROWS)
    return table


def column(table: DataTable, place: int) -> list[str]:
    model = table.model()
    return [str(model.index(row, place).data()) for row in range(model.rowCount())]


def sort(table: DataTable, place: int, order: Qt.SortOrder) -> None:
    table.horizontalHeader().setSortIndicator(place, order)


def test_values_are_written_as_everywhere_else(table: DataTable) -> None:
    assert column(table, 2) == ["50.0 %", "–", "25.0 %"]


def test_numbers_stand_at_the_right_in_digits_and_texts_at_the_left(table: DataTable) -> None:
    model = table.model()
    at = [model.index(0, place).data(Qt.ItemDataRole.TextAlignmentRole) for place in (0, 1)]
    assert at[0] & Qt.AlignmentFlag.AlignLeft
    assert at[1] & Qt.AlignmentFlag.AlignRight
    assert model.index(0, 0).data(Qt.ItemDataRole.FontRole) is None
    assert model.index(0, 1).data(Qt.ItemDataRole.FontRole) is not None


def test_rows_keep_their_order_until_a_header_is_clicked(table: DataTable) -> None:
    assert column(table, 0) == ["cat", "dog", "ape"]


def test_numbers_are_sorted_by_value_and_not_by_text(table: DataTable) -> None:
    sort(table, 1, Qt.SortOrder.AscendingOrder)
    assert column(table, 1) == ["9", "20", "100"]


@pytest.mark.parametrize(
    ("order", "expected"),
    [(Qt.SortOrder.AscendingOrder, ["ape", "cat", "dog"]), (Qt.SortOrder.DescendingOrder, ["cat", "ape", "dog"])],
)
def test_what_is_unknown_stays_at_the_end(table: DataTable, order: Qt.SortOrder, expected: list[str]) -> None:
    sort(table, 2, order)
    assert column(table, 0) == expected


def test_the_third_click_brings_the_first_order_back(table: DataTable) -> None:
    sort(table, 1, Qt.SortOrder.DescendingOrder)
    sort(table, -1, Qt.SortOrder.AscendingOrder)
    assert column(table, 0) == ["cat", "dog", "ape"]


def test_the_menu_sorts_too_and_turns_the_order_round(table: DataTable) -> None:
    sort_by = next(action for action in table.actions() if action.text() == "Sort by images")
    sort_by.trigger()
    assert column(table, 1) == ["9", "20", "100"]
    sort_by.trigger()
    assert column(table, 1) == ["100", "20", "9"]


def test_new_rows_come_in_the_order_that_was_chosen(table: DataTable) -> None:
    sort(table, 1, Qt.SortOrder.AscendingOrder)
    table.set_rows([("x", 7, 1.0), ("y", 5, 1.0)])
    assert column(table, 0) == ["y", "x"]


def test_the_row_that_was_selected_stays_selected_when_it_moves(table: DataTable) -> None:
    table.selectRow(2)
    sort(table, 1, Qt.SortOrder.DescendingOrder)
    (selected,) = table.selectionModel().selectedRows()
    assert selected.data() == "ape"
    assert selected.row() == 1


def test_an_activated_row_is_told_by_its_place_in_what_was_handed_in(table: DataTable, qtbot: QtBot) -> None:
    sort(table, 1, Qt.SortOrder.DescendingOrder)
    with qtbot.waitSignal(table.row_chosen) as told:
        table.activated.emit(table.model().index(0, 0))
    assert told.args == [1]


def test_ctrl_c_copies_the_selected_rows_below_their_header(table: DataTable, qtbot: QtBot) -> None:
    table.selectRow(2)
    next(action for action in table.actions() if action.objectName() == "copy").trigger()
    assert QGuiApplication.clipboard().text() == "class\timages\taccuracy\nape\t20\t25.0 %"


def test_everything_is_copied_where_nothing_is_selected(table: DataTable) -> None:
    next(action for action in table.actions() if action.objectName() == "copy").trigger()
    assert QGuiApplication.clipboard().text().count("\n") == 3


def test_an_empty_table_can_be_sorted(table: DataTable) -> None:
    table.set_rows([])
    sort(table, 1, Qt.SortOrder.AscendingOrder)
    assert table.text() == "class\timages\taccuracy"


def test_cells_are_painted_in_light_and_dark(table: DataTable, use_palette: Callable[[bool], object]) -> None:
    table.resize(300, 150)
    pictures = []
    for dark in (False, True):
        use_palette(dark)
        QApplication.processEvents()
        pictures.append(table.grab().toImage())
    assert pictures[0] != pictures[1]
