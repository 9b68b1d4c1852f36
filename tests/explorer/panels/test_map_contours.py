from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QAction, QImage
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from core.projection.density import contours
from explorer.panels.map import MapPanel, MapView
from explorer.panels.map_contours import MOST_CLASSES, ContourWish
from explorer.panels.map_plot import fitted


def view(classes: int = 3, seed: int = 0) -> MapView:
    """Forty images of each class, around places on a circle."""
    generator = np.random.default_rng(seed)
    labels = np.repeat(np.arange(classes), 40)
    angles = 2 * np.pi * labels / classes
    xy = np.stack([np.cos(angles), np.sin(angles)], axis=1) + 0.1 * generator.normal(size=(len(labels), 2))
    return MapView(
        xy=xy.astype(np.float32),
        labels=labels,
        sample_ids=np.arange(len(labels)),
        held_out=np.ones(len(labels), np.bool_),
        class_names=tuple(f"class {index}" for index in range(classes)),
        method="pca",
        step=1,
        provenance="made",
    )


@pytest.fixture
def panel(qtbot: QtBot) -> MapPanel:
    panel = MapPanel()
    qtbot.addWidget(panel)
    panel.resize(608, 460)
    panel.show()
    qtbot.waitExposed(panel)
    show(panel, view())
    return panel


@pytest.fixture
def wishes(panel: MapPanel) -> list[ContourWish]:
    wishes: list[ContourWish] = []
    panel.contours.needed.connect(wishes.append)
    return wishes


def show(panel: MapPanel, look: MapView) -> None:
    panel.show_layout(look)
    panel.redraw_if_due()


def toggle(panel: MapPanel, name: str) -> None:
    action = panel.findChild(QAction, name)
    assert action is not None
    action.trigger()


def key(panel: MapPanel) -> str:
    found = panel.findChild(QWidget, "contour_key")
    assert found is not None
    return found.accessibleName() if found.isVisible() else ""


def answer(panel: MapPanel, wish: ContourWish) -> None:
    groups = {each: wish.xy if each is None else wish.xy[wish.labels == each] for each in wish.groups}
    panel.contours.take({each: contours(xy, shares=(0.8,)) for each, xy in groups.items()})


def shot(panel: MapPanel) -> QImage:
    return panel._plot.viewport().grab().toImage()


def test_lines_are_asked_for_drawn_explained_and_taken_away(panel: MapPanel, wishes: list[ContourWish]) -> None:
    before = shot(panel)
    assert key(panel) == ""
    toggle(panel, "show_contours")
    assert [wish.groups for wish in wishes] == [(None,)]
    np.testing.assert_array_equal(wishes[0].xy, fitted(view().xy))
    assert key(panel) == "line around 50%, of all; line around 80%, of all; line around 95%, of all"
    panel.contours.take({None: contours(wishes[0].xy, wishes[0].labels)})
    assert shot(panel).size() == before.size()
    assert shot(panel) != before
    toggle(panel, "show_contours")
    assert shot(panel) == before
    assert key(panel) == ""
    assert wishes[-1].groups == (), "what is under way is not wanted any more"


def test_another_look_has_other_lines(panel: MapPanel, wishes: list[ContourWish]) -> None:
    toggle(panel, "show_contours")
    show(panel, view(seed=1))
    assert len(wishes) == 2
    np.testing.assert_array_equal(wishes[1].xy, fitted(view(seed=1).xy))
    toggle(panel, "show_contours")
    show(panel, view(seed=2))
    assert [wish.groups for wish in wishes] == [(None,), (None,), ()], "who shows no lines, asks for none"


def test_classes_are_outlined_in_their_colours_the_chosen_ones_alone(
    panel: MapPanel, wishes: list[ContourWish]
) -> None:
    toggle(panel, "show_class_contours")
    assert wishes[-1].groups == (0, 1, 2)
    assert key(panel) == "line around 80%, of a class"
    panel.set_selection(range(40))
    assert wishes[-1].groups == (0,)
    panel.set_selection(range(30))
    assert wishes[-1].groups == (0, 1, 2), "no whole class is chosen"
    toggle(panel, "show_contours")
    assert wishes[-1].groups == (None, 0, 1, 2)
    before = shot(panel)
    answer(panel, wishes[-1])
    assert shot(panel) != before


def test_too_many_classes_are_not_outlined_unless_chosen(panel: MapPanel, wishes: list[ContourWish]) -> None:
    show(panel, view(MOST_CLASSES + 1))
    toggle(panel, "show_class_contours")
    assert not wishes
    assert key(panel) == "line around 80%, select a class"
    panel.set_selection(range(40, 120))
    assert wishes[-1].groups == (1, 2)
    assert key(panel) == "line around 80%, of a class"


def test_a_class_without_lines_does_no_harm(panel: MapPanel, wishes: list[ContourWish]) -> None:
    toggle(panel, "show_contours")
    before = shot(panel)
    panel.contours.take({None: (), 1: ()})
    assert shot(panel) == before


def test_lines_go_with_the_run(panel: MapPanel, wishes: list[ContourWish]) -> None:
    toggle(panel, "show_contours")
    answer(panel, wishes[-1])
    panel.clear()
    toggle(panel, "show_class_contours")
    assert len(wishes) == 1
    show(panel, view(seed=3))
    assert wishes[-1].groups == (None, 0, 1, 2)


def test_lines_are_in_the_exported_pictures(panel: MapPanel, wishes: list[ContourWish], tmp_path: Path) -> None:
    sizes = []
    for name in ("without", "with"):
        panel._plot.export(tmp_path / f"{name}.svg")
        sizes.append((tmp_path / f"{name}.svg").read_text().count("<polyline"))
        toggle(panel, "show_contours")
        answer(panel, wishes[-1])
    assert sizes[1] > sizes[0]
