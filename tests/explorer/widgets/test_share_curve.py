import numpy as np
import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from explorer.widgets.share_curve import ShareCurve
from tests.explorer.mouse import move

EMPTY = "What each margin would leave active will stand here after the first look at the model."


@pytest.fixture
def curve(qtbot: QtBot) -> ShareCurve:
    curve = ShareCurve("margin", QColor("#17a2a2"), "triplets active", EMPTY)
    qtbot.addWidget(curve)
    curve.resize(280, curve.sizeHint().height())
    curve.show()
    return curve


@pytest.fixture
def filled(curve: ShareCurve) -> ShareCurve:
    curve.set_curve(np.array([0.0, 1.0, 2.0]), np.array([0.0, 0.5, 1.0]), "step 540")
    return curve


def test_it_says_what_will_stand_here(curve: ShareCurve) -> None:
    assert curve.sentence() == ""
    assert curve.accessibleName() == EMPTY
    assert not curve.grab().isNull()


def test_the_share_at_the_present_value_is_told_in_words(filled: ShareCurve) -> None:
    filled.set_value(1.0)
    assert filled.sentence() == "50.0 % of triplets active at 1.00"
    filled.set_value(0.74)
    assert filled.sentence() == "37.0 % of triplets active at 0.74"
    assert filled.accessibleName() == "37.0 % of triplets active at 0.74, step 540"


def test_another_look_moves_the_share_at_once(filled: ShareCurve) -> None:
    filled.set_value(1.0)
    filled.set_curve(np.array([0.0, 2.0]), np.array([0.2, 0.4]), "step 600")
    assert filled.sentence() == "30.0 % of triplets active at 1.00"


def test_another_run_takes_the_curve_away(filled: ShareCurve) -> None:
    filled.set_curve(np.empty(0), np.empty(0), "")
    assert filled.sentence() == ""
    assert not filled.grab().isNull()


def test_the_mark_stands_where_the_value_is(filled: ShareCurve) -> None:
    plot = filled._plot()
    assert filled._place(plot, 1.0, 0.5) == plot.center()
    assert filled._place(plot, 0.0, 0.0) == plot.bottomLeft()
    assert filled.rect().contains(filled._place(plot, 2.0, 1.0).toPoint() + QPoint(4, 0))


def test_the_pointer_reads_the_curve(filled: ShareCurve) -> None:
    move(filled, filled._plot().center().toPoint())
    assert "% of triplets active at 1.0" in QToolTip.text()
    QToolTip.hideText()


@pytest.mark.parametrize("dark", [False, True])
def test_it_is_drawn_on_the_ground_of_the_theme(filled: ShareCurve, use_palette, dark: bool) -> None:
    use_palette(dark)
    QApplication.processEvents()
    corner = filled._plot().topLeft().toPoint() + QPoint(6, 6)
    assert (filled.grab().toImage().pixelColor(corner).lightness() < 100) is dark
