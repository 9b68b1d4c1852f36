from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QComboBox

from core.data.columns import Column, NumberColumn, TextColumn
from core.data.dataset import Dataset, Sample
from explorer.panels.map_kind_key import KindKey
from explorer.widgets.colour_scale import ColourBar
from tests.explorer.controllers.conftest import Desk
from tests.explorer.standins import snapshot


def field(desk: Desk) -> QComboBox:
    return desk.map.findChild(QComboBox, "map_colouring")


def choose(desk: Desk, name: str) -> None:
    chooser = field(desk)
    assert chooser.findData(name) >= 0, name
    chooser.setCurrentIndex(chooser.findData(name))
    chooser.activated.emit(chooser.currentIndex())
    desk.settle()


def scale(desk: Desk) -> str:
    """What the bar says it shows; empty where it shows nothing yet."""
    desk.map.redraw()
    return desk.map.findChild(ColourBar).accessibleName()


def key(desk: Desk) -> str:
    """What the legend of kinds says."""
    desk.map.redraw()
    return desk.map.findChild(KindKey).accessibleName()


def look(desk: Desk, step: int) -> None:
    """Take a snapshot whose map is there at once."""
    desk.maps.set_method("pca")
    desk.session.look(snapshot(step, count=40))
    desk.settle()


def offered(desk: Desk) -> list[str]:
    """The columns below the line."""
    chooser = field(desk)
    return [chooser.itemText(row) for row in range(chooser.count()) if str(chooser.itemData(row)).startswith("column")]


def dataset(names: Sequence[str], *columns: Column) -> Dataset:
    pixel = np.zeros((1, 1, 3), np.uint8)
    samples = tuple(Sample(name, index % 2, pixel) for index, name in enumerate(names))
    return Dataset("made", ("a", "b"), samples, columns=columns)


def show_data(desk: Desk, data: str, found: Dataset) -> None:
    desk.library.dataset_listed.emit(data, found)
    desk.settle()


def test_a_quantity_is_measured_when_it_is_chosen(desk: Desk) -> None:
    desk.train()
    look(desk, 10)
    assert scale(desk) == ""
    choose(desk, "centre_distance")
    assert scale(desk).startswith("distance to own class, from 0.")


@pytest.mark.parametrize(("name", "words"), [("metric_loss", "metric loss, from 0."), ("foreign_neighbours", "neigh")])
def test_the_next_snapshot_is_measured_too(desk: Desk, name: str, words: str) -> None:
    desk.train()
    look(desk, 10)
    choose(desk, name)
    before = scale(desk)
    assert before.startswith(words)
    look(desk, 20)
    assert scale(desk) != before or name == "foreign_neighbours", "whose scale is fixed"


def test_another_distance_gives_other_values(desk: Desk) -> None:
    desk.train()
    look(desk, 10)
    choose(desk, "centre_distance")
    before = scale(desk)
    desk.roc.distance_chosen.emit("euclidean")
    desk.settle()
    assert scale(desk) != before


def test_another_run_is_not_coloured_by_what_was_measured_before(desk: Desk) -> None:
    desk.train()
    look(desk, 10)
    choose(desk, "foreign_neighbours")
    desk.state.set_run(None)
    desk.settle()
    assert desk.map._colours._measured is None


def test_clusters_are_named_by_their_commonest_class(desk: Desk) -> None:
    desk.train()
    look(desk, 10)
    choose(desk, "k-means")
    names = desk.state.run.class_names  # type: ignore[union-attr]
    assert key(desk).startswith("k-means cluster, ")
    assert any(f", {name}" in key(desk) for name in names)


def test_losses_that_a_run_has_not_kept_are_said_to_be_unknown(desk: Desk) -> None:
    desk.train()
    look(desk, 10)
    choose(desk, "classification_loss")
    assert key(desk) == "classification loss, not known 40"


