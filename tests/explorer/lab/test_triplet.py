import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from explorer.lab.pictures.triplet import TripletPicture, judge
from tests.explorer.mouse import drag, pixel

A, P = (0.0, 0.0), (0.6, 0.8)


@pytest.fixture
def picture(qtbot: QtBot) -> TripletPicture:
    made = TripletPicture()
    qtbot.addWidget(made)
    made.resize(790, 700)
    made.show()
    qtbot.waitExposed(made)
    return made


def value(picture: TripletPicture, name: str) -> str:
    return picture.findChild(QLabel, f"{name}_value").text()


def test_a_semi_hard_triplet_by_hand() -> None:
    judged = judge(np.array([A, P, (1.2, 0.0)]), 0.5)
    assert (judged.d_ap, judged.d_an) == (pytest.approx(1.0), pytest.approx(1.2))
    assert judged.loss == pytest.approx(1.0 + 0.5 - 1.2)
    assert judged.kind == "semi-hard"
    # The positive is pulled along its unit vector, the negative pushed along its own, the anchor takes both back.
    assert judged.gradient == pytest.approx(np.array([[0.4, -0.8], [0.6, 0.8], [-1.0, 0.0]]))


@pytest.mark.parametrize(
    ("negative", "kind", "loss"),
    [
        ((0.5, 0.0), "hard", 0.75),
        ((1.0, 0.0), "hard", 0.25),
        ((1.1, 0.0), "semi-hard", 0.15),
        ((1.3, 0.0), "easy", 0.0),
    ],
)
def test_kinds_by_hand(negative: tuple[float, float], kind: str, loss: float) -> None:
    judged = judge(np.array([A, P, negative]), 0.25)
    assert (judged.kind, judged.loss) == (kind, pytest.approx(loss))


def test_an_easy_triplet_pulls_at_nothing() -> None:
    assert not judge(np.array([A, P, (1.5, 0.0)]), 0.25).gradient.any()


@settings(max_examples=30, deadline=None)
@given(st.lists(st.floats(-1.5, 1.5), min_size=6, max_size=6), st.floats(0.0, 2.0))
def test_the_gradient_moves_no_centre_of_gravity(values: list[float], margin: float) -> None:
    judged = judge(np.array(values).reshape(3, 2), margin)
    assert judged.gradient.sum(axis=0) == pytest.approx(np.zeros(2), abs=1e-6)
    assert judged.loss == pytest.approx(max(0.0, judged.d_ap + margin - judged.d_an), abs=1e-6)


def test_a_dragged_negative_becomes_easy(qtbot: QtBot, picture: TripletPicture) -> None:
    assert value(picture, "kind") == "semi-hard"
    plane = picture.plane
    drag(qtbot, plane.viewport(), pixel(plane, *picture.points[2]), pixel(plane, 1.2, -1.2))
    assert picture.points[2] == pytest.approx([1.2, -1.2], abs=0.02)
    assert (value(picture, "kind"), value(picture, "loss")) == ("easy", "0.000")


def test_a_step_follows_the_gradient_and_start_again_goes_back(picture: TripletPicture) -> None:
    start, gradient = picture.points.copy(), judge(picture.points, 0.4).gradient
    picture.findChild(QPushButton, "step").click()
    assert picture.points == pytest.approx(start - 0.2 * gradient)
    assert judge(picture.points, 0.4).loss < judge(start, 0.4).loss
    picture.findChild(QPushButton, "again").click()
    assert picture.points == pytest.approx(start)


def test_steps_end_where_the_triplet_is_easy(picture: TripletPicture) -> None:
    for _ in range(20):
        picture.step()
    assert value(picture, "kind") == "easy"
