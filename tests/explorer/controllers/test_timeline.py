from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QPushButton, QSlider

from core.projection.settings import ProjectionSettings
from core.runs import Run
from explorer.controllers.timeline import _ways
from explorer.panels.map import MapView
from explorer.widgets.timeline import Timeline
from tests.explorer.controllers.conftest import Desk
from tests.explorer.standins import snapshot


def line(desk: Desk) -> Timeline:
    found = desk.map.findChild(Timeline)
    assert isinstance(found, Timeline)
    return found


def slider(desk: Desk) -> QSlider:
    return line(desk).findChild(QSlider, "look_slider")


def trails(desk: Desk) -> int:
    """How many ways are drawn."""
    x, _ = desk.map._plot._trails.getData()
    return 0 if x is None else int((np.diff(np.isnan(x).astype(int)) == -1).sum())


@pytest.fixture
def trained(desk: Desk) -> Desk:
    """Three looks, each with its map."""
    desk.train()
    desk.maps.set_method("pca")
    for step in (10, 20, 30):
        desk.session.look(snapshot(step, count=12))
        desk.settle()
    desk.map.redraw()
    return desk


def test_every_map_can_be_gone_back_to(trained: Desk) -> None:
    assert line(trained)._steps == (10, 20, 30)
    slider(trained).setValue(0)
    trained.map.redraw()
    assert trained.map._shown.step == 10
    slider(trained).setValue(2)
    trained.map.redraw()
    assert trained.map._shown.step == 30


def test_a_look_that_is_gone_back_to_stays_while_newer_ones_come(trained: Desk) -> None:
    slider(trained).setValue(1)
    trained.session.look(snapshot(40, count=12))
    trained.settle()
    trained.map.redraw()
    assert trained.map._shown.step == 20


def test_ways_are_those_of_a_search_in_each_look() -> None:
    """Looks of other images too, and samples that none of them has."""
    random = np.random.default_rng(0)
    shared = random.permutation(9)
    views = [
        view(ids, random.normal(size=(len(ids), 2)).astype(np.float32))
        for ids in (shared, shared, random.permutation(5), shared)
    ]
    selection = (3, 8, 77, 0)
    for sample, way in zip(selection, _ways(views, selection), strict=True):
        expected = [each.xy[each.sample_ids == sample] for each in views]
        assert np.array_equal(way, np.concatenate(expected))


def view(ids: np.ndarray, xy: np.ndarray) -> MapView:
    return MapView(xy, np.zeros(len(ids), np.int64), ids, np.ones(len(ids), np.bool_), ("a",), "pca", 1, "")


def test_the_curves_show_the_step(trained: Desk) -> None:
    cursor = trained.curves._cursors[0]
    assert not cursor.isVisible()
    slider(trained).setValue(1)
    assert cursor.isVisible()
    assert cursor.value() == 20
    cursor.setValue(12.0)
    cursor.sigDragged.emit(cursor)
    assert slider(trained).value() == 0, "the look nearest to where it is dragged"
    assert cursor.value() == 10
    slider(trained).setValue(2)
    assert not cursor.isVisible()


def test_what_was_laid_out_otherwise_is_forgotten(trained: Desk) -> None:
    slider(trained).setValue(0)
    trained.state.distance_changed.emit("euclidean")
    assert line(trained)._steps == ()
    assert trained.map.view is not None
    assert trained.map.view.step == 30
    trained.map.layout_taken.emit(trained.map.view)
    trained.map.settings_chosen.emit(ProjectionSettings(neighbours=5))
    assert line(trained)._steps == (30,), "PCA has no settings"


def test_selected_points_leave_trails(trained: Desk) -> None:
    assert trails(trained) == 0
    trained.state.set_selection((3, 5))
    assert trails(trained) == 2
    trained.state.set_selection(())
    assert trails(trained) == 0


def test_another_method_is_another_story(trained: Desk) -> None:
    trained.maps.set_method("umap")
    trained.maps.tick()
    trained.worker.answer()
    trained.settle()
    assert line(trained)._steps == (30,)
    assert line(trained).step is None


def test_another_run_begins_anew(trained: Desk) -> None:
    slider(trained).setValue(0)
    trained.state.set_run(None)
    assert line(trained)._steps == ()
    assert line(trained).isHidden()


def test_the_looks_of_a_stored_run_are_laid_out_when_asked_for(desk: Desk, stored: Path) -> None:
    desk.maps.set_method("pca")
    desk.open(stored)
    desk.settle()
    desk.map.redraw()
    steps = Run.open(stored).snapshot_steps()
    assert line(desk)._steps == (steps[-1],)
    line(desk).findChild(QPushButton, "earlier_looks").click()
    desk.settle()
    assert line(desk)._steps == tuple(steps)
    assert line(desk).step is None, "the map stays where it is"
    slider(desk).setValue(0)
    desk.map.redraw()
    assert desk.map._shown.step == steps[0]