def test_what_is_measured_is_named_until_it_is_there(desk: Desk) -> None:
    desk.train()
    look(desk, 10)
    chooser = field(desk)
    chooser.setCurrentIndex(chooser.findData("metric_loss"))
    chooser.activated.emit(chooser.currentIndex())
    assert key(desk) == "metric loss: is being measured …"
    desk.settle()
    assert scale(desk).startswith("metric loss, from ")


def test_what_cannot_be_measured_is_grey(desk: Desk) -> None:
    desk.train()
    desk.maps.set_method("pca")
    desk.session.look(snapshot(10, count=40))
    desk.settle()
    choose(desk, "hdbscan")
    desk.bridges.colouring.failed.emit("Colours of the map: too few", "")
    assert key(desk) == "HDBSCAN cluster, not known 40"
    assert desk.said == "Colours of the map: too few"


# --- columns


def test_columns_of_the_run_s_data_are_offered_and_colour_the_map(desk: Desk) -> None:
    desk.train()
    look(desk, 10)
    run = desk.state.run
    assert run is not None
    assert offered(desk) == []
    at_hand = run.sample_names[:-4]  # the others are gone
    age = NumberColumn("age\n[years]", np.arange(len(at_hand), dtype=np.float64))
    pose = TextColumn("pose", np.arange(len(at_hand)) % 3 - 1, ("left", "right"))
    show_data(desk, run.config.data, dataset(at_hand, age, pose))
    assert offered(desk) == ["age [years]", "pose"]
    choose(desk, "column: pose")
    assert key(desk).startswith("pose, left ")
    assert "not known" in key(desk)
    choose(desk, "column: age\n[years]")
    assert scale(desk).startswith("age [years], from 0")


def test_another_data_set_has_no_columns_for_this_run(desk: Desk) -> None:
    """Nor does it colour images that happen to be called alike; the chosen column gives way to class."""
    desk.train()
    look(desk, 10)
    run = desk.state.run
    assert run is not None
    found = dataset(run.sample_names, TextColumn("pose", np.zeros(len(run.sample_names), np.int64), ("left",)))
    show_data(desk, run.config.data, found)
    choose(desk, "column: pose")
    show_data(desk, "elsewhere", found)
    assert offered(desk) == []
    assert desk.map.colouring == "class"
    assert field(desk).currentText() == "class"


def test_a_column_stays_chosen_where_the_new_table_has_it(desk: Desk) -> None:
    desk.train()
    look(desk, 10)
    run = desk.state.run
    assert run is not None
    codes = np.zeros(len(run.sample_names), np.int64)
    found = dataset(run.sample_names, TextColumn("pose", codes, ("left",)))
    show_data(desk, run.config.data, found)
    choose(desk, "column: pose")
    show_data(desk, run.config.data, replace(found, columns=(TextColumn("pose", codes, ("right",)),)))
    assert key(desk).startswith("pose, right 8")


def test_columns_are_told_of_the_image_below_the_mouse(desk: Desk) -> None:
    shown: list[str] = []
    desk.map.show_hover_image = lambda number, image, caption: shown.append(caption)  # type: ignore[method-assign]
    desk.train()
    run = desk.state.run
    assert run is not None
    age = NumberColumn("age", np.arange(len(run.sample_names), dtype=np.float64))
    show_data(desk, run.config.data, dataset(run.sample_names, age))
    desk.map.hover_requested.emit(3)
    desk.settle()
    assert shown == [f"{run.sample_names[3]}\nage: 3"]


# Looks without predictions


@pytest.mark.parametrize(
    ("classes", "words"), [(0, "The model names no classes, so"), (2, "This look has no predictions;")]
)
def test_why_there_are_no_predictions_is_told_by_the_run(desk: Desk, classes: int, words: str) -> None:
    desk.train(training_classes=classes)
    look(desk, 10)
    choose(desk, "predicted")
    assert key(desk).startswith(words)


def test_an_opened_run_that_names_classes_shows_them(desk: Desk, stored: Path) -> None:
    desk.open(stored)
    assert desk.state.run is not None
    assert desk.state.run.names_classes
    desk.maps.set_method("pca")
    desk.settle()
    choose(desk, "predicted")
    assert key(desk).startswith("predicted class, ")
