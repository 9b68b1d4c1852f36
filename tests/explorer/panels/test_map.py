import csv
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QAction, QDrag, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QFrame, QLabel, QProgressBar, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from explorer.panels.map import MapPanel, MapView
from explorer.panels.map_colouring import QUANTITIES, Colouring, answers
from explorer.panels.map_groupings import by_cluster
from explorer.panels.map_kind_key import KindKey
from explorer.panels.map_plot import Method, _centres
from explorer.theme import IMPOSTOR, class_style
from explorer.widgets.colour_scale import STEPS, UNKNOWN, ColourBar, scale_styles
from explorer.widgets.hover_card import HoverCard
from explorer.widgets.legend import Legend
from explorer.widgets.neighbour_strip import NeighbourItem
from explorer.widgets.plot import Plot
from explorer.widgets.point_cloud import PointCloud
from explorer.widgets.sample_drag import SampleImage
from tests.explorer.dropping import drop, enter, files
from tests.explorer.pointing import click, drag, leave, move

pytestmark = pytest.mark.usefixtures("every_move")

T = TypeVar("T", bound=QWidget)
CONTROL = Qt.KeyboardModifier.ControlModifier
IDS = (100, 101, 102, 103, 104, 105)


def view(xy: list[tuple[float, float]] | None = None, step: int = 540, method: Method = "umap") -> MapView:
    """Six images: two cats, three dogs, one owl; the even ones are held out."""
    points = xy or [(0, 0), (10, 0), (10, 10), (0, 10), (5, 2), (5, 8)]
    return MapView(
        xy=np.array(points, np.float32),
        labels=np.array([0, 0, 1, 1, 1, 2]),
        sample_ids=np.array(IDS),
        held_out=np.array([True, False] * 3),
        class_names=("cat", "dog", "owl"),
        method=method,
        step=step,
        provenance="closed set",
    )


@pytest.fixture
def empty(qtbot: QtBot) -> MapPanel:
    panel = MapPanel()
    qtbot.addWidget(panel)
    panel.resize(560, 430)
    panel.show()
    qtbot.waitExposed(panel)
    return panel


@pytest.fixture
def panel(empty: MapPanel, qtbot: QtBot) -> MapPanel:
    empty.show_layout(view())
    assert empty.redraw_if_due()
    plot = child(empty, Plot)
    qtbot.waitUntil(lambda: plot.isVisible() and place(empty, 0).x() > 0)
    plot.grab()
    return empty


def child(panel: MapPanel, kind: type[T], name: str = "") -> T:
    found = panel.findChild(kind, name) if name else panel.findChild(kind)
    assert found is not None
    return found


def cloud(panel: MapPanel) -> PointCloud:
    return next(item for item in child(panel, Plot).view.addedItems if isinstance(item, PointCloud))


def place(panel: MapPanel, index: int) -> QPoint:
    plot, points = child(panel, Plot), cloud(panel)
    return plot.mapFromScene(points.mapToScene(points.position(index)))


def empty_place(panel: MapPanel) -> QPoint:
    return (place(panel, 0) + place(panel, 3)) / 2


def shot(panel: MapPanel) -> QImage:
    return child(panel, Plot).viewport().grab().toImage()


def texts(panel: MapPanel) -> list[str]:
    return [label.text() for label in panel.findChildren(QLabel) if label.isVisible()]


def hover(panel: MapPanel, index: int) -> None:
    move(child(panel, Plot).viewport(), place(panel, index))


def legend_line(panel: MapPanel, row: int) -> QPoint:
    legend = child(panel, Legend)
    return legend.visualRect(legend.model().index(row, 0)).center()


