from collections.abc import Callable

import numpy as np
import pyqtgraph as pg
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPalette
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from explorer import theme
from explorer.widgets.plot import Plot, curve_pen


class Window(QWidget):
    """A plot, and something else that may have the keyboard."""

    def __init__(self) -> None:
        super().__init__()
        self.button, self.plot = QPushButton("x"), Plot("loss curves")
        column = QVBoxLayout(self)
        column.addWidget(self.button)
        column.addWidget(self.plot)
        self.resize(400, 300)
        curve = pg.PlotDataItem(name="total", pen=curve_pen(QColor("red")))
        self.plot.add_curve(curve)
        curve.setData(np.array([0.0, 10.0]), np.array([1.0, 3.0]))


@pytest.fixture
def window(qtbot: QtBot) -> Window:
    window = Window()
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    window.button.setFocus()
    qtbot.waitUntil(window.button.hasFocus)
    window.plot.grab()
    return window


def ranges(plot: Plot) -> np.ndarray:
    plot.grab()
    return np.array(plot.view.viewRange())


def widths(plot: Plot) -> np.ndarray:
    return np.diff(ranges(plot), axis=1)[:, 0]


@pytest.mark.parametrize(
    ("key", "right", "up"),
    [
        (Qt.Key.Key_Right, 0.1, 0),
        (Qt.Key.Key_Left, -0.1, 0),
        (Qt.Key.Key_Up, 0, 0.1),
        (Qt.Key.Key_Down, 0, -0.1),
    ],
)
def test_arrows_move_by_a_tenth_and_home_fits(
    qtbot: QtBot, window: Window, key: Qt.Key, right: float, up: float
) -> None:
    before, size = ranges(window.plot), widths(window.plot)
    qtbot.keyClick(window.plot, key)
    assert ranges(window.plot) == pytest.approx(before + np.array([[right * size[0]], [up * size[1]]]))
    qtbot.keyClick(window.plot, Qt.Key.Key_Home)
    assert ranges(window.plot) == pytest.approx(before)


def test_plus_and_minus_zoom(qtbot: QtBot, window: Window) -> None:
    before = widths(window.plot)
    qtbot.keyClick(window.plot, Qt.Key.Key_Plus)
    assert widths(window.plot) == pytest.approx(before / 1.25)
    qtbot.keyClick(window.plot, Qt.Key.Key_Minus)
    assert widths(window.plot) == pytest.approx(before)


def test_other_keys_do_nothing(qtbot: QtBot, window: Window) -> None:
    before = ranges(window.plot)
    qtbot.keyClick(window.plot, Qt.Key.Key_F)
    assert ranges(window.plot) == pytest.approx(before)


@pytest.mark.parametrize("dark", [False, True])
def test_tab_puts_a_frame_around_it_in_both_themes(
    qtbot: QtBot, window: Window, use_palette: Callable[[bool], QPalette], dark: bool
) -> None:
    use_palette(dark)
    qtbot.waitUntil(lambda: theme.is_dark(window.plot.palette()) == dark)
    highlight = window.plot.palette().color(QPalette.ColorRole.Highlight)

    def corner() -> QColor:
        image: QImage = window.plot.grab().toImage()
        return image.pixelColor(1, image.height() // 2)

    assert corner() != highlight
    qtbot.keyClick(window.button, Qt.Key.Key_Tab)
    qtbot.waitUntil(window.plot.hasFocus)
    assert corner() == highlight
    qtbot.keyClick(window.plot, Qt.Key.Key_Tab)
    qtbot.waitUntil(window.button.hasFocus)
    assert corner() != highlight
