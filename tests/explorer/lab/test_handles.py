import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from explorer.lab.handles import Handle, HandlePlot
from explorer.lab.plane import Plane
from explorer.theme import GENUINE, IMPOSTOR
from tests.explorer.mouse import drag, pixel

pytestmark = pytest.mark.usefixtures("every_move")

HANDLES = (Handle("first", GENUINE), Handle("second", IMPOSTOR))
PLACES = np.array([[-0.5, 0.0], [0.5, 0.25]])


@pytest.fixture
def plane(qtbot: QtBot) -> Plane:
    return make(qtbot)


def make(qtbot: QtBot, fixed: bool = False) -> Plane:
    """A plane whose handles go where the user wants them."""
    plane = Plane("test plane", HANDLES, 1.0, fixed=fixed)
    qtbot.addWidget(plane)
    plane.wanted = []
    places = PLACES.copy()

    def move(index: int, x: float, y: float) -> None:
        plane.wanted.append((index, x, y))
        places[index] = x, y
        plane.put(places)

    plane.moved.connect(move)
    plane.put(places)
    plane.resize(400, 400)
    plane.show()
    qtbot.waitExposed(plane)
    return plane


def at(plane: HandlePlot, x: float, y: float) -> QPoint:
    return pixel(plane, x, y)


def test_a_circle_is_a_circle_however_the_plane_is_stretched(plane: Plane) -> None:
    for size in ((400, 400), (700, 300), (300, 700)):
        plane.resize(*size)
        across = at(plane, 1.0, 0.0) - at(plane, 0.0, 0.0)
        up = at(plane, 0.0, 0.0) - at(plane, 0.0, 1.0)
        assert abs(across.x() - up.y()) <= 2


def test_a_dragged_handle_goes_where_the_pointer_goes(qtbot: QtBot, plane: Plane) -> None:
    drag(qtbot, plane.viewport(), at(plane, -0.5, 0.0), at(plane, 0.25, -0.5))
    index, x, y = plane.wanted[-1]
    assert (index, x, y) == (0, pytest.approx(0.25, abs=0.02), pytest.approx(-0.5, abs=0.02))
    assert len(plane.wanted) == 4, "each move is told"


def test_no_handle_leaves_the_plane(qtbot: QtBot, plane: Plane) -> None:
    drag(qtbot, plane.viewport(), at(plane, 0.5, 0.25), at(plane, 5.0, -9.0))
    assert plane.wanted[-1] == (1, 1.0, -1.0)


def test_a_drag_beside_the_handles_pans(qtbot: QtBot, plane: Plane) -> None:
    before = plane.view.viewRange()
    drag(qtbot, plane.viewport(), at(plane, 0.0, 0.8), at(plane, 0.3, 0.5))
    assert plane.wanted == []
    assert plane.view.viewRange() != before


def test_arrow_keys_move_the_chosen_handle(qtbot: QtBot, plane: Plane) -> None:
    plane.setFocus(Qt.FocusReason.TabFocusReason)
    (left, right), (bottom, top) = plane.view.viewRange()
    qtbot.keyClick(plane, Qt.Key.Key_Right)
    assert plane.wanted[-1] == (0, pytest.approx(-0.5 + (right - left) / 100), 0.0)
    x = plane.wanted[-1][1]
    qtbot.keyClick(plane, Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    assert plane.wanted[-1] == (0, pytest.approx(x), pytest.approx((top - bottom) / 10))


def test_tab_goes_through_the_handles_and_on(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    before, after = QLineEdit(), QLineEdit()
    plane = Plane("test plane", HANDLES, 1.0)
    moved = []
    plane.moved.connect(lambda index, x, y: moved.append(index))
    layout = QVBoxLayout(window)
    for widget in (before, plane, after):
        layout.addWidget(widget)
    window.show()
    window.activateWindow()
    before.setFocus()
    qtbot.waitUntil(before.hasFocus)
    qtbot.keyClick(before, Qt.Key.Key_Tab)
    for _ in HANDLES:
        assert plane.hasFocus()
        qtbot.keyClick(plane, Qt.Key.Key_Left)
        qtbot.keyClick(plane, Qt.Key.Key_Tab)
    assert after.hasFocus()
    qtbot.keyClick(after, Qt.Key.Key_Backtab)
    qtbot.keyClick(plane, Qt.Key.Key_Left)
    assert moved == [0, 1, 1]


def test_fixed_marks_are_neither_dragged_nor_reached_by_keys(qtbot: QtBot) -> None:
    plane = make(qtbot, fixed=True)
    drag(qtbot, plane.viewport(), at(plane, -0.5, 0.0), at(plane, 0.25, -0.5))
    assert plane.wanted == []
    assert plane.focusPolicy() == Qt.FocusPolicy.NoFocus
    assert plane.toolTip() == ""


def test_screen_readers_and_exports_get_the_places(plane: Plane) -> None:
    assert plane.accessibleDescription().endswith("first at -0.50, 0.00; second at 0.50, 0.25")
    assert list(plane.table().rows) == [("first", -0.5, 0.0), ("second", 0.5, 0.25)]
