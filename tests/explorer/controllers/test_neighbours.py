import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLabel, QPushButton

from core.distances import exact_distances
from core.errors import InputError
from core.training.records import TrainingSnapshot
from core.watch import Watch
from explorer.widgets.neighbour_strip import NeighbourItem, NeighbourStrip
from tests.explorer.controllers.conftest import Desk
from tests.explorer.standins import snapshot


def items(desk: Desk) -> tuple[NeighbourItem, ...]:
    found = desk.map.findChild(NeighbourStrip)
    assert isinstance(found, NeighbourStrip)
    return found.items()


def look(desk: Desk, step: int, count: int = 6) -> None:
    """Take a snapshot whose map is there at once."""
    desk.maps.set_method("pca")
    desk.session.look(snapshot(step, count=count))
    desk.settle()
    desk.map.redraw()


def test_one_selected_image_shows_its_neighbours(desk: Desk) -> None:
    desk.train()
    look(desk, 10)
    desk.state.set_selection((2,))
    desk.settle()
    embeddings = snapshot(10, count=6).embeddings
    away = exact_distances(embeddings[2:3], embeddings, "cosine")[0].numpy()
    order = [row for row in np.argsort(away, kind="stable").tolist() if row != 2]
    assert [item.sample_id for item in items(desk)] == order
    assert [item.distance for item in items(desk)] == [away[row] for row in order]
    assert [item.same_class for item in items(desk)] == [row % 2 == 0 for row in order]


def test_none_or_several_show_none(desk: Desk) -> None:
    desk.train()
    look(desk, 10)
    for selection in ((2,), (), (2,), (2, 3), (2,), (99,)):
        desk.state.set_selection(selection)
        desk.settle()
        assert bool(items(desk)) == (selection == (2,))


def test_the_next_snapshot_has_neighbours_of_its_own(desk: Desk) -> None:
    desk.train()
    look(desk, 10)
    desk.state.set_selection((2,))
    desk.settle()
    before = items(desk)
    look(desk, 20)
    assert items(desk)
    assert items(desk) != before
    desk.state.set_run(None)
    desk.settle()
    assert not items(desk)


def test_a_neighbour_can_be_gone_to(desk: Desk) -> None:
    desk.train()
    look(desk, 10)
    desk.state.set_selection((2,))
    desk.settle()
    next_one = items(desk)[0].sample_id
    desk.map.neighbour_chosen.emit(next_one)
    desk.settle()
    assert desk.state.selection == (next_one,)
    assert next_one not in [item.sample_id for item in items(desk)]


# --- an image from elsewhere


@pytest.fixture
def with_model(desk: Desk) -> Desk:
    desk.train()
    look(desk, 10)
    desk.session.give_weights(10)
    desk.settle()
    return desk


def guest(desk: Desk) -> str:
    return desk.map.neighbours._guest


def test_a_dropped_image_is_placed_among_its_neighbours(with_model: Desk, tmp_path: Path) -> None:
    file = tmp_path / "mine.png"
    Image.new("RGB", (20, 20), "red").save(file)
    with_model.map.image_dropped.emit(file)
    with_model.settle()
    assert guest(with_model) == "mine.png"
    assert len(items(with_model)) == 6
    assert with_model.map._plot._guest.isVisible()
    with_model.state.set_selection((2,))
    with_model.settle()
    assert guest(with_model) == ""
    assert not with_model.map._plot._guest.isVisible()


def test_it_stays_for_the_next_look(with_model: Desk) -> None:
    image = QImage(8, 8, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.blue)
    with_model.map.image_dropped.emit(image)
    with_model.settle()
    assert guest(with_model) == "pasted image"
    look(with_model, 20)
    assert guest(with_model) == "pasted image"
    with_model.state.set_run(None)
    with_model.settle()
    assert not items(with_model)


def test_what_is_no_image_is_said_in_one_sentence(with_model: Desk, tmp_path: Path) -> None:
    file = tmp_path / "words.png"
    file.write_text("no image")
    with_model.map.image_dropped.emit(file)
    with_model.settle()
    assert "words.png" in with_model.said
    assert not items(with_model)


def test_without_a_model_nothing_can_be_placed(desk: Desk, tmp_path: Path) -> None:
    desk.map.image_dropped.emit(tmp_path / "a.png")
    assert desk.said == "a.png: there is no model yet to look at it"


# --- what is searched for