def red() -> QImage:
    image = QImage(20, 20, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    return image


# What stands there


def test_says_what_will_stand_here_until_there_is_a_map(empty: MapPanel) -> None:
    assert any("The map of embeddings will stand here" in text and "press Start" in text for text in texts(empty))
    assert not child(empty, Plot).isVisible()
    fit = child(empty, QToolButton, "fit_map")
    assert not fit.isEnabled()
    assert "press Start" in fit.toolTip()
    assert not empty.redraw_if_due()


def test_a_run_whose_first_map_will_come_is_not_asked_for_again(empty: MapPanel) -> None:
    empty.set_waiting(True)
    assert any("after the first look at the model" in text for text in texts(empty))
    assert not any("Press Start" in text or "press Start" in text for text in texts(empty))
    empty.set_waiting(False)
    assert any("press Start" in text for text in texts(empty))


def test_draws_the_newest_map_only_when_told_and_visible(empty: MapPanel) -> None:
    empty.show_layout(view(step=1))
    empty.show_layout(view(step=2))
    assert not child(empty, Plot).isVisible()
    empty.hide()
    assert not empty.redraw_if_due()
    empty.show()
    assert empty.redraw_if_due()
    assert not empty.redraw_if_due()
    assert "step 2" in texts(empty)


def test_every_point_has_its_classs_colour_and_the_layout_keeps_its_shape(panel: MapPanel) -> None:
    image = shot(panel)
    for index in (0, 2, 4):  # held out, so filled
        label = int(view().labels[index])
        assert image.pixelColor(place(panel, index)).name() == class_style(label).colour.name()
    across, up = place(panel, 1) - place(panel, 0), place(panel, 0) - place(panel, 3)
    assert abs(across.x() - up.y()) <= 1  # equal aspect: 10 to the right are as long as 10 upwards


def test_training_images_are_hollow_and_the_legend_says_so(panel: MapPanel) -> None:
    colour = shot(panel).pixelColor(place(panel, 1)).name()
    assert colour != class_style(0).colour.name()
    assert panel.findChild(QWidget, "part_key").accessibleName() == (
        "3 held-out images, filled; 3 training images, hollow"
    )


def test_says_what_the_picture_is_of(panel: MapPanel) -> None:
    assert "UMAP · arbitrary units · 6 images · closed set" in texts(panel)
    assert "step 540" in texts(panel)
    panel.set_model_step(540)
    assert "step 540" in texts(panel)
    panel.set_model_step(1612)
    assert "as of step 540" in texts(panel)
    note = next(label for label in panel.findChildren(QLabel) if label.text() == "as of step 540")
    assert note.toolTip() == "The model is at step 1\N{NARROW NO-BREAK SPACE}612."
    panel.show_layout(view(step=1612, method="pca"))
    panel.redraw_if_due()
    assert "step 1\N{NARROW NO-BREAK SPACE}612" in texts(panel)
    assert "PCA · arbitrary units · 6 images · closed set" in texts(panel)


def test_the_legend_counts_what_the_map_shows(panel: MapPanel) -> None:
    model = child(panel, Legend).model()
    lines = [model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(model.rowCount())]
    assert lines == ["cat, 2 images", "dog, 3 images", "owl, 1 images"]


@pytest.mark.parametrize(
    "xy", [[(3, 3)] * 6, [(float("nan"), 0.0)] * 6, [(0, 0), (1, 1), (float("inf"), 0), (1, 0), (0, 1), (0.5, 0.5)]]
)
def test_collapsed_and_broken_layouts_do_no_harm(panel: MapPanel, xy: list[tuple[float, float]]) -> None:
    panel.show_layout(view(xy))
    panel.redraw_if_due()
    cloud(panel).finish_move()
    assert not shot(panel).isNull()
    hover(panel, 1)


def test_a_new_layout_keeps_the_users_zoom_whatever_its_scale(panel: MapPanel, qtbot: QtBot) -> None:
    plot = child(panel, Plot)
    plot.view.scaleBy((0.5, 0.5))
    seen = plot.view.viewRange()
    panel.show_layout(view([(1000 * x, 1000 * y) for x, y in view().xy.tolist()]))
    panel.redraw_if_due()
    qtbot.waitUntil(lambda: not cloud(panel).is_moving())
    assert plot.view.viewRange() == seen
    child(panel, QToolButton, "fit_map").click()
    assert plot.view.viewRange() != seen


def test_points_stop_moving_when_the_panel_is_hidden(panel: MapPanel) -> None:
    panel.show_layout(view([(0, 10), (10, 10), (10, 0), (0, 0), (5, 8), (5, 2)]))
    panel.redraw_if_due()
    assert cloud(panel).is_moving()
    panel.hide()
    assert not cloud(panel).is_moving()


def test_can_forget_its_map(panel: MapPanel) -> None:
    panel.set_selection((100,))
    panel.clear()
    assert any("will stand here" in text for text in texts(panel))
    assert not child(panel, QToolButton, "fit_map").isEnabled()
    panel.set_model_step(5)
    assert not any("step" in text for text in texts(panel))
    panel.show_layout(view(step=7))
    assert panel.redraw_if_due()
    assert "step 7" in texts(panel)


# Controls


def test_the_user_chooses_the_method_and_a_program_does_not(panel: MapPanel, qtbot: QtBot) -> None:
    methods = child(panel, QComboBox, "projection_method")
    chosen: list[str] = []
    panel.method_chosen.connect(chosen.append)
    assert methods.currentText() == "UMAP"
    panel.set_method("tsne")
    assert methods.currentText() == "t-SNE"
    methods.setFocus()
    qtbot.keyClick(methods, Qt.Key.Key_Home)
    assert chosen == ["pca"]
    assert all(methods.itemData(row, Qt.ItemDataRole.ToolTipRole) for row in range(3))


def test_a_long_computation_is_named_and_can_be_cancelled(panel: MapPanel, qtbot: QtBot) -> None:
    cancel = child(panel, QPushButton, "cancel_projection")
    assert not cancel.isVisible()
    panel.set_progress("UMAP is computing…")
    assert cancel.isVisible()
    assert "UMAP is computing…" in texts(panel)
    with qtbot.waitSignal(panel.cancel_requested):
        qtbot.mouseClick(cancel, Qt.MouseButton.LeftButton)
    panel.set_progress(None)
    assert not cancel.isVisible()


def test_progress_shows_share_and_time_left_where_they_are_known(panel: MapPanel) -> None:
    bar = child(child(panel, QFrame, "projection_progress"), QProgressBar)
    panel.set_progress("UMAP is computing …")
    assert (bar.minimum(), bar.maximum()) == (0, 0)
    panel.show_progress("UMAP is placing the points …", 0.25, 75.0)
    assert bar.value() / bar.maximum() == 0.25
    assert "UMAP is placing the points … ·  25 % · 1:15 left" in texts(panel)
    panel.show_progress("t-SNE is finding neighbours …", None, None)
    assert (bar.minimum(), bar.maximum()) == (0, 0)
    assert "t-SNE is finding neighbours …" in texts(panel)
    panel.set_progress(None)
    assert bar.maximum() > 0, "an unseen bar must not move"


# Hover


def test_hover_asks_for_the_image_and_shows_it(panel: MapPanel, qtbot: QtBot) -> None:
    card = child(panel, HoverCard)
    with qtbot.waitSignal(panel.hover_requested) as requested:
        hover(panel, 1)
    assert requested.args == [101]
    assert card.text() == "class cat\nimage 101\ntraining"
    panel.show_hover_image(101, red(), "cat/007.jpg")
    assert card.text() == "class cat\ncat/007.jpg\ntraining"
    assert card.pixmap().toImage().pixelColor(10, 10).name() == "#ff0000"
    hover(panel, 2)
    assert card.text() == "class dog\nimage 102\nheld-out"
    assert card.pixmap().isNull()


def test_an_image_that_comes_too_late_is_dropped(panel: MapPanel) -> None:
    card = child(panel, HoverCard)
    hover(panel, 1)
    hover(panel, 2)
    panel.show_hover_image(101, red(), "cat/007.jpg")
    assert card.pixmap().isNull()
    leave(child(panel, Plot))
    assert not card.isVisible()
    panel.show_hover_image(102, red(), "dog/001.jpg")
    assert not card.isVisible()


def test_the_card_goes_with_the_layout_it_belongs_to(panel: MapPanel) -> None:
    hover(panel, 1)
    panel.show_layout(view(step=541))
    panel.redraw_if_due()
    assert not child(panel, HoverCard).isVisible()


def test_pointing_at_a_class_emphasises_it(panel: MapPanel) -> None:
    before = shot(panel)
    move(child(panel, Legend).viewport(), legend_line(panel, 1))
    image = shot(panel)
    assert image.pixelColor(place(panel, 2)).name() == class_style(1).colour.name()
    assert image.pixelColor(place(panel, 0)).name() != class_style(0).colour.name()
    leave(child(panel, Legend))
    assert shot(panel) == before


# Selection


@pytest.fixture
def selections(panel: MapPanel) -> list[tuple[int, ...]]:
    seen: list[tuple[int, ...]] = []
    panel.selection_changed.connect(seen.append)
    return seen


def test_clicks_select_add_and_clear(panel: MapPanel, selections: list[tuple[int, ...]]) -> None:
    viewport = child(panel, Plot).viewport()
    click(viewport, place(panel, 2))
    click(viewport, place(panel, 0), CONTROL)
    click(viewport, place(panel, 2), CONTROL)
    click(viewport, empty_place(panel), CONTROL)
    click(viewport, empty_place(panel))
    click(viewport, empty_place(panel))
    assert selections == [(102,), (102, 100), (100,), ()]


def test_a_click_on_a_class_selects_its_points(
    panel: MapPanel, selections: list[tuple[int, ...]], qtbot: QtBot
) -> None:
    legend = child(panel, Legend)
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    for row, keys in ((1, none), (0, CONTROL), (1, CONTROL), (0, none), (2, none)):
        qtbot.mouseClick(legend.viewport(), left, keys, legend_line(panel, row))
    assert selections == [(102, 103, 104), (102, 103, 104, 100, 101), (100, 101), (), (105,)]


def test_a_selection_from_outside_is_shown_without_an_echo(panel: MapPanel, selections: list[tuple[int, ...]]) -> None:
    panel.set_selection((102, 999))
    image = shot(panel)
    assert image.pixelColor(place(panel, 2)).name() == class_style(1).colour.name()
    assert image.pixelColor(place(panel, 0)).name() != class_style(0).colour.name()
    panel.set_selection((999,))  # not on this map: nothing to dim for
    assert shot(panel).pixelColor(place(panel, 0)).name() == class_style(0).colour.name()
    assert selections == []


def test_a_selection_outlives_the_layout(panel: MapPanel) -> None:
    panel.set_selection((102,))
    panel.show_layout(view(step=541))
    panel.redraw_if_due()
    cloud(panel).finish_move()
    assert shot(panel).pixelColor(place(panel, 0)).name() != class_style(0).colour.name()


def test_a_selected_point_can_be_dragged_to_another_panel(
    panel: MapPanel, selections: list[tuple[int, ...]], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    carried: list[str] = []

    def exec_(carrying: QDrag, action: Qt.DropAction) -> Qt.DropAction:
        carried.append(carrying.mimeData().urls()[0].fileName())
        return action

    monkeypatch.setattr(QDrag, "exec", exec_)
    panel.set_image_provider(lambda sample: SampleImage("dog/2.jpg", tmp_path / f"{sample}.jpg"))
    viewport = child(panel, Plot).viewport()
    click(viewport, place(panel, 2))
    drag(viewport, place(panel, 2), place(panel, 2) + QPoint(-90, 40))
    qtbot.waitUntil(lambda: bool(carried))
    assert carried == ["102.jpg"]
    click(viewport, place(panel, 0))  # the scene does not still wait for the button to be let go
    assert selections == [(102,), (100,)]


def test_many_classes_scroll(empty: MapPanel) -> None:
    generator = np.random.default_rng(0)
    empty.show_layout(
        MapView(
            xy=generator.normal(size=(400, 2)).astype(np.float32),
            labels=np.arange(400) % 80,
            sample_ids=np.arange(400),
            held_out=np.arange(400) % 3 == 0,
            class_names=tuple(f"object {i:02d}" for i in range(80)),
            method="pca",
            step=1,
            provenance="all",
        )
    )
    empty.redraw_if_due()
    legend = child(empty, Legend)
    assert legend.model().rowCount() == 80
    legend.doItemsLayout()
    assert legend.verticalScrollBar().maximum() > 0


@pytest.mark.parametrize("name", ["projection_method", "fit_map", "cancel_projection"])
def test_every_control_explains_itself(panel: MapPanel, name: str) -> None:
    assert child(panel, QWidget, name).toolTip()


# Export


@pytest.mark.parametrize(
    ("names", "images"),
    [
        ((), ["image 100", "image 101", "image 105"]),
        (tuple(f"pets/{n}.png" for n in range(106)), ["pets/100.png", "pets/101.png", "pets/105.png"]),
    ],
)
def test_an_export_names_every_point(
    panel: MapPanel, tmp_path: Path, names: tuple[str, ...], images: list[str]
) -> None:
    panel.show_layout(replace(view(), sample_names=names))
    assert panel.redraw_if_due()
    child(panel, Plot).export(tmp_path / "map.csv")
    with (tmp_path / "map.csv").open(newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0] == ["image", "class", "part", "x", "y"]
    assert len(rows) == 1 + len(IDS)
    assert [rows[place][0] for place in (1, 2, 6)] == images
    assert rows[2][1:] == ["cat", "training", "10.0", "0.0"]
    assert rows[5][1:] == ["dog", "held-out", "5.0", "2.0"]


def test_an_export_problem_is_passed_on(panel: MapPanel, qtbot: QtBot, tmp_path: Path) -> None:
    with qtbot.waitSignal(panel.problem):
        child(panel, Plot).export(tmp_path / "missing" / "map.png")


# --- tools


def enclose(
    panel: MapPanel, first: int, last: int, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    """Draw a rectangle around two points."""
    corners = place(panel, first), place(panel, last)
    low = QPoint(min(c.x() for c in corners), min(c.y() for c in corners)) - QPoint(6, 6)
    high = QPoint(max(c.x() for c in corners), max(c.y() for c in corners)) + QPoint(6, 6)
    drag(child(panel, Plot).viewport(), low, high, modifiers=modifiers)


def test_a_rectangle_selects_adds_and_takes_away(panel: MapPanel) -> None:
    selected: list[tuple[int, ...]] = []
    panel.selection_changed.connect(selected.append)
    child(panel, QToolButton, "rectangle_tool").click()
    enclose(panel, 0, 1)
    enclose(panel, 2, 2, Qt.KeyboardModifier.ShiftModifier)
    enclose(panel, 1, 1, Qt.KeyboardModifier.AltModifier)
    assert selected == [(100, 101), (100, 101, 102), (100, 102)]


def test_escape_ends_the_selection(panel: MapPanel, qtbot: QtBot) -> None:
    click(child(panel, Plot).viewport(), place(panel, 0))
    selected: list[tuple[int, ...]] = []
    panel.selection_changed.connect(selected.append)
    panel.activateWindow()
    child(panel, Plot).setFocus()
    qtbot.keyClick(child(panel, Plot), Qt.Key.Key_Escape)
    assert selected == [()]


def test_one_tool_at_a_time(panel: MapPanel) -> None:
    tools = [child(panel, QToolButton, f"{name}_tool") for name in ("move", "rectangle", "lasso")]
    assert [tool.isChecked() for tool in tools] == [True, False, False]
    tools[2].click()
    assert [tool.isChecked() for tool in tools] == [False, False, True]
    assert all(tool.toolTip() and tool.accessibleName() for tool in tools)


# --- colours


def choose_colouring(panel: MapPanel, name: str) -> None:
    field = child(panel, QComboBox, "map_colouring")
    row = field.findData(name)
    field.setCurrentIndex(row)
    field.activated.emit(row)


def shares(*values: float, ids: tuple[int, ...] = IDS) -> Colouring:
    meaning = QUANTITIES["foreign_neighbours"]
    return Colouring("foreign_neighbours", meaning, np.array(ids), np.array(values))


def test_a_quantity_colours_the_points(panel: MapPanel) -> None:
    asked: list[str] = []
    panel.colouring_chosen.connect(asked.append)
    choose_colouring(panel, "foreign_neighbours")
    assert asked == ["foreign_neighbours"]
    assert shot(panel).pixelColor(place(panel, 0)).name() == class_style(0).colour.name(), "until it is measured"
    panel.show_colouring(shares(0.0, 0.1, 1.0, 0.3, np.nan, 0.4))
    image, styles = shot(panel), scale_styles()
    seen = [image.pixelColor(place(panel, index)).name() for index in (0, 2, 4)]
    assert seen == [styles[index].colour.name() for index in (0, STEPS - 1, UNKNOWN)]
    bar = child(panel, ColourBar)
    assert bar.isVisible()
    assert bar.accessibleName() == "neighbours of other classes, from 0 % to 100 %"
    choose_colouring(panel, "class")
    assert shot(panel).pixelColor(place(panel, 0)).name() == class_style(0).colour.name()
    assert not bar.isVisible()


def test_colours_follow_the_images_to_another_layout(panel: MapPanel) -> None:
    choose_colouring(panel, "foreign_neighbours")
    panel.show_colouring(shares(1.0, 0.0, 0.0, ids=(104, 100, 102)))
    panel.show_layout(view([(0, 0), (10, 0), (10, 10), (0, 10), (6, 3), (5, 8)], step=550))
    panel.redraw_if_due()
    cloud(panel).finish_move()
    image, styles = shot(panel), scale_styles()
    seen = [image.pixelColor(place(panel, index)).name() for index in (0, 4)]
    assert seen == [styles[index].colour.name() for index in (0, STEPS - 1)]


def test_colours_that_were_measured_of_another_look_say_so(panel: MapPanel) -> None:
    choose_colouring(panel, "foreign_neighbours")
    step = panel.view.step
    panel.show_colouring(replace(shares(*[1.0] * 6), step=step))
    bar = child(panel, ColourBar)
    assert bar.accessibleName() == "neighbours of other classes, from 0 % to 100 %"
    panel.show_past(replace(panel.view, step=step - 1))
    panel.redraw_if_due()
    assert bar.accessibleName() == f"neighbours of other classes at step {step}, from 0 % to 100 %"
    clusters = by_cluster("k-means", np.array(IDS), np.zeros(6, np.int64), np.zeros(6, np.int64), ("a",), step)
    choose_colouring(panel, "k-means")
    panel.show_colouring(clusters)
    assert child(panel, QWidget, "kind_key").accessibleName().startswith(f"k-means cluster at step {step}, ")
    panel.show_past(None)
    panel.redraw_if_due()
    assert child(panel, QWidget, "kind_key").accessibleName().startswith("k-means cluster, ")


def test_an_earlier_look_says_that_neighbours_are_those_of_the_newest(panel: MapPanel) -> None:
    assert "newest look" not in panel._caption.sentence()
    panel.show_past(replace(panel.view, step=1))
    panel.redraw_if_due()
    assert panel._caption.sentence().endswith(" · neighbours: newest look")
    panel.show_past(None)
    panel.redraw_if_due()
    assert "newest look" not in panel._caption.sentence()


def test_an_answer_about_another_quantity_is_dropped(panel: MapPanel) -> None:
    choose_colouring(panel, "centre_distance")
    panel.show_colouring(shares(*[1.0] * 6))
    assert shot(panel).pixelColor(place(panel, 0)).name() == class_style(0).colour.name()
    panel.clear()
    panel.show_colouring(replace(shares(*[1.0] * 6), name="centre_distance"))


def test_the_scale_ends_where_most_images_end() -> None:
    values = np.append(np.linspace(0.2, 0.4, 999), [9.0])
    meaning = QUANTITIES["centre_distance"]
    low, high = Colouring("centre_distance", meaning, np.arange(1000), values).ends()
    assert 0.2 < low < 0.21
    assert 0.39 < high < 0.41
    assert Colouring("centre_distance", meaning, np.arange(2), np.full(2, np.nan)).ends() == (0.0, 1.0)


# --- names


def test_the_names_of_the_classes_are_written_when_asked_for(panel: MapPanel) -> None:
    before = shot(panel)
    panel.findChild(QAction, "show_names").trigger()
    assert shot(panel) != before
    panel.findChild(QAction, "show_names").trigger()
    assert shot(panel) == before


def test_a_name_stands_in_the_middle_of_its_class_largest_first() -> None:
    points = [(0, 0), (10, 0), (10, 10), (9, 9), (5, 2), (np.nan, 8)]
    middles = _centres(view(), np.array(points, np.float32))
    assert [(name, place.toTuple()) for name, place in middles] == [("dog", (9, 9)), ("cat", (0, 0))]


# --- an image from elsewhere


def test_one_image_is_taken_and_a_folder_left_to_the_window(panel: MapPanel, tmp_path: Path) -> None:
    dropped: list[object] = []
    panel.image_dropped.connect(dropped.append)
    file = tmp_path / "a.png"
    file.write_bytes(b"")
    viewport = child(panel, Plot).viewport()
    assert drop(viewport, files(file))
    assert not enter(viewport, files(tmp_path))
    assert not enter(viewport, files(file, file))
    pixels = QMimeData()
    pixels.setImageData(red())
    assert drop(viewport, pixels)
    assert dropped[0] == file
    assert isinstance(dropped[1], QImage)
    assert len(dropped) == 2


def test_without_a_map_nothing_is_taken(empty: MapPanel, tmp_path: Path) -> None:
    assert not enter(empty, files(tmp_path / "a.png"))


def test_a_new_image_stands_where_its_nearest_do(panel: MapPanel) -> None:
    near = [NeighbourItem(102, "c", "dog", 0.1, True), NeighbourItem(103, "d", "dog", 0.1, True)]
    panel.neighbours.show_guest("mine.png", near)
    where = panel._plot._guest.getData()
    middle = (cloud(panel).position(2) + cloud(panel).position(3)) / 2
    assert (where[0][0], where[1][0]) == pytest.approx((middle.x(), middle.y()), abs=1e-6)
    panel.neighbours.show(-1, ())
    assert not panel._plot._guest.isVisible()


# --- kinds


def kinds(panel: MapPanel) -> str:
    return child(panel, KindKey).accessibleName()


def test_coloured_by_what_the_model_takes_the_images_for(panel: MapPanel) -> None:
    """Of the classes 0, 1 and 2 the model is trained on 0, 1 and 2; the fifth image is taken for an owl."""
    panel.show_layout(replace(view(), predicted=np.array([0, 0, 1, 1, 2, 2])))
    panel.redraw_if_due()
    choose_colouring(panel, "predicted")
    assert kinds(panel) == "predicted class, cat 2, dog 2, owl 2"
    assert shot(panel).pixelColor(place(panel, 4)).name() == class_style(2).colour.name()
    choose_colouring(panel, "correct")
    assert kinds(panel) == "right or wrong, right 5, wrong 1"
    assert shot(panel).pixelColor(place(panel, 4)).name() == IMPOSTOR.name()
    choose_colouring(panel, "class")
    assert not child(panel, KindKey).isVisible()


def test_classes_that_the_model_cannot_name_are_neither_right_nor_wrong() -> None:
    held_out = np.array([False, True, True])
    assert answers(np.array([0, 0, 1]), np.array([0, 0, 0]), held_out).tolist() == [0, 0, 2]
    assert answers(np.array([0, 0, 1]), np.array([0, 2, 0]), held_out).tolist() == [0, 1, 2]


def test_coloured_by_part(panel: MapPanel) -> None:
    choose_colouring(panel, "part")
    assert kinds(panel) == "part of the data, held-out 3, training 3"
    assert shot(panel).pixelColor(place(panel, 0)).name() == class_style(0).colour.name()


def test_a_look_without_predictions_says_whether_there_could_be_some(panel: MapPanel) -> None:
    choose_colouring(panel, "predicted")
    assert kinds(panel) == "This look has no predictions; looks made from now on have them."
    panel.set_names_classes(False)
    assert kinds(panel) == "The model names no classes, so none is predicted."
    assert shot(panel).pixelColor(place(panel, 0)).name() == class_style(0).colour.name()


# --- the strip of neighbours


def test_the_points_stay_where_they_are_when_the_strip_comes_and_goes(panel: MapPanel, qtbot: QtBot) -> None:
    before, height = [place(panel, index) for index in range(6)], child(panel, Plot).height()
    panel.neighbours.show(105, [NeighbourItem(102, "c.png", "dog", 0.1)])
    qtbot.waitUntil(lambda: child(panel, Plot).height() < height - 40)
    shot(panel)
    assert [place(panel, index) for index in range(6)] == before
    panel.neighbours.show(-1, ())
    qtbot.waitUntil(lambda: child(panel, Plot).height() == height)
    shot(panel)
    assert [place(panel, index) for index in range(6)] == before


def test_a_point_that_the_strip_would_cover_comes_into_sight(panel: MapPanel, qtbot: QtBot) -> None:
    before, height = place(panel, 0), child(panel, Plot).height()
    panel.neighbours.show(100, [NeighbourItem(102, "c.png", "dog", 0.1)])
    qtbot.waitUntil(lambda: child(panel, Plot).height() < height - 40)
    shot(panel)
    lowest = child(panel, Plot).height()
    assert before.y() > lowest - 8
    assert lowest - 30 < place(panel, 0).y() < lowest - 8
    assert place(panel, 0).x() == before.x()


def test_a_click_on_a_kind_selects_its_images(panel: MapPanel) -> None:
    selected: list[tuple[int, ...]] = []
    panel.selection_changed.connect(selected.append)
    panel.show_layout(replace(view(), predicted=np.array([0, 0, 1, 1, 2, 2])))
    panel.redraw_if_due()
    choose_colouring(panel, "correct")
    key = child(panel, KindKey)
    lines = key.findChild(Legend)
    click_line(lines, 1)
    assert selected == [(IDS[4],)], "the one wrong answer"
    choose_colouring(panel, "part")
    click_line(lines, 1, Qt.KeyboardModifier.ControlModifier)
    training = tuple(sample for sample, held_out in zip(IDS, view().held_out, strict=True) if not held_out)
    assert set(selected[-1]) == {IDS[4], *training}
    click_line(lines, 0)
    click_line(lines, 0)
    assert selected[-1] == ()


def click_line(lines: Legend, row: int, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    place = lines.visualRect(lines.model().index(row, 0)).center()
    QTest.mouseClick(lines.viewport(), Qt.MouseButton.LeftButton, keys, place)


def test_another_layout_is_seen_whole_though_the_plot_is_lower_now(panel: MapPanel) -> None:
    plot = panel._plot
    with plot.held_still(None):
        plot.setFixedHeight(plot.height() - 100)
        QApplication.processEvents()
    assert plot.view.viewRange()[1][0] > -1
    panel.show_layout(view(step=600))
    panel.redraw()
    assert plot.view.viewRange()[1][0] <= -1


def test_a_part_that_a_user_has_zoomed_to_stays_with_another_layout(panel: MapPanel, qtbot: QtBot) -> None:
    plot = panel._plot
    qtbot.keyClick(plot, Qt.Key.Key_Plus)
    seen = plot.view.viewRange()
    panel.show_layout(view(step=600))
    panel.redraw()
    assert plot.view.viewRange() == seen