def test_looks_that_are_all_there_cannot_be_asked_for_again(desk: Desk, stored: Path) -> None:
    desk.maps.set_method("pca")
    desk.open(stored)
    desk.settle()
    more = line(desk).findChild(QPushButton, "earlier_looks")
    assert more.isEnabled()
    more.click()
    desk.settle()
    assert (more.isEnabled(), more.text()) == (False, "Earlier looks")
    assert more.toolTip() == "All looks that are kept with the run are laid out."
    desk.map.layout_taken.emit(desk.map._newest)
    assert not more.isEnabled(), "the same look again"
    desk.state.distance_changed.emit("euclidean")
    assert more.isEnabled(), "what was laid out is forgotten"


def test_looks_that_were_cancelled_can_be_asked_for_again(desk: Desk, stored: Path) -> None:
    desk.maps.set_method("pca")
    desk.open(stored)
    desk.settle()
    more = line(desk).findChild(QPushButton, "earlier_looks")
    more.click()
    desk.qtbot.waitUntil(lambda: (desk.bridges.tick(), more.text())[1].startswith("Cancel"))
    more.click()
    desk.settle()
    assert (more.isEnabled(), more.text()) == (True, "Earlier looks")


def test_ways_go_through_where_the_looks_show_the_points(desk: Desk, stored: Path) -> None:
    desk.maps.set_method("pca")
    desk.open(stored)
    desk.settle()
    desk.map.redraw()
    sample = int(desk.map.view.sample_ids[1])
    line(desk).findChild(QPushButton, "earlier_looks").click()
    desk.settle()
    desk.state.set_selection((sample,))
    way = np.stack(desk.map._plot._trails.getData(), axis=1)
    shown = []
    for place in range(len(line(desk)._steps)):
        slider(desk).setValue(place)
        desk.map.redraw()
        shown.append(desk.map._plot._xy[desk.map._shown.sample_ids == sample][0])
    np.testing.assert_allclose(way[~np.isnan(way).any(axis=1)], shown, atol=1e-6)


def with_outlier(step: int, place: tuple[float, float]) -> MapView:
    """Nine points that stay where they are from look to look, and one that does not; in the units of a projection."""
    xy = 5 + 3 * np.random.default_rng(0).uniform(-1, 1, size=(10, 2)).astype(np.float32)
    xy[9] = place
    return replace(view(np.arange(10), xy), step=step)


def drawn_places(desk: Desk) -> np.ndarray:
    desk.map.redraw()
    return desk.map._plot._xy.copy()


def test_an_outlier_moves_no_other_point(desk: Desk) -> None:
    desk.map.show_layout(with_outlier(1, (5, 40)))
    desk.map.show_layout(with_outlier(2, (5, 5)))
    newest, seen = drawn_places(desk), np.array(desk.map._plot.view.viewRange())
    slider(desk).setValue(0)
    past = drawn_places(desk)
    np.testing.assert_array_equal(past[:9], newest[:9])
    np.testing.assert_array_equal(desk.map._plot.view.viewRange(), seen)
    assert past[9, 1] > seen[1, 1]
    desk.map._plot.fit()
    (left, right), (low, high) = desk.map._plot.view.viewRange()
    assert np.all((past >= (left, low)) & (past <= (right, high)))
    slider(desk).setValue(1)
    desk.map.redraw()
    desk.map._plot.fit()
    np.testing.assert_allclose(desk.map._plot.view.viewRange(), seen, atol=1e-6)


def test_a_look_that_is_gone_back_to_has_the_frame_of_the_next_newest(desk: Desk) -> None:
    """Its trails are drawn in that, too."""
    for step in (1, 2):
        desk.map.show_layout(with_outlier(step, (5, 5)))
    slider(desk).setValue(0)
    desk.map.show_layout(with_outlier(3, (40, 5)))
    past = drawn_places(desk)
    assert desk.map._shown.step == 1
    desk.state.set_selection((4,))
    way = np.stack(desk.map._plot._trails.getData(), axis=1)
    np.testing.assert_allclose(way[~np.isnan(way).any(axis=1)], [past[4]] * 3, atol=1e-6)
    slider(desk).setValue(2)
    np.testing.assert_array_equal(drawn_places(desk)[:9], past[:9])


def test_while_it_trains_the_processor_is_left_to_it(trained: Desk) -> None:
    more = line(trained).findChild(QPushButton, "earlier_looks")
    assert not more.isEnabled()
    assert "when training has ended" in more.toolTip()
