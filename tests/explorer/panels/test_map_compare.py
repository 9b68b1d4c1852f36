from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHeaderView
from pytestqt.qtbot import QtBot

from core.evaluation.neighbourhoods import neighbourhood_change
from explorer.panels.map_compare import MapComparison, MapPair
from explorer.panels.map_compare_plots import MOST_LINES, ComparedMap
from explorer.panels.map_compare_rows import MOST_LISTED, explained, most_changed, summary
from explorer.panels.map_plot import MapView
from explorer.widgets.enclosing import Tool
from tests.explorer.pointing import click, drag, leave, move

pytestmark = pytest.mark.usefixtures("every_move")


def pair(count: int = 40, seed: int = 0) -> MapPair:
    """Images of two classes; every fourth one moves to the other class's side."""
    rng = np.random.default_rng(seed)
    labels = np.arange(count) % 2
    after = np.stack([2.0 * labels - 1, np.zeros(count)], axis=1) + 0.3 * rng.standard_normal((count, 2))
    before = after.copy()
    before[::4, 0] *= -1
    shown = MapView(
        xy=(after / 3).astype(np.float32),
        labels=labels,
        sample_ids=100 + np.arange(count),
        held_out=np.ones(count, np.bool_),
        class_names=("cat", "dog"),
        method="umap",
        step=540,
        provenance="",
    )
    other = replace(shown, xy=(before / 3).astype(np.float32), step=120)
    change = neighbourhood_change(before, after, labels, "euclidean")
    return MapPair(other, shown, change, "step 120", "step 540", "step 540 of run against step 120", ("A note.",))


@pytest.fixture
def panel(qtbot: QtBot) -> MapComparison:
    panel = MapComparison()
    qtbot.addWidget(panel)
    panel.resize(600, 440)
    panel.show_pair(pair())
    panel.show()
    qtbot.waitExposed(panel)
    panel.plots.finish_move()
    panel.grab()
    return panel


def place(side: ComparedMap, index: int) -> QPoint:
    return side.plot.place_of(index)


def marked(side: ComparedMap) -> list[tuple[float, float]]:
    x, y = side._twin.getData()
    return list(zip(x.tolist(), y.tolist(), strict=True))


# the figures


def test_the_list_holds_the_most_changed_and_no_unchanged() -> None:
    found = pair()
    images = most_changed(found)
    changed = [image.changed for image in images]
    assert changed == sorted(changed, reverse=True)
    assert min(changed) > 0
    assert {image.sample_id for image in images} == set((100 + np.flatnonzero(found.change.changed)).tolist())
    first = images[0]
    row = first.sample_id - 100
    assert [one.sample_id - 100 for one in first.other] == found.change.before[row].tolist()
    assert [one.in_both for one in first.shown] == (~found.change.came[row]).tolist()
    assert first.foreign == (
        sum(one.class_name != first.class_name for one in first.other),
        sum(one.class_name != first.class_name for one in first.shown),
    )
    assert len(most_changed(pair(600))) <= MOST_LISTED


def test_the_figures_in_words() -> None:
    found = pair()
    before, after = found.change.nearest_right()
    assert before.mean() < after.mean() == 1
    line = summary(found)
    assert line.startswith(f"{100 * found.change.mean_overlap:.1f} % of the 10 nearest stay")
    assert "→ 100 % (−0 %, +" in line
    assert "(step 120) and 100 % (step 540)" in explained(found)


# the maps


def test_both_maps_move_and_zoom_together(panel: MapComparison) -> None:
    other, shown = (side.plot.view for side in (panel.plots.other, panel.plots.shown))
    for leader, follower, area in ((other, shown, (0.1, 0.3)), (shown, other, (-0.4, 0.2))):
        leader.setRange(xRange=area, padding=0)
        for one, two in zip(leader.viewRange(), follower.viewRange(), strict=True):
            assert one == pytest.approx(two, abs=0.02)
    panel.plots.fit()
    assert shown.viewRange()[0][0] < -0.9


def test_hover_marks_the_same_image_in_the_other_look(panel: MapComparison) -> None:
    asked: list[int] = []
    panel.plots.hover_requested.connect(asked.append)
    other, shown = panel.plots.other, panel.plots.shown
    move(other.plot.viewport(), place(other, 4))
    assert asked == [104]
    assert marked(shown) == [pytest.approx(tuple(panel.plots._pair.shown.xy[4]))]
    assert marked(other) == []
    image = QImage(8, 8, QImage.Format.Format_RGB32)
    panel.plots.show_hover_image(104, image, "cat/4.png")
    assert not other.hover.pixmap().isNull()
    assert shown.hover.pixmap().isNull()
    leave(other.plot)
    assert marked(shown) == []


