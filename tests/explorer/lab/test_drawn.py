import numpy as np
import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from explorer.lab.drawn import Arrows, Circle, Cloud, Lines
from explorer.theme import class_style
from explorer.widgets.plot import curve_pen

PEN = curve_pen(QColor("red"))


@pytest.fixture(autouse=True)
def _application(qtbot: QtBot) -> None:
    """Items need one."""


def ends(lines: Lines) -> np.ndarray:
    """Each line's start and end [N, 2, 2]."""
    return np.column_stack(lines.getData()).reshape(-1, 2, 2)


def test_lines_lead_from_point_to_point() -> None:
    lines = Lines(PEN)
    lines.show_lines(np.array([[0.0, 0.0], [1.0, 1.0]]), np.array([[2.0, 0.0], [1.0, 3.0]]))
    assert ends(lines).tolist() == [[[0, 0], [2, 0]], [[1, 1], [1, 3]]]


def test_an_arrow_has_its_head_at_its_end() -> None:
    arrows = Arrows(PEN, width=2.0)
    arrows.show_arrows(np.array([[0.0, 0.0]]), np.array([[1.0, 0.0]]))
    shaft, left, right = ends(arrows)
    assert shaft.tolist() == [[0, 0], [1, 0]]
    for side in (left, right):
        assert side[0].tolist() == [1, 0]
        assert np.linalg.norm(side[1] - side[0]) == pytest.approx(0.07), "0.035 of the width"
        assert side[1, 0] < 1
    assert left[1, 1] == pytest.approx(-right[1, 1])


def test_a_short_arrow_has_a_short_head_and_one_of_no_length_none() -> None:
    arrows = Arrows(PEN, width=2.0)
    arrows.show_arrows(np.zeros((2, 2)), np.array([[0.01, 0.0], [0.0, 0.0]]))
    lengths = np.linalg.norm(np.diff(ends(arrows), axis=1)[:, 0], axis=1)
    assert lengths == pytest.approx([0.01, 0.0, 0.004, 0.0, 0.004, 0.0])


def test_a_ring_is_what_lies_between_two_circles() -> None:
    ring = Circle(PEN, QColor("blue"))
    ring.show_circle(np.array([1.0, 2.0]), 2.0, inner=1.0)
    inside = [ring.path().contains(QPointF(x, 2.0)) for x in (1.0, 1.9, 2.5, 3.1)]
    assert inside == [False, False, True, False]


def test_points_look_like_their_classes() -> None:
    cloud = Cloud()
    cloud.show_points(np.array([[0.0, 0.0], [1.0, 1.0], [2.0, 0.0]]), np.array([0, 2, 0]), QColor("white"))
    assert [brush.color() for brush in cloud.data["brush"]] == [class_style(index).colour for index in (0, 2, 0)]
    first, other, again = cloud.data["symbol"]
    assert first is again
    assert first is not other