def suspicious() -> TrainingSnapshot:
    """Two classes of 15, far apart; image 3 lies among the others, and 7 and 8 are the same."""
    labels = np.arange(30) % 2
    embeddings = np.eye(2, 4, dtype=np.float32)[labels]
    embeddings[3] = [1, 0, 0, 0]
    embeddings += 0.1 * np.random.default_rng(0).normal(size=embeddings.shape).astype(np.float32)
    embeddings[9] = embeddings[7]
    return replace(
        snapshot(10, count=30),
        embeddings=embeddings / np.linalg.norm(embeddings, axis=1, keepdims=True),
        labels=labels,
        sample_ids=np.arange(30),
    )


def search(desk: Desk, name: str) -> None:
    desk.map.search_chosen.emit(name)
    desk.settle()


@pytest.fixture
def searchable(desk: Desk) -> Desk:
    desk.train(sample_names=tuple(f"image {i}" for i in range(30)))
    desk.maps.set_method("pca")
    desk.session.look(suspicious())
    desk.settle()
    desk.map.redraw()
    return desk


def test_near_duplicates_are_selected_and_listed(searchable: Desk) -> None:
    search(searchable, "near_duplicates")
    assert searchable.state.selection == (7, 9)
    assert [item.sample_id for item in items(searchable)] == [7, 9]
    assert items(searchable)[0].described().endswith("distance 0.000 to the nearest image")
    assert searchable.said == "Near-duplicates: 2 images"


def test_a_single_label_error_shows_its_neighbours(searchable: Desk) -> None:
    search(searchable, "label_errors")
    assert searchable.state.selection == (3,)
    assert len(items(searchable)) == 10
    assert not any(item.same_class for item in items(searchable))


def test_nothing_found_is_said(searchable: Desk) -> None:
    searchable.session.look(replace(suspicious(), labels=(suspicious().embeddings[:, 1] > 0.5).astype(np.int64)))
    searchable.settle()
    search(searchable, "label_errors")
    assert searchable.said == "No image has nine of its ten nearest in other classes"
    assert not items(searchable)


@pytest.fixture
def searching(searchable: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Near-duplicates are looked for, without end."""

    def endless(_embeddings: np.ndarray, _distance: str, watch: Watch) -> None:
        pause = threading.Event()
        while not pause.wait(0.001):
            watch(0.25)

    monkeypatch.setattr("core.evaluation.suspects.near_duplicates", endless)
    searchable.map.search_chosen.emit("near_duplicates")
    wait_until(searchable, lambda: "25 %" in told(searchable))
    return searchable


def wait_until(desk: Desk, is_so: Callable[[], bool]) -> None:
    def looked() -> bool:
        desk.bridges.tick()
        return is_so()

    desk.qtbot.waitUntil(looked)


def told(desk: Desk) -> str:
    """What is said of the search that is under way."""
    work = desk.map.search_work
    return "" if work.isHidden() else work.findChild(QLabel, "work_text").text()


def test_a_search_tells_how_far_it_is_and_can_be_cancelled(searching: Desk) -> None:
    assert told(searching) == "Near-duplicates ·  25 %"
    searching.map.search_work.findChild(QPushButton, "cancel_button").click()
    assert told(searching) == "ending …"
    searching.settle()
    assert told(searching) == ""
    assert searching.said == "Cancelled: Near-duplicates"
    assert searching.state.selection == ()
    search(searching, "label_errors")
    assert searching.state.selection == (3,)


def test_a_search_lets_the_map_go_on(searching: Desk) -> None:
    searching.session.look(replace(suspicious(), step=20))
    wait_until(searching, lambda: searching.map.view is not None and searching.map.view.step == 20)
    assert told(searching)


def test_another_search_ends_the_one_under_way(searching: Desk) -> None:
    search(searching, "label_errors")
    assert told(searching) == ""
    assert searching.state.selection == (3,)


def test_another_run_ends_a_search(searching: Desk) -> None:
    searching.state.set_run(None)
    assert told(searching) == ""
    searching.settle()
    assert searching.state.selection == ()


def test_another_distance_ends_a_search_and_that_is_said(searching: Desk) -> None:
    searching.state.set_measured(suspicious(), "euclidean")
    assert told(searching) == ""
    assert searching.said == "The search has ended: another distance is in force now"
    searching.settle()
    assert searching.state.selection == ()


def test_a_search_that_fails_says_why(searchable: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: object) -> None:
        raise InputError("embeddings: need at least 2, found 1")

    monkeypatch.setattr("core.evaluation.suspects.near_duplicates", fail)
    search(searchable, "near_duplicates")
    assert searchable.said == "Search: embeddings: need at least 2, found 1"
    assert told(searchable) == ""
