import csv
import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyqtgraph as pg
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QContextMenuEvent, QFontMetrics, QImage, QPalette
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QMenu
from pytestqt.qtbot import QtBot

from explorer.widgets.plot import Plot, curve_pen
from tests.explorer.mouse import centre, drag, move, pixel, wheel

pytestmark = pytest.mark.usefixtures("every_move")


@pytest.fixture
def plot(qtbot: QtBot) -> Plot:
    plot = Plot("loss curves")
    qtbot.addWidget(plot)
    plot.resize(400, 250)
    plot.set_axes("step", "loss")
    curve = pg.PlotDataItem(name="total", pen=curve_pen(QColor("red")))
    plot.add_curve(curve)
    curve.setData(np.array([0.0, 10.0]), np.array([1.0, 3.0]))
    plot.show()
    qtbot.waitExposed(plot)
    return plot


def width(plot: Plot) -> float:
    low, high = plot.view.viewRange()[0]
    return high - low


def open_menu(plot: Plot) -> QMenu:
    at = centre(plot)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, plot.viewport().mapToGlobal(at))
    QApplication.sendEvent(plot.viewport(), event)
    menu = plot.findChild(QMenu)
    assert menu.isVisible()
    menu.close()
    return menu


def test_wheel_zooms_and_double_click_fits(plot: Plot, qtbot: QtBot) -> None:
    before = width(plot)
    wheel(plot.viewport(), centre(plot))
    assert width(plot) < before
    qtbot.mouseDClick(plot.viewport(), Qt.MouseButton.LeftButton, pos=centre(plot))
    plot.grab()
    assert width(plot) == pytest.approx(before)


def test_drag_pans(plot: Plot, qtbot: QtBot) -> None:
    before, left = width(plot), plot.view.viewRange()[0][0]
    at = centre(plot)
    drag(qtbot, plot.viewport(), at, at + QPoint(60, 0))
    assert plot.view.viewRange()[0][0] < left
    assert width(plot) == pytest.approx(before)


def test_right_button_neither_pans_nor_zooms(plot: Plot, qtbot: QtBot) -> None:
    before = plot.view.viewRange()
    at = centre(plot)
    qtbot.mousePress(plot.viewport(), Qt.MouseButton.RightButton, pos=at)
    move(plot.viewport(), at + QPoint(60, 30), Qt.MouseButton.RightButton)
    qtbot.mouseRelease(plot.viewport(), Qt.MouseButton.RightButton, pos=at + QPoint(60, 30))
    assert plot.view.viewRange() == before


def test_fit_goes_home(plot: Plot) -> None:
    plot.set_home(x=(-3.0, 0.0), y=(0.0, 1.0))
    wheel(plot.viewport(), centre(plot))
    plot.fit()
    assert plot.view.viewRange() == [[-3.0, 0.0], [0.0, 1.0]]


def test_another_home_of_the_y_axis_leaves_the_x_axis(plot: Plot) -> None:
    wheel(plot.viewport(), centre(plot), 3)
    zoomed = plot.view.viewRange()[0]
    plot.set_y_home((-1.0, 5.0))
    assert plot.view.viewRange() == [zoomed, [-1.0, 5.0]]
    plot.set_y_home(None)
    plot.settle()
    assert plot.view.viewRange()[0] == zoomed
    assert plot.view.viewRange()[1][1] == pytest.approx(3.0, abs=0.5)


@pytest.mark.parametrize("top", [0.9, 4.0, 14.0, 3e5])
@pytest.mark.parametrize("height", [80, 95, 250])
def test_numbers_of_the_y_axis_never_touch(plot: Plot, top: float, height: int) -> None:
    plot.resize(400, height)
    plot.set_home(y=(0.0, top))
    QApplication.processEvents()
    ((spacing, _),) = plot.left.tickSpacing(0.0, top, plot.view.height())
    assert spacing / top * plot.view.height() >= plot.fontMetrics().height() * 0.9
    assert spacing <= top


def test_the_menu_offers_fit_and_four_exports_and_nothing_else(plot: Plot) -> None:
    texts = [action.text() for action in open_menu(plot).actions() if action.text()]
    assert texts == ["Fit", "Export as PNG…", "Export as SVG…", "Export as CSV…", "Export as JSON…"]


