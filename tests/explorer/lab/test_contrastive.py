import numpy as np
import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from core.losses import ContrastiveLoss, TripletLoss
from explorer.lab.handles import Floats
from explorer.lab.pictures.contrastive import LABELS, ContrastivePicture, agreement, pull

POINTS = np.random.default_rng(1).uniform(-1, 1, (len(LABELS), 2))
CLASSES = LABELS.numpy()


@pytest.fixture
def picture(qtbot: QtBot) -> ContrastivePicture:
    made = ContrastivePicture()
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    return made


def contrastive(points: Floats, margin: float) -> float:
    """By pairs, one after the other."""
    pulls, pushes = [], []
    for i, j in np.argwhere(np.triu(np.ones((len(points), len(points))), 1)):
        d = float(np.linalg.norm(points[i] - points[j]))
        if CLASSES[i] == CLASSES[j]:
            pulls.append(d**2)
        elif d < margin:
            pushes.append((margin - d) ** 2)
    return float(np.mean(pulls)) + (float(np.mean(pushes)) if pushes else 0.0)


def triplet(points: Floats, margin: float) -> float:
    """By triplets, one after the other."""
    losses = []
    for a, p, n in np.argwhere(np.ones((len(points),) * 3)):
        if a != p and CLASSES[a] == CLASSES[p] and CLASSES[a] != CLASSES[n]:
            d_ap, d_an = (float(np.linalg.norm(points[a] - points[other])) for other in (p, n))
            losses.append(max(0.0, d_ap + margin - d_an))
    positive = [loss for loss in losses if loss > 0]
    return float(np.mean(positive)) if positive else 0.0


@pytest.mark.parametrize(
    ("loss", "by_hand"),
    [
        (ContrastiveLoss(1.0, "euclidean", squared=True), lambda points: contrastive(points, 1.0)),
        (TripletLoss(0.5, "euclidean", "all"), lambda points: triplet(points, 0.5)),
    ],
    ids=["contrastive", "triplet"],
)
def test_loss_and_gradient_are_those_counted_one_by_one(loss: ContrastiveLoss | TripletLoss, by_hand: object) -> None:
    found = pull(loss, POINTS)
    assert found.loss == pytest.approx(by_hand(POINTS), rel=1e-6)
    slope = np.zeros_like(POINTS)
    for place in np.ndindex(*POINTS.shape):
        step = np.zeros_like(POINTS)
        step[place] = 1e-6
        slope[place] = (by_hand(POINTS + step) - by_hand(POINTS - step)) / 2e-6
    assert found.gradient == pytest.approx(slope, abs=1e-4)


def test_agreement_by_hand() -> None:
    one = np.array([[1.0, 0.0], [0.0, 0.0]])
    assert agreement(one, 3 * one) == pytest.approx(1.0)
    assert agreement(one, -one) == pytest.approx(-1.0)
    assert agreement(one, one[::-1]) == pytest.approx(0.0)
    assert agreement(one, 0 * one) is None


def test_a_dragged_point_moves_in_both_planes(picture: ContrastivePicture) -> None:
    picture.sides[1].plane.moved.emit(4, 0.1, 0.2)
    for side in picture.sides:
        assert side.points[4] == pytest.approx([0.1, 0.2])


def test_the_triplet_loss_rests_while_the_contrastive_loss_pulls_on(picture: ContrastivePicture) -> None:
    steps = 1
    while picture.step():
        steps += 1
    assert steps < 100, "playing comes to an end"
    contrastive_end, triplet_end = picture._pulls()
    assert triplet_end.active == 0
    assert not triplet_end.gradient.any()
    assert contrastive_end.d_ap < 0.5 * triplet_end.d_ap


def test_play_goes_on_by_itself_until_it_is_stopped_or_hidden(qtbot: QtBot, picture: ContrastivePicture) -> None:
    play, timer = picture.findChild(QPushButton, "play"), picture.findChild(QTimer)
    start = picture.sides[0].points.copy()
    play.click()
    qtbot.waitUntil(lambda: not np.allclose(picture.sides[0].points, start))
    play.click()
    assert not timer.isActive()
    play.click()
    assert timer.isActive()
    picture.hide()
    assert not timer.isActive()
    assert not play.isChecked()
    picture.findChild(QPushButton, "again").click()
    assert picture.sides[0].points == pytest.approx(start)
