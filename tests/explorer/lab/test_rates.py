import math

import numpy as np
import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from explorer.lab.pictures.rates import RatesPicture, density, distances
from tests.explorer.mouse import drag, pixel

pytestmark = pytest.mark.usefixtures("every_move")


def normal(z: float) -> float:
    return 0.5 * (1 + math.erf(z / math.sqrt(2)))


@pytest.fixture
def picture(qtbot: QtBot) -> RatesPicture:
    made = RatesPicture()
    qtbot.addWidget(made)
    made.resize(790, 700)
    made.show()
    qtbot.waitExposed(made)
    return made


def value(picture: RatesPicture, name: str) -> str:
    return picture.findChild(QLabel, f"{name}_value").text()


def test_rates_and_area_are_those_of_normal_distributions(picture: RatesPicture) -> None:
    for name, number in {
        "genuine_mean": 0.6,
        "genuine_spread": 0.1,
        "impostor_mean": 1.0,
        "impostor_spread": 0.2,
    }.items():
        picture.set_setting(name, number)
    picture.set_setting("threshold", 0.7)
    curve = picture.curve()
    assert curve.at_threshold(0.7).tpr == pytest.approx(normal(1.0), abs=2e-3)
    assert curve.at_threshold(0.7).fpr == pytest.approx(normal(-1.5), abs=2e-3)
    assert curve.auc == pytest.approx(normal(0.4 / math.hypot(0.1, 0.2)), abs=2e-3)
    assert (value(picture, "tpr"), value(picture, "fpr"), value(picture, "fnr")) == ("84.1 %", "6.70 %", "15.9 %")


def test_equal_distributions_are_told_apart_by_chance_only(picture: RatesPicture) -> None:
    for kind in ("genuine", "impostor"):
        picture.set_setting(f"{kind}_mean", 0.8)
        picture.set_setting(f"{kind}_spread", 0.2)
    assert picture.curve().auc == pytest.approx(0.5)


@pytest.mark.parametrize(("mean", "spread"), [(0.9, 0.2), (0.1, 0.4)])
def test_drawn_distances_have_the_density_that_is_drawn(mean: float, spread: float) -> None:
    drawn = distances(mean, spread)
    assert drawn.min() >= 0
    for end in (0.2, 0.5, 1.0):
        at = np.linspace(0.0, end, 2001)
        area = float(np.trapezoid(density(at, mean, spread), at))
        assert float((drawn <= end).mean()) == pytest.approx(area, abs=2e-3)


def test_the_threshold_is_dragged(qtbot: QtBot, picture: RatesPicture) -> None:
    plot = picture.densities
    drag(qtbot, plot.viewport(), pixel(plot, 0.6, 4.0), pixel(plot, 0.3, 4.0))
    assert picture.setting("threshold") == pytest.approx(0.3, abs=0.02)
    point = picture.curve().at_threshold(picture.setting("threshold"))
    assert value(picture, "tpr") == f"{100 * point.tpr:.3g} %"


def test_means_and_spreads_are_dragged(picture: RatesPicture) -> None:
    picture.densities.moved.emit(2, 1.2, 0.0)
    assert picture.setting("impostor_mean") == pytest.approx(1.2)
    picture.densities.moved.emit(3, 1.5, 0.0)
    assert picture.setting("impostor_spread") == pytest.approx(0.3)
    picture.densities.moved.emit(3, 0.9, 0.0)
    assert picture.setting("impostor_spread") == pytest.approx(0.08), "no spread is below its slider's end"