def test_a_click_and_a_lasso_select_on_both(panel: MapComparison) -> None:
    chosen: list[tuple[int, ...]] = []
    panel.selection_changed.connect(chosen.append)
    other, shown = panel.plots.other, panel.plots.shown
    click(shown.plot.viewport(), place(shown, 5))
    assert chosen == [(105,)]
    assert other.selecting.selection == (105,)
    panel.plots.set_tool(Tool.RECTANGLE)
    view = other.plot.viewport().rect()
    drag(other.plot.viewport(), view.topLeft() + QPoint(3, 3), view.bottomRight() - QPoint(3, 3))
    assert set(chosen[-1]) == set(range(100, 140))
    assert set(shown.selecting.selection) == set(chosen[-1])


def test_overlaid_the_selected_images_leave_lines(panel: MapComparison) -> None:
    plots = panel.plots
    plots.set_overlaid(True)
    assert plots.other.isHidden()
    assert plots._old.isVisible()
    assert plots.shown._title.text() == "step 540 · faint: step 120"
    x, _ = plots._ways.getData()
    assert len(x) == 2 * min(MOST_LINES, 40), "without a selection, of the most changed"
    panel.set_selection((104, 107))
    x, y = plots._ways.getData()
    found = plots._pair
    expected = [view.xy[row].tolist() for row in (4, 7) for view in (found.other, found.shown)]
    assert np.stack([x, y], axis=1).tolist() == expected
    move(plots.shown.plot.viewport(), place(plots.shown, 8))
    assert marked(plots.shown) == [pytest.approx(tuple(found.other.xy[8]))], "where the image was"
    plots.set_overlaid(False)
    assert not plots.other.isHidden()
    assert not plots._ways.isVisible()


def test_pictures_of_both_maps_are_one_wish(panel: MapComparison) -> None:
    wishes: list[tuple[int, ...]] = []
    panel.plots.pictures_needed.connect(wishes.append)
    panel.plots.other.plot.pictures.needed.emit((101, 102))
    panel.plots.set_picture(101, QImage())
    panel.plots.shown.plot.pictures.needed.emit((103, 102))
    assert wishes[-1] == (102, 103)


# the list


def test_sorted_by_its_headers_and_chosen_by_its_rows(panel: MapComparison, qtbot: QtBot) -> None:
    table = panel._table
    chosen: list[tuple[int, ...]] = []
    panel.selection_changed.connect(chosen.append)
    header = table.horizontalHeader()
    assert isinstance(header, QHeaderView)
    assert header.sortIndicatorSection() == 2
    table.selectRow(0)
    first = table._rows.images[0].sample_id
    assert chosen == [(first,)]
    table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
    names = [image.name for image in table._rows.images]
    assert names == sorted(names)
    assert table._chosen() == (first,), "the row that is chosen goes along"
    table.sortByColumn(3, Qt.SortOrder.DescendingOrder)
    foreign = [image.foreign[0] for image in table._rows.images]
    assert foreign == sorted(foreign, reverse=True)
    panel.set_selection((table._rows.images[2].sample_id,))
    assert [index.row() for index in table.selectionModel().selectedRows()] == [2]
    assert len(chosen) == 1, "what comes from outside is not told"


def test_only_seen_thumbnails_are_asked_for(panel: MapComparison, qtbot: QtBot) -> None:
    table = panel._table
    with qtbot.waitSignal(panel.thumbnails_needed) as asked:
        panel.show_pair(pair(seed=1))
        panel.grab()
    assert asked.args[0][0] == table._rows.images[0].sample_id
    assert set(asked.args[0]) < set(range(100, 140))
    red = QImage(64, 64, QImage.Format.Format_RGB32)
    red.fill(Qt.GlobalColor.red)
    panel.set_thumbnail(table._rows.images[0].sample_id, red)
    shot = table.viewport().grab().toImage()
    at = table.visualRect(table.model().index(0, 0))
    assert shot.pixelColor(at.left() + 16, at.center().y()).name() == "#ff0000"
    panel.clear()
    assert table._rows.thumbnails == {}, "of what is listed no more"


def test_what_a_cell_says(panel: MapComparison) -> None:
    model = panel._table.model()
    text = model.index(0, 3).data(Qt.ItemDataRole.ToolTipRole)
    assert text.startswith("Nearest to image 1")
    assert "another class" in text
    assert len(text.splitlines()) == 11
    assert model.headerData(4, Qt.Orientation.Horizontal) == "nearest, step 540"
    assert model.index(0, 3).data().startswith("≠ ")


# what is said


def test_nothing_changed(panel: MapComparison) -> None:
    found = pair()
    rows = found.change.after
    still = replace(
        found.change, before=rows, stayed=np.ones_like(found.change.stayed), came=~found.change.stayed & False
    )
    panel.show_pair(replace(found, other=found.shown, change=still))
    assert panel._table.model().rowCount() == 0
    assert panel._figures.sentence() == "No image has another neighbourhood."


def test_sentences_progress_and_problems(panel: MapComparison) -> None:
    assert panel._told.sentence() == "step 540 of run against step 120 A note."
    panel.show_progress("comparing neighbourhoods", 0.5)
    assert panel._work.isVisible()
    panel.end_progress()
    assert panel._work.isHidden()
    panel.show_problem("it is damaged")
    assert panel._told.is_problem()
    assert panel._table.model().rowCount() == 0
    assert not panel.plots.isVisible()