def test_export_asks_without_blocking(plot: Plot, qtbot: QtBot, tmp_path: Path) -> None:
    menu = open_menu(plot)
    next(action for action in menu.actions() if action.objectName() == "export_csv").trigger()
    dialog = plot.findChild(QFileDialog)
    assert dialog.isVisible()
    target = tmp_path / "curves.csv"
    dialog.fileSelected.emit(str(target))
    dialog.close()
    assert target.exists()


def test_csv_holds_the_numbers_of_the_visible_curves(plot: Plot, tmp_path: Path) -> None:
    hidden = pg.PlotDataItem(np.array([0.0]), np.array([9.0]), name="hidden")
    plot.add_curve(hidden)
    hidden.hide()
    empty = pg.PlotDataItem(name="empty")
    plot.add_curve(empty)
    plot.export(tmp_path / "curves.csv")
    with (tmp_path / "curves.csv").open(newline="") as file:
        assert list(csv.reader(file)) == [["curve", "step", "loss"], ["total", "0.0", "1.0"], ["total", "10.0", "3.0"]]


def test_json_holds_columns_and_no_infinity(plot: Plot, tmp_path: Path) -> None:
    plot.add_curve(pg.PlotDataItem(np.array([-np.inf]), np.array([2.0]), name="endless"))
    plot.export(tmp_path / "curves.json")
    found = json.loads((tmp_path / "curves.json").read_text(), parse_constant=pytest.fail)
    assert found["title"] == "loss curves"
    assert found["columns"] == {
        "curve": ["total", "total", "endless"],
        "step": [0.0, 10.0, None],
        "loss": [1.0, 3.0, 2.0],
    }


def test_csv_of_a_log_plot_holds_plain_numbers(plot: Plot, tmp_path: Path) -> None:
    plot.set_axes("step", "loss", log_y=True)
    plot.export(tmp_path / "curves.csv")
    assert "total,10.0,3.0" in (tmp_path / "curves.csv").read_text()


def test_png_is_twice_the_size_and_shows_the_curve(plot: Plot, tmp_path: Path) -> None:
    plot.export(tmp_path / "curves.png")
    image = QImage(str(tmp_path / "curves.png"))
    assert (image.width(), image.height()) == (2 * plot.viewport().width(), 2 * plot.viewport().height())
    colours = {image.pixelColor(x, y).name() for x in range(0, image.width(), 2) for y in range(0, image.height(), 2)}
    assert "#ff0000" in colours


def test_svg_keeps_axis_names_as_text(plot: Plot, tmp_path: Path) -> None:
    plot.export(tmp_path / "curves.SVG")
    text = (tmp_path / "curves.SVG").read_text()
    assert "<title>loss curves</title>" in text
    assert "step" in text
    assert "#ff0000" in text


@pytest.mark.parametrize(("name", "said"), [("no/such/folder/a.png", "cannot be saved"), ("a.xls", "found '.xls'")])
def test_a_failed_export_is_reported(plot: Plot, qtbot: QtBot, tmp_path: Path, name: str, said: str) -> None:
    with qtbot.waitSignal(plot.problem) as problem:
        plot.export(tmp_path / name)
    assert said in problem.args[0]


def test_hover_reports_data_units_on_a_log_axis(plot: Plot, qtbot: QtBot) -> None:
    plot.set_axes("FPR", "TPR", log_x=True)
    plot.set_home(x=(-2.0, 0.0), y=(0.0, 1.0))
    with qtbot.waitSignal(plot.hovered) as hovered:
        move(plot.viewport(), centre(plot))
    assert hovered.args == [pytest.approx(0.1, rel=0.05), pytest.approx(0.5, abs=0.02)]


def test_the_readout_never_leaves_the_view_and_goes_with_the_pointer(plot: Plot, qtbot: QtBot) -> None:
    plot.hovered.connect(lambda x, _y: plot.show_readout(x, "a rather long text\nin two lines"))
    label = plot.viewport().findChild(QLabel)
    area = plot.view.sceneBoundingRect().toAlignedRect().adjusted(2, 2, -2, -2)
    for corner in (area.topLeft(), area.topRight(), area.bottomLeft(), area.bottomRight(), area.center()):
        move(plot.viewport(), corner)
        assert label.isVisible()
        assert plot.viewport().rect().contains(label.geometry())
    with qtbot.waitSignal(plot.hover_left):
        move(plot.viewport(), QPoint(1, plot.height() - 1))
    assert not label.isVisible()


