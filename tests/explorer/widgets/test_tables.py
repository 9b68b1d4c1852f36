import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QTableView
from pytestqt.qtbot import QtBot

from explorer.images import from_qimage
from explorer.widgets.tables import LEFT, RIGHT, set_up_table


def test_a_title_at_the_right_does_not_touch_the_one_at_the_left_beside_it(qtbot: QtBot) -> None:
    table, model = QTableView(), QStandardItemModel(1, 2)
    qtbot.addWidget(table)
    model.setHorizontalHeaderLabels(["value", "note"])
    for column, side in enumerate((RIGHT, LEFT)):
        model.horizontalHeaderItem(column).setTextAlignment(side)
    table.setModel(model)
    set_up_table(table)
    table.show()
    header = table.horizontalHeader()
    edge = header.sectionViewportPosition(1)
    picture = from_qimage(header.grab().toImage()).astype(int)
    inside = picture[6:-6, edge - 4 : edge + 5]  # the line between the two sections is in the middle
    assert (np.ptp(inside[:, [0, 1, 7, 8]], axis=0) < 40).all()
    assert np.ptp(picture[6:-6, edge - 30 : edge - 8]) > 100  # where the title is


def test_titles_are_not_cut_where_a_column_is_as_wide_as_they_need(qtbot: QtBot) -> None:
    table, model = QTableView(), QStandardItemModel(1, 1)
    qtbot.addWidget(table)
    model.setHorizontalHeaderLabels(["a rather long title"])
    table.setModel(model)
    set_up_table(table)
    needed = table.horizontalHeader().sectionSizeHint(0)
    assert needed >= table.fontMetrics().horizontalAdvance("a rather long title") + 8
    assert model.headerData(0, Qt.Orientation.Horizontal) == "a rather long title"  # what is copied
