import numpy as np
import pytest
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from explorer.widgets.plot import Plot
from explorer.widgets.step_crosses import StepCrosses


@pytest.fixture
def plot(qtbot: QtBot) -> Plot:
    plot = Plot("curves")
    qtbot.addWidget(plot)
    plot.resize(600, 200)
    plot.set_axes("step", "loss")
    plot.set_home(x=(0.0, 1000.0), y=(0.0, 1.0))
    plot.show()
    qtbot.waitExposed(plot)
    return plot


@pytest.fixture
def crosses(plot: Plot) -> StepCrosses:
    crosses = StepCrosses(plot.view)
    crosses.set_colour(QColor("#ff0000"))
    return crosses


def test_each_step_stands_at_its_place(plot: Plot, crosses: StepCrosses) -> None:
    crosses.set_steps(np.array([100.0, 500.0, 5000.0]))
    width = plot.view.width()
    assert crosses.places() == pytest.approx([0.1 * width, 0.5 * width], abs=4)


def test_steps_that_would_cover_one_another_are_drawn_once(crosses: StepCrosses) -> None:
    crosses.set_steps(np.arange(1.0, 1001.0))
    places = np.array(crosses.places())
    assert len(places) <= 600 / 6
    assert (np.diff(places) >= 6).all()


def test_they_can_be_seen(plot: Plot, crosses: StepCrosses) -> None:
    def reddest() -> int:
        image = plot.grab().toImage()
        colours = [image.pixelColor(x, y) for x in range(0, 600, 1) for y in range(120, 180)]
        return max(colour.red() - colour.green() for colour in colours)

    assert reddest() < 50
    crosses.set_steps(np.array([500.0]))
    assert reddest() > 200
    crosses.set_steps(np.empty(0))
    assert reddest() < 50
