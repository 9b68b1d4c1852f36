import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from explorer.widgets.long_curve import LongCurve, envelope
from explorer.widgets.plot import Plot

CURVES = hnp.arrays(np.float64, st.integers(1, 3000), elements=st.floats(-1e6, 1e6))


@settings(max_examples=40, deadline=None)
@given(y=CURVES, columns=st.integers(1, 300))
def test_envelope_keeps_order_extremes_and_both_kinds_of_points(y: np.ndarray, columns: int) -> None:
    x = np.arange(len(y), dtype=np.float64)
    thin_x, thin_y = envelope(x, y, columns)
    assert len(thin_x) <= 4 * columns + 2
    assert (np.diff(thin_x) >= 0).all()
    assert set(zip(thin_x, thin_y, strict=True)) <= set(zip(x, y, strict=True))
    assert thin_y.min() == y.min()
    assert thin_y.max() == y.max()


def test_a_single_spike_survives() -> None:
    y = np.zeros(100_000)
    y[54_321] = 1.0
    thin_x, thin_y = envelope(np.arange(100_000.0), y, 500)
    assert thin_x[thin_y == 1.0].tolist() == [54_321.0]


def test_what_was_drawn_stays_where_it_was_while_points_are_appended() -> None:
    y = np.random.default_rng(0).random(10_000)
    x = np.arange(10_000.0)
    before = envelope(x[:9_000], y[:9_000], 200)
    after = envelope(x, y, 200)
    whole_runs = 2 * (9_000 // 64)
    np.testing.assert_array_equal(after[1][:whole_runs], before[1][:whole_runs])


@pytest.fixture
def curve(qtbot: QtBot) -> LongCurve:
    plot = Plot("curves")
    qtbot.addWidget(plot)
    plot.resize(400, 200)
    curve = LongCurve("total", QColor("red"), Qt.PenStyle.DashLine)
    plot.add_curve(curve)
    plot.show()
    qtbot.waitExposed(plot)
    return curve


def test_bounds_are_those_of_all_points(curve: LongCurve) -> None:
    assert curve.dataBounds(0) == (None, None)
    curve.set_series(np.arange(1.0, 10_001.0), np.linspace(5.0, 1.0, 10_000))
    assert curve.dataBounds(0) == (1.0, 10_000.0)
    assert curve.dataBounds(1) == (1.0, 5.0)


def test_a_log_axis_leaves_out_what_it_cannot_show(curve: LongCurve) -> None:
    curve.setLogMode(False, True)
    curve.set_series(np.arange(1.0, 5.0), np.array([0.0, 0.01, math.inf, 100.0]))
    assert curve.dataBounds(1) == (-2.0, 2.0)
    _, drawn = curve.getData()
    np.testing.assert_array_equal(np.isfinite(drawn), [False, True, False, True])


def test_a_log_x_axis_is_refused(curve: LongCurve) -> None:
    with pytest.raises(ValueError, match="a long curve has a linear x axis"):
        curve.setLogMode(True, False)


def test_only_what_is_seen_is_drawn(curve: LongCurve) -> None:
    curve.set_series(np.arange(100_000.0), np.random.default_rng(0).random(100_000))
    assert len(curve.getData()[0]) < 2_000
    curve.getViewBox().setXRange(500.0, 520.0, padding=0)
    x, _ = curve.getData()
    assert x.tolist() == list(np.arange(499.0, 522.0))
    assert len(curve.getOriginalDataset()[0]) == 100_000


def test_noise_is_drawn_thin_and_a_smooth_curve_wide(curve: LongCurve) -> None:
    x = np.arange(5_000.0)
    for y, width in ((np.random.default_rng(0).random(5_000), 1.0), (x, 2.0)):
        curve.set_series(x, y)
        QApplication.processEvents()
        assert curve.opts["pen"].widthF() == width


@pytest.mark.parametrize("values", [[0.5], [0.5, 0.5, 0.5]])
def test_a_few_points_can_be_seen_one_by_one(qtbot: QtBot, values: list[float]) -> None:
    plot = Plot("curves")
    qtbot.addWidget(plot)
    plot.resize(400, 200)
    plot.set_home(x=(0.0, 10.0), y=(0.0, 1.0))
    curve = LongCurve("cls", QColor("#ff0000"), Qt.PenStyle.NoPen)
    plot.add_curve(curve)
    plot.show()
    qtbot.waitExposed(plot)
    curve.set_series(np.arange(1.0, len(values) + 1), np.array(values))
    QApplication.processEvents()
    image = plot.grab().toImage()
    for x in range(1, len(values) + 1):
        place = plot.mapFromScene(plot.view.mapViewToScene(QPointF(x, 0.5)))
        assert image.pixelColor(place).red() - image.pixelColor(place).green() > 200
