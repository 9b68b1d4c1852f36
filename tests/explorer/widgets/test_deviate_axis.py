import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from explorer.widgets.deviate_axis import DeviateAxis, deviate, share_at
from explorer.widgets.plot import Plot


class _Plot(Plot):
    axis_kind = DeviateAxis


@pytest.fixture
def axis(qtbot: QtBot) -> DeviateAxis:
    plot = _Plot("errors")
    qtbot.addWidget(plot)
    plot.set_axes("FPR", "FNR", percent_x=True, percent_y=True)
    assert isinstance(plot.bottom, DeviateAxis)
    return plot.bottom


def written(axis: DeviateAxis, low: float, high: float, size: float) -> list[str | None]:
    (spacing, values), (none, lines) = axis.tickValues(deviate(low), deviate(high), size)
    assert axis.tickStrings(lines, 1.0, none) == [None] * len(lines)
    return axis.tickStrings(sorted(values), 1.0, spacing)


def test_deviates_from_a_table() -> None:
    assert deviate(0.5) == pytest.approx(0.0)
    assert deviate(0.025) == pytest.approx(-1.959964, abs=1e-6)
    assert share_at(deviate(0.001)) == pytest.approx(0.001)


def test_shares_are_written_as_many_as_have_room(axis: DeviateAxis) -> None:
    few, some, many = (written(axis, 0.0005, 0.9, size) for size in (150, 500, 2_000))
    assert {"1 %", "20 %"} <= set(few) < set(some) < set(many)
    assert set(some) >= {"0.1 %", "1 %", "5 %", "20 %", "50 %"}


@pytest.mark.parametrize("size", [60, 150, 300, 700])
def test_numbers_never_touch(axis: DeviateAxis, size: int) -> None:
    (_, values), _ = axis.tickValues(deviate(1e-6), deviate(0.95), size)
    pixels = np.diff(sorted(values)) * size / (deviate(0.95) - deviate(1e-6))
    assert pixels.min() > 25 if len(values) > 1 else values


def test_tiny_and_large_shares_read_well(axis: DeviateAxis) -> None:
    assert written(axis, 5e-7, 2e-4, 2_000)[:3] == ["0.0001 %", "0.001 %", "0.01 %"]
    assert written(axis, 0.6, 0.995, 2_000)[-1] == "99 %"
