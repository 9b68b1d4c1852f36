from PySide6.QtWidgets import QComboBox

from explorer.widgets.colour_scale import ColourBar
from tests.explorer.controllers.conftest import Desk
from tests.explorer.standins import snapshot


def choose(desk: Desk, name: str) -> None:
    field = desk.map.findChild(QComboBox, "map_colouring")
    field.setCurrentIndex(field.findData(name))
    field.activated.emit(field.currentIndex())
    desk.settle()


def scale(desk: Desk) -> str:
    """What the bar says it shows; empty where it shows nothing yet."""
    desk.map.redraw()
    return desk.map.findChild(ColourBar).accessibleName()


def look(desk: Desk, step: int) -> None:
    """Take a snapshot whose map is there at once."""
    desk.maps.set_method("pca")
    desk.session.look(snapshot(step, count=40))
    desk.settle()


def test_a_quantity_is_measured_when_it_is_chosen(desk: Desk) -> None:
    desk.train()
    look(desk, 10)
    assert scale(desk) == ""
    choose(desk, "centre_distance")
    assert scale(desk).startswith("distance to own class, from 0.")


def test_the_next_snapshot_is_measured_too(desk: Desk) -> None:
    desk.train()
    look(desk, 10)
    choose(desk, "centre_distance")
    before = scale(desk)
    look(desk, 20)
    assert scale(desk) != before


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
    assert desk.map._colours._quantity is None
