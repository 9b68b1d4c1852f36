import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from explorer.panels.map import MapPanel
from explorer.panels.map_colouring import Quantity
from explorer.panels.map_compact_key import CompactKey
from explorer.panels.map_parts import LegendColumn
from explorer.theme import class_style
from explorer.widgets.colour_scale import scale_styles, unknown_style
from tests.explorer.panels.test_map_compare import pair


@pytest.fixture
def key(qtbot: QtBot) -> CompactKey:
    key = CompactKey()
    qtbot.addWidget(key)
    key.resize(600, key.sizeHint().height())
    key.set_classes(("cat", "dog", "owl"), np.array([2, 0, 0, 2]))
    key.show_classes()
    key.show()
    return key


def colours(key: CompactKey) -> list[str]:
    """Along the middle of the line."""
    image = key.grab().toImage()
    return [image.pixelColor(x, image.height() // 2).name() for x in range(image.width())]


def test_classes_without_images_are_left_out(key: CompactKey) -> None:
    assert key.accessibleName() == "class, cat, owl"
    assert key.named() == (2, "")
    assert {class_style(0).colour.name(), class_style(2).colour.name()} <= set(colours(key))
    assert class_style(1).colour.name() not in colours(key)


def test_where_there_is_no_room_for_all_the_others_are_counted(key: CompactKey) -> None:
    names = [f"species number {place}" for place in range(100)]
    key.set_classes(names, np.arange(100))
    key.show_classes()
    count, more = key.named()
    assert 1 < count < 10
    assert more == f"and {100 - count} more"
    assert key.toolTip().splitlines() == ["class", *names]
    key.resize(90, key.height())
    assert key.named() == (0, "100 kinds")


def test_kinds_have_a_title_and_their_colours(key: CompactKey) -> None:
    key.show_kinds("right or wrong", [("right", class_style(3)), ("wrong", class_style(1))], np.array([1, 1]), "How.")
    assert key.accessibleName() == "right or wrong, wrong"
    assert key.toolTip() == "right or wrong\nwrong\nHow."
    assert class_style(1).colour.name() in colours(key)
    assert class_style(3).colour.name() not in colours(key)


def test_a_quantity_is_a_scale_from_its_least_to_its_largest_value(key: CompactKey) -> None:
    loss = Quantity("metric loss", "How far from what the loss asks.", lambda value: f"{value:.2f}")
    key.show_scale(loss, (0.0, 1.5), has_unknown=True)
    assert key.accessibleName() == "metric loss, from 0.00 to 1.50, no value"
    line, styles = colours(key), scale_styles()
    low, high = (min(_distances(line, style.colour.name())) for style in (styles[0], styles[31]))
    assert low < 6
    assert high < 6
    assert _nearest(line, styles[0].colour.name()) < _nearest(line, styles[31].colour.name())
    assert unknown_style().colour.name() in line
    key.show_classes()
    assert key.accessibleName() == "class, cat, owl"


def _distances(line: list[str], colour: str) -> list[int]:
    wanted = np.array([int(colour[place : place + 2], 16) for place in (1, 3, 5)])
    found = np.array([[int(each[place : place + 2], 16) for place in (1, 3, 5)] for each in line])
    return [int(far) for far in np.abs(found - wanted).max(axis=1)]


def _nearest(line: list[str], colour: str) -> int:
    return int(np.argmin(_distances(line, colour)))


def test_it_stands_below_compared_maps_where_the_legend_has_no_room(qtbot: QtBot) -> None:
    panel, compared = MapPanel(), pair()
    qtbot.addWidget(panel)
    panel.show_layout(compared.shown)
    panel.resize(620, 600)
    panel.show()
    panel.redraw_if_due()
    key, legend = panel.comparison.plots.key, panel.findChild(LegendColumn)
    panel.comparison.show_pair(compared)
    panel.set_comparing(True)
    assert (key.isVisible(), legend.isVisible()) == (True, False)
    assert key.accessibleName() == "class, cat, dog"
    panel.comparison.plots.colours.choose("part")
    assert key.accessibleName() == "part of the data, held-out"
    panel.resize(1200, 600)
    assert (key.isVisible(), legend.isVisible()) == (False, True)
    panel.set_comparing(False)
    assert legend.isVisible()