def test_the_readout_can_be_renewed_where_the_pointer_rests(plot: Plot, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(plot.hovered):
        plot.repeat_hover()
    plot.hovered.connect(lambda x, _y: plot.show_readout(x, "text"))
    move(plot.viewport(), centre(plot))
    with qtbot.waitSignal(plot.hovered):
        plot.repeat_hover()


def test_a_movable_line_follows_the_mouse(plot: Plot, qtbot: QtBot) -> None:
    line = plot.add_line(5.0, movable=True)
    plot.grab()
    at = pixel(plot, 5.0, 2.0)
    with qtbot.waitSignal(line.sigDragged):
        drag(qtbot, plot.viewport(), at, at + QPoint(40, 0))
    wanted = plot.view.mapSceneToView(plot.mapToScene(at + QPoint(40, 0))).x()
    assert line.value() == pytest.approx(wanted, abs=0.1)


def test_powers_of_ten_that_would_touch_are_left_out(plot: Plot) -> None:
    plot.set_axes("FPR", "TPR", log_x=True, percent_x=True)
    exponents = [float(power) for power in range(-6, 1)]
    written = {}
    for width in (1_600, 200):
        plot.resize(width, 200)
        plot.set_home((-6.0, 0.0), (0.0, 1.0))
        plot.grab()
        written[width] = plot.bottom.tickStrings(exponents, 1.0, 1.0)
    assert all(written[1_600])
    kept = [text for text in written[200] if text]
    assert kept[-1] == "100 %"
    assert 1 < len(kept) < 7
    widest = max(QFontMetrics(plot.bottom.style["tickFont"]).horizontalAdvance(text) for text in kept)
    assert (len(kept) - 1) * widest < plot.bottom.width()


def test_log_coordinates(plot: Plot) -> None:
    plot.set_axes("x", "y", log_x=True)
    assert plot.to_axis(0.01) == pytest.approx(-2.0)
    assert plot.to_axis(0.0) == -np.inf
    assert plot.from_axis(-2.0) == pytest.approx(0.01)
    assert plot.to_axis(0.01, 1) == plot.from_axis(0.01, 1) == 0.01


def test_percent_axis_texts(plot: Plot) -> None:
    plot.set_axes("FPR", "TPR", log_x=True, percent_x=True, percent_y=True)
    plot.resize(1_600, 300)
    plot.set_home((-3.0, 0.0), (0.0, 1.0))
    plot.grab()
    assert plot.bottom.tickStrings([-3.0, -2.0, 0.0], 1.0, 1.0) == ["0.1 %", "1 %", "100 %"]
    assert plot.bottom.tickStrings(list(np.log10([0.02, 0.03, 0.05])), 1.0, None) == ["2 %", None, "5 %"]
    assert plot.left.tickStrings([0.0, 0.25], 1.0, 0.25) == ["0 %", "25 %"]
    plot.set_axes("step", "loss", log_y=True)
    assert plot.bottom.tickStrings([0.0, 20_000.0], 1.0, 20_000.0) == ["0", "20\N{NARROW NO-BREAK SPACE}000"]
    assert plot.bottom.tickStrings([0.5], 1.0, 0.5) == ["0.5"]
    assert plot.left.tickStrings([-6.0, -1.0, 1.0], 1.0, 1.0) == ["1e-06", "0.1", "10"]


def test_it_follows_the_theme(plot: Plot, use_palette: Callable[[bool], QPalette]) -> None:
    line = plot.add_line(5.0, movable=True)
    for dark in (True, False):
        palette = use_palette(dark)
        QApplication.processEvents()
        assert plot.backgroundBrush().color() == palette.color(QPalette.ColorRole.Base)
        for pen in (plot.left.textPen(), line.pen):
            assert pen.color().lightness() > 150 if dark else pen.color().lightness() < 110
