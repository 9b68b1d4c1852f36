import numpy as np
from pytestqt.qtbot import QtBot

from explorer.widgets.colour_scale import STEPS, UNKNOWN, ColourBar, scale_styles, steps_of


def test_steps_go_from_end_to_end() -> None:
    values = np.array([0.0, 0.5, 1.0, -3.0, 9.0, np.nan, np.inf])
    assert steps_of(values, 0.0, 1.0).tolist() == [0, STEPS // 2, STEPS - 1, 0, STEPS - 1, UNKNOWN, STEPS - 1]


def test_where_all_values_are_the_same_they_stand_in_the_middle() -> None:
    assert steps_of(np.array([2.0, np.nan]), 2.0, 2.0).tolist() == [STEPS // 2, UNKNOWN]


def test_the_scale_grows_lighter_all_the_way() -> None:
    styles = scale_styles()
    assert len(styles) == UNKNOWN + 1
    lightness = [
        0.2126 * c.redF() + 0.7152 * c.greenF() + 0.0722 * c.blueF() for c in (s.colour for s in styles[:STEPS])
    ]
    assert lightness == sorted(lightness)


def test_the_bar_says_what_the_colours_mean(qtbot: QtBot) -> None:
    bar = ColourBar()
    qtbot.addWidget(bar)
    bar.resize(160, 300)
    bar.show_scale("distance", (0.1, 0.9), lambda value: f"{value:.1f}", has_unknown=False)
    assert bar.accessibleName() == "distance, from 0.1 to 0.9"
    plain = bar.grab().toImage()
    assert plain.pixelColor(12, 260).blue() > plain.pixelColor(12, 260).green(), "violet at the bottom"
    assert plain.pixelColor(12, 40).green() > plain.pixelColor(12, 40).blue(), "yellow at the top"
    bar.show_scale("distance", (0.1, 0.9), lambda value: f"{value:.1f}", has_unknown=True)
    assert bar.grab().toImage() != plain
