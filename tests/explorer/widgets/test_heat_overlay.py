import numpy as np
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from explorer import theme
from explorer.widgets.heat_overlay import HeatLegend, heat_overlay


def alphas(heat: np.ndarray, largest: float) -> np.ndarray:
    image = heat_overlay(heat.astype(np.float32), largest)
    size = image.width(), image.height()
    return np.array([[image.pixelColor(x, y).alpha() for x in range(0, size[0], 3)] for y in range(0, size[1], 3)])


def test_what_has_no_say_is_clear() -> None:
    assert not alphas(np.zeros((4, 4)), 0.0).any()
    assert not alphas(np.zeros((4, 4)), 1.0).any()


def test_what_made_alike_is_plain_and_what_held_apart_is_striped() -> None:
    heat = np.array([[1.0, -1.0]])
    image = heat_overlay(heat.astype(np.float32), 1.0)
    assert image.pixelColor(10, 50).name() == theme.GENUINE.name()
    assert image.pixelColor(image.width() - 10, 50).name() == theme.IMPOSTOR.name()
    found = alphas(heat, 1.0)
    left, right = np.hsplit(found, 2)
    assert len(np.unique(left)) == 1
    assert len(np.unique(right)) == 2, "stripes tell it apart without colour"


@pytest.mark.parametrize("share", [0.25, 0.5, 1.0, 2.0])
def test_the_larger_the_share_the_fuller_the_colour(share: float) -> None:
    full, found = alphas(np.ones((1, 1)), 1.0)[0, 0], alphas(np.full((1, 1), share), 1.0)[0, 0]
    assert found == full if share >= 1 else 0 < found < full


def test_the_legend_reads_without_colours(qtbot: QtBot, use_palette) -> None:
    legend = HeatLegend()
    qtbot.addWidget(legend)
    legend.resize(legend.minimumSizeHint())
    looks = []
    for dark in (False, True):
        use_palette(dark)
        QApplication.processEvents()
        looks.append(legend.grab().toImage())
    assert looks[0] != looks[1]
    assert "striped" in legend.accessibleName()
