"""Neighbours, why, and input by the keyboard."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QTabBar
from pytestqt.qtbot import QtBot

from core.evaluation.figures import densities
from core.explanation import Explanation, HiddenBackground
from explorer.panels.verify import VerifyPanel
from explorer.panels.verify_view import NearestView, VerdictView
from explorer.widgets.distance_scale import DistanceScale
from explorer.widgets.neighbour_strip import NeighbourItem, NeighbourStrip
from tests.explorer.dropping import drop, files
from tests.explorer.pointing import click
from tests.explorer.standins import curve

MASK = np.zeros((8, 8), np.uint8)
MASK[2:6, 2:6] = 255
VIEW = VerdictView(0.31, 540, 0.931, 0.01, 0.941, "apple", 0.97, "cow", 0.51, MASK, MASK, "platt")
HEAT = np.zeros((8, 8), np.float32)
HEAT[:4], HEAT[4:] = 0.5, -0.5
WHY = Explanation("by name", HEAT, -HEAT, 4, 0.69, 0.31, HiddenBackground(0.45, 0.61), "")


def picture(colour: str = "red") -> QImage:
    image = QImage(20, 20, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    return image


def nearest(first: int, percentile: float | None = None) -> NearestView:
    items = (
        NeighbourItem(first, "apple/1.png", "apple", 0.1, True),
        NeighbourItem(first + 1, "cow/1.png", "cow", 0.2, False),
    )
    return NearestView(items, 437, 540, percentile)


@pytest.fixture
def panel(qtbot: QtBot, tmp_path: Path) -> VerifyPanel:
    """Two images with a verdict, as narrow and low as the dock may be."""
    panel = VerifyPanel()
    panel.pairs, panel.wishes = [], []
    panel.pair_changed.connect(lambda a, b: panel.pairs.append((a, b)))
    panel.explanation_wanted.connect(lambda: panel.wishes.append("why"))
    qtbot.addWidget(panel)
    panel.resize(372, 263)
    panel.show()
    panel.choose({"A": tmp_path / "a.png", "B": tmp_path / "b.png"})
    for name in ("A", "B"):
        panel.show_image(name, picture(), f"{name}.png")
    panel.set_threshold(0.42)
    panel.show_verdict(VIEW)
    panel.pairs.clear()
    return panel


@pytest.fixture
def clipboard(qapp: QApplication) -> Iterator[object]:
    yield qapp.clipboard()
    qapp.clipboard().clear()


def turn_to(panel: VerifyPanel, name: str) -> None:
    tabs = panel.findChild(QTabBar)
    tabs.setCurrentIndex([tabs.tabText(place) for place in range(tabs.count())].index(name))


def strip(panel: VerifyPanel, name: str) -> NeighbourStrip:
    return panel.findChild(NeighbourStrip, f"neighbours_{name}")


def text(panel: VerifyPanel, name: str) -> str:
    return panel.findChild(QLabel, name).text()


def overlay(panel: VerifyPanel, name: str, x: float, y: float) -> QColor:
    found = panel._pair.slots[name].content().overlay
    return found.pixelColor(int(x * found.width()), int(y * found.height()))


# --- neighbours


def test_neighbours_stand_below_their_images(panel: VerifyPanel) -> None:
    turn_to(panel, "Neighbours")
    panel.show_nearest(nearest(10), nearest(20))
    assert [item.sample_id for item in strip(panel, "a").items()] == [10, 11]
    assert [item.sample_id for item in strip(panel, "b").items()] == [20, 21]
    assert text(panel, "nearest_images") == "nearest of the 437 training images in the probe set"
    assert strip(panel, "a").isVisible()


def test_a_click_on_a_neighbour_asks_for_it_on_the_map(panel: VerifyPanel) -> None:
    chosen: list[int] = []
    panel.neighbour_chosen.connect(chosen.append)
    turn_to(panel, "Neighbours")
    panel.show_nearest(nearest(10), nearest(20))
    click(strip(panel, "b"), strip(panel, "b")._cell(1).center())
    assert chosen == [21]


def test_pictures_stay_while_the_threshold_moves_and_the_images_are_swapped(panel: VerifyPanel) -> None:
    panel.show_nearest(nearest(10), nearest(20))
    panel.set_picture(10, picture("blue"))
    panel.set_threshold(0.2)
    assert strip(panel, "a")._images.keys() == {10}
    panel._on_swap()
    assert [item.sample_id for item in strip(panel, "b").items()] == [10, 11]
    assert strip(panel, "b")._images.keys() == {10}


def test_an_image_unlike_all_others_is_marked_in_words(panel: VerifyPanel) -> None:
    panel.show_nearest(nearest(10), nearest(20, 99.3))
    assert text(panel, "class_a") == "apple  97.0 %"
    assert text(panel, "class_b") == "\N{WARNING SIGN} cow  51.0 %"
    assert "farther than 99.3 %" in panel.findChild(QLabel, "class_b").toolTip()
    assert text(panel, "nearest_images").startswith("\N{WARNING SIGN} B unlike all training images")
    panel.show_nearest(nearest(10, 97.0), nearest(20, 99.3))
    assert " · \N{WARNING SIGN} B" in text(panel, "nearest_images")


def test_what_comes_after_its_pair_has_gone_is_dropped(panel: VerifyPanel) -> None:
    panel._pair.clear()
    panel.show_nearest(nearest(10), nearest(20))
    panel.show_explanation(WHY)
    assert strip(panel, "a").items() == ()
    assert text(panel, "nearest_images") == ""
    assert panel._explanation is None


# --- why


def test_why_is_asked_once_a_verdict_and_only_while_somebody_looks(panel: VerifyPanel) -> None:
    assert panel.wishes == []
    turn_to(panel, "Why")
    turn_to(panel, "Verdict")
    turn_to(panel, "Why")
    assert panel.wishes == ["why"]
    panel.show_verdict(replace(VIEW, step=600))
    assert panel.wishes == ["why"] * 2
    turn_to(panel, "Verdict")
    panel.show_verdict(VIEW)
    assert panel.wishes == ["why"] * 2


def test_heat_maps_lie_over_both_images_while_why_is_in_front(panel: VerifyPanel) -> None:
    masked = overlay(panel, "A", 0.1, 0.1)
    assert masked.alpha() == 0
    turn_to(panel, "Why")
    panel.show_explanation(WHY)
    assert overlay(panel, "A", 0.1, 0.1).alpha() > 150
    assert overlay(panel, "A", 0.1, 0.1).name() == "#1f9e89"
    assert overlay(panel, "B", 0.1, 0.1).name() == "#d1663f"
    panel._on_swap()
    assert overlay(panel, "A", 0.1, 0.1).name() == "#d1663f"
    turn_to(panel, "Verdict")
    assert overlay(panel, "A", 0.1, 0.1) == masked


def test_the_method_and_the_pair_without_background_are_told(panel: VerifyPanel) -> None:
    turn_to(panel, "Why")
    panel.show_explanation(WHY)
    assert text(panel, "explanation_method") == "by name, 4 × 4 regions, mean 0.690"
    assert text(panel, "without_background") == "0.310 → 0.450, SAME → DIFFERENT"
    panel.set_threshold(0.5)
    assert text(panel, "without_background") == "0.310 → 0.450, still SAME"
    assert text(panel, "probability_without_background") == "same with probability 93.1 % → 61.0 %"


def test_the_background_can_be_hidden(qtbot: QtBot, panel: VerifyPanel) -> None:
    turn_to(panel, "Why")
    panel.show_explanation(WHY)
    box = panel.findChild(QCheckBox, "hide_background")
    qtbot.keyClick(box, Qt.Key.Key_Space)
    assert overlay(panel, "A", 0.1, 0.1).alpha() == 255
    assert overlay(panel, "A", 0.5, 0.5).alpha() == 0
    panel.show_verdict(VIEW)
    panel.show_explanation(replace(WHY, hidden_background=None, why_not_hidden="There are no masks."))
    assert not box.isEnabled()
    assert box.toolTip().startswith("There are no masks.")
    assert overlay(panel, "A", 0.1, 0.1).name() == "#1f9e89"


def test_why_that_cannot_be_told_says_so(panel: VerifyPanel) -> None:
    turn_to(panel, "Why")
    panel.show_explanation_problem("the device ran out of memory")
    assert panel._why._message.sentence() == "the device ran out of memory"
    assert panel._why._message.is_problem()


# --- the scale


def test_densities_reach_the_scale(panel: VerifyPanel) -> None:
    scale = panel.findChild(DistanceScale)
    before = scale.grab().toImage()
    panel.show_densities(densities(curve()))
    assert scale.grab().toImage() != before
    assert scale.accessibleName().startswith("distance 0.310 and threshold 0.420")


# --- input


def test_ctrl_v_fills_the_first_free_slot(qtbot: QtBot, panel: VerifyPanel, clipboard, tmp_path: Path) -> None:
    panel._pair.clear()
    for name, chosen in (("a", "A"), ("b", "B"), ("c", "A")):
        clipboard.setMimeData(files(tmp_path / f"{name}.png"))
        qtbot.keyClick(panel.findChild(QCheckBox, "show_masks"), Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        assert panel._pair.sources[chosen] == tmp_path / f"{name}.png"


def test_what_is_no_image_empties_its_slot_alone(panel: VerifyPanel, tmp_path: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl("https://example.org/cat.png")])
    drop(panel._pair.slots["A"], mime)
    assert panel.pairs == [(None, tmp_path / "b.png")]
    assert panel._view is None
    assert panel._pair.slots["B"].content().caption == "B.png"


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("name", ["Verdict", "Neighbours", "Why"])
def test_every_page_fits_the_dock(panel: VerifyPanel, use_palette, dark: bool, name: str) -> None:
    use_palette(dark)
    turn_to(panel, name)
    panel.show_densities(densities(curve()))
    panel.show_nearest(nearest(10), nearest(20, 99.3))
    panel.show_explanation(WHY)
    QApplication.processEvents()
    assert (panel.width(), panel.height()) == (372, 263), "the minimum size must not be larger"
    assert not panel.grab().isNull()


def test_a_verdict_moves_nothing(qtbot: QtBot, panel: VerifyPanel) -> None:
    """Where things stand does not depend on what they say, or they would jump with every drop."""
    panel.show_densities(densities(curve()))
    panel.show_nearest(nearest(10), nearest(20, 99.3))
    bare = VerifyPanel()
    qtbot.addWidget(bare)
    bare.resize(panel.size())
    bare._stack.setCurrentIndex(1)
    bare.show()
    for kind, name in ((QTabBar, "verify_tabs"), (QLabel, "verdict"), (DistanceScale, "distance_scale")):
        places = [each.findChild(kind, name).mapTo(each, QPoint(0, 0)) for each in (panel, bare)]
        assert (places[0] - places[1]).manhattanLength() <= 4
